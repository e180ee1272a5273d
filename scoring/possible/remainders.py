"""Remainders of whole numbers (số dư), and the percentages they rule out.

``x - floor(x / 2) * 2`` is 0 or 1; and where it is known to be 1, ``votes / x * 100`` is never 50:
half of an odd number of members is no number of votes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring.nodes import Arithmetic, Call, Literal, Node
from scoring.possible.spans import WHOLE, Grid, Numbers, Span, numbers


@dataclass(frozen=True, slots=True)
class Ratio:
    """``factor × over / under``."""

    factor: Fraction
    over: Node
    under: Node


def remainder_of(node: Node) -> tuple[Node, Fraction] | None:
    """The number and the divisor that *node* is the remainder of."""
    match node:
        case Arithmetic(
            "-", whole, Arithmetic("*", Call("floor", (quotient,)), Literal(Fraction() as times))
        ):
            pass
        case Arithmetic(
            "-", whole, Arithmetic("*", Literal(Fraction() as times), Call("floor", (quotient,)))
        ):
            pass
        case _:
            return None
    return (
        (whole, times) if times > 0 and quotient == Arithmetic("/", whole, Literal(times)) else None
    )


def remainders(divisor: Fraction, *, of_whole: bool) -> Numbers:
    """Everything a remainder can be: below the divisor, and whole when all is whole."""
    grid: Grid | None = WHOLE if of_whole and divisor.denominator == 1 else None
    return numbers([Span(Fraction(0), divisor, high_open=True)], grid)


def is_whole(found: Numbers) -> bool:
    """Whether only whole numbers are among *found*."""
    grid = found.grid
    return grid is not None and grid.origin.denominator == grid.step.denominator == 1


def ratio_of(node: Node) -> Ratio | None:
    """*node* as a percentage of two quantities, when it is written as one."""
    match node:
        case Arithmetic("*", one, Literal(Fraction() as times)):
            inner, factor = ratio_of(one), times
        case Arithmetic("*", Literal(Fraction() as times), one):
            inner, factor = ratio_of(one), times
        case Arithmetic("/", one, Literal(Fraction() as times)) if times:
            inner, factor = ratio_of(one), 1 / times
        case Arithmetic("/", over, under):
            return Ratio(Fraction(1), over, under)
        case _:
            return None
    return None if inner is None else Ratio(inner.factor * factor, inner.over, inner.under)


def divisors(ratio: Ratio, value: Fraction) -> Iterator[tuple[Node, int]]:
    """By what whole numbers over and under are multiples of, when *ratio* is *value*."""
    left = abs(ratio.factor.numerator * value.denominator)
    right = abs(value.numerator * ratio.factor.denominator)
    if not left or not right:
        return
    shared = math.gcd(left, right)
    yield ratio.under, left // shared
    yield ratio.over, right // shared


def meets(divisor: int, remainder: Fraction, modulus: Fraction) -> bool:
    """Whether a multiple of *divisor* can leave *remainder* when divided by *modulus*."""
    if remainder.denominator != 1 or modulus.denominator != 1:
        return True
    return remainder.numerator % math.gcd(divisor, modulus.numerator) == 0

"""What numbers an expression can come to (khoảng giá trị): bounds, whole numbers, the next value.

Sound, not sharp: a value outside the bounds is impossible, one inside them may be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from types import MappingProxyType
from typing import TypeAlias, cast

from scoring.facts import FactType
from scoring.nodes import Arithmetic, Call, If, Literal, Name, Negate, Node
from scoring.possible.remainders import remainder_of
from scoring.proving.sites import NODES
from scoring.rules import Pack, Rule
from scoring.sheet import Value

Exact: TypeAlias = Fraction | bool | str | dt.date | tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """From *low* to *high*, both included; None is without end."""

    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def only(self) -> Fraction | None:
        """The one value there is, when there is just one."""
        return self.low if self.low == self.high else None

    def clipped(self, maximum: Fraction | None) -> Range:
        """The range of ``min(x, maximum)``."""
        if maximum is None:
            return self
        low = maximum if self.low is not None and self.low > maximum else self.low
        high = maximum if self.high is None or self.high > maximum else self.high
        return Range(low, high)


EVERYTHING = Range()
Ranges: TypeAlias = Mapping[str, Range]
_NO_RANGES: Ranges = MappingProxyType({})


def range_of(node: Node, pack: Pack, known: Ranges = _NO_RANGES) -> Range:
    """The numbers *node* can come to, where names in *known* have the ranges given there."""
    match node:
        case Literal(Fraction() as value):
            return Range(value, value)
        case Name(name):
            return known[name] if name in known else _of_name(name, pack, known)
        case Negate(operand):
            inner = range_of(operand, pack, known)
            return Range(_minus(inner.high), _minus(inner.low))
        case Arithmetic("-") if (rest := remainder_of(node)) is not None:
            whole = step_of(rest[0], pack) == 1 and rest[1].denominator == 1
            return Range(Fraction(0), rest[1] - 1 if whole else rest[1])
        case Arithmetic(sign, left, right):
            return _calculated(sign, range_of(left, pack, known), range_of(right, pack, known))
        case If(_, then, otherwise):
            return _hull(range_of(then, pack, known), range_of(otherwise, pack, known))
        case Call(function, arguments):
            return _of_call(function, arguments, pack, known)
    return EVERYTHING


def _of_name(name: str, pack: Pack, known: Ranges) -> Range:
    if name in pack.derived:
        return range_of(pack.derived[name].value.node, pack, known)
    if name in pack.constants:
        constant = pack.constants[name]
        dated = constant.values if pack.on is None else ()
        return _of_values([one.value for one in dated] or [constant.value])
    fact = pack.facts.get(name)
    if name == "grade_rank":
        return Range(Fraction(1), Fraction(len(pack.grades)))
    if fact is None:
        return Range(Fraction(0)) if name in ("zero_criteria", "bonus", "penalty") else EVERYTHING
    low, high = fact.minimum, fact.maximum
    return Range(None if low is None else Fraction(low), None if high is None else Fraction(high))


def _of_values(values: list[Value]) -> Range:
    """The range of a constant: of all its values by date when no day is given."""
    found = [Fraction(one) for one in values if isinstance(one, Decimal)]
    return Range(min(found), max(found)) if found else EVERYTHING


def _minus(number: Fraction | None) -> Fraction | None:
    return None if number is None else -number


def _hull(one: Range, other: Range) -> Range:
    lows, highs = (one.low, other.low), (one.high, other.high)
    return Range(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )


def _calculated(sign: str, left: Range, right: Range) -> Range:
    match sign:
        case "+":
            return Range(_added(left.low, right.low), _added(left.high, right.high))
        case "-":
            turned = Range(_minus(right.high), _minus(right.low))
            return Range(_added(left.low, turned.low), _added(left.high, turned.high))
        case "*":
            return _multiplied(left, right)
    if right.low is not None and right.low > 0:
        inverse = Range(Fraction(0) if right.high is None else 1 / right.high, 1 / right.low)
        return _multiplied(left, inverse)
    positive = (left.low is not None and left.low >= 0) and (right.low == 0)
    return Range(Fraction(0)) if positive else EVERYTHING  # a division by zero has no value


def _added(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _multiplied(left: Range, right: Range) -> Range:
    ends = (left.low, left.high, right.low, right.high)
    if None not in ends:
        corners = [
            a * b
            for a, b in product((left.low, left.high), (right.low, right.high))
            if a is not None and b is not None
        ]
        return Range(min(corners), max(corners))
    if left.low is None or right.low is None or left.low < 0 or right.low < 0:
        return EVERYTHING
    open_ended = left.high is None or right.high is None
    high = None if open_ended else (left.high or Fraction(0)) * (right.high or Fraction(0))
    if Fraction(0) in (left.high, right.high):
        high = Fraction(0)
    return Range(left.low * right.low, high)


def _of_call(function: str, arguments: tuple[Node, ...], pack: Pack, known: Ranges) -> Range:
    inner = [range_of(one, pack, known) for one in arguments]
    match function:
        case "min" | "max":
            pick = min if function == "min" else max
            lows = [one.low for one in inner if one.low is not None]
            highs = [one.high for one in inner if one.high is not None]
            whole_low, whole_high = len(lows) == len(inner), len(highs) == len(inner)
            if function == "min":
                return Range(pick(lows) if whole_low else None, pick(highs) if highs else None)
            return Range(pick(lows) if lows else None, pick(highs) if whole_high else None)
        case "count_true":
            return Range(Fraction(0), Fraction(len(arguments)))
        case "count":
            return Range(Fraction(0))
        case "abs":
            return Range(Fraction(0))
        case "floor":
            low, high = inner[0].low, inner[0].high
            return Range(
                None if low is None else Fraction(low.__floor__()),
                None if high is None else Fraction(high.__floor__()),
            )
        case "mean" | "trimmed_mean" if isinstance(arguments[0], Name):
            return _of_name(arguments[0].id, pack, known)
    return EVERYTHING


def plain(node: Node, pack: Pack, known: Ranges = _NO_RANGES) -> Node:
    """*node* without what adds nothing: ``x - 0``, a ceiling that *x* cannot pass."""
    match node:
        case Arithmetic("+" | "-", left, Literal(Fraction(numerator=0))):
            return plain(left, pack, known)
        case Call("min", (inner, Literal(Fraction() as ceiling))):
            high = range_of(inner, pack, known).high
            if high is not None and high <= ceiling:
                return plain(inner, pack, known)
    changes = {
        step: plain(cast("Node", below), pack, known)
        for step in node.__match_args__
        if isinstance(below := getattr(node, step), NODES)
    }
    listed = {
        step: tuple(plain(one, pack, known) for one in below)
        for step in node.__match_args__
        if isinstance(below := getattr(node, step), tuple)
    }
    return replace(node, **changes, **listed)  # type: ignore[arg-type]


def step_of(node: Node, pack: Pack, rule: Rule | None = None) -> Fraction | None:
    """How far apart the values of *node* are at least (bước); None when there is no such step.

    Unit: whole numbers have 1, a decimal fact what it declares; a ratio has none.
    """
    match node:
        case Literal(Fraction() as value):
            return Fraction(1) if value.denominator == 1 else None
        case Name("measure") if rule is not None and rule.measure is not None:
            return step_of(rule.measure.node, pack)
        case Name("zero_criteria" | "grade_rank"):
            return Fraction(1)
        case Name(name) if name in pack.derived:
            return step_of(pack.derived[name].value.node, pack)
        case Name(name) if name in pack.facts:
            fact = pack.facts[name]
            if fact.type is FactType.INTEGER:
                return Fraction(1)
            whole_start = fact.minimum is None or fact.step is None or not fact.minimum % fact.step
            return Fraction(fact.step) if fact.step is not None and whole_start else None
        case Call("floor" | "count" | "count_true" | "months_between" | "days_between"):
            return Fraction(1)
        case Negate(operand):
            return step_of(operand, pack, rule)
        case Arithmetic("+" | "-" | "*", left, right):
            steps = {step_of(left, pack, rule), step_of(right, pack, rule)}
            return Fraction(1) if steps == {Fraction(1)} else None
    return None

"""Exact fractions in a program of integers: nothing is divided before something is rounded.

A number is ``factor × top / bottom``: the factor is known when the program is written, top and
bottom are steps, and bottom is at least 1. Comparing multiplies crosswise, so 19/20 is 95 %
whatever it was computed from; only rounding divides, once, as whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from scoring.columns.program import NoColumns, Program, Ref
from scoring.interpret import MOST_BITS


@dataclass(frozen=True, slots=True)
class Number:
    """``factor × top / bottom``, with *bottom* at least 1."""

    factor: Fraction
    top: Ref
    bottom: Ref

    @property
    def constant(self) -> Fraction | None:
        """Its value, when it can have only one."""
        if self.factor == 0:
            return Fraction(0)
        if self.top.constant is None or self.bottom.constant is None:
            return None
        return self.factor * Fraction(self.top.constant, self.bottom.constant)


@dataclass(frozen=True, slots=True)
class Rationals:
    """Arithmetic on numbers, written into *program*.

    Raises NoColumns where a value may become too long for the interpreter to have one.
    """

    program: Program

    def number(self, value: Fraction | int) -> Number:
        """The constant *value*."""
        one = self.program.constant(1)
        return self._number(Fraction(value), one, one)

    def scaled(self, top: Ref, factor: Fraction = Fraction(1)) -> Number:
        """The whole number *top* times *factor*."""
        return self._number(factor, top, self.program.constant(1))

    def _number(self, factor: Fraction, top: Ref, bottom: Ref) -> Number:
        if factor == 0:  # 0/7 and 0/9 are one number, also for whoever sorts tops and bottoms
            top = bottom = self.program.constant(1)
        if top.constant is not None and bottom.constant is not None:
            factor *= Fraction(top.constant, bottom.constant)
            top = bottom = self.program.constant(1)
        reach = max(-top.low, top.high) * abs(factor.numerator), bottom.high * factor.denominator
        if max(one.bit_length() for one in reach) > MOST_BITS:
            raise NoColumns("số quá lớn")
        return Number(factor, top, bottom)

    def add(self, one: Number, other: Number) -> Number:
        if one.constant == 0:
            return other
        if other.constant == 0:
            return one
        unit, left, right = _common(one.factor, other.factor)
        p = self.program
        if one.bottom == other.bottom:
            top = p.add(p.times(one.top, left), p.times(other.top, right))
            return self._number(unit, top, one.bottom)
        top = p.add(
            p.multiply(p.times(one.top, left), other.bottom),
            p.multiply(p.times(other.top, right), one.bottom),
        )
        return self._number(unit, top, p.multiply(one.bottom, other.bottom))

    def negative(self, one: Number) -> Number:
        return self._number(-one.factor, one.top, one.bottom)

    def subtract(self, one: Number, other: Number) -> Number:
        return self.add(one, self.negative(other))

    def multiply(self, one: Number, other: Number) -> Number:
        p = self.program
        return self._number(
            one.factor * other.factor,
            p.multiply(one.top, other.top),
            p.multiply(one.bottom, other.bottom),
        )

    def divide(self, one: Number, other: Number) -> tuple[Number, Ref]:
        """The quotient, and whether there is one; where *other* is 0 it is any number."""
        p = self.program
        if other.constant == 0:
            return self.number(0), p.truth(False)
        nothing = p.constant(0)
        by = other.top
        top = p.multiply(one.top, other.bottom)
        if by.low < 0:
            negative = p.below(by, nothing)
            top = p.select(negative, p.subtract(nothing, top), top)
            by = p.select(negative, p.subtract(nothing, by), by)
        defined = p.negated(p.equal(by, nothing))
        bottom = p.multiply(one.bottom, p.most(by, p.constant(1)))
        return self._number(one.factor / other.factor, top, bottom), defined

    def select(self, condition: Ref, then: Number, otherwise: Number) -> Number:
        p = self.program
        if condition.constant is not None:
            return then if condition.constant else otherwise
        unit, left, right = _common(then.factor, otherwise.factor)
        top = p.select(condition, p.times(then.top, left), p.times(otherwise.top, right))
        return self._number(unit, top, p.select(condition, then.bottom, otherwise.bottom))

    # Comparing ------------------------------------------------------------------------------

    def compare(self, operator: str, one: Number, other: Number) -> Ref:
        """``==  !=  <  <=  >  >=``."""
        p = self.program
        left, right = self._crosswise(one, other)
        match operator:
            case "==":
                return p.equal(left, right)
            case "!=":
                return p.negated(p.equal(left, right))
            case "<":
                return p.below(left, right)
            case "<=":
                return p.at_most(left, right)
            case ">":
                return p.below(right, left)
        return p.at_most(right, left)

    def _crosswise(self, one: Number, other: Number) -> tuple[Ref, Ref]:
        p = self.program
        _, left, right = _common(one.factor, other.factor)
        tops = p.times(one.top, left), p.times(other.top, right)
        if one.bottom == other.bottom:
            return tops
        return p.multiply(tops[0], other.bottom), p.multiply(tops[1], one.bottom)

    def least(self, one: Number, other: Number) -> Number:
        return self.select(self.compare("<=", one, other), one, other)

    def most(self, one: Number, other: Number) -> Number:
        return self.select(self.compare(">=", one, other), one, other)

    def absolute(self, one: Number) -> Number:
        return self.select(self.compare("<", one, self.number(0)), self.negative(one), one)

    # Whole numbers --------------------------------------------------------------------------

    def floor(self, one: Number) -> Ref:
        """The whole part, towards minus infinity."""
        top, bottom = self._over(one)
        return self.program.floor_divide(top, bottom)

    def rounded(self, one: Number, quantum: Fraction) -> Ref:
        """How many times *quantum*, a half away from zero."""
        p = self.program
        top, bottom = self._over(self._number(one.factor / quantum, one.top, one.bottom))
        if bottom.constant == 1:
            return top
        nothing = p.constant(0)
        if top.low >= 0:
            return self._half_up(top, bottom)
        if top.high <= 0:
            return p.subtract(nothing, self._half_up(p.subtract(nothing, top), bottom))
        negative = p.below(top, nothing)
        size = self._half_up(p.select(negative, p.subtract(nothing, top), top), bottom)
        return p.select(negative, p.subtract(nothing, size), size)

    def _over(self, one: Number) -> tuple[Ref, Ref]:
        """*one* as a whole number over a whole number of at least 1."""
        p = self.program
        return (
            p.times(one.top, one.factor.numerator),
            p.times(one.bottom, one.factor.denominator),
        )

    def _half_up(self, top: Ref, bottom: Ref) -> Ref:
        p = self.program
        if bottom.constant is not None and bottom.constant % 2 == 0:
            return p.floor_divide(p.add(top, p.constant(bottom.constant // 2)), bottom)
        return p.floor_divide(p.add(p.times(top, 2), bottom), p.times(bottom, 2))


def _common(one: Fraction, other: Fraction) -> tuple[Fraction, int, int]:
    """The largest unit both are whole multiples of, and how many times each is."""
    below = lcm(one.denominator, other.denominator)
    left = one.numerator * (below // one.denominator)
    right = other.numerator * (below // other.denominator)
    above = gcd(left, right) or 1
    return Fraction(above, below), left // above, right // above

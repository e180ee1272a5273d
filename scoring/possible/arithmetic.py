"""Arithmetic and functions on sets of numbers: what a result can be, given what its parts can be.

Results may be wider than what really happens, never narrower.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from fractions import Fraction

from scoring.functions import months_between
from scoring.possible.remainders import is_whole
from scoring.possible.spans import (
    EVERY,
    INFINITE,
    WHOLE,
    End,
    Grid,
    Numbers,
    Span,
    between,
    common_step,
    numbers,
)

ONE, ZERO = Fraction(1), Fraction(0)


def calculated(sign: str, one: Numbers, other: Numbers) -> Numbers:
    """``one sign other``; a division by zero has no result."""
    mine, theirs = one.single(), other.single()
    match sign:
        case "+" if theirs is not None:
            return one.moved(ONE, theirs)
        case "+" if mine is not None:
            return other.moved(ONE, mine)
        case "+":
            return _sum(one, other)
        case "-":
            return calculated("+", one, other.moved(-ONE, ZERO))
        case "*" if theirs is not None:
            return one.moved(theirs, ZERO)
        case "*" if mine is not None:
            return other.moved(mine, ZERO)
        case "*":
            return _product(one, other)
    return one.moved(ONE / theirs, ZERO) if theirs else _quotient(one, other)


def called(name: str, given: Sequence[Numbers]) -> Numbers:
    """What the function *name* gives for numbers or dates."""
    match name:
        case "min" | "max":
            return _extreme(name, given)
        case "abs":
            return _absolute(given[0])
        case "floor":
            low, high = (_floor(end) for end in (given[0].low, given[0].high))
            return between(low, high, WHOLE)
        case "days_between":
            return calculated("-", given[1], given[0])
        case "months_between":
            start, end = given
            return between(_months(start.high, end.low), _months(start.low, end.high), WHOLE)
    return EVERY


def _sum(one: Numbers, other: Numbers) -> Numbers:
    grid = None
    if one.grid and other.grid:
        origin = one.grid.origin + other.grid.origin
        grid = Grid(origin, common_step(one.grid.step, other.grid.step))
    mine, theirs = one.hull().spans[0], other.hull().spans[0]
    span = Span(
        mine.low + theirs.low,
        mine.high + theirs.high,
        mine.low_open or theirs.low_open,
        mine.high_open or theirs.high_open,
    )
    return numbers([span], grid)


def _product(one: Numbers, other: Numbers) -> Numbers:
    ends = [_times(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    whole = all(is_whole(each) for each in (one, other))
    return between(min(ends), max(ends), WHOLE if whole else None)


def _times(one: End, other: End) -> End:
    return one * other if one and other else ZERO


def _quotient(one: Numbers, other: Numbers) -> Numbers:
    """Open at an end that only an infinite denominator or one of 0 would reach."""
    if other.low < 0 < other.high:
        return EVERY
    if other.high <= 0:
        return _quotient(one.moved(-ONE, ZERO), other.moved(-ONE, ZERO))
    under = (_inverse(other.high), _inverse(other.low))
    ends = [_times(a, b) for a in (one.low, one.high) for b in under]
    return between(min(ends), max(ends))


def _inverse(end: End) -> End:
    if isinstance(end, float):
        return ZERO
    return ONE / end if end else INFINITE


def _extreme(name: str, given: Sequence[Numbers]) -> Numbers:
    lows, highs = [one.low for one in given], [one.high for one in given]
    grid = given[0].grid
    for one in given[1:]:
        grid = grid.joined(one.grid) if grid and one.grid else None
    if name == "min":
        return between(min(lows), min(highs), grid)
    return between(max(lows), max(highs), grid)


def _absolute(one: Numbers) -> Numbers:
    low: End = max(one.low, -one.high, ZERO)
    high: End = max(-one.low, one.high)
    return between(low, high, WHOLE if is_whole(one) else None)


def _floor(end: End) -> End:
    return end if isinstance(end, float) else Fraction(math.floor(end))


def _months(start: End, end: End) -> End:
    """Months between two days as ordinals; endless when one of them is."""
    if isinstance(start, float) or isinstance(end, float):
        return INFINITE if end == INFINITE or start == -INFINITE else -INFINITE
    days = [dt.date.fromordinal(int(one)) for one in (start, end)]
    return months_between(*days)

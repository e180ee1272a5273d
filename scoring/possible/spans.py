"""Sets of numbers as spans between ends (khoảng giá trị), exact, for reasoning about rules.

A set may lie on a grid (whole numbers, half points): then what falls between two of its points is
no part of it, so that ``to: 0`` and ``from: 1`` leave no gap among whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

End: TypeAlias = Fraction | float
"""An exact number; the only floats are the two infinities."""

INFINITE = math.inf


@dataclass(frozen=True, slots=True)
class Span:
    """Every number between two ends, which may be left out or lie at infinity."""

    low: End = -INFINITE
    high: End = INFINITE
    low_open: bool = False
    high_open: bool = False

    def is_empty(self) -> bool:
        closed = not (self.low_open or self.high_open)
        return self.low > self.high or (self.low == self.high and not closed)

    def meet(self, other: Span) -> Span:
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, shut = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Span(low, high, low_open, not shut)


@dataclass(frozen=True, slots=True)
class Grid:
    """``origin + k × step``; a step of 0 is a single number."""

    origin: Fraction
    step: Fraction

    def up(self, end: End, *, beyond: bool) -> End:
        """The first point from *end* on, after it when *beyond*."""
        if isinstance(end, float) or not self.step:
            return end if isinstance(end, float) or end <= self.origin else INFINITE
        places = (end - self.origin) / self.step
        at = math.floor(places) + 1 if beyond else math.ceil(places)
        return self.origin + at * self.step

    def down(self, end: End, *, beyond: bool) -> End:
        mirrored = Grid(-self.origin, self.step).up(-end, beyond=beyond)
        return -mirrored

    def joined(self, other: Grid) -> Grid:
        apart = abs(self.origin - other.origin)
        return Grid(self.origin, common_step(common_step(self.step, other.step), apart))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Spans in order, apart from one another, on ``grid`` when there is one."""

    spans: tuple[Span, ...]
    grid: Grid | None = None

    @property
    def low(self) -> End:
        return self.spans[0].low

    @property
    def high(self) -> End:
        return self.spans[-1].high

    def is_empty(self) -> bool:
        return not self.spans

    def single(self) -> Fraction | None:
        """The number, when there is but one."""
        if len(self.spans) == 1 and self.low == self.high and isinstance(self.low, Fraction):
            return self.low
        return None

    def meet(self, other: Numbers) -> Numbers:
        """What is in both; of two grids the coarser is kept, once both have been applied."""
        met = [one.meet(two) for one in self.spans for two in other.spans]
        grids = [one for one in (self.grid, other.grid) if one is not None]
        grids.sort(key=lambda grid: (not grid.step, grid.step))
        for grid in grids:
            met = [_on(span, grid) for span in met if not span.is_empty()]
        return numbers(met, grids[-1] if grids else None)

    def join(self, other: Numbers) -> Numbers:
        """What is in either."""
        if not self.spans or not other.spans:
            return self if self.spans else other
        grid = self.grid.joined(other.grid) if self.grid and other.grid else None
        return numbers((*self.spans, *other.spans), grid)

    def without(self, other: Numbers) -> Numbers:
        """What is in this but not in *other*."""
        start: End = -INFINITE
        start_open = False
        rest: list[Span] = []
        for span in other.spans:
            rest.append(Span(start, span.low, start_open, not span.low_open))
            start, start_open = span.high, not span.high_open
        rest.append(Span(start, INFINITE, start_open))
        met = (one.meet(two) for one in self.spans for two in rest if not _is_beyond(two))
        return numbers(met, self.grid)

    def hull(self) -> Numbers:
        """One span from the least to the greatest, off any grid."""
        first, last = self.spans[0], self.spans[-1]
        return Numbers((Span(first.low, last.high, first.low_open, last.high_open),))

    def moved(self, factor: Fraction, shift: Fraction) -> Numbers:
        """Every number times *factor*, plus *shift*."""
        grid = self.grid
        if grid is not None:
            grid = Grid(grid.origin * factor + shift, abs(grid.step * factor))
        return numbers((_moved(one, factor, shift) for one in self.spans), grid)


def _is_beyond(span: Span) -> bool:
    """Whether nothing but infinity itself would be in *span*."""
    return span.high == -INFINITE or span.low == INFINITE


def common_step(one: Fraction, other: Fraction) -> Fraction:
    """The greatest step both are multiples of."""
    whole = math.gcd(one.numerator * other.denominator, other.numerator * one.denominator)
    return Fraction(whole, one.denominator * other.denominator)


def _moved(span: Span, factor: Fraction, shift: Fraction) -> Span:
    if not factor:
        return Span(shift, shift)
    low, high = span.low * factor + shift, span.high * factor + shift
    if factor > 0:
        return Span(low, high, span.low_open, span.high_open)
    return Span(high, low, span.high_open, span.low_open)


def numbers(spans: Iterable[Span], grid: Grid | None = None) -> Numbers:
    """*spans* in order, joined where they touch, brought to the points of *grid*."""
    if grid is not None:
        spans = [_on(span, grid) for span in spans]
    kept: list[Span] = []
    for span in sorted(
        (one for one in spans if not one.is_empty()), key=lambda one: (one.low, one.low_open)
    ):
        if kept and _touch(kept[-1], span, grid):
            last = kept.pop()
            high, shut = max((last.high, not last.high_open), (span.high, not span.high_open))
            kept.append(Span(last.low, high, last.low_open, not shut))
        else:
            kept.append(span)
    return Numbers(tuple(kept), grid)


def _on(span: Span, grid: Grid) -> Span:
    return Span(
        grid.up(span.low, beyond=span.low_open), grid.down(span.high, beyond=span.high_open)
    )


def _touch(one: Span, other: Span, grid: Grid | None) -> bool:
    if other.low < one.high or (other.low == one.high and not (one.high_open and other.low_open)):
        return True
    return grid is not None and other.low <= one.high + grid.step


def only(number: Fraction | int) -> Numbers:
    """The one number *number*."""
    at = Fraction(number)
    return Numbers((Span(at, at),), Grid(at, Fraction(0)))


def between(low: End = -INFINITE, high: End = INFINITE, grid: Grid | None = None) -> Numbers:
    """Every number from *low* to *high*, on *grid*."""
    return numbers([Span(low, high)], grid)


WHOLE = Grid(Fraction(0), Fraction(1))
EVERY = Numbers((Span(),))
NONE = Numbers(())

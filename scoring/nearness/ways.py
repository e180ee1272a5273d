"""Ways a fact could be different (hướng thay đổi một số liệu), one step after the other."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.facts import Fact, FactType
from scoring.sheet import Value

FARTHEST = 10**9
"""Steps; further than that nobody is near."""
MOST_DAYS = 366 * 50
MOST_MARKS = 15
GROWTH = 4
"""Probes stand at 1, 4, 16 … steps; what lies between is found by halving."""


class Direction(StrEnum):
    """Which way a fact is changed."""

    UP = "up"
    DOWN = "down"
    FILLED = "filled"
    """It had no value."""
    OTHER = "other"
    """Another choice, or the other of yes and no."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The values of *fact* in one direction, nearest first: ``at(1)``, ``at(2)`` … ``at(most)``."""

    fact: Fact
    direction: Direction
    most: int
    at: Callable[[int], Value]

    def probes(self, more: Iterable[int] = ()) -> list[int]:
        """Steps to try, in order: some at growing distance, *more*, and the last one."""
        found = {step for step in more if 1 <= step <= self.most}
        step = 1
        while step < self.most:
            found.add(step)
            step *= GROWTH
        return sorted(found | {self.most}) if self.most else []


def first_step(probes: list[int], holds: Callable[[int], bool]) -> int | None:
    """The first step at which *holds*, if any of *probes* shows it.

    Exact where *holds* does not change back and forth between two probes: the thresholds of a
    rule are to be among them.
    """
    before = 0
    for probe in probes:
        if holds(probe):
            between = range(before + 1, probe)
            return before + 1 + bisect_left(between, True, key=holds)
        before = probe
    return None


def ways_of(fact: Fact, value: Value | None, *, day: dt.date | None = None) -> Iterator[Way]:
    """The ways *fact* could be different from *value*, within what it declares.

    *day* is where to start looking for a date nobody has given.
    """
    match fact.type:
        case FactType.INTEGER | FactType.DECIMAL:
            yield from _numbers(fact, value)
        case FactType.DATE:
            yield from _dates(fact, value, day)
        case FactType.YES_NO:
            known = isinstance(value, bool)
            yield _listed(fact, value, (not value,) if known else (True, False))
        case FactType.CHOICE:
            yield from _choices(fact, value)
        case FactType.MARKS:
            given = value if isinstance(value, tuple) else ()
            kind = Direction.UP if given else Direction.FILLED
            least = fact.minimum or Decimal(0)
            yield Way(fact, kind, MOST_MARKS, lambda step: (*given, *(least,) * step))
        case FactType.TEXT:
            if value is None:
                yield _listed(fact, value, (f"({fact.label})",))


def _listed(fact: Fact, value: Value | None, others: tuple[Value, ...]) -> Way:
    kind = Direction.FILLED if value is None else Direction.OTHER
    return Way(fact, kind, len(others), lambda step: others[step - 1])


def _choices(fact: Fact, value: Value | None) -> Iterator[Way]:
    ids = tuple(fact.choices)
    if value not in ids:
        yield _listed(fact, None, ids)
        return
    here = ids.index(str(value))
    for others in (ids[here + 1 :], ids[:here][::-1]):
        yield _listed(fact, value, others)


def _numbers(fact: Fact, value: Value | None) -> Iterator[Way]:
    if not isinstance(value, Decimal):
        yield from _filled(fact)
        return
    grain = grain_of(fact, value)
    up = _room(fact.maximum - value, grain) if fact.maximum is not None else FARTHEST
    down = _room(value - fact.minimum, grain) if fact.minimum is not None else FARTHEST
    yield Way(fact, Direction.UP, up, lambda step: value + step * grain)
    yield Way(fact, Direction.DOWN, down, lambda step: value - step * grain)


def _filled(fact: Fact) -> Iterator[Way]:
    start = fact.minimum if fact.minimum is not None else Decimal(0)
    grain = grain_of(fact, start)
    most = FARTHEST if fact.maximum is None else _room(fact.maximum - start, grain) + 1
    yield Way(fact, Direction.FILLED, most, lambda step: start + (step - 1) * grain)


def _room(distance: Decimal, grain: Decimal) -> int:
    return max(0, min(int(distance // grain), FARTHEST))


def grain_of(fact: Fact, value: Decimal) -> Decimal:
    """The smallest change of *fact* that is looked at: its step, 1, or a hundredth or finer."""
    if fact.step is not None:
        return fact.step
    if fact.type is FactType.INTEGER:
        return Decimal(1)
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(-2, exponent if isinstance(exponent, int) else -2))


def _dates(fact: Fact, value: Value | None, day: dt.date | None) -> Iterator[Way]:
    start = value if isinstance(value, dt.date) else day
    if start is None:
        return
    after = min(MOST_DAYS, (dt.date.max - start).days)
    before = min(MOST_DAYS, (start - dt.date.min).days)
    one = dt.timedelta(days=1)
    known = isinstance(value, dt.date)
    up, down = (Direction.UP, Direction.DOWN) if known else (Direction.FILLED,) * 2
    yield Way(fact, up, after, lambda step: start + (step - (not known)) * one)
    yield Way(fact, down, before, lambda step: start - (step - (not known)) * one)

"""A near miss as a value, and as the sentence a chair can read out (suýt đạt)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scoring.facts import Fact, cell_of, show
from scoring.nearness.ways import Direction, Way
from scoring.numbers import format_number, format_points, with_unit
from scoring.rules import Pack
from scoring.score import Tally
from scoring.sheet import Facts, Value


class Target(StrEnum):
    """What a change would reach."""

    POINTS = "points"
    FULL = "full"
    """All the points of a criterion, or no penalty at all."""
    GRADE = "grade"
    GATE = "gate"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """One change of one fact, and what would come of it (suýt đạt)."""

    target: Target
    id: str
    """Of the criterion, the gate, or the grade that would be reached."""
    label: str
    basis: str
    fact: str
    direction: Direction
    before: str
    """The fact as it is, worded; ``cell`` is the one it would have to be, as in FACTS.csv."""
    after: str
    cell: str
    change: str
    """``thiếu 2 hộ nữa``."""
    points: tuple[Decimal | None, Decimal | None] | None
    """Of the criterion, before and after."""
    total: tuple[Decimal, Decimal]
    grade: tuple[str | None, str | None]
    gates: tuple[str, ...]
    """The gates that would still fail."""
    text: str


def miss_of(
    pack: Pack,
    way: Way,
    step: int,
    *,
    target: Target,
    rule: Any,
    before: Tally,
    after: Tally,
    facts: Facts,
    points: tuple[Decimal | None, Decimal | None] | None = None,
) -> NearMiss:
    """The near miss that *step* of *way* is for *rule*: a criterion, a gate or a grade."""
    fact, value = way.fact, way.at(step)
    now = facts.get(fact.id)
    change = _change(way, step, now, value)
    penalty = points is not None and (points[1] or 0) < (points[0] or 0)
    reached = {
        Target.POINTS: f"{'còn trừ' if penalty else 'được'} {_points(points)} ({rule.id})",
        Target.FULL: f"{'không bị trừ' if penalty else f'đủ {_points(points)}'} ({rule.id})",
        Target.GRADE: f"lên {rule.label}",
        Target.GATE: f"đạt điều kiện {rule.id}",
    }[target]
    # A choice says by itself what it was changed to.
    told = f"{_values(fact, now, value)}; " if way.direction in _MOVED else ""
    return NearMiss(
        target=target,
        id=rule.id,
        label=rule.label,
        basis=rule.basis,
        fact=fact.id,
        direction=way.direction,
        before=show(fact, now),
        after=show(fact, value),
        cell=cell_of(value),
        change=change,
        points=points,
        total=(before.total, after.total),
        grade=(before.grade, after.grade),
        gates=after.failed_gates,
        text=f"{change} {reached}: {told}{_outcome(pack, before, after, points)}",
    )


_MOVED = (Direction.UP, Direction.DOWN)


def _points(points: tuple[Decimal | None, Decimal | None] | None) -> str:
    return f"{format_number((points[1] or Decimal(0)) if points else 0)} điểm"


def _change(way: Way, step: int, now: Value | None, value: Value) -> str:
    fact = way.fact
    if isinstance(value, tuple):
        return f"thiếu {step} phiếu nữa"
    if way.direction in (Direction.FILLED, Direction.OTHER):
        return f"{fact.label} mà là {show(fact, value)} thì"
    if isinstance(value, dt.date) and isinstance(now, dt.date):
        moved = (value - now).days
        return f"{fact.label} {'sớm' if moved < 0 else 'muộn'} hơn {abs(moved)} ngày thì"
    assert isinstance(value, Decimal)  # noqa: S101 (only numbers go up and down besides)
    assert isinstance(now, Decimal)  # noqa: S101
    amount = with_unit(format_number(abs(value - now), 9), fact.unit)
    return f"thiếu {amount} nữa" if way.direction is Direction.UP else f"bớt {amount} thì"


def _values(fact: Fact, now: Value | None, value: Value) -> str:
    """``Số hộ tham gia 144 → 146 hộ``: the unit is said once."""
    before = show(fact, now)
    if isinstance(now, Decimal):
        before = format_number(now, 9)
    return f"{fact.label} {before} → {show(fact, value)}"


def _outcome(
    pack: Pack,
    before: Tally,
    after: Tally,
    points: tuple[Decimal | None, Decimal | None] | None,
) -> str:
    said = []
    gained = after.total - before.total
    if gained > 0 and points is not None:
        said.append(f"+{format_number(gained)} điểm")
    said.append(f"tổng {format_points(after.total)}")
    if after.grade != before.grade and after.grade is not None:
        grade = pack.grade(after.grade)
        said.append(f"xếp loại {grade.label if grade else after.grade}")
    if after.grade is None:
        said.append(f"vẫn chưa đạt {', '.join(after.failed_gates)}")
    return ", ".join(said)

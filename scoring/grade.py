"""Grades (xếp loại): bands with conditions, caps and vetoes that lower, overrides that set."""

from __future__ import annotations

from typing import TypeAlias

from scoring.explain import holds_of, said_of
from scoring.interpret import Scope
from scoring.rules import Condition, Grade, Pack
from scoring.sheet import Facts, Finding

Tried: TypeAlias = tuple[Grade | Condition, bool | None]
"""A band, cap, veto or override, and whether it holds; None: a value is missing."""


def graded(pack: Pack, scope: Scope) -> tuple[str, tuple[Tried, ...]]:
    """The grade *scope* earns, and what was tried, the one that decided last.

    Bands are tried from the best down; failing a condition means trying the next. A cap then
    lowers the grade, a veto does whatever the points, an override sets it. Caps and vetoes that
    could not be judged, or made no difference, come first.
    """
    grade, found = _band(pack, scope)
    order = [one.id for one in pack.grades]
    aside: list[Tried] = []
    for conditions, is_veto in ((pack.caps, False), (pack.vetoes, True)):
        for condition in conditions:
            holds = holds_of(condition.when.node, scope)
            if holds is False:
                continue
            lowers = order.index(condition.grade) > order.index(grade)
            if holds and (lowers or is_veto):
                found.append((condition, holds))
            else:
                aside.append((condition, holds))
            if holds and lowers:
                grade = condition.grade
    for decided in pack.overrides:
        if holds := holds_of(decided.when.node, scope):
            found.append((decided, holds))
            grade = decided.grade
    return grade, (*aside, *found)


def grade_rank(pack: Pack, grade_id: str) -> int:
    """The grade as a number (mức xếp loại bằng số): 1 for the lowest, one more for each above."""
    return len(pack.grades) - [one.id for one in pack.grades].index(grade_id)


def _band(pack: Pack, scope: Scope) -> tuple[str, list[Tried]]:
    found: list[Tried] = []
    for grade in pack.grades:
        holds = True if grade.when is None else holds_of(grade.when.node, scope)
        found.append((grade, holds))
        if holds:
            return grade.id, found
    raise AssertionError("the last grade of a checked pack has no condition")


def verdict_of(
    tried: tuple[Tried, ...], pack: Pack, facts: Facts, scope: Scope
) -> tuple[Finding, ...]:
    """What was tried, each with its reason."""
    return tuple(_finding(one, holds, pack, facts, scope) for one, holds in tried)


def _finding(
    one: Grade | Condition, holds: bool | None, pack: Pack, facts: Facts, scope: Scope
) -> Finding:
    if one.when is None:
        return Finding(one.id, one.label, one.basis, True, "không đạt các mức trên")
    if isinstance(one, Grade):
        one = Condition(id=one.id, label=one.label, when=one.when, basis=one.basis)
    return said_of(one, holds, pack, facts, scope)

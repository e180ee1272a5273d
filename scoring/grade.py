"""Grades (xếp loại): bands with conditions, caps and vetoes that lower, overrides that set."""

from __future__ import annotations

from scoring.explain import finding
from scoring.interpret import Scope
from scoring.rules import Condition, Grade, Pack
from scoring.sheet import Facts, Finding


def grade_of(pack: Pack, facts: Facts, scope: Scope) -> tuple[str, tuple[Finding, ...]]:
    """The grade *scope* earns, and what was tried: the last finding is the one that decided.

    Bands are tried from the best down; failing a condition means trying the next. A cap then
    lowers the grade, a veto does whatever the points, an override sets it. Caps and vetoes that
    could not be judged, or made no difference, come first.
    """
    grade, found = _band(pack, facts, scope)
    order = [one.id for one in pack.grades]
    aside: list[Finding] = []
    for conditions, is_veto in ((pack.caps, False), (pack.vetoes, True)):
        for condition in conditions:
            tried = finding(condition, pack, facts, scope)
            if tried.holds is False:
                continue
            lowers = order.index(condition.grade) > order.index(grade)
            if tried.holds and (lowers or is_veto):
                found.append(tried)
            else:
                aside.append(tried)
            if tried.holds and lowers:
                grade = condition.grade
    for decided in pack.overrides:
        tried = finding(decided, pack, facts, scope)
        if tried.holds:
            found.append(tried)
            grade = decided.grade
    return grade, (*aside, *found)


def grade_rank(pack: Pack, grade_id: str) -> int:
    """The grade as a number (mức xếp loại bằng số): 1 for the lowest, one more for each above."""
    return len(pack.grades) - [one.id for one in pack.grades].index(grade_id)


def _band(pack: Pack, facts: Facts, scope: Scope) -> tuple[str, list[Finding]]:
    found: list[Finding] = []
    for grade in pack.grades:
        tried = _tried(grade, pack, facts, scope)
        found.append(tried)
        if tried.holds:
            return grade.id, found
    raise AssertionError("the last grade of a checked pack has no condition")


def _tried(grade: Grade, pack: Pack, facts: Facts, scope: Scope) -> Finding:
    if grade.when is None:
        return Finding(grade.id, grade.label, grade.basis, True, "không đạt các mức trên")
    band = Condition(id=grade.id, label=grade.label, when=grade.when, basis=grade.basis)
    return finding(band, pack, facts, scope)

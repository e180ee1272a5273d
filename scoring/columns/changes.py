"""Two results of one table (so sánh theo cột): who moves, enters, leaves, and by which criterion.

The row path explains single entries; here a register of any length is held against itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.columns.choosing import CHOSEN
from scoring.columns.season import Scored, SeasonColumns
from scoring.columns.table import Integers, Truths


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Rows whose result is not the same under both packs."""

    entries: int
    moved: NDArray[np.int64]
    """Rows that differ in anything at all, best first under the second pack."""
    points: Mapping[str, NDArray[np.int64]]
    """By leaf criterion: the rows whose points differ; criteria without any are left out."""
    regraded: NDArray[np.int64]
    reranked: NDArray[np.int64]
    entering: Mapping[str, NDArray[np.int64]]
    """By selection: the rows it takes under the second pack only, best first."""
    leaving: Mapping[str, NDArray[np.int64]]


def changes(before: SeasonColumns, after: SeasonColumns) -> Changes:
    """Hold *after* against *before*: two packs on one table."""
    rows = len(after.codes)
    moved = _differ(before.total, after.total, before, after)
    points: dict[str, NDArray[np.int64]] = {}
    for id_ in dict.fromkeys((*_leaves(before), *_leaves(after))):
        differ = _differing(before.lines.get(id_), after.lines.get(id_), before, after)
        if differ.any():
            points[id_] = np.flatnonzero(differ)
            moved |= differ
    for id_ in {*before.gates, *after.gates}:
        moved |= _held(before, id_) != _held(after, id_)
    regraded = _grades(before)[before.grade] != _grades(before, after)[after.grade]
    reranked = before.rank != after.rank
    moved |= regraded | reranked
    entering, leaving = {}, {}
    for id_ in dict.fromkeys((*before.chosen, *after.chosen)):
        old, new = (_outcome(one, id_) for one in (before, after))
        moved |= old != new
        entering[id_] = _of(after, id_, (old != CHOSEN) & (new == CHOSEN))
        leaving[id_] = _of(before, id_, (old == CHOSEN) & (new != CHOSEN))
    order = np.argsort(np.where(after.rank == 0, rows + 1, after.rank), kind="stable")
    return Changes(
        entries=rows,
        moved=order[moved[order]],
        points=points,
        regraded=np.flatnonzero(regraded),
        reranked=np.flatnonzero(reranked),
        entering=entering,
        leaving=leaving,
    )


def _leaves(found: SeasonColumns) -> tuple[str, ...]:
    blocks = (leaf for block in (found.pack.bonus, found.pack.penalty) for leaf in block.leaves())
    return tuple(leaf.id for leaf in (*found.pack.leaves(), *blocks))


def _differ(one: Integers, other: Integers, before: SeasonColumns, after: SeasonColumns) -> Truths:
    """Where points in the units of two packs are not the same."""
    if before.unit != after.unit:
        one, other = one.astype(np.int64) * after.unit, other.astype(np.int64) * before.unit
    found: Truths = np.not_equal(one, other)
    return found


def _differing(
    one: Scored | None, other: Scored | None, before: SeasonColumns, after: SeasonColumns
) -> Truths:
    """Where two lines say different points; a criterion one pack has not is no score there."""
    if one is None or other is None:
        held = one or other
        assert held is not None  # noqa: S101 (one of the two packs has the criterion)
        return held.scored
    found: Truths = one.scored != other.scored
    return found | _differ(one.points, other.points, before, after)


def _held(found: SeasonColumns, gate: str) -> Truths:
    return found.gates.get(gate, np.ones(len(found.codes), dtype=np.bool_))


def _grades(before: SeasonColumns, after: SeasonColumns | None = None) -> Integers:
    """A number for each grade of *after* (or of *before*), the same for the same id; -1 last."""
    ids = {grade.id: at for at, grade in enumerate(before.pack.grades)}
    grades = (after or before).pack.grades
    found = [ids.get(grade.id, len(ids) + at) for at, grade in enumerate(grades)]
    return np.array([*found, -1], dtype=np.int64)


def _outcome(found: SeasonColumns, selection: str) -> NDArray[np.int8]:
    return found.outcomes.get(selection, np.full(len(found.codes), -1, dtype=np.int8))


def _of(found: SeasonColumns, selection: str, rows: Truths) -> NDArray[np.int64]:
    chosen = found.chosen.get(selection, np.zeros(0, dtype=np.int64))
    return chosen[rows[chosen]]

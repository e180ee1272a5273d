"""Selection over columns (xét chọn): whole stretches at once while everybody fits in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.columns.table import Integers, Truths
from scoring.contest import Group, contested
from scoring.sheet import Outcome

OUTCOMES: tuple[Outcome, ...] = (
    Outcome.CHOSEN,
    Outcome.DISPLACED,
    Outcome.BEYOND,
    Outcome.TIED,
    Outcome.WAITING,
    Outcome.UNMET,
)
"""What the codes in a column of outcomes stand for; -1 is none."""
CHOSEN, DISPLACED, BEYOND, TIED, WAITING, UNMET = range(len(OUTCOMES))

FIRST_STRETCH = 1_024


@dataclass(frozen=True, slots=True)
class Seating:
    """One quota over the candidates, best first.

    ``group`` numbers the group each counts against, -1 where the quota is not about them;
    ``left`` says how many places each group has.
    """

    group: Integers
    left: NDArray[np.int64]
    is_overall: bool


def chosen(standing: NDArray[np.int64], seatings: Sequence[Seating]) -> NDArray[np.int8]:
    """The outcome of every candidate; *standing* is the same for equals and never falls.

    Places are given as ``scoring.select`` gives them. A stretch of candidates of whom all that
    find their quotas open fit in is settled at once; else it is halved, down to equals.
    """
    size = len(standing)
    outcomes = np.full(size, WAITING, dtype=np.int8)
    if not size:
        return outcomes
    ends = np.append(np.flatnonzero(np.diff(standing)) + 1, size)
    at, stretch = 0, FIRST_STRETCH
    while at < size:
        first, last = np.searchsorted(ends, [at, min(at + stretch, size) - 1], side="right")
        span = slice(at, int(ends[last]))
        open_, overall = _open(seatings, span)
        if _seat_all(seatings, span, open_):
            outcomes[span] = np.where(open_, CHOSEN, np.where(overall, BEYOND, DISPLACED))
            at, stretch = span.stop, stretch * 2
        elif first == last:
            outcomes[span] = np.where(open_, CHOSEN, np.where(overall, BEYOND, DISPLACED))
            tied = _tied(seatings, span, open_)
            if tied.size:
                outcomes[tied] = TIED
                return outcomes
            _seat(seatings, [_taken(one, span, open_) for one in seatings])
            at = span.stop
        else:
            stretch = max(1, min(stretch, span.stop - at) // 2)
    return outcomes


def _open(seatings: Sequence[Seating], span: slice) -> tuple[Truths, Truths]:
    """Who finds every quota open, and who finds one that is about all of them full."""
    open_ = np.ones(span.stop - span.start, dtype=np.bool_)
    overall = np.zeros_like(open_)
    for one in seatings:
        group = one.group[span]
        full = (group >= 0) & (one.left[group] <= 0)
        open_ &= ~full
        if one.is_overall:
            overall |= full
    return open_, overall


def _taken(one: Seating, span: slice, taking: Truths) -> NDArray[np.int64]:
    group = one.group[span][taking]
    return np.bincount(group[group >= 0], minlength=len(one.left))


def _seat_all(seatings: Sequence[Seating], span: slice, open_: Truths) -> bool:
    """Give places to all of *open_* if there are enough; else give none.

    Nor when the last place for all would go in the middle of the stretch: those left out after
    that are left out for another reason than those before.
    """
    taken = [_taken(one, span, open_) for one in seatings]
    for one, now in zip(seatings, taken, strict=True):
        left = np.maximum(one.left, 0)
        ends = one.is_overall and not open_.all()
        if ((now > left) | (ends & (now > 0) & (now == left))).any():
            return False
    _seat(seatings, taken)
    return True


def _seat(seatings: Sequence[Seating], taken: Sequence[NDArray[np.int64]]) -> None:
    for one, now in zip(seatings, taken, strict=True):
        np.subtract(one.left, now, out=one.left)


def _tied(seatings: Sequence[Seating], span: slice, open_: Truths) -> NDArray[np.int64]:
    """Those of equal standing a vote has to decide about."""
    rows = np.flatnonzero(open_) + span.start
    groups: dict[str, tuple[Group, ...]] = {}
    left: dict[Group, int] = {}
    for row in rows:
        mine = []
        for at, one in enumerate(seatings):
            if (number := int(one.group[row])) >= 0:
                mine.append((at, str(number)))
                left[at, str(number)] = int(one.left[number])
        groups[str(row)] = tuple(mine)
    return np.array(sorted(int(row) for row in contested(groups, left)), dtype=np.int64)

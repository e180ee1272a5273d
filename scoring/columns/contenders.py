"""Who holds a place (xét chọn), for candidates that were ordered elsewhere: plain values in.

A place goes to the next in order whose quotas all have one left, and equals who cannot all have
one are sought out; that is one after the other, so it is done here whoever did the ordering.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.columns.choosing import OUTCOMES, Seating, chosen
from scoring.columns.plan import QuotaPlan, SelectionPlan
from scoring.seats import whole_places
from scoring.sheet import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """What one quota asks of one candidate.

    Unit: *top* and *bottom* are of the quota's number of places or percentage, without its factor.
    """

    concerns: bool
    group: str
    top: int
    bottom: int
    defined: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who meets what a selection requires; *standing* is shared by equals."""

    code: str
    standing: int
    asked: tuple[Asked, ...]


def outcomes_of(
    plan: SelectionPlan,
    candidates: Sequence[Candidate],
    populations: Sequence[Mapping[str, int]],
    before: Mapping[str, Mapping[str, Outcome]],
) -> dict[str, Outcome]:
    """The outcome of every one of *candidates* (best first), by code and in their order.

    *populations* says for each quota that is a share of how many it is, by group; *before* what
    the selections before have said. Whom one it excludes took is left out; from the first whom
    that has not decided on, all wait.
    """
    taken = taken_before(plan, before)
    everybody = [one for one in candidates if one.code not in taken]
    candidates = everybody[: _first_pending(plan, everybody, before)]
    waiting = {one.code: Outcome.WAITING for one in everybody[len(candidates) :]}
    seatings = [
        _seating(quota, [one.asked[at] for one in candidates], populations[at])
        for at, quota in enumerate(plan.quotas)
    ]
    standing = np.array([one.standing for one in candidates], dtype=np.int64)
    found = chosen(standing, seatings).tolist()
    seated = {one.code: OUTCOMES[code] for one, code in zip(candidates, found, strict=True)}
    return seated | waiting


def taken_before(
    plan: SelectionPlan, before: Mapping[str, Mapping[str, Outcome]]
) -> frozenset[str]:
    """Those who hold a place in a selection that *plan* excludes."""
    made = [before[other] for other in plan.selection.excluding]
    return frozenset(
        code for one in made for code, outcome in one.items() if outcome is Outcome.CHOSEN
    )


def _first_pending(
    plan: SelectionPlan,
    candidates: Sequence[Candidate],
    before: Mapping[str, Mapping[str, Outcome]],
) -> int:
    """Where the first equals stand of whom one is still undecided elsewhere; else the end."""
    made = [before[other] for other in plan.selection.excluding]
    undecided = (Outcome.TIED, Outcome.WAITING)
    pending = (one for one in candidates if any(say.get(one.code) in undecided for say in made))
    if (first := next(pending, None)) is None:
        return len(candidates)
    return next(at for at, one in enumerate(candidates) if one.standing == first.standing)


def _seating(plan: QuotaPlan, asked: Sequence[Asked], population: Mapping[str, int]) -> Seating:
    """The group of every candidate, and the places of each: the first of it says how many."""
    number: dict[str, int] = {}
    places: list[int] = []
    groups = [number.setdefault(one.group, len(number)) if one.concerns else -1 for one in asked]
    for one, group in zip(asked, groups, strict=True):
        if group == len(places):
            there = _places(plan, one, population.get(one.group, 0)) if one.defined else 0
            places.append(min(max(0, there), len(asked)))  # more than there are is enough
    left = np.array(places or [0], dtype=np.int64)
    return Seating(np.array(groups, dtype=np.int64), left, is_overall=not plan.quota.per)


def _places(plan: QuotaPlan, asked: Asked, population: int) -> int:
    key, share = plan.places or plan.percent, plan.quota.share
    assert key is not None  # noqa: S101 (a checked quota has one of the two)
    return whole_places(share, key.value.factor * Fraction(asked.top, asked.bottom), population)

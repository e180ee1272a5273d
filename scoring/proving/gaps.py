"""Values that would cover what the cases left out (đề xuất cho chỗ chưa thử)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from scoring.proving.case_text import difference, scalar
from scoring.proving.chains import Observation
from scoring.proving.coverage import Survey
from scoring.proving.dating import day_of, on_day
from scoring.proving.demands import Demand
from scoring.proving.proposals import Proposer
from scoring.sheet import Facts

MOST_ENTRIES = 300
MOST_SEASONS = 60
MOST_SCORED = 8_000
"""Entries scored in one search, those of tried seasons included: some seconds at most."""
_OF_SEASONS = ("ranking", "selections")


def proposals_for(
    survey: Survey, missing: Iterable[Demand], proposer: Proposer, base: Facts
) -> Mapping[Observation, str]:
    """For each demand a search could meet: what to give, as YAML. Each was tried.

    Demands of whole seasons come last: one of them costs as much as many entries.
    """
    found: dict[Observation, str] = {}
    purse = [MOST_SCORED]
    by_owner: dict[str, list[Demand]] = {}
    for demand in missing:
        by_owner.setdefault(demand.owner, []).append(demand)
    for demands in sorted(by_owner.values(), key=lambda one: one[0].what[0][0] in _OF_SEASONS):
        left = {one.what for one in demands}
        if demands[0].what[0][0] == "constants":
            _try_days(survey, left, proposer, base, found)
            continue
        if demands[0].what[0][0] in _OF_SEASONS:
            _try_seasons(survey, left, proposer, base, found, purse)
        for facts in islice(proposer.entries(demands[0].what[0]), MOST_ENTRIES):
            purse[0] -= 1
            if not left - found.keys() or purse[0] < 0:
                break
            for what in left & survey.seen_in_entry(facts) - found.keys():
                found[what] = f"{_day(survey)}given: {scalar(difference(facts, base))}"
    return found


def _day(survey: Survey) -> str:
    """The day a case has to name when the pack was read at one and counts by date."""
    on = survey.pack.on
    return f"at: {scalar(on)}, " if on is not None else ""


def _try_days(
    survey: Survey,
    left: set[Observation],
    proposer: Proposer,
    base: Facts,
    found: dict[Observation, str],
) -> None:
    """Values by date: the day each begins, and an entry that reads it."""
    for what in left:
        day = day_of(survey.pack, what[0])
        right, path = on_day(survey.pack, day, what[0])
        for facts in islice(proposer.on(right).entries(path), MOST_ENTRIES):
            if what in survey.on(day).seen_in_entry(facts):
                given = difference(facts, base)
                tail = f", given: {scalar(given)}" if given else ""
                found[what] = f"at: {scalar(day)}{tail}"
                break


def _try_seasons(
    survey: Survey,
    left: set[Observation],
    proposer: Proposer,
    base: Facts,
    found: dict[Observation, str],
    purse: list[int],
) -> None:
    for path in sorted({path for path, _ in left}, key=str):
        for season in islice(proposer.seasons(path), MOST_SEASONS):
            purse[0] -= len(season)
            if not left - found.keys() or purse[0] < 0:
                return
            given = {code: difference(facts, base) for code, facts in season.items()}
            for what in left & survey.seen_in_season(season) - found.keys():
                found[what] = f"{_day(survey)}season: {scalar(given)}"

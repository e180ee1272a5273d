"""Facts that are counted from the register itself (số liệu lấy từ sổ): pure, from what stands.

Only runs that stand count: of a season with a decision the run decided on, else its last. A season
never counts itself. What was counted is told by code, so that a snapshot holds its own evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from registry.entry import Entry
from registry.season import Season
from registry.vietnamese import slug
from scoring.facts import Fact, FromRegister
from scoring.rules import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEntry:
    """An entry of another season and what its standing run made of it (hồ sơ đã có kết quả)."""

    entry: Entry
    year: int
    grade: str | None
    chosen: frozenset[str]
    """The selections that took it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The cell of a counted fact, and the codes it was counted from."""

    cell: str
    codes: tuple[str, ...]


FoundByCode: TypeAlias = Mapping[str, Mapping[str, Found]]
"""{code: {fact: found}}"""


def asks_register(pack: Pack) -> bool:
    """Whether any fact of *pack* is counted from the register."""
    return any(fact.register is not None for fact in pack.facts.values())


def is_within(year: int, season: Season, seasons: str) -> bool:
    """Whether a season of that *year* counts for *season* under ``seasons`` of a pack."""
    return {
        "same-year": year == season.year,
        "previous-year": year == season.year - 1,
        "earlier": year < season.year,
    }[seasons]


def is_counted(pack: Pack, season: Season, other: Season) -> bool:
    """Whether some fact of *pack*, scored for *season*, is counted from *other*."""
    asked = (one.register for one in pack.facts.values() if one.register is not None)
    return any(is_within(other.year, season, query.seasons) for query in asked)


def found_for(
    pack: Pack,
    season: Season,
    entries: Iterable[Entry],
    standing: Iterable[PastEntry],
    unscored: Iterable[Season],
) -> FoundByCode:
    """What the register says of every counted fact of *pack*, for each of *entries*."""
    others = tuple(standing)
    waiting = tuple(unscored)
    facts = [fact for fact in pack.facts.values() if fact.register is not None]
    within = {fact.id: _within(fact, season, others, waiting) for fact in facts}
    found: dict[str, dict[str, Found]] = {}
    for entry in entries:
        found[entry.code] = {
            fact.id: _found(fact.register, entry, listed)
            for fact in facts
            if fact.register is not None and (listed := within[fact.id]) is not None
        }
    return found


def _within(
    fact: Fact, season: Season, others: tuple[PastEntry, ...], waiting: tuple[Season, ...]
) -> tuple[PastEntry, ...] | None:
    """The entries to look at; None when nothing stands and something is yet to be scored."""
    query = fact.register
    assert query is not None  # noqa: S101 (asked by its only caller)
    listed = tuple(one for one in others if is_within(one.year, season, query.seasons))
    expected = any(is_within(one.year, season, query.seasons) for one in waiting)
    return None if expected and not listed else listed


def _found(query: FromRegister, entry: Entry, listed: tuple[PastEntry, ...]) -> Found:
    own = slug(getattr(entry, "unit" if query.whose == "unit" else "name"))
    key = "name" if query.whose == "self" else "unit"
    mine = [one for one in listed if slug(getattr(one.entry, key)) == own and _fits(query, one)]
    if query.whose == "self":
        # Two units may call their models alike.
        mine = [one for one in mine if slug(one.entry.unit) == slug(entry.unit)]
    mine.sort(key=lambda one: (one.year, one.entry.season, one.entry.code))
    if query.take == "count":
        return Found(str(len(mine)), tuple(one.entry.code for one in mine))
    graded = [one for one in mine if one.grade is not None]
    last = graded[-1:]
    return Found(last[0].grade or "" if last else "", tuple(one.entry.code for one in last))


def _fits(query: FromRegister, one: PastEntry) -> bool:
    return all(_asked(query, one))


def _asked(query: FromRegister, one: PastEntry) -> Iterator[bool]:
    entry = one.entry
    yield not query.selection or query.selection in one.chosen
    yield not query.grades or one.grade in query.grades
    yield not query.levels or entry.level in query.levels
    yield not query.fields or entry.field in query.fields
    yield not query.kinds or entry.kind in query.kinds

"""What every journey at the desk needs: the store, the officer, packs, the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from registry.assess import Snapshot, snapshot_of
from registry.catalogue import Catalogue, read_catalogue
from registry.counting import FoundByCode, PastEntry, asks_register, found_for, is_counted
from registry.desk.refusals import CatalogueMissing, NotPinned, OfficerUnnamed, SeasonUnknown
from registry.entry import Entry
from registry.rulebook import grade_labels
from registry.season import Season, SeasonState
from registry.store import decisions, entries, facts, log, packs, runs, seasons
from registry.store.packs import StoredPack
from registry.store.runs import Run, RunSheet
from registry.store.work import Clock, Connection, Store, Work
from registry.vietnamese import tidy
from scoring.dated import pack_at
from scoring.pack import parse_pack
from scoring.rules import Pack
from scoring.sheet import Award, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a season stands: its last run, under the pack it was scored by (kết quả hiện có)."""

    run: Run
    grades: Mapping[str, str]
    """Labels of the pack's grades by id, best first."""
    read_pack: Callable[[], Pack]
    """Reading a pack loads the rule language: a list, which needs no rules, leaves it alone."""
    sheets: Mapping[str, RunSheet]
    """By code: ranked entries best first, then the others by code."""
    awards: tuple[Award, ...]
    by_entry: Mapping[str, tuple[Award, ...]]
    """The same awards, by code."""

    @property
    def pack(self) -> Pack:
        """The pack it was scored by; asked for while the connection is open."""
        return self.read_pack()

    def awards_of(self, code: str) -> tuple[Award, ...]:
        return self.by_entry.get(code, ())

    def grade_label(self, grade: str | None) -> str:
        """The label of a grade; empty for an entry that was not considered."""
        return self.grades.get(grade or "", "")


class Room:
    """The common ground of the journeys; each adds its own asks to it."""

    def __init__(self, store: Store, *, officer: str, clock: Clock, rules_dir: Path) -> None:
        self._store = store
        self._officer = tidy(officer)
        self._clock = clock
        self._rules_dir = rules_dir
        self._parsed: dict[tuple[str, dt.date], Pack] = {}
        self._grades: dict[str, Mapping[str, str]] = {}
        if not self._officer:
            raise OfficerUnnamed

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    @cached_property
    def _catalogue(self) -> Catalogue:
        folder = self._rules_dir / "catalogue"
        if not folder.is_dir():
            raise CatalogueMissing(folder)
        return read_catalogue(folder)

    def _work(self) -> AbstractContextManager[Work]:
        return self._store.work(officer=self._officer, clock=self._clock)

    def _season(self, connection: Connection, season: str) -> Season:
        found = seasons.find(connection, season)
        if found is None:
            known = (one.id for one in seasons.list_seasons(connection))
            raise SeasonUnknown(season, known)
        return found

    def _pinned(self, connection: Connection, season: Season) -> Pack:
        if not season.pack_digest:
            raise NotPinned(season.id)
        return self._pack(connection, season.pack_digest, season)

    def _pack(self, connection: Connection, digest: str, season: Season) -> Pack:
        """A stored pack as *season* reads it. What stands under a digest does not change."""
        key = digest, season.scored_at
        if key not in self._parsed:
            stored = _stored(connection, digest)
            pack = parse_pack(stored.files, name=f"{stored.id} {stored.version}")
            self._parsed[key] = pack_at(pack, season.scored_at)
        return self._parsed[key]

    def _grade_labels(self, connection: Connection, digest: str) -> Mapping[str, str]:
        if digest not in self._grades:
            self._grades[digest] = grade_labels(_stored(connection, digest).files)
        return self._grades[digest]

    def _snapshot_now(self, connection: Connection, season: str, pack: Pack) -> Snapshot:
        listed = entries.list_standing(connection, season=season)
        return snapshot_of(
            pack,
            entries=listed,
            stages=facts.cells_by_stage(connection, season=season),
            marks=facts.marks_of(connection, season=season),
            found=self._found(connection, season, pack, listed),
        )

    def _found(
        self, connection: Connection, season: str, pack: Pack, listed: tuple[Entry, ...]
    ) -> FoundByCode:
        """What the other seasons of the register say of facts that *pack* counts from them."""
        if not asks_register(pack):
            return {}
        own = self._season(connection, season)
        past: list[PastEntry] = []
        unscored: list[Season] = []
        for other in _counted_seasons(connection, own, pack):
            run = _standing_run(connection, other)
            if run is None:
                unscored.append(other)
            else:
                past += _past_entries(connection, other, run)
        return found_for(pack, own, listed, past, unscored)

    def _awaited(self, connection: Connection, season: Season, pack: Pack) -> tuple[str, ...]:
        """The seasons *pack* would count from if they were scored."""
        others = _counted_seasons(connection, season, pack) if asks_register(pack) else ()
        return tuple(one.id for one in others if _standing_run(connection, one) is None)

    def _standing(self, connection: Connection, season: Season) -> Standing | None:
        run = runs.latest(connection, season=season.id)
        if run is None:
            return None
        awards = runs.list_awards(connection, run=run.id)
        by_entry: dict[str, tuple[Award, ...]] = {}
        for award in awards:
            by_entry[award.code] = (*by_entry.get(award.code, ()), award)
        return Standing(
            run=run,
            grades=self._grade_labels(connection, run.pack_digest),
            read_pack=lambda: self._pack(connection, run.pack_digest, season),
            sheets={sheet.code: sheet for sheet in runs.list_sheets(connection, run=run.id)},
            awards=awards,
            by_entry=by_entry,
        )

    def _is_stale(self, connection: Connection, season: Season, run: Run) -> bool:
        """Whether scoring now would start from something else than *run* did."""
        if season.state is SeasonState.DECIDED:
            return False
        if season.pack_digest != run.pack_digest:
            return True
        pack = self._pack(connection, run.pack_digest, season)
        if not log.has_later(connection, run.id, season=season.id, anywhere=asks_register(pack)):
            return False  # a long season takes seconds to read
        return self._snapshot_now(connection, season.id, pack).digest != run.snapshot_digest


def _counted_seasons(connection: Connection, season: Season, pack: Pack) -> tuple[Season, ...]:
    """The other seasons *pack* counts from, oldest first; a season never counts itself."""
    listed = sorted(seasons.list_seasons(connection), key=lambda one: (one.year, one.id))
    others = [one for one in listed if one.id != season.id]
    return tuple(one for one in others if is_counted(pack, season, one))


def _standing_run(connection: Connection, season: Season) -> Run | None:
    """The run that stands: the one decided on, else the last."""
    decision = decisions.latest(connection, season=season.id)
    if decision is not None:
        return runs.find(connection, decision.run)
    return runs.latest(connection, season=season.id)


def _past_entries(connection: Connection, season: Season, run: Run) -> Iterator[PastEntry]:
    chosen: dict[str, set[str]] = {}
    for award in runs.list_awards(connection, run=run.id):
        if award.outcome is Outcome.CHOSEN:
            chosen.setdefault(award.code, set()).add(award.selection)
    grades = {sheet.code: sheet.grade for sheet in runs.list_sheets(connection, run=run.id)}
    for entry in entries.list_entries(connection, season=season.id):
        if entry.code in grades:  # what came in later has no result that stands
            taken = frozenset(chosen.get(entry.code, ()))
            yield PastEntry(entry=entry, year=season.year, grade=grades[entry.code], chosen=taken)


def _stored(connection: Connection, digest: str) -> StoredPack:
    stored = packs.find_pack(connection, digest)
    assert stored is not None  # noqa: S101 (a foreign key holds it)
    return stored

"""What every journey at the desk needs: the store, the officer, packs, the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from registry.assess import Snapshot, snapshot_of
from registry.catalogue import Catalogue, read_catalogue
from registry.desk.refusals import CatalogueMissing, NotPinned, OfficerUnnamed, SeasonUnknown
from registry.rulebook import grade_labels
from registry.season import Season, SeasonState
from registry.store import entries, facts, packs, runs, seasons
from registry.store.packs import StoredPack
from registry.store.runs import Run, RunSheet
from registry.store.work import Clock, Connection, Store, Work
from registry.vietnamese import tidy
from scoring.dated import pack_at
from scoring.pack import parse_pack
from scoring.rules import Pack
from scoring.sheet import Award


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
        return snapshot_of(
            pack,
            entries=entries.list_entries(connection, season=season),
            stages=facts.cells_by_stage(connection, season=season),
            marks=facts.marks_of(connection, season=season),
        )

    def _standing(self, connection: Connection, season: str) -> Standing | None:
        run = runs.latest(connection, season=season)
        if run is None:
            return None
        awards = runs.list_awards(connection, run=run.id)
        by_entry: dict[str, tuple[Award, ...]] = {}
        for award in awards:
            by_entry[award.code] = (*by_entry.get(award.code, ()), award)
        return Standing(
            run=run,
            grades=self._grade_labels(connection, run.pack_digest),
            read_pack=lambda: self._pack(
                connection, run.pack_digest, self._season(connection, season)
            ),
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
        return self._snapshot_now(connection, season.id, pack).digest != run.snapshot_digest


def _stored(connection: Connection, digest: str) -> StoredPack:
    stored = packs.find_pack(connection, digest)
    assert stored is not None  # noqa: S101 (a foreign key holds it)
    return stored

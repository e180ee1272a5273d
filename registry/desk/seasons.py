"""Opening seasons, pinning the pack they are scored by, reading the log (đợt thi đua)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from registry.audit import AuditEntry, Event, EventKind, Json
from registry.catalogue import unknown_terms
from registry.desk.refusals import BodyDissolved, CasesFailed, SeasonExists
from registry.desk.room import Room
from registry.dissolved import dissolved_in, why_dissolved
from registry.lifecycle import SeasonAction, move
from registry.rulebook import read_pack_files
from registry.season import Season, new_season
from registry.store import log, packs, seasons
from registry.store.packs import StoredPack
from scoring.case_runs import run_case
from scoring.cases import parse_cases
from scoring.pack import parse_pack
from scoring.problems import PackError, Problem
from scoring.rules import Pack

_VIETNAM = dt.timezone(dt.timedelta(hours=7))


class SeasonDesk(Room):
    """The asks about a season as a whole."""

    def open_season(
        self,
        season: str,
        *,
        title: str,
        year: int,
        body: str = "",
        superior: str = "",
        place: str = "",
    ) -> Season:
        """Open a season. Raises SeasonExists, SeasonUnfit, BodyDissolved."""
        opened = new_season(
            season, title=title, year=year, body=body, superior=superior, place=place
        )
        with self._work() as job:
            # What is written down of an old season speaks of its own time.
            check_bodies(opened, min(job.at.astimezone(_VIETNAM).date(), opened.scored_at))
            if seasons.find(job.connection, opened.id):
                raise SeasonExists(opened.id)
            seasons.add(job.connection, opened)
            told: dict[str, Json] = {"title": opened.title, "year": year}
            job.note(Event(EventKind.SEASON_OPENED, opened.id, told))
            return opened

    def seasons(self) -> tuple[Season, ...]:
        """All seasons, newest year first."""
        with self._store.read() as connection:
            return seasons.list_seasons(connection)

    def season(self, season: str) -> Season:
        """The season called *season*. Raises SeasonUnknown with what was probably meant."""
        with self._store.read() as connection:
            return self._season(connection, season)

    def pin_pack(self, season: str, folder: Path) -> Pack:
        """Pin the pack in *folder* to *season*; its files are stored under its digest.

        Raises:
            PackMissing, PackError: there is no pack in *folder*, or it has faults.
            CasesFailed: the pack's own cases do not pass.
            SeasonDecided: the season has its decision.
        """
        files = read_pack_files(folder)
        pack = parse_pack(files, name=folder.as_posix())
        if unknown := tuple(unknown_terms(pack, self._catalogue)):
            raise PackError(unknown)
        _check_cases(pack, files, folder)
        stored = StoredPack(
            digest=pack.digest, id=pack.id, version=pack.version, title=pack.title, files=files
        )
        with self._work() as job:
            moved = move(self._season(job.connection, season), SeasonAction.PIN)
            packs.keep_pack(job.connection, stored)
            seasons.save(job.connection, replace(moved, pack_digest=pack.digest))
            job.note(Event(EventKind.PACK_PINNED, season, _told(pack)))
        return pack

    def pack_of(self, season: str) -> Pack:
        """The pack pinned to *season*. Raises NotPinned."""
        with self._store.read() as connection:
            return self._pinned(connection, self._season(connection, season))

    def audit_lines(self, season: str | None = None) -> tuple[AuditEntry, ...]:
        """What was done to *season*, or to all seasons, oldest first."""
        with self._store.read() as connection:
            if season is not None:
                self._season(connection, season)
            return log.list_lines(connection, season=season)


def check_bodies(season: Season, day: dt.date) -> None:
    """Raises BodyDissolved where *season* speaks for a body that was no more on *day*."""
    texts = ", ".join((season.body, season.superior, season.place))
    if found := dissolved_in(texts, day):
        raise BodyDissolved(why_dissolved(found))


def _check_cases(pack: Pack, files: Mapping[str, str], folder: Path) -> None:
    """Raises CasesFailed unless every case beside the rules comes out as its author expects."""
    failed = tuple(
        Problem(case.place, "case", f"{case.name}: {mismatch}")
        for case in parse_cases(files, pack, name=folder.as_posix())
        for mismatch in run_case(pack, case)
    )
    if failed:
        raise CasesFailed(failed, folder=folder)


def _told(pack: Pack) -> dict[str, Json]:
    return {"pack": pack.id, "version": pack.version, "digest": pack.digest}

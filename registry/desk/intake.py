"""Taking workbooks in (nhập số liệu): planned first, then written all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from registry.assess import Stage
from registry.audit import Event, EventKind, Json
from registry.desk.refusals import NoPackFits, NothingToDo
from registry.desk.room import Room
from registry.entry import Entry
from registry.errors import IntakeRefused
from registry.intake.columns import count_known_headings
from registry.intake.plan import Intake, IntakePlan, RegisterState, plan_intake, read_intake
from registry.intake.recode import recoded
from registry.intake.sheets import Sheet, read_workbook
from registry.lifecycle import SeasonAction, move
from registry.rulebook import list_packs
from registry.season import Season
from registry.store import entries, facts, intakes, seasons, units
from registry.store.facts import Source
from registry.store.intakes import TakenIn
from registry.store.work import Connection, Work
from scoring.problems import Problem
from scoring.rules import Pack


class IntakeDesk(Room):
    """The asks about workbooks that units send in."""

    def plan_intake(
        self, data: bytes, *, file: str, season: str, pack: Pack | None = None
    ) -> IntakePlan:
        """What taking the workbook in would change. Nothing is written.

        *pack* says which facts the headings may name: when not given, the pinned one, or the
        one in the rules folder that knows most of the headings.

        Raises:
            IntakeRefused: with every problem of every sheet, each with its cell.
            SeasonDecided: the season has its decision.
        """
        intake = self._read(data, file=file, season=season, pack=pack)
        with self._store.read() as connection:
            return compared(connection, intake, self._season(connection, season))

    def apply_intake(
        self, data: bytes, *, file: str, season: str, pack: Pack | None = None
    ) -> IntakePlan:
        """Take the workbook in: all of it, or nothing. Raises NothingToDo besides."""
        intake = self._read(data, file=file, season=season, pack=pack)
        digest = hashlib.sha256(data).hexdigest()
        with self._work() as job:
            found = self._season(job.connection, season)
            moved = move(found, SeasonAction.INTAKE)
            plan = compared(job.connection, intake, found)
            if plan.is_empty:
                raise self._nothing_to_do(job.connection, plan, digest, season)
            write_office(job, plan, digest=digest, season=season)
            seasons.save(job.connection, moved)
            return plan

    def _read(self, data: bytes, *, file: str, season: str, pack: Pack | None) -> Intake:
        """Read the workbook before any transaction: a stranger's file may take its time."""
        self._check_open(season)
        return self._read_office(read_workbook(data, file=file), season=season, pack=pack)

    def _check_open(self, season: str) -> None:
        with self._store.read() as connection:
            move(self._season(connection, season), SeasonAction.INTAKE)

    def _read_office(
        self, sheets: tuple[Sheet, ...], *, season: str, pack: Pack | None = None
    ) -> Intake:
        """What a workbook of the office's own form says. Raises IntakeRefused."""
        with self._store.read() as connection:
            found = self._season(connection, season)
            registered = tuple(e.code for e in entries.list_entries(connection, season=season))
            pinned = self._pinned(connection, found) if found.pack_digest else None
        return read_intake(
            sheets,
            catalogue=self._catalogue,
            pack=pack or pinned or self._likely_pack(sheets, found.year),
            season=season,
            registered=registered,
        )

    def _likely_pack(self, sheets: tuple[Sheet, ...], year: int) -> Pack:
        """The pack that knows most of the headings; among equals one in force that year."""
        packs = list_packs(self._rules_dir)
        if not packs:
            raise NoPackFits(self._rules_dir)
        return max(
            packs, key=lambda pack: (count_known_headings(sheets, pack), _in_force(pack, year))
        )

    def _nothing_to_do(
        self, connection: Connection, plan: IntakePlan, digest: str, season: str
    ) -> NothingToDo:
        before = intakes.last_with_digest(connection, digest, season=season)
        if before is None:
            return NothingToDo(len(plan.same), since="số liệu đã có trong sổ")
        day = before.at.astimezone(self._clock().tzinfo)
        return NothingToDo(len(plan.same), since=f"lần nhập {before.file} ngày {day:%d/%m/%Y}")


def _in_force(pack: Pack, year: int) -> bool:
    last = pack.effective_to
    return pack.effective_from.year <= year and (last is None or year <= last.year)


def compared(
    connection: Connection, intake: Intake, season: Season, ahead: Mapping[str, Entry] | None = None
) -> IntakePlan:
    """*intake* beside what *season* holds, and beside the entries *ahead* of it in one batch.

    Raises IntakeRefused for codes taken elsewhere.
    """
    stored = {e.code: e for e in entries.list_entries(connection, season=season.id)}
    stored |= ahead or {}
    intake = recoded(intake, stored)
    codes = [entry.code for entry in intake.entries]
    taken = entries.season_by_code(connection, codes)
    if problems := tuple(_taken_elsewhere(taken, intake, season.id)):
        raise IntakeRefused(problems, file=intake.file)
    state = RegisterState(
        season=season.id,
        entries=stored,
        facts=facts.cells_by_stage(connection, season=season.id)[Stage.SELF],
        marks=facts.marks_of(connection, season=season.id),
    )
    return plan_intake(intake, state)


def _taken_elsewhere(taken: Mapping[str, str], intake: Intake, season: str) -> list[Problem]:
    return [
        Problem(
            intake.places.get(code, intake.file),
            "code-taken",
            f"Mã {code} đã đăng ký ở đợt {other}.",
            "Mỗi mã chỉ dùng một lần trong sổ: cho mô hình này mã khác.",
        )
        for code, other in taken.items()
        if other != season
    ]


def write_office(job: Work, plan: IntakePlan, *, digest: str, season: str) -> None:
    counts = {"new": len(plan.new), "changed": len(plan.changed), "same": len(plan.same)}
    taken = TakenIn(
        season=season,
        digest=digest,
        file=plan.file,
        at=job.at,
        officer=job.officer,
        counts=counts,
    )
    source = Source(
        season=season,
        intake=intakes.add(job.connection, taken),
        officer=job.officer,
        at=job.at,
    )
    new = frozenset(plan.new)
    entries.add_all(job.connection, [entry for entry in plan.entries if entry.code in new])
    for entry in plan.entries:
        if entry.code not in new:
            entries.save(job.connection, entry)
    units.point_entries(job.connection, plan.entries)
    facts.put_facts(job.connection, plan.facts, stage=Stage.SELF, source=source)
    facts.put_marks(job.connection, plan.marks, source=source)
    changes: list[Json] = [[c.code, c.what, c.before, c.after] for c in plan.changed]
    told: dict[str, Json] = {"file": plan.file, "digest": digest, **counts, "changes": changes}
    job.note(Event(EventKind.INTAKE_APPLIED, season, told))

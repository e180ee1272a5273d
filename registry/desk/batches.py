"""Taking many files in at once (nhập nhiều tệp): read, planned, then written as one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from registry.audit import Event, EventKind, Json
from registry.desk.intake import IntakeDesk, compared, write_office
from registry.desk.refusals import NothingToDo, PlanChanged
from registry.entry import Entry
from registry.errors import IntakeRefused
from registry.intake.answers import NO_ANSWERS, Answers
from registry.intake.asking import Said, choices_of, parse_answers
from registry.intake.batch import (
    BatchPlan,
    FileRead,
    Incoming,
    Progress,
    in_order,
    read_file,
)
from registry.intake.list_rows import LineRefused
from registry.intake.list_words import read_list_words
from registry.intake.plan import Intake, IntakePlan
from registry.intake.unit_list import ListReader, UnitList, file_refused
from registry.intake.unit_plan import ListPlan, plan_lists
from registry.lifecycle import SeasonAction, move
from registry.store import entries, heading_memory, intakes, seasons
from registry.store.intakes import TakenIn
from registry.store.work import Connection, Work
from registry.vietnamese import slug


class BatchDesk(IntakeDesk):
    """The asks about lists that units send, many files at a time."""

    def read_files(
        self,
        files: Sequence[Incoming],
        *,
        season: str,
        answers: Answers = NO_ANSWERS,
        told: Progress | None = None,
    ) -> tuple[FileRead, ...]:
        """Read every file, each in a limited process. Nothing is written.

        What was read may be planned many times, with other answers each time.

        Raises:
            SeasonDecided: the season has its decision.
        """
        self._check_open(season)
        found: list[FileRead] = []
        for one in in_order(tuple(files)):
            digest, encoding = hashlib.sha256(one.data).hexdigest(), answers.encoding_of(one.file)
            found.append(read_file(one, digest=digest, encoding=encoding, told=told))
            if told is not None:
                told("", len(found), len(files))
        return tuple(found)

    def read_answers(self, said: Said) -> Answers:
        """What a person said on a command line or a form, checked. Raises AnswerUnfit."""
        words = read_list_words(self._rules_dir / "catalogue")
        return parse_answers(said, words=words, catalogue=self._catalogue)

    def answer_choices(self, about: str) -> tuple[tuple[str, str], ...]:
        """What a question may be answered with: ids and labels."""
        return choices_of(about, self._catalogue)

    def plan_files(
        self, files: Sequence[FileRead], *, season: str, answers: Answers = NO_ANSWERS
    ) -> BatchPlan:
        """What taking the files in would change. Nothing is written.

        Raises:
            IntakeRefused: there is one file only, and nothing of it can be taken.
        """
        offices = self._offices(files, season)
        with self._store.read() as connection:
            return self._planned(connection, files, offices, season, answers)

    def apply_files(
        self,
        files: Sequence[FileRead],
        *,
        season: str,
        answers: Answers = NO_ANSWERS,
        agreed: BatchPlan | None = None,
    ) -> BatchPlan:
        """Take in what the plan says, in one transaction: all of that, or nothing.

        Raises:
            PlanChanged: the register no longer is as it was when *agreed* was planned.
            NothingToDo: the register holds all of it already.
            IntakeRefused: nothing of the files can be taken.
        """
        offices = self._offices(files, season)
        with self._work() as job:
            moved = move(self._season(job.connection, season), SeasonAction.INTAKE)
            plan = self._planned(job.connection, files, offices, season, answers)
            if agreed is not None and plan != agreed:
                raise PlanChanged
            if plan.is_empty:
                raise _nothing_in(plan, files)
            _write_lists(job, plan.lists, files, season)
            digests = {one.file: one.digest for one in files}
            for office in plan.offices:
                if not office.is_empty:
                    write_office(job, office, digest=digests[office.file], season=season)
            seasons.save(job.connection, moved)
            return plan

    def _offices(self, files: Sequence[FileRead], season: str) -> dict[str, Intake | IntakeRefused]:
        """The office's own workbooks among the files, each read whole or refused whole."""
        found: dict[str, Intake | IntakeRefused] = {}
        for one in files:
            if one.is_office:
                try:
                    found[one.file] = self._read_office(one.sheets, season=season)
                except IntakeRefused as refused:
                    found[one.file] = refused
        return found

    def _planned(
        self,
        connection: Connection,
        files: Sequence[FileRead],
        offices: dict[str, Intake | IntakeRefused],
        season: str,
        answers: Answers,
    ) -> BatchPlan:
        stored = {e.code: e for e in entries.list_entries(connection, season=season)}
        reader = ListReader(
            words=read_list_words(self._rules_dir / "catalogue"),
            catalogue=self._catalogue,
            answers=answers,
            memory=heading_memory.all_meanings(connection),
            units={slug(entry.unit): entry.unit for entry in stored.values()},
        )
        lists = plan_lists(
            [_list_of(one, reader) for one in files if one.file not in offices],
            season=season,
            stored=stored,
            taken=entries.list_codes(connection),
            answers=answers,
            catalogue=self._catalogue,
        )
        ahead = {entry.code: entry for entry in lists.entries}
        plans, refused = self._planned_offices(connection, offices, season, ahead)
        if len(files) == 1 and (only := _only_refusal(files[0], offices, refused)):
            raise only
        return BatchPlan(
            lists=lists,
            offices=tuple(plans),
            refused=tuple(row for one in refused for row in file_refused(one.file, one).refused),
        )

    def _planned_offices(
        self,
        connection: Connection,
        offices: dict[str, Intake | IntakeRefused],
        season: str,
        ahead: dict[str, Entry],
    ) -> tuple[list[IntakePlan], list[IntakeRefused]]:
        plans: list[IntakePlan] = []
        refused: list[IntakeRefused] = []
        found = self._season(connection, season)
        for office in offices.values():
            if isinstance(office, IntakeRefused):
                refused.append(office)
                continue
            try:
                plans.append(compared(connection, office, found, ahead))
            except IntakeRefused as refusal:
                refused.append(refusal)
        return plans, refused


def _list_of(one: FileRead, reader: ListReader) -> UnitList:
    if one.refused is not None:
        return file_refused(one.file, one.refused)
    return reader.read(one.sheets, file=one.file)


def _only_refusal(
    one: FileRead, offices: dict[str, Intake | IntakeRefused], refused: list[IntakeRefused]
) -> IntakeRefused | None:
    """Why the only file there is cannot be taken at all: it is told as refusals always are."""
    if one.file in offices:
        return refused[0] if refused else None
    return one.refused


def _nothing_in(plan: BatchPlan, files: Sequence[FileRead]) -> NothingToDo | IntakeRefused:
    same = len(plan.lists.same) + sum(len(office.same) for office in plan.offices)
    if same:
        return NothingToDo(same, since="số liệu đã có trong sổ")
    rows: tuple[LineRefused, ...] = (*plan.refused, *plan.lists.refused)
    problems = tuple(problem for row in rows for problem in row.problems)
    file = files[0].file if len(files) == 1 else f"{len(files)} tệp"
    return IntakeRefused(problems, file=file)


def _write_lists(job: Work, plan: ListPlan, files: Sequence[FileRead], season: str) -> None:
    if not plan.entries:
        return
    digests = {one.file: one.digest for one in files}
    entries.add_all(job.connection, [one.entry for one in plan.new])
    for one in plan.changed:
        entries.save(job.connection, one.entry)
    by_name = {"new": plan.new, "changed": plan.changed, "same": plan.same}
    counted = {name: Counter(one.line.file for one in lines) for name, lines in by_name.items()}
    for file in dict.fromkeys(one.line.file for lines in by_name.values() for one in lines):
        counts = {name: counted[name][file] for name in by_name}
        taken = TakenIn(
            season=season,
            digest=digests[file],
            file=file,
            at=job.at,
            officer=job.officer,
            counts=counts,
        )
        intakes.add(job.connection, taken)
    heading_memory.remember(job.connection, plan.learnt, officer=job.officer, at=job.at)
    job.note(Event(EventKind.INTAKE_APPLIED, season, _told(plan, digests)))


def _told(plan: ListPlan, digests: dict[str, str]) -> dict[str, Json]:
    """What the audit log keeps of it: the files, every code given, every change."""
    lines = (*plan.new, *plan.same, *plan.changed)
    files = list(dict.fromkeys(one.line.file for one in lines))
    named: list[Json] = [[file, digests[file]] for file in files]
    codes: list[Json] = [[one.entry.code, one.line.cell] for one in plan.new]
    changes: list[Json] = [
        [c.code, c.what, c.before, c.after] for one in plan.changed for c in one.changes
    ]
    return {
        "file": files[0] if len(files) == 1 else f"{len(files)} tệp",
        "files": named,
        "new": len(plan.new),
        "same": len(plan.same),
        "changed": len(plan.changed),
        "codes": codes,
        "changes": changes,
    }

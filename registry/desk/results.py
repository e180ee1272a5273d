"""The facts of one entry at three stages (tự chấm, thẩm định, chốt): side by side, who and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from registry.assess import Stage
from registry.audit import Event, EventKind, Json
from registry.desk.entries import EntryDesk
from registry.desk.refusals import NothingReported, NothingToDo
from registry.entry import Entry
from registry.entry_lifecycle import EntryAction, move_entry
from registry.reporting import ReportUnfit, asked_facts, read_report
from registry.store import entries, facts
from registry.store.facts import Source
from registry.store.work import Work
from registry.views import EntryFacts, FactLine
from scoring.facts import read_fact, show
from scoring.rules import Pack

_STAGES: Mapping[EntryAction, tuple[Stage, EventKind]] = {
    EntryAction.REPORT: (Stage.SELF, EventKind.FACTS_REPORTED),
    EntryAction.APPRAISE: (Stage.APPRAISED, EventKind.FACTS_APPRAISED),
    EntryAction.FINALISE: (Stage.FINAL, EventKind.FACTS_FINALISED),
}


class ResultDesk(EntryDesk):
    """The asks about what an entry came to. *given* is text by fact, named by id or label.

    A stage never writes over another: the highest that has a value is what is scored.
    """

    def report(self, code: str, given: Mapping[str, str], *, revision: int | None = None) -> Entry:
        """Put down what the unit reports (tự chấm).

        Raises:
            EntryMoveRefused, SeasonRefuses: not from this state.
            EntryChangedElsewhere: somebody saved it since *revision*.
            ReportUnfit: facts are not what the pack declares.
            NothingToDo: the stage says all of that already.
        """
        return self._put(EntryAction.REPORT, code, given, revision)

    def appraise(
        self, code: str, given: Mapping[str, str], *, revision: int | None = None
    ) -> Entry:
        """Put down what the appraiser found; nothing given: as it was reported."""
        return self._put(EntryAction.APPRAISE, code, given, revision)

    def finalise(
        self, code: str, given: Mapping[str, str], *, revision: int | None = None
    ) -> Entry:
        """Put down what the council settles on, over what was appraised."""
        return self._put(EntryAction.FINALISE, code, given, revision)

    def entry_facts(self, code: str) -> EntryFacts:
        """What the pinned pack asks of *code*, and what every stage says. Raises NotPinned."""
        with self._store.read() as connection:
            entry = self._entry(connection, code)
            pack = self._pinned(connection, self._season(connection, entry.season))
            found = {
                (one.fact, one.stage): one
                for one in facts.list_values(connection, code=entry.code)
                if one.cell
            }
        return EntryFacts(
            entry=entry,
            lines=tuple(
                FactLine(
                    fact=fact.id,
                    label=fact.label,
                    reported=found.get((fact.id, Stage.SELF)),
                    appraised=found.get((fact.id, Stage.APPRAISED)),
                    final=found.get((fact.id, Stage.FINAL)),
                )
                for fact in asked_facts(pack)
            ),
        )

    def _put(
        self, action: EntryAction, code: str, given: Mapping[str, str], revision: int | None
    ) -> Entry:
        stage, kind = _STAGES[action]
        with self._work() as job:
            entry, season = self._to_change(job.connection, code, revision)
            moved = move_entry(entry, action, season=season)
            if action is EntryAction.APPRAISE:
                moved = replace(moved, appraised_by=job.officer)
            pack = self._pinned(job.connection, season)
            cells, problems = read_report(given, pack)
            if problems:
                raise ReportUnfit(problems, code=entry.code)
            stored = facts.list_values(job.connection, code=entry.code)
            if action is EntryAction.APPRAISE and not any(one.cell for one in stored):
                raise NothingReported(entry.code)
            before = {one.fact: one.cell for one in stored if one.stage is stage}
            differing = {f: cell for f, cell in cells.items() if cell != before.get(f, "")}
            if not differing and moved == entry:
                raise NothingToDo(1, since="trong sổ")
            _write(job, entry, differing, stage)
            saved = entries.save(job.connection, moved)
            changes = _changes(pack, entry.code, before, differing)
            told: dict[str, Json] = {"code": entry.code, "name": entry.name, "changes": changes}
            job.note(Event(kind, entry.season, told))
            return saved


def _write(job: Work, entry: Entry, cells: Mapping[str, str], stage: Stage) -> None:
    source = Source(season=entry.season, intake=None, officer=job.officer, at=job.at)
    facts.put_facts(job.connection, {entry.code: cells}, stage=stage, source=source)


def _changes(
    pack: Pack, code: str, before: Mapping[str, str], after: Mapping[str, str]
) -> list[Json]:
    def words(fact: str, cell: str) -> str:
        declared = pack.facts[fact]
        return show(declared, read_fact(declared, cell)) if cell else ""

    return [
        [code, pack.facts[fact].label, words(fact, before.get(fact, "")), words(fact, cell)]
        for fact, cell in after.items()
    ]

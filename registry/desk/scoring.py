"""Scoring a season and computing a run again (chấm điểm, kiểm tra lại)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from registry.assess import Snapshot, facts_of, reported, result_digest
from registry.audit import Event, EventKind, Json, verify_chain
from registry.desk.reading import ReadingDesk
from registry.desk.refusals import NothingToScore
from registry.frames.frozen import FrozenUnreadable
from registry.lifecycle import SeasonAction, move
from registry.season import Season, SeasonState
from registry.store import log, packs, runs, seasons
from registry.store.runs import Run, RunSheet
from registry.store.seasons import SeasonChangedElsewhere
from registry.store.work import Connection, Work
from registry.views import Funnel, VerifyReport
from scoring.columns.digest import table_digest
from scoring.columns.sheets import bare_result
from scoring.columns.table import Table, table_of
from scoring.dated import pack_at
from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.sheet import Award, SeasonResult

ENGINE = "1"
"""Raised when the same pack and facts come to another result than before."""


class ScoringDesk(ReadingDesk):
    """The asks that compute."""

    def score(self, season: str) -> Funnel:
        """Score *season* under its pinned pack and keep the run.

        When nothing has changed since the last run, that run stands and only the log grows.

        Raises:
            MoveRefused: no pack is pinned, or the season has its decision.
            NothingToScore: the season has no entries.
            FactsUnfit: stored facts do not fit the pinned pack.
        """
        with self._store.read() as connection:
            found = self._season(connection, season)
            move(found, SeasonAction.SCORE)
            pack = self._pinned(connection, found)
            snapshot = self._snapshot_now(connection, season, pack)
        if not snapshot.cells:
            raise NothingToScore(season)
        # Computed outside the transaction: nobody waits for it, and the revision tells whether
        # the season is still the one that was read.
        facts = facts_of(pack, snapshot.cells)
        table = table_of(pack, facts)
        result = bare_result(pack, facts, table=table)
        with self._work() as job:
            if self._season(job.connection, season).revision != found.revision:
                raise SeasonChangedElsewhere(season)
            seasons.save(job.connection, move(found, SeasonAction.SCORE))
            _keep(job, found, snapshot, result)
            packs.keep_frozen(
                job.connection, table, snapshot=snapshot.digest, pack=found.pack_digest
            )
        return self.funnel(season)

    def verify(self, season: str) -> VerifyReport:
        """Compute the last run of *season* again from what is stored, and check the audit log."""
        with self._store.read() as connection:
            found = self._season(connection, season)
            lines = log.list_lines(connection)
            broken = verify_chain(lines)
            run = runs.latest(connection, season=season)
            problems = [broken.reason] if broken else []
            notices: list[str] = []
            if run is not None:
                problems += _run_problems(connection, found, run)
                problems += self._later_changes(connection, found, run)
                notices += self._later_counts(connection, found, run)
        return VerifyReport(
            season=found,
            run=run.id if run else None,
            run_digest=run.result_digest if run else "",
            audit_lines=len(lines),
            audit_head=lines[-1].digest if lines else "",
            problems=tuple(problems),
            notices=tuple(notices),
        )

    def _later_counts(self, connection: Connection, season: Season, run: Run) -> Iterator[str]:
        """Where the register would be counted otherwise now than in the frozen facts of *run*."""
        stored = packs.find_pack(connection, run.pack_digest)
        body = packs.find_snapshot(connection, run.snapshot_digest)
        if stored is None or body is None:
            return
        try:
            pack = self._pack(connection, run.pack_digest, season)
        except PackError:
            return
        frozen, now = Snapshot(body), self._snapshot_now(connection, season.id, pack)
        counted = [fact for fact in pack.facts.values() if fact.register is not None]
        for code, cells in frozen.cells.items():
            for fact in counted:
                pair = [one.get(fact.id, "") for one in (cells, now.cells.get(code, {}))]
                if pair[0] != pair[1]:
                    before, after = (cell or "chưa có" for cell in pair)
                    yield (
                        f"{code} · {fact.label}: lượt chấm {run.id} lấy từ sổ {before}, nay là "
                        f"{after}; kết quả của lượt ấy giữ theo số đã chốt."
                    )

    def _later_changes(self, connection: Connection, season: Season, run: Run) -> Iterator[str]:
        """Faults of what must not change: the log's word on the run, facts after a decision."""
        line = log.last_of(connection, EventKind.SEASON_SCORED, season=season.id)
        if line is None or json.loads(line.data).get("result") != run.result_digest:
            yield f"Nhật ký không ghi kết quả của lượt chấm {run.id}."
        if season.state is SeasonState.DECIDED:
            pack = self._pack(connection, run.pack_digest, season)
            frozen = packs.find_snapshot(connection, run.snapshot_digest)
            now = self._snapshot_now(connection, season.id, pack)
            # What other seasons came to later is no fault: the snapshot is what was decided on.
            if frozen is None or reported(pack, now) != reported(pack, Snapshot(frozen)):
                yield f"Số liệu đợt {season.id} đã bị sửa sau khi có quyết định."


def _keep(job: Work, season: Season, snapshot: Snapshot, result: SeasonResult) -> None:
    """Store the run, or let the last one stand when it says the same."""
    digest = result_digest(result, pack_digest=season.pack_digest, snapshot_digest=snapshot.digest)
    last = runs.latest(job.connection, season=season.id)
    reused = last is not None and (last.result_digest, last.engine) == (digest, ENGINE)
    if last is None or not reused:
        packs.keep_snapshot(job.connection, snapshot.digest, snapshot.body)
        last = runs.add(
            job.connection,
            result,
            season=season.id,
            pack_digest=season.pack_digest,
            snapshot_digest=snapshot.digest,
            result_digest=digest,
            engine=ENGINE,
            at=job.at,
            officer=job.officer,
        )
    told: dict[str, Json] = {
        "run": last.id,
        "entries": len(result.sheets),
        "result": digest,
        "reused": reused,
    }
    job.note(Event(EventKind.SEASON_SCORED, season.id, told))


def _run_problems(connection: Connection, season: Season, run: Run) -> Iterator[str]:
    """What of *run* does not hold when it is computed again from the stored pack and facts."""
    stored = packs.find_pack(connection, run.pack_digest)
    body = packs.find_snapshot(connection, run.snapshot_digest)
    if stored is None or body is None:
        yield f"Lượt chấm {run.id} thiếu bộ quy tắc hoặc số liệu đã chốt."
        return
    try:
        pack = parse_pack(stored.files, name=f"{stored.id} {stored.version}")
    except PackError as error:
        yield f"Bộ quy tắc đã lưu không đọc được nữa: {error.problems[0]}"
        return
    if pack.digest != run.pack_digest:
        yield f"Bộ quy tắc đã lưu của lượt chấm {run.id} đã bị sửa."
    snapshot = Snapshot(body)
    if snapshot.digest != run.snapshot_digest:
        yield f"Số liệu đã chốt của lượt chấm {run.id} đã bị sửa."
        return
    pack = pack_at(pack, season.scored_at)
    facts = facts_of(pack, snapshot.cells)
    table = table_of(pack, facts)
    if not _is_frozen_so(connection, run, table):
        yield f"Số liệu đã chốt theo cột của lượt chấm {run.id} đã bị sửa."
    result = bare_result(pack, facts, table=table)
    digest = result_digest(result, pack_digest=run.pack_digest, snapshot_digest=run.snapshot_digest)
    if digest != run.result_digest:
        yield f"Tính lại lượt chấm {run.id} không ra kết quả đã lưu."
    if changed := _changed_codes(connection, run, result):
        yield f"Kết quả đã lưu bị sửa ở: {', '.join(changed)}."


def _is_frozen_so(connection: Connection, run: Run, table: Table) -> bool:
    """Whether the columns kept for *run* say what its snapshot says; older runs have none."""
    snapshot, pack = run.snapshot_digest, run.pack_digest
    try:
        frozen = packs.find_frozen(connection, snapshot=snapshot, pack=pack)
    except FrozenUnreadable:
        return False
    return frozen is None or table_digest(frozen) == table_digest(table)


def _changed_codes(connection: Connection, run: Run, result: SeasonResult) -> list[str]:
    """Entries whose stored standing or awards are not what *result* says."""
    told = {sheet.code: _bare(sheet) for sheet in runs.run_sheets_of(result)}
    kept = {sheet.code: _bare(sheet) for sheet in runs.list_sheets(connection, run=run.id)}
    awards = {_outcome(award) for award in result.awards}
    stored = {_outcome(award) for award in runs.list_awards(connection, run=run.id)}
    differing = {code for code in told | kept if told.get(code) != kept.get(code)}
    return sorted(differing | {code for code, *_ in awards ^ stored})


def _bare(sheet: RunSheet) -> RunSheet:
    """*sheet* without its wording, which a newer program may word better."""
    return replace(sheet, tie_reason="")


def _outcome(award: Award) -> tuple[str, str, str]:
    return award.code, award.selection, award.outcome.value

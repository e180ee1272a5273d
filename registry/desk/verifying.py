"""Computing a season again and holding it against the log (kiểm tra lại một đợt)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from registry.assess import Snapshot, reported
from registry.audit import ChainCheck, EventKind, check_chain
from registry.desk.differing import Teller, seqs_of
from registry.desk.reading import ReadingDesk
from registry.desk.recomputing import run_problems
from registry.recorded import SEALED, Disagreement
from registry.season import Season, SeasonState
from registry.store import comparing, entries, log, packs, runs
from registry.store.comparing import Agreement
from registry.store.runs import Run
from registry.store.work import Connection
from registry.views import EntryDifference, VerifyReport
from scoring.problems import PackError
from scoring.rules import Pack

Progress = Callable[[int, int], None]


class VerifyingDesk(ReadingDesk):
    """The asks whether what is stored is what was done."""

    def verify_audit(self, anchor: str = "", progress: Progress | None = None) -> ChainCheck:
        """Read the whole audit log again; *anchor* is a digest from signed paper."""
        with self._store.read() as connection:
            found = check_chain(log.each_stored(connection, progress), anchor=anchor)
        return replace(found, unguarded=self._unguarded())

    def verify(self, season: str, progress: Progress | None = None) -> VerifyReport:
        """Compute every run of *season* again, check the audit log, and hold what stands in the
        register against what the log says was last written."""
        with self._store.read() as connection:
            found = self._season(connection, season)
            chain = check_chain(log.each_stored(connection, progress))
            agreement = comparing.compare(
                connection, log.each_stored(connection), season=season, progress=progress
            )
            teller = self._teller(connection, found, agreement.differences)
            problems = [chain.broken.reason] if chain.broken else []
            problems += [unguarded] if (unguarded := self._unguarded()) else []
            problems += map(teller.sentence, agreement.differences)
            if agreement.more:
                problems.append(f"Còn nữa: chỉ nêu {comparing.MOST_TOLD} chỗ đầu tiên.")
            notices = _older_notices(agreement)
            run = runs.latest(connection, season=season)
            computed: list[EntryDifference] = []
            for one in runs.list_runs(connection, season=season):
                unsealed = any(
                    each.column == SEALED and each.key.get("run") == one.id
                    for each in agreement.differences
                )
                problems += run_problems(
                    connection, found, one, computed, teller, unsealed=unsealed
                )
            if run is not None:
                problems += self._later_changes(connection, found, run)
                if agreement.unchecked:
                    problems += self._unlogged_changes(connection, found, run, teller)
                notices += self._later_counts(connection, found, run)
            differing = map(teller.entry_difference, agreement.differences)
        return VerifyReport(
            season=found,
            run=run.id if run else None,
            run_digest=run.result_digest if run else "",
            audit_lines=chain.lines,
            audit_head=chain.head,
            problems=tuple(problems),
            notices=tuple(notices),
            entries=(*(one for one in differing if one is not None), *computed),
        )

    def _unguarded(self) -> str:
        """What of the log's guards another program has taken away."""
        missing = self._store.database.missing_guards()
        if not missing:
            return ""
        return (
            f"Khóa giữ nhật ký (trigger {', '.join(missing)}) đã bị gỡ: có người sửa sổ bằng "
            "chương trình khác."
        )

    def _teller(self, connection: Connection, season: Season, found: list[Disagreement]) -> Teller:
        pack: Pack | None = None
        if season.pack_digest and packs.find_pack(connection, season.pack_digest):
            try:
                pack = self._pack(connection, season.pack_digest, season)
            except PackError:
                pack = None  # said of the run
        listed = entries.list_entries(connection, season=season.id)
        return Teller(
            names={entry.code: entry.name for entry in listed},
            lines=log.lines_numbered(connection, seqs_of(found)),
            catalogue=self._catalogue,
            pack=pack,
            zone=self._clock().tzinfo,
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
        if line is None or line.told.get("result") != run.result_digest:
            yield f"Nhật ký không ghi kết quả của lượt chấm {run.id}."
        if season.state is SeasonState.DECIDED:
            pack = self._pack(connection, run.pack_digest, season)
            frozen = packs.find_snapshot(connection, run.snapshot_digest)
            now = self._snapshot_now(connection, season.id, pack)
            # What other seasons came to later is no fault: the snapshot is what was decided on.
            if frozen is None or reported(pack, now) != reported(pack, Snapshot(frozen)):
                yield f"Số liệu đợt {season.id} đã bị sửa sau khi có quyết định."

    def _unlogged_changes(
        self, connection: Connection, season: Season, run: Run, teller: Teller
    ) -> Iterator[str]:
        """What came after *run* with no line of the log about it, where lines tell no values."""
        scored = log.last_of(connection, EventKind.SEASON_SCORED, season=season.id)
        taken = log.last_of(connection, EventKind.INTAKE_APPLIED, season=season.id)
        body = packs.find_snapshot(connection, run.snapshot_digest)
        if scored is None or body is None or teller.pack is None:
            return
        if (taken and taken.seq > scored.seq) or season.pack_digest != run.pack_digest:
            return
        pack, now = teller.pack, self._snapshot_now(connection, season.id, teller.pack)
        frozen, cells = reported(pack, Snapshot(body)), reported(pack, now)
        for code in sorted(frozen.keys() | cells.keys()):
            before, after = frozen.get(code, {}), cells.get(code, {})
            for fact in sorted(before.keys() | after.keys()):
                if before.get(fact) != after.get(fact):
                    yield (
                        f"{code} “{teller.names.get(code, '')}” · {pack.facts[fact].label}: trong "
                        f"sổ {after.get(fact) or '(trống)'}; lúc chấm lượt {run.id} là "
                        f"{before.get(fact) or '(trống)'}, từ đó nhật ký không ghi lần nhập nào."
                    )


def _older_notices(agreement: Agreement) -> list[str]:
    if not agreement.unchecked:
        return []
    return [
        (
            f"{agreement.unchecked} dòng của sổ được ghi từ trước khi nhật ký giữ từng giá trị: "
            "không đối chiếu được từng ô, chỉ so người và lúc ghi, và so với số liệu đã chốt khi "
            "chấm."
        )
    ]

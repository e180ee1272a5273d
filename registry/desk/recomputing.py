"""Computing a run again from what is stored (tính lại một lượt chấm), value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from decimal import Decimal

from registry.assess import Snapshot, facts_of, result_digest
from registry.desk.differing import Teller
from registry.frames.frozen import FrozenUnreadable
from registry.season import Season
from registry.store import packs, runs
from registry.store.runs import Run, RunSheet
from registry.store.work import Connection
from registry.views import EntryDifference
from scoring.columns.digest import table_digest
from scoring.columns.sheets import bare_result
from scoring.columns.table import Table, table_of
from scoring.dated import pack_at
from scoring.numbers import format_points
from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.sheet import Award, Outcome, SeasonResult


def run_problems(
    connection: Connection,
    season: Season,
    run: Run,
    differing: list[EntryDifference],
    teller: Teller,
    *,
    unsealed: bool,
) -> Iterator[str]:
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
    changes = [*_changes(connection, run, result)]
    if unsealed:
        changes += _reworded(connection, run, result)
    for code, what, stored_value, computed in changes:
        one = EntryDifference(
            code=code,
            name=teller.names.get(code, ""),
            what=f"{what} (lượt chấm {run.id})",
            stored=stored_value,
            logged=computed,
            line=0,
            at=None,
            officer="",
        )
        differing.append(one)
        yield (
            f"Kết quả đã lưu bị sửa: {code} “{one.name}” · {one.what}: trong sổ {stored_value}; "
            f"tính lại: {computed}."
        )


def _is_frozen_so(connection: Connection, run: Run, table: Table) -> bool:
    """Whether the columns kept for *run* say what its snapshot says; older runs have none."""
    snapshot, pack = run.snapshot_digest, run.pack_digest
    try:
        frozen = packs.find_frozen(connection, snapshot=snapshot, pack=pack)
    except FrozenUnreadable:
        return False
    return frozen is None or table_digest(frozen) == table_digest(table)


def _changes(
    connection: Connection, run: Run, result: SeasonResult
) -> Iterator[tuple[str, str, str, str]]:
    """(code, what, stored, computed) where the stored standing or awards are not *result*'s."""
    told = {sheet.code: _bare(sheet) for sheet in runs.run_sheets_of(result)}
    kept = {sheet.code: _bare(sheet) for sheet in runs.list_sheets(connection, run=run.id)}
    awards = {_outcome(award) for award in result.awards}
    stored = {_outcome(award) for award in runs.list_awards(connection, run=run.id)}
    for code in sorted(told.keys() | kept.keys()):
        one, other = kept.get(code), told.get(code)
        if one is None or other is None:
            words_of = {True: "không có", False: "có"}
            yield code, "kết quả", words_of[one is None], words_of[other is None]
        else:
            for name, words in _STANDING.items():
                there, again = getattr(one, name), getattr(other, name)
                if there != again:
                    yield code, words, _shown(there), _shown(again)
    for code, selection in sorted({one[:2] for one in awards ^ stored}):
        before, after = (_outcomes(found, code, selection) for found in (stored, awards))
        yield code, f"xét chọn {selection}", before, after


def _reworded(
    connection: Connection, run: Run, result: SeasonResult
) -> Iterator[tuple[str, str, str, str]]:
    """The same of reasons: only asked where the log says that something was changed."""
    told = {sheet.code: sheet.tie_reason for sheet in runs.run_sheets_of(result)}
    for sheet in runs.list_sheets(connection, run=run.id):
        if sheet.tie_reason != told.get(sheet.code, sheet.tie_reason):
            yield sheet.code, "lý do xếp hạng", sheet.tie_reason, told[sheet.code]
    reasons = {(one.code, one.selection): one.reason for one in result.awards}
    for award in runs.list_awards(connection, run=run.id):
        again = reasons.get((award.code, award.selection), award.reason)
        if award.reason != again:
            yield award.code, f"lý do xét chọn {award.selection}", award.reason, again


_STANDING = {
    "rank": "hạng",
    "total": "tổng điểm",
    "grade": "xếp loại",
    "gates": "điều kiện không đạt",
    "points": "điểm tiêu chí",
    "bonus": "điểm thưởng",
    "penalty": "điểm phạt",
}


_OUTCOMES = {
    Outcome.CHOSEN.value: "được chọn",
    Outcome.DISPLACED.value: "vướng chỉ tiêu",
    Outcome.BEYOND.value: "ngoài chỉ tiêu",
    Outcome.TIED.value: "chờ bỏ phiếu",
    Outcome.WAITING.value: "chờ nhóm trên",
}


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return format_points(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_shown(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "(không)"
    return "(không)" if value is None else str(value)


def _outcomes(found: Set[tuple[str, str, str]], code: str, selection: str) -> str:
    outcomes = sorted(one[2] for one in found if one[:2] == (code, selection))
    return ", ".join(_OUTCOMES.get(one, one) for one in outcomes) or "không có"


def _bare(sheet: RunSheet) -> RunSheet:
    """*sheet* without its wording, which a newer program may word better."""
    return replace(sheet, tie_reason="")


def _outcome(award: Award) -> tuple[str, str, str]:
    return award.code, award.selection, award.outcome.value

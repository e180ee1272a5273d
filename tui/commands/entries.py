"""``dvk entries``, ``dvk explain``: what stands in the register, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from registry.views import EntrySheet
from scoring.explain import sources_of, verdict_sentences
from scoring.numbers import format_points
from scoring.sheet import Line
from tui.commands import say
from tui.commands.season import AsJson, SeasonId


def list_entries(
    context: typer.Context,
    season: SeasonId,
    text: Annotated[str, typer.Argument(metavar="CHỮ", help="Tìm có dấu hoặc không dấu.")] = "",
    as_json: AsJson = False,
) -> None:
    """Danh sách hồ sơ của một đợt; tìm theo mã, tên, người, đơn vị."""
    lines = context.obj.desk().entry_lines(season, text=text)
    if as_json:
        say.out_json(lines)
        return
    rows = [("Mã", "Điểm", "Xếp loại", "Đơn vị", "Tên mô hình")]
    rows += [
        (
            one.code,
            format_points(one.total) if one.total is not None else "",
            one.grade,
            one.unit,
            one.name,
        )
        for one in lines
    ]
    if lines:
        say.out(say.table(rows, right=frozenset({1})))
    say.note(f"{len(lines)} hồ sơ.")


def explain(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã hồ sơ, ví dụ HL-2018-065.")],
    as_json: AsJson = False,
) -> None:
    """Vì sao một hồ sơ được chừng ấy điểm: từng tiêu chí, số liệu, điều khoản."""
    desk = context.obj.desk()
    found = desk.entry_sheet(code)
    if as_json:
        say.out_json(found)
        return
    pinned = desk.pack_of(found.entry.season).selections if found.sheet else ()
    say.out(sheet_text(found, {one.id: one.label for one in pinned}))


def sheet_text(found: EntrySheet, selections: Mapping[str, str]) -> str:
    """A score sheet for a terminal; *selections* are labels by id."""
    entry, sheet = found.entry, found.sheet
    lines = [
        f"{entry.code}  {entry.name or '(chưa có tên)'}",
        f"{entry.unit} · {found.field_label} · {found.level_label} · {found.kind_label}",
        f"Người phụ trách: {entry.person or '–'} · Địa chỉ: {entry.address or '–'}",
    ]
    if sheet is None:
        return "\n".join([*lines, "", "Đợt chưa chấm điểm."])
    lines += ["", "ĐIỀU KIỆN XÉT"]
    lines += [
        f"  {'đạt      ' if gate.holds else 'KHÔNG ĐẠT'}  {gate.id}  {gate.label} ({gate.basis})"
        + ("" if gate.holds else f"\n             {gate.reason}")
        for gate in sheet.gates
    ]
    lines += ["", "TIÊU CHÍ"]
    for line in sheet.lines:
        lines += _line_text(line, 1)
    for block in (sheet.bonus, sheet.penalty):
        lines += ["", *_line_text(block, 0, heading=True)]
    bonus, penalty = (format_points(one.points or 0) for one in (sheet.bonus, sheet.penalty))
    total = format_points(sheet.total)
    lines += ["", f"TỔNG  {format_points(sheet.base)} + {bonus} − {penalty} = {total} điểm"]
    rank = f", hạng {found.rank}" if found.rank is not None else ""
    lines.append(f"XẾP LOẠI  {found.grade_label or 'không xét'}{rank}")
    lines += [f"  {one}" for one in verdict_sentences(sheet)]
    lines += [
        f"  {selections.get(award.selection, award.selection)}: {award.reason} ({award.basis})"
        for award in found.awards
    ]
    if found.stale:
        lines.append("Số liệu đã đổi sau lượt chấm này: chấm lại để có kết quả mới.")
    return "\n".join(lines)


def _line_text(line: Line, depth: int, *, heading: bool = False) -> list[str]:
    indent = "  " * depth
    maximum = f"/{format_points(line.maximum)}" if line.maximum is not None else ""
    lacking = "không áp dụng" if line.excluded else "chưa có điểm"
    points = lacking if line.points is None else f"{format_points(line.points)}{maximum}"
    name = line.label.upper() if heading else f"{line.id}  {line.label}"
    found = [f"{indent}{name}: {points}"]
    if line.is_leaf:
        found.append(f"{indent}    {line.reason} ({line.basis})")
        found += [f"{indent}    {one}" for one in sources_of(line)]
    for part in line.parts:
        found += _line_text(part, depth + 1)
    return found

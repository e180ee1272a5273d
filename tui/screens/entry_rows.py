"""Dòng danh sách: an entry as a row, and in full below the table. Pure."""

from __future__ import annotations

from textual.content import Content

from registry.views import EntryLine
from scoring.numbers import format_points
from tui.widgets.line_table import Column, Row
from tui.widgets.literal import literal

COLUMNS = (
    Column("", 1, tone="mark"),
    Column("Mã", 11, tone="muted"),
    Column("Tên mô hình"),
    Column("Người phụ trách", 20, from_width=170),
    Column("Đơn vị", 26, from_width=90),
    Column("Lĩnh vực", 26, from_width=150),
    Column("Cấp", 10, from_width=124),
    Column("Điểm", 6, "right", tone="strong"),
    Column("Hạng", 4, "right"),
    Column("Xếp loại", 10, from_width=104),
)


def present(line: EntryLine) -> Row:
    """The cells of an entry, matching ``COLUMNS``."""
    return Row(
        (
            "★" if line.commended else "✓" if line.recognised else "",
            line.code,
            line.name,
            line.person,
            line.unit,
            line.field,
            line.level,
            "" if line.total is None else format_points(line.total),
            "" if line.rank is None else str(line.rank),
            "không xét" if line.failed_gates else line.grade,
        )
    )


def entry_text(line: EntryLine) -> Content:
    """The entry in full, for the lines below the table."""
    facts = " · ".join(
        literal(each)
        for each in (line.person, line.unit, line.field, line.level, line.kind)
        if each
    )
    return Content.assemble(
        (literal(line.name), "bold"), "\n", standing_text(line), "\n", (facts, "$foreground 60%")
    )


def standing_text(line: EntryLine) -> str:
    """Where the entry stands, in one sentence."""
    if line.failed_gates:
        return f"Không xét: không đủ điều kiện {', '.join(line.failed_gates)}."
    if line.total is None:
        return "Chưa chấm điểm."
    words = [f"{format_points(line.total)} điểm", line.grade]
    if line.rank is not None:
        words.append(f"hạng {line.rank}")
    words.extend(word for word, on in (("công nhận", line.recognised),) if on)
    words.extend(word for word, on in (("biểu dương", line.commended),) if on)
    return " · ".join(word for word in words if word)

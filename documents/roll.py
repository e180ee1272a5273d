"""What a list shows of its recipients (nội dung danh sách): columns and rows.

The order of a list is never touched here: a recipient's ordinal is its register number (số vào
sổ). A list in order of rank shows the rank; a list that keeps levels and fields together gets a
heading for each of them; any other names level and field in a column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from documents.table import Column, Row, set_group, set_notice, set_row
from documents.typeface import Face, ink
from documents.wording import SHORT, count_of, printed, record_of
from registry.views import CertificateLine
from scoring.numbers import format_points

NOTHING = "Không có mô hình nào"

Lines = Sequence[CertificateLine]


@dataclass(frozen=True, slots=True)
class _Part:
    """A column and what it says of a recipient, a paragraph a text."""

    column: Column
    says: Callable[[CertificateLine], tuple[str, ...]]


def columns_of(lines: Lines, width: float) -> tuple[Column, ...]:
    """The columns of the list, together *width* millimetres."""
    return tuple(part.column for part in _parts(lines, width))


def rows_of(lines: Lines, width: float, *, size: float) -> tuple[Row, ...]:
    """The rows of the list in its own order, group headings among them."""
    parts = _parts(lines, width)
    columns = [part.column for part in parts]
    if not lines:
        return (set_notice(columns, printed(NOTHING), size=size),)
    if not _has_groups(lines):
        return tuple(_row(parts, line, size) for line in lines)
    return tuple(_grouped(parts, lines, size))


def where_of(line: CertificateLine) -> tuple[str, ...]:
    """Unit and address (đơn vị, địa chỉ); the unit is not said twice."""
    if line.unit.casefold() in line.address.casefold():
        return (line.address,) if line.address else ()
    return tuple(text for text in (line.unit, line.address) if text)


def _parts(lines: Lines, width: float) -> tuple[_Part, ...]:
    grouped = _has_groups(lines)
    field_and_level = _part("Lĩnh vực, cấp", 40.5, lambda line: (line.field, line.level))
    rank = _part("Hạng", 14, lambda line: (str(line.rank),), centred=True)
    others = (
        _part("STT", 11, lambda line: (str(line.ordinal),), centred=True),
        _part("Mã số", 26.5, lambda line: (line.code,), centred=True),
        _part("Đơn vị, địa chỉ", 56 if grouped else 40, where_of),
        _part(
            "Người phụ trách, tổ chức chủ trì",
            48 if grouped else 43,
            lambda line: (line.person, line.host),
        ),
        *(() if grouped else (field_and_level,)),
        _part("Điểm", 15, lambda line: (format_points(line.total),), centred=True),
        *((rank,) if _is_ranked(lines) else ()),
        _part("Xếp loại", 19, lambda line: (line.grade,), centred=True),
    )
    left = width - sum(part.column.width for part in others)
    name = _part("Tên mô hình", left, lambda line: (line.name or SHORT,))
    return (*others[:2], name, *others[2:])


def _part(
    heading: str,
    width: float,
    says: Callable[[CertificateLine], tuple[str, ...]],
    *,
    centred: bool = False,
) -> _Part:
    return _Part(Column(heading=printed(heading), width=width, centred=centred), says)


def _row(parts: Sequence[_Part], line: CertificateLine, size: float) -> Row:
    record = record_of(line)
    texts = [[ink(text, record=record) for text in part.says(line)] for part in parts]
    return set_row([part.column for part in parts], texts, record=record, size=size)


def _grouped(parts: Sequence[_Part], lines: Lines, size: float) -> Iterator[Row]:
    columns = [part.column for part in parts]
    for place, (level, of_level) in enumerate(_runs(lines, _level)):
        letter = chr(ord("A") + place)
        text = ink(f"{letter}. {_counted(level.upper(), of_level)}", record="tên cấp")
        yield set_group(columns, text, face=Face.BOLD, size=size)
        for number, (field, of_field) in enumerate(_runs(of_level, _field), start=1):
            text = ink(f"{_roman(number)}. {_counted(field, of_field)}", record="tên lĩnh vực")
            yield set_group(columns, text, face=Face.BOLD_ITALIC, size=size)
            yield from (_row(parts, line, size) for line in of_field)


def _counted(label: str, lines: Lines) -> str:
    return f"{label or SHORT} ({count_of(len(lines))} mô hình)"


def _is_ranked(lines: Lines) -> bool:
    return all(before.rank <= after.rank for before, after in pairwise(lines))


def _has_groups(lines: Lines) -> bool:
    """Whether the order of *lines* keeps every level, and every field in it, together."""
    if _is_ranked(lines):
        return False
    levels = _runs(lines, _level)
    return _is_once(levels) and all(_is_once(_runs(part, _field)) for _, part in levels)


def _is_once(runs: Sequence[tuple[str, Lines]]) -> bool:
    return len({label for label, _ in runs}) == len(runs)


def _runs(lines: Lines, key: Callable[[CertificateLine], str]) -> list[tuple[str, Lines]]:
    return [(label, tuple(run)) for label, run in groupby(lines, key)]


def _level(line: CertificateLine) -> str:
    return line.level


def _field(line: CertificateLine) -> str:
    return line.field


def _roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        while number >= value:
            text, number = text + sign, number - value
    return text

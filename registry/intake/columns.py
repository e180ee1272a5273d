"""How each sheet of a workbook is laid out (bố cục trang), and what is wrong with its headings."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from registry.intake.headings import CODE, HEADINGS, NEEDED, Column, Meanings, marks_fact
from registry.intake.sheets import Cell, Sheet
from registry.vietnamese import slug
from scoring.facts import FactType
from scoring.pack import Pack
from scoring.problems import Problem

HEADER_WITHIN = 10
"""The headings stand within so many filled rows: titles of the list come before them."""


class SheetKind(StrEnum):
    """What a sheet holds: registrations, reported results, or the council's marks."""

    REGISTRATION = "registration"
    RESULTS = "results"
    MARKS = "marks"


_TITLES = (
    ("hoi-dong", SheetKind.MARKS),
    ("phieu-cham", SheetKind.MARKS),
    ("dang-ky", SheetKind.REGISTRATION),
    ("ket-qua", SheetKind.RESULTS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a sheet is laid out (bố cục): its kind, its columns, the rows under the headings."""

    sheet: Sheet
    kind: SheetKind
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[tuple[Cell, ...], ...] = ()
    marks: str = ""
    """For a sheet of marks, the fact they are given for."""

    def index(self, attribute: str) -> int:
        """Where the column of *attribute* stands."""
        return next(column.index for column in self.columns if column.attribute == attribute)

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that are taken from a sheet of this kind, the code not among them."""
        first = {column.meaning: column for column in reversed(self.columns)}
        return tuple(c for c in self.columns if self._reads(c) and first[c.meaning] is c)

    def _reads(self, column: Column) -> bool:
        if self.kind is SheetKind.MARKS:
            return bool(column.member)
        registered = self.kind is SheetKind.REGISTRATION and column.attribute not in ("", CODE)
        return bool(column.fact) or registered


@dataclass(slots=True)
class Layouts:
    """All sheets of a workbook laid out, with everything wrong or odd about their headings."""

    found: list[Layout] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def lay_out(sheets: tuple[Sheet, ...], pack: Pack) -> Layouts:
    """Recognise every sheet. A sheet that holds a table is understood, or it is a problem."""
    layouts = Layouts()
    meanings = Meanings(pack)
    for sheet in sheets:
        layout = _layout(sheet, meanings)
        if layout is not None:
            layouts.found.append(layout)
        elif _is_table(sheet):
            layouts.problems.append(_unknown_sheet(sheet))
        elif sheet.rows:
            message = "Trang này không phải bảng số liệu, không đọc."
            layouts.notices.append(Problem(sheet.title, "not-a-table", message))
    known = {column.fact for one in layouts.found for column in one.read if column.fact}
    for layout in layouts.found:
        layouts.problems += _heading_problems(layout, pack, known)
        layouts.notices += _unread_columns(layout)
    return layouts


def count_known_headings(sheets: tuple[Sheet, ...], pack: Pack) -> int:
    """How many headings of the workbook name a fact of *pack*: which pack it was made for."""
    meanings = Meanings(pack)
    heads = {slug(c.text) for s in sheets for row in s.rows[:HEADER_WITHIN] for c in row if c.text}
    return sum(slug(head) in meanings.facts for head in heads)


def _layout(sheet: Sheet, meanings: Meanings) -> Layout | None:
    """The layout with the row that holds most known headings, unless there is none."""
    if not sheet.rows:
        return None
    rows = [
        tuple(meanings.column(index, cell) for index, cell in enumerate(row))
        for row in sheet.rows[:HEADER_WITHIN]
    ]
    at = max(range(len(rows)), key=lambda row: sum(bool(c.meaning) for c in rows[row]))
    if not any(column.meaning for column in rows[at]):
        # Nothing is known: the first row of several cells is what its author took for headings.
        wide = (i for i, row in enumerate(rows) if sum(bool(c.head.text) for c in row) > 1)
        at = next(wide, at)
    columns = rows[at]
    kind = _kind(sheet, columns)
    if kind is None:
        return None
    marks = marks_fact(sheet.title, meanings.pack) if kind is SheetKind.MARKS else ""
    return Layout(
        sheet=sheet,
        kind=kind,
        columns=columns,
        rows=sheet.rows[at + 1 :],
        above=sheet.rows[:at],
        marks=marks,
    )


def _kind(sheet: Sheet, columns: tuple[Column, ...]) -> SheetKind | None:
    """What the title says, unless the headings know better; None for what is no table."""
    titled, headed = _kind_by_title(sheet.title), _kind_by_headings(columns)
    if titled and _is_table(sheet):
        empty = Layout(sheet=sheet, kind=titled, columns=columns, rows=())
        return titled if empty.read else headed or titled
    return headed or (titled if any(column.meaning for column in columns) else None)


def _kind_by_title(title: str) -> SheetKind | None:
    return next((kind for word, kind in _TITLES if word in slug(title)), None)


def _kind_by_headings(columns: tuple[Column, ...]) -> SheetKind | None:
    attributes = {column.attribute for column in columns if column.attribute}
    facts = sum(bool(column.fact) for column in columns)
    members = sum(bool(column.member) for column in columns)
    if len(attributes) + facts + members < 2:
        return None
    if len(attributes & set(NEEDED)) > 3:
        return SheetKind.REGISTRATION
    most = max(len(attributes - {CODE}), facts, members)
    if facts == most:
        return SheetKind.RESULTS
    return SheetKind.MARKS if members == most else SheetKind.REGISTRATION


def _is_table(sheet: Sheet) -> bool:
    filled = [sum(bool(cell.text or cell.fault) for cell in row) for row in sheet.rows]
    return sum(cells > 1 for cells in filled) > 1


def _unknown_sheet(sheet: Sheet) -> Problem:
    heads = ", ".join(f"“{cell.text}”" for cell in sheet.rows[0] if cell.text)
    return Problem(
        sheet.title,
        "unknown-sheet",
        f"Không nhận ra bảng này (hàng đầu: {heads[:120]}).",
        "Đặt tiêu đề cột như mẫu (Mã, Tên mô hình, …). Chữ gõ phông cũ (.VnTime, VNI) thì chuyển "
        "sang Unicode trước. Trang không cần nhập thì xóa.",
    )


def _heading_problems(layout: Layout, pack: Pack, known: set[str]) -> Iterator[Problem]:
    for missing in _missing(layout, pack, known):
        yield _missing_column(layout, missing)
    taken: dict[str, Column] = {}
    for column in layout.columns:
        first = taken.setdefault(column.meaning.casefold(), column)
        if column.meaning and first is not column:
            message = f"Cột “{column.head.text}” đã có ở {first.head.place}."
            yield Problem(column.head.place, "duplicate-column", message, "Giữ một cột.")
    yield from _rows_above(layout)
    if layout.kind is SheetKind.MARKS and not layout.marks:
        labels = [f.label for f in pack.facts.values() if f.type is FactType.MARKS]
        message = "Không rõ trang này chấm cho tiêu chí nào."
        listed = f"Ghi vào tên trang một trong: {'; '.join(labels)}." if labels else ""
        hint = listed or "Bộ quy tắc không có phiếu chấm: bỏ trang này."
        yield Problem(layout.sheet.title, "unknown-marks", message, hint)


def _rows_above(layout: Layout) -> Iterator[Problem]:
    """Rows of a list that was sorted together with its headings; titles have fewer cells."""
    for row in layout.above:
        if sum(bool(row[column.index].text) for column in layout.read) > 2:
            message = "Hàng này đứng trên hàng tiêu đề."
            hint = "Đưa hàng tiêu đề lên trên mọi hàng số liệu."
            yield Problem(row[0].place, "above-headings", message, hint)


def _missing(layout: Layout, pack: Pack, known: set[str]) -> Iterator[str]:
    """The headings a sheet of this kind cannot do without, in our wording."""
    here = {column.attribute for column in layout.columns}
    needed = NEEDED if layout.kind is SheetKind.REGISTRATION else (CODE,)
    yield from (HEADINGS[name][0] for name in needed if name not in here)
    if layout.kind is SheetKind.RESULTS:
        for fact in pack.facts.values():
            reported = fact.ask == "report" and not (fact.entry or fact.optional)
            if reported and fact.type is not FactType.MARKS and fact.id not in known:
                yield fact.label
    if layout.kind is SheetKind.MARKS and not any(column.member for column in layout.columns):
        yield "Ủy viên 1"


def _missing_column(layout: Layout, heading: str) -> Problem:
    unknown = {slug(c.head.text): c.head for c in layout.columns if c.head.text and not c.meaning}
    near = difflib.get_close_matches(slug(heading), unknown, n=1, cutoff=0.75)
    place = unknown[near[0]].place if near else layout.columns[0].head.place
    hint = (
        f"Ý bạn là cột “{unknown[near[0]].text}”? Đổi tiêu đề thành “{heading}”."
        if near
        else f"Thêm cột có tiêu đề “{heading}”."
    )
    return Problem(place, "missing-column", f"Thiếu cột “{heading}”.", hint)


def _unread_columns(layout: Layout) -> Iterator[Problem]:
    read = {column.index for column in layout.read}
    for column in layout.columns:
        if column.index in read or column.attribute == CODE or column.is_ornament:
            continue
        if not any(row[column.index].text or row[column.index].fault for row in layout.rows):
            continue
        name = f"Cột “{column.head.text}”" if column.head.text else "Cột không có tiêu đề"
        if column.is_counted:
            message, hint = f"{name} không đọc: máy lấy số này từ sổ.", "Bỏ cột này đi cũng được."
            yield Problem(column.head.place, "counted-column", message, hint)
        else:
            yield Problem(column.head.place, "unread-column", f"{name} không được đọc.")

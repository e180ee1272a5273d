"""Goes through the rows of every sheet (đọc từng hàng) and collects what they say and lack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from registry.catalogue import Catalogue
from registry.entry import Entry
from registry.intake.columns import Layout, SheetKind
from registry.intake.headings import CODE, HEADINGS, Column
from registry.intake.sheets import Cell
from registry.intake.values import (
    check_readable,
    read_code,
    read_date,
    read_mark,
    read_term,
    read_value,
)
from registry.vietnamese import slug
from scoring.facts import FactRefused
from scoring.pack import Pack
from scoring.problems import Problem

T = TypeVar("T")

_NAMED_CODES = 5
_ASIDES = re.compile(r"(tong-(cong|so)|cong|nguoi-lap|ngay-\d*-?thang)\b.*")


@dataclass(slots=True)
class Reading:
    """Goes through the sheets, registrations first, and collects what they say."""

    catalogue: Catalogue
    pack: Pack
    season: str
    entries: list[Entry] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    marks: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    blanks: dict[str, list[str]] = field(default_factory=dict)
    blank_heads: dict[str, str] = field(default_factory=dict)

    def sheet(self, layout: Layout) -> None:
        if layout.kind is SheetKind.REGISTRATION:
            self.attributes |= {column.attribute for column in layout.read if column.attribute}
        seen: dict[str, str] = {}
        for row in layout.rows:
            code = self.code(layout, row, seen)
            if code and layout.kind is SheetKind.MARKS:
                self.marks_row(layout, row, code)
            elif code:
                self.row(layout, row, code)

    def code(self, layout: Layout, row: tuple[Cell, ...], seen: dict[str, str]) -> str:
        """The code a row is about; empty when it is an aside or a problem."""
        cell = row[layout.index(CODE)]
        if _is_blank(layout, row) or self.is_aside(layout, row):
            return ""
        code = self.attempt(cell, "", partial(read_code, cell)) or ""
        if not code:
            if not cell.fault and not cell.text:
                hint = "Ghi mã hồ sơ, hoặc xóa hàng này."
                self.problem(cell, "missing-code", "Hàng này thiếu mã.", hint)
            return ""
        registers = layout.kind is SheetKind.REGISTRATION
        # A code is registered once in the whole workbook, whatever sheet it stands on.
        seen = self.codes if registers else seen
        first = seen.setdefault(code, cell.place)
        if first != cell.place:
            message = f"Mã {code} đã có ở {first}."
            self.problem(cell, "duplicate-code", message, "Giữ một hàng, hoặc sửa lại mã.")
            return ""
        if not registers:
            self.places.setdefault(code, cell.place)
        return code

    def is_aside(self, layout: Layout, row: tuple[Cell, ...]) -> bool:
        """Whether the row is no entry: column numbers, headings again, totals, signatures."""
        code = row[layout.index(CODE)]
        filled = [(at, cell.text) for at, cell in enumerate(row, 1) if cell.text]
        numbers = len(filled) > 2 and all(text.strip("()") == str(at) for at, text in filled)
        heads = layout.columns[layout.index(CODE)].head.text
        footer = not code.text and any(_ASIDES.fullmatch(slug(text)) for _, text in filled)
        if numbers or code.text == heads or (footer and len(filled) <= 3):
            words = "; ".join(text for _, text in filled)[:80]
            self.notices.append(Problem(code.place, "aside", f"Bỏ qua hàng “{words}”."))
            return True
        return False

    def row(self, layout: Layout, row: tuple[Cell, ...], code: str) -> None:
        """One row of registrations or results: attributes of the entry, and facts."""
        before = len(self.problems)
        attributes: dict[str, Any] = {}
        facts = self.facts.setdefault(code, {}) if _has_facts(layout) else {}
        for column in layout.read:
            cell = row[column.index]
            if column.attribute:
                attributes[column.attribute] = self.attribute(column, cell, code)
            elif column.fact in facts:
                message = f"“{column.head.text}” của {code} đã ghi ở trang khác."
                self.problem(cell, "duplicate-fact", message, "Giữ một nơi.")
            else:
                fact = self.pack.facts[column.fact]
                self.note_blank(column, cell, code)
                value = self.attempt(cell, column.head.text, partial(read_value, fact, cell))
                facts[column.fact] = value or ""
        if layout.kind is SheetKind.REGISTRATION and len(self.problems) == before:
            self.entries.append(Entry(code=code, season=self.season, **_complete(attributes)))

    def attribute(self, column: Column, cell: Cell, code: str) -> Any:
        """The value of one attribute of an entry."""
        name, heading = column.attribute, column.head.text
        if name in ("started_on", "registered_on"):
            self.note_blank(column, cell, code)
            return self.attempt(cell, heading, partial(read_date, cell))
        terms = {
            "field": (self.catalogue.fields, "lĩnh vực"),
            "level": (self.catalogue.levels, "cấp đăng ký"),
            "kind": (self.catalogue.kinds, "loại hình"),
        }
        if name in ("unit", "level") and not cell.text and not cell.fault:
            hint = f"Điền “{HEADINGS[name][0]}” cho {code}."
            self.problem(cell, f"missing-{name}", f"{code} thiếu “{heading}”.", hint)
            return ""
        self.note_blank(column, cell, code)
        if name in terms:
            among, noun = terms[name]
            return self.attempt(cell, "", partial(read_term, among, cell, noun=noun))
        self.attempt(cell, heading, partial(check_readable, cell))
        if name == "unit":
            self.check_unit(cell)
        return cell.text

    def check_unit(self, cell: Cell) -> None:
        """Quotas count by unit: one unit spelt in two ways would count as two."""
        first = self.units.setdefault(slug(cell.text), cell.text)
        if first != cell.text:
            message = f"Đơn vị “{cell.text}” ở trên viết là “{first}”."
            self.problem(cell, "unit-spelling", message, "Viết tên đơn vị một kiểu.")

    def marks_row(self, layout: Layout, row: tuple[Cell, ...], code: str) -> None:
        """One row of the council's marks, a column a member."""
        fact = self.pack.facts.get(layout.marks)
        if fact is None:
            return
        marks = self.marks.setdefault((code, fact.id), {})
        for column in layout.read:
            cell = row[column.index]
            if column.member in marks:
                message = f"{column.member} đã chấm {code} ở trang khác."
                self.problem(cell, "duplicate-mark", message, "Giữ một phiếu.")
            else:
                mark = self.attempt(cell, column.head.text, partial(read_mark, fact, cell))
                marks[column.member] = mark or ""

    def attempt(self, cell: Cell, heading: str, read: Callable[[], T]) -> T | None:
        """What *read* gives, None when it refuses the cell; *heading* says of what."""
        try:
            return read()
        except FactRefused as refused:
            code = "error-cell" if cell.fault else "value"
            message = f"{heading}: {refused.message}" if heading else refused.message
            self.problem(cell, code, message, refused.hint)
            return None

    def problem(self, cell: Cell, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(cell.place, code, message, hint))

    def note_blank(self, column: Column, cell: Cell, code: str) -> None:
        if not cell.text and not cell.fault:
            self.blanks.setdefault(column.head.place, []).append(code)
            self.blank_heads[column.head.place] = column.head.text

    def blank_notices(self) -> Iterator[Problem]:
        """One notice a column: which entries left it empty."""
        for place, codes in self.blanks.items():
            heading = self.blank_heads[place]
            message = f"“{heading}” để trống ở {len(codes)} hồ sơ: {listed(codes)}"
            yield Problem(place, "blank", message)


def listed(codes: Sequence[str]) -> str:
    """The first codes of many, as a sentence ends with them."""
    more = len(codes) > _NAMED_CODES
    return ", ".join(codes[:_NAMED_CODES]) + (", …" if more else ".")


def _has_facts(layout: Layout) -> bool:
    return any(column.fact for column in layout.read)


def _is_blank(layout: Layout, row: tuple[Cell, ...]) -> bool:
    """Whether nothing that is read stands in the row: numbered in advance, or empty."""
    read = (layout.index(CODE), *(column.index for column in layout.read))
    return not any(row[at].text or row[at].fault for at in read)


def _complete(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """*attributes* with what an entry cannot be made without."""
    return {"name": "", "unit": "", "field": "", "level": "", "kind": ""} | dict(attributes)

"""The rows of a unit's list to entries without a code (đọc hàng đăng ký), or what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.intake.answers import TERM_KINDS, Known, Question, terms_of
from registry.intake.days import read_day
from registry.intake.headings import HEADINGS
from registry.intake.list_layout import ListLayout, Row
from registry.intake.list_words import ListWords
from registry.intake.sheets import Cell
from registry.intake.unit_name import spelt
from registry.intake.values import check_readable, read_term
from registry.vietnamese import slug
from scoring.facts import FactRefused
from scoring.problems import Problem

REQUIRED = ("name", "field", "level")
DAYS = ("started_on", "registered_on")
_NOUNS = {"field": "lĩnh vực", "level": "cấp đăng ký", "kind": "loại hình"}
_GROUP = re.compile(r"^(?:[ivx]+|[a-z]|\d+)?-?(?:linh-vuc-|cap-dang-ky-)?(?=.)")
_MOST_ASIDE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One model a unit registers (hàng đăng ký): what the list says of it, no code yet."""

    file: str
    place: str
    """Where its name stands: ``DS!B5``."""
    unit: str
    values: Mapping[str, Any]
    """Attribute to value, for what the list has a column for."""

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def cell(self) -> str:
        return f"{self.file}:{self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRefused:
    """A row, a sheet or a file that is not taken (hàng bị từ chối): where, why, what now."""

    file: str
    name: str
    unit: str
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...] = ()
    """What a person could say so that it is taken after all."""

    @property
    def cell(self) -> str:
        place = str(self.problems[0].place)
        return self.file if place in ("", self.file) else f"{self.file}:{place}"


@dataclass(slots=True, kw_only=True)
class ListReading:
    """Goes through one list and collects what it says and lacks (lượt đọc danh sách)."""

    layout: ListLayout
    unit: str
    units: Mapping[str, str]
    words: ListWords
    known: Known
    lines: list[Line] = field(default_factory=list)
    refused: list[LineRefused] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    learnt: set[tuple[str, str, str, str]] = field(default_factory=set)
    _group: dict[str, str] = field(default_factory=dict)
    _ended: bool = False
    _faulty: int = 0
    _blank: Counter[str] = field(default_factory=Counter)

    def read(self) -> None:
        for row, filled in zip(self.layout.rows, self.layout.filled, strict=True):
            if self._is_blank(row) or self._is_aside(row):
                continue
            self._line(filled)
        self._sum_up()

    # What is no entry -----------------------------------------------------------------------

    def _is_blank(self, row: Row) -> bool:
        """Nothing but a number of order, or formulas that were dragged down too far."""
        held = [row[at] for at in self.layout.columns.values()]
        if not any(cell.text for cell in held):
            self._faulty += any(cell.fault for cell in held)
            return True
        return False

    def _is_aside(self, row: Row) -> bool:
        """Column numbers, headings again, groups, totals, signatures."""
        filled = [cell for cell in row if cell.text]
        texts = [cell.text for cell in filled]
        numbers = [text.strip("()") for text in texts]
        if len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
            return True
        heads = {slug(cell.text) for cell in self.layout.heads.values()}
        if len(filled) > 1 and all(slug(text) in heads for text in texts):
            return True
        if self._is_counted(row):
            return False
        if self._is_group(row, filled):
            return True
        closing = any(map(self.words.is_total, texts)) or any(map(self.words.is_signature, texts))
        if closing and (len(filled) <= _MOST_ASIDE or self._only_numbers(filled)):
            self._ended = True
            return True
        return self._ended and not self._has_terms(row)

    def _is_counted(self, row: Row) -> bool:
        order = self.layout.order
        return order is not None and row[order].text.strip(".)").isdecimal()

    def _only_numbers(self, filled: list[Cell]) -> bool:
        return sum(not re.fullmatch(r"[\d.,%]+", cell.text) for cell in filled) == 1

    def _has_terms(self, row: Row) -> bool:
        return any(self._cell(row, name).text for name in TERM_KINDS)

    def _is_group(self, row: Row, filled: list[Cell]) -> bool:
        """``II. Lĩnh vực kinh tế``: says the field or the level of the rows below it."""
        order = self.layout.order
        told = [cell for cell in filled if order is None or cell is not row[order]]
        if len({cell.text for cell in told}) != 1:
            return False
        name = slug(told[0].text)
        for form in dict.fromkeys((name, _GROUP.sub("", name), re.sub(r"^[ivx]+-", "", name))):
            for about in TERM_KINDS:
                if term := self.known.term(about, form.replace("-", " ")):
                    self._group = {about: term.id} | {
                        key: one for key, one in self._group.items() if key != about
                    }
                    self._ended = False
                    return True
        return False

    # What is one ----------------------------------------------------------------------------

    def _line(self, filled: Row) -> None:
        problems: list[Problem] = []
        questions: list[Question] = []
        values: dict[str, Any] = {}
        unit = self._unit_of(filled)
        for attribute in HEADINGS:
            if attribute in ("code", "unit") or not self._is_told(attribute):
                continue
            cell = self._cell(filled, attribute)
            try:
                values[attribute] = self._value(attribute, cell)
            except FactRefused as refused:
                code = _code_of(attribute, cell)
                reason = self._worded(attribute, refused.message)
                problems.append(Problem(cell.place, code, reason, refused.hint))
                if code.startswith("unknown-"):
                    questions.append(self._question(attribute, cell))
        head = self._cell(filled, "name")
        if problems:
            row_refused = LineRefused(
                file=self._file,
                name=head.text,
                unit=unit,
                problems=tuple(problems),
                questions=tuple(questions),
            )
            self.refused.append(row_refused)
        else:
            self.lines.append(Line(file=self._file, place=head.place, unit=unit, values=values))

    @property
    def _file(self) -> str:
        return self.layout.sheet.file

    def _question(self, about: str, cell: Cell) -> Question:
        return Question(about=about, wording=cell.text, file=self._file, place=cell.place)

    def _value(self, attribute: str, cell: Cell) -> Any:
        if not cell.text and not cell.fault:
            return self._absent(attribute)
        if attribute in DAYS:
            day, told = read_day(cell)
            if told:
                self.notices.append(Problem(cell.place, "day", f"{told}."))
            return day
        if attribute in TERM_KINDS:
            return self._term(attribute, cell)
        check_readable(cell)
        return cell.text

    def _absent(self, attribute: str) -> Any:
        if attribute in self._group:
            return self._group[attribute]
        heading = HEADINGS[attribute][0]
        if attribute in REQUIRED:
            raise FactRefused(
                f"Thiếu “{heading}”.", f"Điền “{heading}” vào ô này, hoặc xóa hàng nếu thừa."
            )
        if attribute in self.layout.columns:
            self._blank[attribute] += 1
        return None if attribute in DAYS else ""

    def _term(self, about: str, cell: Cell) -> str:
        check_readable(cell)
        if found := self.known.term(about, cell.text):
            if not self.known.is_in_catalogue(about, cell.text):
                self.learnt.add((slug(self.unit), about, slug(cell.text), found.id))
            return found.id
        try:
            return read_term(terms_of(self.known.catalogue, about), cell, noun=_NOUNS[about])
        except FactRefused as refused:
            ids = ", ".join(term.id for term in terms_of(self.known.catalogue, about))
            hint = f'{refused.hint} Hoặc trả lời --means "{cell.text}=MÃ" (mã: {ids}).'
            raise FactRefused(refused.message, hint) from None

    def _unit_of(self, row: Row) -> str:
        cell = self._cell(row, "unit")
        known = self.units.values()
        return spelt(cell.text, self.words, (*known, self.unit)) if cell.text else self.unit

    def _is_told(self, attribute: str) -> bool:
        told = attribute in self.layout.columns or attribute in self.known.answers.fills
        return told or attribute in self._group or attribute in REQUIRED

    def _cell(self, row: Row, attribute: str) -> Cell:
        """The cell of *attribute*; what a person said stands in for a column there is not."""
        column = self.layout.columns.get(attribute)
        fill = self.known.answers.fills.get(attribute, "")
        if column is None:
            return Cell(fill, row[self.layout.columns["name"]].place)
        if fill and not row[column].text and not row[column].fault:
            return Cell(fill, row[column].place)
        return row[column]

    @staticmethod
    def _worded(attribute: str, message: str) -> str:
        return f"{HEADINGS[attribute][0]}: {message}" if attribute in DAYS else message

    def _sum_up(self) -> None:
        title = self.layout.sheet.title
        if self._faulty:
            message = f"{self._faulty} hàng chỉ có công thức báo lỗi, bỏ qua."
            self.notices.append(Problem(title, "formulas", message))
        for attribute, count in self._blank.items():
            message = f"“{HEADINGS[attribute][0]}” để trống ở {count} hàng."
            self.notices.append(Problem(title, "blank", message))


def _code_of(attribute: str, cell: Cell) -> str:
    if cell.fault:
        return "error-cell"
    if not cell.text:
        return f"missing-{attribute}"
    return f"unknown-{attribute}" if attribute in TERM_KINDS else "value"


def texts_of(rows: tuple[Row, ...]) -> Iterator[str]:
    """The texts of the first rows, where a unit's name may be spelt out."""
    for row in rows[:20]:
        yield from (cell.text for cell in row if cell.text)

"""One file of a unit (danh sách đơn vị gửi) to lines, refusals, questions and notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from registry.catalogue import Catalogue
from registry.errors import IntakeRefused
from registry.intake.answers import HEADING, Answers, Known, Memory, Question
from registry.intake.headings import CODE, HEADINGS
from registry.intake.list_layout import ListLayout, find_layout, likely_heading
from registry.intake.list_rows import Line, LineRefused, ListReading, texts_of
from registry.intake.list_words import ListWords
from registry.intake.sheets import Cell, ColumnGuess, Sheet
from registry.intake.unit_name import UnitFound, spelt, unit_in_name, unit_of
from registry.legacy import ENCODING_LABELS
from registry.vietnamese import slug
from scoring.problems import Problem

_ASKED_FOR = tuple(name for name in HEADINGS if name not in (CODE, "unit", "registered_on"))
"""While one of these has no column, a heading nobody knows may be it, and is asked about."""
_NEEDED = ("name", "field", "level")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """What one sheet was taken for (trang đã đọc), for a person to look over."""

    title: str
    unit: str
    unit_place: str
    heading_row: int
    lines: int
    encodings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    """What one file of a unit says (danh sách đơn vị gửi)."""

    file: str
    lines: tuple[Line, ...] = ()
    refused: tuple[LineRefused, ...] = ()
    notices: tuple[Problem, ...] = ()
    sheets: tuple[SheetRead, ...] = ()
    learnt: frozenset[tuple[str, str, str, str]] = frozenset()
    """What was confirmed and can be remembered: unit, what about, wording, meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReader:
    """All it takes to read any unit's list: words, catalogue, answers, memory, known units."""

    words: ListWords
    catalogue: Catalogue
    answers: Answers
    memory: Memory
    units: Mapping[str, str]

    def read(self, sheets: tuple[Sheet, ...], *, file: str) -> UnitList:
        """Read a file. Never raises: what cannot be taken is among its refusals."""
        parts = [self._sheet(sheet, file) for sheet in sheets if sheet.rows]
        if not any(part.sheets or part.refused for part in parts):
            message = "Không thấy bảng đăng ký nào trong tệp."
            hint = "Hàng tiêu đề cần có “Tên mô hình”, “Lĩnh vực”, “Cấp đăng ký”."
            parts.append(_refusal(file, Problem(file, "nothing", message, hint)))
        return UnitList(
            file=file,
            lines=tuple(line for part in parts for line in part.lines),
            refused=tuple(one for part in parts for one in part.refused),
            notices=tuple(notice for part in parts for notice in part.notices),
            sheets=tuple(one for part in parts for one in part.sheets),
            learnt=frozenset(one for part in parts for one in part.learnt),
        )

    def _sheet(self, sheet: Sheet, file: str) -> UnitList:
        if sheet.hidden:
            message = f"Trang ẩn “{sheet.title}” không đọc."
            return UnitList(file=file, notices=(Problem(sheet.title, "hidden", message),))
        known = self._known(sheet, file)
        layout = find_layout(sheet, self.words, known)
        if layout is None:
            return _no_layout(sheet, file)
        unit = self._unit(layout, file)
        problems = [*self._guesses(sheet, file), *_heading_problems(layout, known)]
        if unit is None:
            problems.append(_unknown_unit(sheet, file))
        if problems or unit is None:
            questions = tuple(self._questions(layout, file, problems))
            name = unit.name if unit else ""
            return _refusal(file, *problems, unit=name, questions=questions)
        reading = ListReading(
            layout=layout, unit=unit.name, units=self.units, words=self.words, known=known
        )
        reading.read()
        return self._part(reading, unit, file)

    def _part(self, reading: ListReading, unit: UnitFound, file: str) -> UnitList:
        layout = reading.layout
        sheet = layout.sheet
        heads = {
            (slug(unit.name), HEADING, slug(cell.text), reading.known.heading(cell.text))
            for cell in layout.heads.values()
            if reading.known.heading(cell.text)
        }
        read = SheetRead(
            title=sheet.title,
            unit=unit.name,
            unit_place=unit.place,
            heading_row=layout.at,
            lines=len(reading.lines) + len(reading.refused),
            encodings=_encodings(sheet),
        )
        return UnitList(
            file=file,
            lines=tuple(reading.lines),
            refused=tuple(reading.refused),
            notices=(*_sheet_notices(layout, unit, file, self.words), *reading.notices),
            sheets=(read,),
            learnt=frozenset(heads | reading.learnt),
        )

    def _known(self, sheet: Sheet, file: str) -> Known:
        """What was confirmed before for any unit this sheet may be of."""
        near = {slug(spelt(unit_in_name(file), self.words, ()))}
        near |= {slug(text) for text in (*sheet.above, *texts_of(sheet.rows[:10]))}
        if told := self._told_unit(file):
            near = {slug(told)}
        memory = {
            (about, wording): meaning
            for (unit, about, wording), meaning in self.memory.items()
            if unit in near
        }
        return Known(self.catalogue, self.answers, memory)

    def _told_unit(self, file: str) -> str:
        return self.answers.units.get(file) or self.answers.units.get("", "")

    def _unit(self, layout: ListLayout, file: str) -> UnitFound | None:
        if told := self._told_unit(file):
            return UnitFound(spelt(told, self.words, self.units.values()), "người nhập cho biết")
        found = unit_of(
            (Cell(layout.sheet.title, "tên trang"), *layout.titles),
            file=file,
            words=self.words,
            known=self.units,
            texts=texts_of(layout.rows),
        )
        if found is None and "unit" in layout.columns:
            return UnitFound("", "cột đơn vị")
        return found

    def _questions(
        self, layout: ListLayout, file: str, problems: list[Problem]
    ) -> Iterator[Question]:
        told = {problem.code for problem in problems}
        sheet = layout.sheet
        for guess in sheet.guesses if "encoding-guess" in told else ():
            if guess.encoding != self.answers.encoding_of(file):
                place, wording = guess.place, guess.encoding
                yield Question(about="encoding", wording=wording, file=file, place=place)
        for cell in layout.unknown if "unknown-heading" in told else ():
            yield Question(about=HEADING, wording=cell.text, file=file, place=cell.place)
        if "unknown-unit" in told:
            yield Question(about="unit", wording="", file=file, place=sheet.title)

    def _guesses(self, sheet: Sheet, file: str) -> Iterator[Problem]:
        """Columns decoded by a guess that nobody has confirmed."""
        said = self.answers.encoding_of(file)
        for guess in sheet.guesses:
            if guess.encoding != said:
                yield _unsure(guess, file)


def _refusal(
    file: str, *problems: Problem, unit: str = "", questions: tuple[Question, ...] = ()
) -> UnitList:
    refused = LineRefused(file=file, name="", unit=unit, problems=problems, questions=questions)
    return UnitList(file=file, refused=(refused,))


def _no_layout(sheet: Sheet, file: str) -> UnitList:
    """A sheet without a heading anybody knows: a table is refused, anything else is told."""
    row = likely_heading(sheet)
    if row is None:
        message = f"Trang “{sheet.title}” không phải bảng đăng ký, không đọc."
        return UnitList(file=file, notices=(Problem(sheet.title, "not-a-table", message),))
    heads = ", ".join(f"“{cell.text}”" for cell in row if cell.text)
    message = f"Không nhận ra tiêu đề cột nào (có: {heads[:200]})."
    hint = 'Cho biết cột nào là gì, ví dụ --map "Tên cột cũ=Tên mô hình".'
    questions = tuple(
        Question(about=HEADING, wording=cell.text, file=file, place=cell.place)
        for cell in row
        if cell.text
    )
    problem = Problem(row[0].place, "unknown-heading", message, hint)
    return _refusal(file, problem, questions=questions)


def _heading_problems(layout: ListLayout, known: Known) -> Iterator[Problem]:
    """Headings nobody knows while something is missing, and needed columns that are missing."""
    missing = [
        name
        for name in _ASKED_FOR
        if name not in layout.columns and name not in known.answers.fills
    ]
    if missing:
        listed = ", ".join(HEADINGS[name][0] for name in missing)
        for cell in layout.unknown:
            message = f"Không rõ cột “{cell.text}” là gì (còn thiếu: {listed})."
            hint = f'Trả lời --map "{cell.text}=Tên cột đúng", hoặc --map "{cell.text}=" để bỏ.'
            yield Problem(cell.place, "unknown-heading", message, hint)
    if "name" in missing:
        place = next(iter(layout.heads.values())).place
        message = "Thiếu cột “Tên mô hình”."
        yield Problem(place, "missing-column", message, 'Cho biết bằng --map "…=Tên mô hình".')
    grouped = bool(layout.rows) and _has_groups(layout)
    for name in ("field", "level"):
        if name in missing and not grouped and not layout.unknown:
            heading = HEADINGS[name][0]
            place = next(iter(layout.heads.values())).place
            hint = f'Thêm cột ấy, hoặc cho biết một giá trị chung: --fill "{heading}=…".'
            yield Problem(place, "missing-column", f"Thiếu cột “{heading}”.", hint)


def _has_groups(layout: ListLayout) -> bool:
    """Whether rows of one text stand between the others, as "I. Lĩnh vực kinh tế" does."""
    return any(sum(bool(cell.text) for cell in row) in (1, 2) for row in layout.rows[:3])


def _unknown_unit(sheet: Sheet, file: str) -> Problem:
    message = "Không rõ danh sách này của đơn vị nào."
    hint = f'Cho biết bằng --unit "{file}=Tên đơn vị", hoặc ghi tên đơn vị trên đầu bảng.'
    return Problem(sheet.title, "unknown-unit", message, hint)


def _unsure(guess: ColumnGuess, file: str) -> Problem:
    label = ENCODING_LABELS[guess.encoding]
    message = (
        f"Cột này có lẽ là chữ {label} ({guess.score} % số chữ đọc được): "
        f"“{guess.before}” → “{guess.after}”."
    )
    hint = f'Đúng thì thêm --encoding "{file}={guess.encoding}"; không phải thì "{file}=unicode".'
    return Problem(guess.place, "encoding-guess", message, hint)


def _encodings(sheet: Sheet) -> tuple[str, ...]:
    found = dict.fromkeys((*sheet.decoded, *(guess.encoding for guess in sheet.guesses)))
    return tuple(dict.fromkeys(ENCODING_LABELS[one].split(" ", maxsplit=1)[0] for one in found))


def _sheet_notices(
    layout: ListLayout, unit: UnitFound, file: str, words: ListWords
) -> Iterator[Problem]:
    sheet = layout.sheet
    for cell in layout.unknown:
        yield Problem(cell.place, "unread-column", f"Cột “{cell.text}” không nhập.")
    if sheet.hidden_rows:
        message = f"{sheet.hidden_rows} hàng đang ẩn vẫn được đọc."
        yield Problem(sheet.title, "hidden-rows", message)
    named = unit_in_name(file)
    if unit.place != "tên tệp" and words.is_unit(named) and slug(named) != slug(unit.name):
        message = f"Tên tệp ghi “{named}”, trong bảng ghi “{unit.name}”: lấy “{unit.name}”."
        yield Problem(unit.place, "unit-differs", message)


def file_refused(file: str, refused: IntakeRefused) -> UnitList:
    """A file that could not be read at all, as refusals of a list."""
    problems = refused.problems
    one = LineRefused(file=file, name="", unit="", problems=problems[:1])
    rest = (replace(one, problems=(problem,)) for problem in problems[1:])
    return UnitList(file=file, refused=(one, *rest))

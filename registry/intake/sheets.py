"""Workbooks, Word tables and CSV files (tệp gửi về) to rows of clean text, each cell placed.

The bytes come from strangers, so a process of its own reads them (``reader.py``), with little
memory and little time. What comes back is text only.
"""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, NoReturn

from registry.errors import IntakeRefused
from registry.intake import reader
from registry.intake.child import Told, ask
from registry.intake.csv_cells import delimiter_of
from registry.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_LINES
from registry.vietnamese import tidy
from scoring.problems import Problem

MOST_BYTES = 40 << 20
SECONDS = 120

_NOT_A_WORKBOOK = (
    "Đây không phải là bảng tính Excel hay bảng Word đọc được.",
    "Mở bằng Excel, lưu lại thành .xlsx (hoặc bằng Word, lưu thành .docx).",
)
_SPLIT = "Tách bớt trang hoặc chép phần có số liệu sang một tệp mới."
_REFUSALS = {
    "not-a-workbook": _NOT_A_WORKBOOK,
    "parts": ("Tệp gồm {detail} phần, quá nhiều đối với một bảng tính.", _SPLIT),
    "unpacked": ("Tệp bung ra {detail} MB, quá lớn.", _SPLIT),
    "ratio": ("Tệp bung ra gấp {detail} lần, như một “bom nén”.", "Xin lại tệp từ người gửi."),
    "entities": ("Tệp có phần khai báo lạ (DTD) mà Office không bao giờ ghi.", "Xin lại tệp."),
    "old-excel": (
        "Tệp có mật khẩu, hoặc là tệp Word .doc đời cũ.",
        "Mở ra, bỏ mật khẩu, lưu lại thành .xlsx (Word: .docx).",
    ),
    "csv": ("Không đọc được CSV ({detail}).", "Kiểm tra các dấu nháy kép."),
    "not-utf-8": (
        "Hàng {detail} không phải là chữ UTF-8.",
        "Trong Excel, lưu dạng “CSV UTF-8”.",
    ),
    "far": (
        "Ô này có chữ nhưng nằm quá xa bảng (chỉ đọc đến cột IV, hàng 200.000).",
        "Xóa ô đó rồi lưu lại.",
    ),
    "too-many": ("Có quá nhiều ô (tối đa 1.500.000 ô có chữ).", _SPLIT),
    "memory": ("Đọc tệp này tốn quá nhiều bộ nhớ.", _SPLIT),
    "crashed": ("Phần đọc bảng tính đã dừng giữa chừng vì tệp này.", _SPLIT),
    "timeout": (f"Đọc quá {SECONDS} giây chưa xong.", _SPLIT),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: tidied text (``""`` when empty) and its place, e.g. ``Kết quả!D17``.

    Dates are ISO text; whole numbers have no point. ``fault`` is Excel's error, e.g. ``#N/A``.
    """

    text: str
    place: str
    is_number: bool = False
    """A number in the file itself; False for a number somebody typed as text."""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """A column without a font, decoded as it probably should be (cột đoán bảng mã)."""

    place: str
    encoding: str
    score: int
    """Percent of its words that are Vietnamese once decoded."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet (trang): its rows that hold something, all of the same width."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    file: str = ""
    above: tuple[str, ...] = ()
    """Of a Word table: the paragraphs above it."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged areas (ô gộp): first row and column, last row and column, counted from 1."""
    numbers: tuple[int, ...] = ()
    """The number of each row in the file; what is between them was empty."""
    hidden: bool = False
    hidden_rows: int = 0
    decoded: Mapping[str, int] = field(default_factory=dict)
    """How many cells were in an old encoding, as their fonts say."""
    guesses: tuple[ColumnGuess, ...] = ()


def read_workbook(
    data: bytes, *, file: str, encoding: str = "", told: Told | None = None
) -> tuple[Sheet, ...]:
    """The sheets of a workbook (.xlsx, .xls), the tables of a .docx, the one sheet of a .csv.

    *encoding* is what a person said of letters without a font: ``tcvn3``, ``vni``, ``unicode``.

    Raises:
        IntakeRefused: the file is no workbook, or reading it would cost too much.
    """
    if len(data) > MOST_BYTES:
        _refuse(file, "too-large", f"Tệp {len(data) >> 20} MB, quá 40 MB.", _SPLIT)
    suffix = PurePath(file).suffix.lower()
    script = [str(Path(reader.__file__)), suffix, encoding]
    answer = ask(script, data, seconds=SECONDS, told=told)
    if refusal := answer.get("refused"):
        message, hint = _REFUSALS[refusal]
        _refuse(answer["where"] or file, refusal, message.format(**answer), hint, file=file)
    if suffix in reader.CSV_SUFFIXES:
        answer["sheets"][0]["title"] = _title_of(file)
    with _uncollected():
        return tuple(_sheet(sheet, file=file) for sheet in answer["sheets"])


def read_csv(data: bytes, *, file: str) -> Sheet:
    """The one sheet of a CSV file in UTF-8, read here: a table of facts is our own export."""
    if data.count(b"\n") > MOST_LINES:
        _refuse(file, "too-many", *_REFUSALS["too-many"])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        message, hint = _REFUSALS["not-utf-8"]
        _refuse(file, "not-utf-8", message.format(detail=row), hint)
    lines = text.splitlines(keepends=True)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter_of(lines), strict=True))
    except csv.Error as error:
        message, hint = _REFUSALS["csv"]
        _refuse(file, "csv", message.format(detail=error), hint)
    width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS or len(rows) * width > MOST_CELLS:
        _refuse(file, "too-many", *_REFUSALS["too-many"])
    cells = [
        (number, column, "text", content)
        for number, row in enumerate(rows, 1)
        for column, content in enumerate(row, 1)
        if content
    ]
    return _sheet({"title": _title_of(file), "cells": list(zip(*cells, strict=True))}, file=file)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A million cells made at once, none of them in a circle: looking for circles takes longer."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _title_of(file: str) -> str:
    return tidy(PurePath(file).stem) or "CSV"


def _refuse(place: str, code: str, message: str, hint: str, *, file: str = "") -> NoReturn:
    raise IntakeRefused((Problem(place, code, message, hint),), file=file or place)


def _sheet(told: Mapping[str, Any], *, file: str) -> Sheet:
    title = tidy(told["title"])
    by_row: dict[int, dict[int, tuple[str, str]]] = {}
    found = told["cells"] or ((), (), (), ())
    for row, column, sort, content in zip(*found, strict=True):
        by_row.setdefault(row, {})[column] = (sort, content)
    width = max(found[1], default=0)
    names = [letters(column) for column in range(1, width + 1)]
    grid = ((row, tuple(_row(by_row[row], f"{title}!", names, row))) for row in sorted(by_row))
    rows = [(at, row) for at, row in grid if any(cell.text or cell.fault for cell in row)]
    return Sheet(
        title,
        tuple(row for _, row in rows),
        file,
        above=tuple(map(tidy, told.get("above", ()))),
        merged=tuple(map(tuple, told.get("merged", ()))),
        numbers=tuple(at for at, _ in rows),
        hidden=told.get("hidden", False),
        hidden_rows=told.get("hidden_rows", 0),
        decoded=told.get("decoded", {}),
        guesses=tuple(_guess(title, one) for one in told.get("guesses", ())),
    )


def _row(
    held: Mapping[int, tuple[str, str]], title: str, names: list[str], row: int
) -> Iterable[Cell]:
    for column, name in enumerate(names, 1):
        place = f"{title}{name}{row}"
        yield _cell(place, *held[column]) if column in held else Cell("", place)


def _guess(title: str, told: Mapping[str, Any]) -> ColumnGuess:
    place = f"{title}!{letters(told['column'])}"
    before, after = tidy(told["before"]), tidy(told["after"])
    return ColumnGuess(
        place=place, encoding=told["encoding"], score=told["score"], before=before, after=after
    )


def _cell(place: str, sort: str, content: str) -> Cell:
    if sort == "error":
        return Cell("", place, fault=content)
    return Cell(tidy(content), place, is_number=sort == "number")


def letters(column: int) -> str:
    """The letters of a column, counted from 1: 4 is ``D``, 28 is ``AB``."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text

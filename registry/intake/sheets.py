"""Workbooks and CSV files (bảng tính) to rows of clean text, each cell with its place.

The bytes come from strangers, so a process of its own reads them (``reader.py``), with little
memory and little time. What comes back is text only.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, NoReturn

from registry.errors import IntakeRefused
from registry.intake import reader
from registry.vietnamese import tidy
from scoring.problems import Problem

MOST_BYTES = 40 << 20
MOST_LINES = 200_000
"""Of a CSV file: more than any season has entries; a million empty lines cost half a gigabyte."""
SECONDS = 60

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOT_A_WORKBOOK = (
    "Đây không phải là tệp Excel .xlsx đọc được.",
    "Mở bằng Excel, lưu lại thành .xlsx.",
)
_SPLIT = "Tách bớt trang hoặc chép phần có số liệu sang một tệp mới."
_REFUSALS = {
    "not-a-workbook": _NOT_A_WORKBOOK,
    "parts": ("Tệp gồm {detail} phần, quá nhiều đối với một bảng tính.", _SPLIT),
    "unpacked": ("Tệp bung ra {detail} MB, quá lớn.", _SPLIT),
    "ratio": ("Tệp bung ra gấp {detail} lần, như một “bom nén”.", "Xin lại tệp từ người gửi."),
    "entities": ("Tệp có phần khai báo lạ (DTD) mà Excel không bao giờ ghi.", "Xin lại tệp."),
    "far": (
        "Ô này có chữ nhưng nằm quá xa bảng (chỉ đọc đến cột IV, hàng 100.000).",
        "Xóa ô đó rồi lưu lại.",
    ),
    "too-many": ("Có quá nhiều ô (tối đa 1.000.000 ô có chữ).", _SPLIT),
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet (trang): its rows that hold something, all of the same width."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    file: str = ""


def read_workbook(data: bytes, *, file: str) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx workbook, or the one sheet of a .csv file.

    Raises:
        IntakeRefused: the file is no workbook, or reading it would cost too much.
    """
    if len(data) > MOST_BYTES:
        _refuse(file, "too-large", f"Tệp {len(data) >> 20} MB, quá 40 MB.", _SPLIT)
    if PurePath(file).suffix.lower() in {".csv", ".txt"}:
        return (read_csv(data, file=file),)
    if data.startswith(_OLD_EXCEL):
        message = "Tệp .xls đời cũ, hoặc tệp có mật khẩu."
        _refuse(file, "old-excel", message, "Mở bằng Excel, bỏ mật khẩu, lưu lại thành .xlsx.")
    if not data.startswith(_ZIP):
        _refuse(file, "not-a-workbook", *_NOT_A_WORKBOOK)
    answer = _ask_reader(data)
    if refusal := answer.get("refused"):
        message, hint = _REFUSALS[refusal]
        _refuse(answer["where"] or file, refusal, message.format(**answer), hint, file=file)
    return tuple(_sheet(sheet["title"], sheet["cells"], file=file) for sheet in answer["sheets"])


def read_csv(data: bytes, *, file: str) -> Sheet:
    """The one sheet of a CSV file: UTF-8, with commas, semicolons or tabs between the cells."""
    if data.count(b"\n") > MOST_LINES:
        _refuse(file, "too-many", *_REFUSALS["too-many"])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        message = f"Hàng {row} không phải là chữ UTF-8."
        _refuse(file, "not-utf-8", message, "Trong Excel, lưu dạng “CSV UTF-8”.")
    title = tidy(PurePath(file).stem) or "CSV"
    lines = text.splitlines(keepends=True)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter_of(lines), strict=True))
    except csv.Error as error:
        _refuse(file, "csv", f"Không đọc được CSV ({error}).", "Kiểm tra các dấu nháy kép.")
    width = max(map(len, rows), default=0)
    if width > reader.MOST_COLUMNS or len(rows) * width > reader.MOST_CELLS:
        _refuse(file, "too-many", *_REFUSALS["too-many"])
    cells = (
        (number, column, "text", content)
        for number, row in enumerate(rows, 1)
        for column, content in enumerate(row, 1)
        if content
    )
    return _sheet(title, cells, file=file)


def _refuse(place: str, code: str, message: str, hint: str, *, file: str = "") -> NoReturn:
    raise IntakeRefused((Problem(place, code, message, hint),), file=file or place)


def _ask_reader(data: bytes) -> dict[str, Any]:
    """What ``reader.py`` says of *data*. It finds the libraries where this process found them."""
    script = Path(reader.__file__)
    try:
        done = subprocess.run(  # noqa: S603  this interpreter, on a file of ours
            [sys.executable, "-P", str(script)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            # On Windows, a console window would flash up for the child otherwise.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "timeout", "where": "", "detail": ""}
    if done.returncode:
        return {"refused": "crashed", "where": "", "detail": ""}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _sheet(title: str, cells: Iterable[Any], *, file: str) -> Sheet:
    title = tidy(title)
    found = {(row, column): content for row, column, *content in cells}
    width = max((column for _, column in found), default=0)
    grid = (
        tuple(
            _cell(f"{title}!{letters(column)}{row}", *found.get((row, column), ("text", "")))
            for column in range(1, width + 1)
        )
        for row in sorted({row for row, _ in found})
    )
    rows = tuple(row for row in grid if any(cell.text or cell.fault for cell in row))
    return Sheet(title, rows, file)


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


def delimiter_of(lines: list[str]) -> str:
    """The separator of the first filled line; Vietnamese Excel writes semicolons.

    Only that line: a cell below may hold a list of marks, ``8;8.5;;9;7``.
    """
    head = next((line for line in lines if line.strip()), "")
    return max(",;\t", key=head.count)

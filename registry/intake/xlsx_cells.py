"""The cells of an .xlsx workbook (tệp Excel), read inside the limited process."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from registry.intake.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_KEPT,
    MOST_MERGED,
    MOST_ROW,
    MOST_ROWS,
    Refused,
    check_parts,
    refuse_declarations,
)
from registry.intake.xlsx_values import CellValues, rows_of, texts_of
from registry.legacy import UNICODE

Told = Callable[[int, int], None]

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_EMPTY_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^<>]*\br=")(?:[^<>]*/>|[^<>]*[^<>/]>\s*</(?:\w+:)?c>)\s*'
)
_EMPTY_ROW = re.compile(
    rb'<(?:\w+:)?row\s(?=[^<>]*\br=")(?:[^<>]*/>|[^<>]*[^<>/]>\s*</(?:\w+:)?row>)\s*'
)
_NOTHING_IN = re.compile(rb">\s*</(?:\w+:)?(?:c|row)>")
_NO_SUCH_ROW = re.compile(rb'\br="([A-Z]*[0-9]{8,20})"')
"""Beyond Excel's last row, up to which openpyxl would count one by one."""
_UNCALCULATED = re.compile(
    rb'<(\w+:)?c\s(?![^<>]*\bt="str")[^<>]*\br="([A-Z]+[0-9]+)"[^<>]*>'
    rb"\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<>]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_UNCALCULATED_AS_ERROR = rb'<\1c r="\2" t="e"><\1v>#FORMULA!</\1v></\1c>'


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]*\bhidden="(?:1|true)"(?:[^<>]*[^<>/])?>')

_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_NO_TEXTS = b"<sst " + _MAIN + b"/>"
_NO_CELLS = b"<worksheet " + _MAIN + b'><dimension ref="A1"/><sheetData/></worksheet>'
_TOLD_EVERY = 2_000


def read_xlsx(data: bytes, told: Told) -> list[dict[str, Any]]:
    """Every sheet with its title and its cells that hold something. Raises Refused."""
    import openpyxl  # noqa: PLC0415  after the memory limit, which it is meant to live under

    frame, contents = _taken_apart(data)
    book = openpyxl.load_workbook(
        io.BytesIO(frame), read_only=True, data_only=True, keep_links=False
    )
    texts = next((contents[name] for name in contents if _is_texts(name)), b"")
    return list(_sheets(book, contents, CellValues(book, texts_of(texts)), told))


def _sheets(
    book: Any, contents: dict[str, bytes], values: CellValues, told: Told
) -> Iterator[dict[str, Any]]:
    area = 0
    for sheet in book.worksheets:
        content = contents[sheet._worksheet_path]  # noqa: SLF001  nothing public says it
        cells = list(_cells(content, sheet.title, values, MOST_CELLS - area, told))
        filled = len({row for row, *_ in cells})
        area += filled * max((column for _, column, *_ in cells), default=0)
        if area > MOST_CELLS:
            raise Refused("too-many", sheet.title)
        yield {
            "title": sheet.title,
            "cells": cells,
            "merged": _merged(content),
            "hidden": sheet.sheet_state != "visible",
            "hidden_rows": len(_HIDDEN_ROW.findall(content)),
        }


def _cells(
    content: bytes, title: str, values: CellValues, most: int, told: Told
) -> Iterator[list[Any]]:
    """The cells that hold something: row, column, sort, text, and the encoding of its font."""
    total = content.count(b"<row") + content.count(b":row")
    count = 0
    for number, (row, cells) in enumerate(rows_of(content), 1):
        if number % _TOLD_EVERY == 0:
            told(number, total)
        for column, cell in cells:
            sort, text = values.of(cell)
            if not text:
                continue
            count += 1
            if column > MOST_COLUMNS or row > MOST_ROWS:
                raise Refused("far", f"{title}!{cell.get('r', '')}")
            if count > most:
                raise Refused("too-many", title)
            encoding = values.encoding_of(cell)
            found = [row, column, sort, text]
            yield found if encoding == UNICODE else [*found, encoding]


def _merged(content: bytes) -> list[list[int]]:
    """The merged areas (ô gộp): first row and column, last row and column, counted from 1."""
    found = _MERGED.findall(content)
    if len(found) > MOST_MERGED:
        raise Refused("too-many", detail="merged")
    return [[int(r1), _number(c1), int(r2), _number(c2)] for c1, r1, c2, r2 in found]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _taken_apart(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The workbook without its sheets and texts, for openpyxl, and these parts by name.

    Its parts are known to be of a fair size first, and the sheets lose their empty cells: one
    formatted down to row 1.048.576 is innocent, but would take minutes to go through.
    """
    out = io.BytesIO()
    contents: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        parts = old.infolist()
        outside = sum(p.file_size for p in parts if _is_read(p) and not _is_sheet(p))
        check_parts(parts, packed=len(data), outside=outside)
        for part in filter(_is_read, parts):
            content = _content(old, part)
            if _is_sheet(part):
                contents[part.filename], content = content, _NO_CELLS
            elif _is_texts(part.filename):
                contents[part.filename], content = content, _NO_TEXTS
            new.writestr(part.filename, content)
    return out.getvalue(), contents


def _content(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if _is_sheet(part):
        return b"".join(_thin_chunks(book, part))
    content = book.read(part)
    refuse_declarations(content)
    return content


def _is_read(part: zipfile.ZipInfo) -> bool:
    """Pictures, macros and the like stay unread."""
    return part.filename.endswith((".xml", ".rels"))


def _is_texts(name: str) -> bool:
    return name.endswith("sharedStrings.xml")


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return _SHEET.fullmatch(part.filename) is not None


def _thin_chunks(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    kept, rest = 0, b""
    with book.open(part) as stream:
        while chunk := stream.read(1 << 20):
            refuse_declarations(rest[-16:] + chunk)
            if far := _NO_SUCH_ROW.search(rest[-40:] + chunk):
                raise Refused("far", far[1].decode())
            ready, rest = _whole_rows(rest + chunk)
            kept += len(ready)
            if kept > MOST_KEPT or len(rest) > MOST_ROW:
                raise Refused("too-many", part.filename)
            yield ready
    yield _thin(rest)


def _whole_rows(content: bytes) -> tuple[bytes, bytes]:
    """*content* thinned up to its last row, and that row, which may go on in the next chunk."""
    last = max(content.rfind(b"<row"), content.rfind(b":row"))
    # Back to the bracket, as ``:row`` stands behind a prefix.
    last = content.rfind(b"<", 0, last + 1)
    return (_thin(content[:last]), content[last:]) if last > 0 else (b"", content)


def _thin(content: bytes) -> bytes:
    if b"<![CDATA[" in content:
        return content
    # Each look costs a second on a long sheet: most have nothing of the kind.
    if b"/>" in content or _NOTHING_IN.search(content):
        content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
    if b"<f" in content or b":f" in content:
        content = _UNCALCULATED.sub(_UNCALCULATED_AS_ERROR, content)
    return content

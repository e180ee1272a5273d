"""Reads a workbook in a process of its own: an .xlsx on stdin, its cells as JSON on stdout.

A workbook is a stranger's program for our parser. This file is run by ``sheets.py`` as a script,
imports nothing of the project and may be killed at any time: what it takes is bounded by the
limits below, by the memory limit it sets itself, and by the clock of the one who started it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

MOST_PARTS = 2_000
MOST_UNPACKED = 400 << 20
MOST_OUTSIDE_SHEETS = 16 << 20
RATIO_FREE = 20 << 20
"""Up to this size the ratio says nothing: a small sheet of zeros packs as well as a bomb."""
MOST_RATIO = 150
MOST_KEPT = 64 << 20
MOST_ROW = 4 << 20
MOST_COLUMNS = 256
MOST_ROWS = 100_000
MOST_CELLS = 1_000_000
MEMORY = 1 << 30
SECONDS = 60

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_EMPTY_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^<>]*\br=")(?:[^<>]*/>|[^<>]*[^<>/]>\s*</(?:\w+:)?c>)\s*'
)
_EMPTY_ROW = re.compile(
    rb'<(?:\w+:)?row\s(?=[^<>]*\br=")(?:[^<>]*/>|[^<>]*[^<>/]>\s*</(?:\w+:)?row>)\s*'
)
_NO_SUCH_ROW = re.compile(rb'\br="([A-Z]*[0-9]{8,20})"')
"""Beyond Excel's last row, up to which openpyxl would count one by one."""
_UNCALCULATED = re.compile(
    rb'<(\w+:)?c\s(?![^<>]*\bt="str")[^<>]*\br="([A-Z]+[0-9]+)"[^<>]*>'
    rb"\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<>]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_UNCALCULATED_AS_ERROR = rb'<\1c r="\2" t="e"><\1v>#FORMULA!</\1v></\1c>'


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters that XML cannot hold, and a line break typed on Windows."""

# What openpyxl, expat and zlib raise on parts that are not what they should be.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class Refused(Exception):
    """The workbook is not taken: a code that ``sheets.py`` has the words for, and where."""

    def __init__(self, code: str, where: str = "", detail: str = "") -> None:
        self.answer = {"refused": code, "where": where, "detail": detail}
        super().__init__(code)


def main() -> None:
    _limit_memory()
    warnings.simplefilter("ignore")
    try:
        answer: dict[str, Any] = {"sheets": read(sys.stdin.buffer.read())}
    except Refused as refusal:
        answer = refusal.answer
    except MemoryError:
        answer = Refused("memory").answer
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def read(data: bytes) -> list[dict[str, Any]]:
    """Every sheet with its title and its cells that hold something. Raises Refused."""
    import openpyxl  # noqa: PLC0415  after the memory limit, which it is meant to live under

    try:
        book = openpyxl.load_workbook(
            io.BytesIO(_thinned(data)), read_only=True, data_only=True, keep_links=False
        )
        return list(_sheets(book.worksheets))
    except _DAMAGE as error:
        raise Refused("not-a-workbook", detail=str(error)[:200]) from error


def _sheets(worksheets: Iterable[Any]) -> Iterator[dict[str, Any]]:
    area = 0
    for sheet in worksheets:
        sheet.reset_dimensions()
        cells = list(_cells(sheet.title, sheet.iter_rows(), MOST_CELLS - area))
        rows = len({row for row, *_ in cells})
        area += rows * max((column for _, column, *_ in cells), default=0)
        if area > MOST_CELLS:
            raise Refused("too-many", sheet.title)
        yield {"title": sheet.title, "cells": cells}


def _cells(title: str, rows: Iterable[tuple[Any, ...]], most: int) -> Iterator[list[Any]]:
    """The cells that hold something: row, column, sort and text of each."""
    count = 0
    for row in rows:
        for cell in row:
            if cell.value is None:
                continue
            count += 1
            if cell.column > MOST_COLUMNS or cell.row > MOST_ROWS:
                raise Refused("far", f"{title}!{cell.coordinate}")
            if count > most:
                raise Refused("too-many", title)
            yield [cell.row, cell.column, *_text(cell.value, cell.data_type)]


def _text(value: object, data_type: str) -> tuple[str, str]:
    """What the cell holds as text, and which sort of cell it is."""
    if data_type == "e" or (isinstance(value, float) and value - value != 0):
        return "error", str(value)
    if isinstance(value, bool):
        return "text", "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return "number", str(value)
    if isinstance(value, float):
        # Excel counts and shows 15 digits; what stands beyond is noise of its arithmetic.
        return "number", f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return "date", (value.date() if midnight else value.replace(microsecond=0)).isoformat()
    return "text", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _thinned(data: bytes) -> bytes:
    """The same workbook without its empty cells, once its parts are known to be of a fair size.

    A sheet formatted down to row 1.048.576 is innocent, but openpyxl spends minutes on it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        parts = old.infolist()
        _check_sizes(parts, len(data))
        for part in filter(_is_read, parts):
            new.writestr(part.filename, _content(old, part))
    return out.getvalue()


def _check_sizes(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    outside = sum(part.file_size for part in parts if _is_read(part) and not _is_sheet(part))
    if len(parts) > MOST_PARTS:
        raise Refused("parts", detail=str(len(parts)))
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise Refused("not-a-workbook", detail="two parts of one name")
    if unpacked > MOST_UNPACKED or outside > MOST_OUTSIDE_SHEETS:
        raise Refused("unpacked", detail=str(unpacked >> 20))
    if unpacked > RATIO_FREE and unpacked > MOST_RATIO * packed:
        raise Refused("ratio", detail=str(unpacked // packed))


def _content(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if _is_sheet(part):
        return b"".join(_thin_chunks(book, part))
    content = book.read(part)
    _refuse_declarations(content)
    return content


def _is_read(part: zipfile.ZipInfo) -> bool:
    """Pictures, macros and the like stay unread."""
    return part.filename.endswith((".xml", ".rels"))


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return _SHEET.fullmatch(part.filename) is not None


def _thin_chunks(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    kept, rest = 0, b""
    with book.open(part) as stream:
        while chunk := stream.read(1 << 20):
            _refuse_declarations(rest[-16:] + chunk)
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
    content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
    return _UNCALCULATED.sub(_UNCALCULATED_AS_ERROR, content)


def _refuse_declarations(content: bytes) -> None:
    """No writer of workbooks declares entities; whoever does means harm."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("entities")


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415  not on Windows, where the sizes above are all there is
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    main()

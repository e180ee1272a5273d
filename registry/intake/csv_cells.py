"""The cells of a CSV file (tệp CSV), whatever separates them and whatever encodes them."""

from __future__ import annotations

import codecs
import csv
from typing import Any

from registry.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_LINES, Refused
from registry.legacy import guess_encoding, is_evidence, vietnamese_share
from registry.vietnamese import nfc

_CERTAIN = 0.85


def read_csv_cells(data: bytes) -> list[dict[str, Any]]:
    """The one sheet of a CSV file. Raises Refused."""
    if data.count(b"\n") > MOST_LINES:
        raise Refused("too-many")
    lines = text_of(data).splitlines(keepends=True)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter_of(lines), strict=True))
    except csv.Error as error:
        raise Refused("csv", detail=str(error)) from error
    width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS or len(rows) * width > MOST_CELLS:
        raise Refused("too-many")
    cells = [
        [number, column, "text", content]
        for number, row in enumerate(rows, 1)
        for column, content in enumerate(row, 1)
        if content
    ]
    return [{"title": "", "cells": cells}]


def text_of(data: bytes) -> str:
    """*data* as text: UTF-16 by its mark, UTF-8, Windows-1258, else an old one-byte encoding."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
    composed = nfc(data.decode("cp1258", "replace"))
    if is_evidence(composed) and vietnamese_share(composed) >= _CERTAIN:
        return composed
    # TCVN3 and VNI arrive as Latin letters; the columns are looked at later, a person confirms.
    latin = data.decode("cp1252", "replace")
    if guess_encoding([latin]) is None:
        raise Refused("not-utf-8", detail=str(row))
    return latin


_SEPARATORS = ",;\t"


def delimiter_of(lines: list[str]) -> str:
    """The separator of the first line that has one; Vietnamese Excel writes semicolons.

    Only that line: a cell below may hold a list of marks, ``8;8.5;;9;7``. A title above the table
    may hold a comma, but with a space behind it.
    """
    for seen in (lambda line: line.replace(", ", " ").replace("; ", " "), str):
        head = next((line for line in map(seen, lines) if any(map(line.count, _SEPARATORS))), "")
        if head:
            return max(_SEPARATORS, key=head.count)
    return _SEPARATORS[0]

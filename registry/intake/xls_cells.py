"""The cells of an old .xls workbook (Excel 97-2003), read inside the limited process."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from registry.intake.limits import MOST_CELLS, MOST_COLUMNS, Refused
from registry.legacy import UNICODE, decode, encoding_of_font, is_unicode


def read_xls(data: bytes) -> list[dict[str, Any]]:
    """Every sheet with its title and its cells that hold something. Raises Refused."""
    # Imported here: after the memory limit, which they are meant to live under.
    import xlrd  # noqa: PLC0415
    from xlrd.biffh import XLRDError  # noqa: PLC0415
    from xlrd.compdoc import CompDocError  # noqa: PLC0415

    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        try:
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=nowhere)
        except (XLRDError, CompDocError, struct.error) as error:
            raise Refused("old-excel", detail=str(error)[:200]) from error
        return list(_sheets(book))


def _sheets(book: Any) -> Iterator[dict[str, Any]]:
    area = 0
    for sheet in book.sheets():
        cells = list(_cells(book, sheet))
        area += len({cell[0] for cell in cells}) * max((cell[1] for cell in cells), default=0)
        if area > MOST_CELLS:
            raise Refused("too-many", sheet.name)
        yield {
            "title": sheet.name,
            "cells": cells,
            "merged": [[r1 + 1, c1 + 1, r2, c2] for r1, r2, c1, c2 in sheet.merged_cells],
            "hidden": sheet.visibility != 0,
            "hidden_rows": sum(bool(row.hidden) for row in sheet.rowinfo_map.values()),
        }


def _cells(book: Any, sheet: Any) -> Iterator[list[Any]]:
    encodings: dict[int, str] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            sort, text = _text(cell, book.datemode)
            if not text:
                continue
            if column >= MOST_COLUMNS:
                raise Refused("far", sheet.name)
            if cell.xf_index not in encodings:
                font = book.font_list[book.xf_list[cell.xf_index].font_index]
                encodings[cell.xf_index] = encoding_of_font(font.name)
            found = [row + 1, column + 1, sort, text]
            runs = sheet.rich_text_runlist_map.get((row, column))
            if runs:
                found[3] = _decoded_runs(book, text, encodings[cell.xf_index], runs)
            elif encodings[cell.xf_index] != UNICODE:
                found.append(encodings[cell.xf_index])
            yield found


def _decoded_runs(book: Any, text: str, first: str, runs: list[tuple[int, int]]) -> str:
    """*text* whose pieces are in fonts of their own, each decoded by its own font."""
    starts = [(0, first), *((at, _encoding(book, font)) for at, font in runs)]
    ends = [at for at, _ in starts[1:]] + [len(text)]
    pieces = ((text[at:end], one) for (at, one), end in zip(starts, ends, strict=True))
    return "".join(piece if is_unicode(piece) else decode(piece, one) for piece, one in pieces)


def _encoding(book: Any, font: int) -> str:
    return encoding_of_font(book.font_list[font].name)


def _text(cell: Any, datemode: Any) -> tuple[str, str]:
    """What the cell holds: which sort of cell it is, and its text."""
    import xlrd  # noqa: PLC0415

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return "text", str(cell.value)
        case xlrd.XL_CELL_NUMBER:
            return "number", f"{Decimal(f'{cell.value:.15g}'):f}"
        case xlrd.XL_CELL_DATE:
            try:
                moment = xlrd.xldate_as_datetime(cell.value, datemode)
            except (ValueError, OverflowError):
                return "number", f"{Decimal(f'{cell.value:.15g}'):f}"
            whole = cell.value == int(cell.value)
            return "date", (moment.date() if whole else moment.replace(microsecond=0)).isoformat()
        case xlrd.XL_CELL_BOOLEAN:
            return "text", "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return "error", xlrd.error_text_from_code.get(cell.value, "#?")
        case _:
            return "text", ""

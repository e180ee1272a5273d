"""What a cell of an .xlsx sheet holds (giá trị ô), read from its XML in one pass.

openpyxl knows what stands around the cells: shared texts, number formats, fonts. The cells
themselves it makes objects of, which takes ten times as long as reading them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from registry.legacy import encoding_of_font

_DIGITS = "0123456789"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters that XML cannot hold, and a line break typed on Windows."""


def rows_of(content: bytes) -> Iterator[tuple[int, list[tuple[int, Any]]]]:
    """Each row's number and its cells by column, both counted from 1."""
    from defusedxml import ElementTree  # noqa: PLC0415  after the memory limit

    letters: dict[str, int] = {}
    row = 0
    for _, element in ElementTree.iterparse(io.BytesIO(content)):
        if not element.tag.endswith("}row"):
            continue
        row = int(element.get("r") or row + 1)
        column = 0
        cells = []
        for cell in element:
            name = (cell.get("r") or "").rstrip(_DIGITS)
            if name:
                column = letters.get(name) or letters.setdefault(name, _number(name))
            else:
                column += 1
            cells.append((column, cell))
        yield row, cells
        element.clear()


def texts_of(content: bytes) -> list[str]:
    """The shared texts of a workbook, how they are to be pronounced left out."""
    from defusedxml import ElementTree  # noqa: PLC0415  after the memory limit

    texts = []
    for _, element in ElementTree.iterparse(io.BytesIO(content)) if content else ():
        if element.tag.endswith("}si"):
            texts.append(_unescaped("".join(_runs(element))))
            element.clear()
    return texts


class CellValues:
    """Texts, formats and fonts of one workbook, to read its cells by."""

    def __init__(self, book: Any, texts: list[str]) -> None:
        self._texts = texts
        # Nothing public tells formats and fonts by a cell's style without making cells.
        self._dates = book._date_formats  # noqa: SLF001
        self._durations = book._timedelta_formats  # noqa: SLF001
        self._epoch = book.epoch
        fonts, styles = book._fonts, book._cell_styles  # noqa: SLF001
        self._encodings = [encoding_of_font(fonts[one.fontId].name or "") for one in styles]

    def encoding_of(self, cell: Any) -> str:
        return self._encodings[int(cell.get("s") or 0)]

    def of(self, cell: Any) -> tuple[str, str]:
        """Which sort of cell it is, and what it holds as text; no text: it holds nothing."""
        kind = cell.get("t", "n")
        if kind == "s" and len(cell) == 1:  # most cells: one look at the shared texts
            return "text", self._texts[int(cell[0].text or "")]
        if kind == "inlineStr":
            return "text", _unescaped("".join(_inline(cell)))
        value = _child_text(cell, "v")
        if value is None:
            return "text", ""
        match kind:
            case "n":
                return self._number(value, int(cell.get("s") or 0))
            case "s":
                return "text", self._texts[int(value)]
            case "b":
                return "text", "TRUE" if int(value) else "FALSE"
            case "e":
                return "error", value
            case "d":
                return _date(_from_iso(value))
            case _:
                return "text", _unescaped(value)

    def _number(self, text: str, style: int) -> tuple[str, str]:
        if not text.strip():
            return "text", ""
        if style in self._dates:
            return self._day(text, style)
        if text.isdecimal() and text.isascii():
            return "number", text.lstrip("0") or "0"
        value = float(text)
        if value - value != 0:
            return "error", text
        if value == int(value) and "." not in text and "e" not in text.lower():
            return "number", str(int(text))
        # Excel counts and shows 15 digits; what stands beyond is noise of its arithmetic.
        return "number", f"{Decimal(f'{value:.15g}'):f}"

    def _day(self, text: str, style: int) -> tuple[str, str]:
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415

        try:
            moment = from_excel(float(text), self._epoch, timedelta=style in self._durations)
        except (OverflowError, ValueError):
            return "error", "#VALUE!"
        return _date(moment)


def _date(moment: Any) -> tuple[str, str]:
    if isinstance(moment, dt.datetime):
        midnight = moment.time() == dt.time()
        return "date", (moment.date() if midnight else moment.replace(microsecond=0)).isoformat()
    return "text", str(moment)


def _from_iso(text: str) -> Any:
    from openpyxl.utils import datetime as excel_days  # noqa: PLC0415

    read: Any = excel_days.from_ISO8601
    return read(text)


def _inline(cell: Any) -> Iterator[str]:
    """The text written in the cell itself, how it is to be pronounced left out."""
    for held in cell:
        if held.tag.endswith("}is"):
            yield from _runs(held)


def _runs(element: Any) -> Iterator[str]:
    for part in element:
        if part.tag.endswith("}t"):
            yield part.text or ""
        elif part.tag.endswith("}r"):
            yield from (one.text or "" for one in part if one.tag.endswith("}t"))


def _child_text(cell: Any, name: str) -> str | None:
    for child in cell:
        if child.tag.endswith("}" + name):
            return child.text or ""
    return None


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number

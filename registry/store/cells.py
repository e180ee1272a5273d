"""Cells of an open export (ô của bản xuất): harmless in a spreadsheet, and nothing lost.

Excel and LibreOffice run text that begins with ``=``, ``+``, ``-`` or ``@``; where their list
separator is a semicolon they also break a cell at one. Such text gets an apostrophe before the
sign, or one more where it has some already; reading takes one away. Nothing is ``\\N``.
"""

from __future__ import annotations

import re

NOTHING = r"\N"
"""What a cell without a value says; an empty cell is an empty text."""

_SIGNS = "=+\\-@＝＋－＠"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_AT_START = re.compile(rf"('*)(?=[{_SIGNS}\t\r\\])")
_WITHIN = re.compile(rf"([;,|\t\r\n])('*)(?=[{_SIGNS}])")
_QUOTED_AT_START = re.compile(rf"'('*)(?=[{_SIGNS}\t\r\\])")
_QUOTED_WITHIN = re.compile(rf"([;,|\t\r\n])'('*)(?=[{_SIGNS}])")


def cell_of(text: str) -> str:
    """*text* as a cell that no spreadsheet takes for a formula."""
    if _NUMBER.fullmatch(text):
        return text
    within = _WITHIN.sub(r"\1'\2", text)
    return f"'{within}" if _AT_START.match(within) else within


def text_in(cell: str) -> str:
    """The text that :func:`cell_of` made *cell* of."""
    start = cell[1:] if _QUOTED_AT_START.match(cell) else cell
    return _QUOTED_WITHIN.sub(r"\1\2", start)

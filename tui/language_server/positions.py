"""Between our columns, which count characters, and an editor's, which count what it agreed on."""

from __future__ import annotations

from lsprotocol import types
from pygls.workspace import PositionCodec

from scoring.editing.sight import Span


def lines_of(text: str) -> list[str]:
    """The lines of *text* as editors count them."""
    return tidy(text).split("\n")


def tidy(text: str) -> str:
    """*text* as the reader of files gives it: line feeds only, no byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def range_of(span: Span, lines: list[str], codec: PositionCodec) -> types.Range:
    """Where an editor sees *span*."""
    line = lines[span.row] if span.row < len(lines) else ""
    start, end = (codec.client_num_units(line[:at]) for at in (span.start, span.end))
    return types.Range(types.Position(span.row, start), types.Position(span.row, end))


def cursor_of(position: types.Position, lines: list[str], codec: PositionCodec) -> tuple[int, int]:
    """Row and column of an editor's *position*; what lies behind the text is its end."""
    if position.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    units = 0
    for column, sign in enumerate(lines[position.line]):
        if units >= position.character:
            return position.line, column
        units += codec.client_num_units(sign)
    return position.line, len(lines[position.line])

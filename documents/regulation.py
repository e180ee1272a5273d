"""A pack as a printed regulation (quy định in từ bộ quy tắc), as PDF: A4 upright."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.layouts import ND30
from documents.lines import Line, balanced, wrap
from documents.page import DESCENT, MM, Pen, draw_origin, open_canvas
from documents.page import HEIGHT as SHORT_SIDE
from documents.page import WIDTH as LONG_SIDE
from documents.table import Column, Row, draw_rows, set_heading, set_row
from documents.typeface import Face, Ink, ink
from documents.wording import printed
from scoring.authoring.prose import (
    Block,
    Clause,
    Heading,
    Paragraph,
    Regulation,
    Table,
    clause_text,
)

LEFT, ROOM = ND30.left * MM, SHORT_SIDE - (ND30.left + ND30.right) * MM
CEILING, FOOT = LONG_SIDE - ND30.top * MM, ND30.bottom * MM
TEXT, CELL, TITLE = 12.0, 10.5, 15.0
STEP, DASH = 14.0, 10.0
ORIGIN_Y, NUMBER_Y = 9 * MM, LONG_SIDE - 13 * MM
RECORD = "bản in quy định"
COLUMNS = (62.0, 56.0, 22.0, 25.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What no page break may part: lines, or one row of a table. Unit of ``gap``: points."""

    lines: tuple[Line, ...] = ()
    row: Row | None = None
    indent: float = 0
    gap: float = 0
    dash: bool = False
    centred: bool = False
    leads: bool = False
    """Never left alone at the foot of a page."""

    @property
    def height(self) -> float:
        return self.row.height if self.row else sum(line.height for line in self.lines)


def render_regulation(regulation: Regulation) -> bytes:
    """*regulation* as PDF. The same regulation always gives the same bytes.

    Raises:
        GlyphMissing: a text holds a letter the typeface cannot show.
    """
    buffer = io.BytesIO()
    title = ink(regulation.title, record=RECORD)
    pen = Pen(open_canvas(buffer, title=title, author=""))
    pen.canvas.setPageSize((SHORT_SIDE, LONG_SIDE))
    origin = printed(f"Bộ quy tắc: {title}, bản {regulation.version} ({regulation.digest[:16]})")
    columns = tuple(
        Column(heading=printed(heading), width=width)
        for heading, width in zip(("", "", "", ""), COLUMNS, strict=True)
    )
    for number, page in enumerate(_pages([*_pieces(regulation)]), start=1):
        if number > 1:
            text = Line(text=printed(str(number)), face=Face.REGULAR, size=ND30.page_number)
            pen.centred(LEFT + ROOM / 2, NUMBER_Y, text)
        draw_origin(pen, origin, x=LEFT + ROOM / 2, y=ORIGIN_Y, room=ROOM)
        _draw(pen, page, columns)
        pen.canvas.showPage()
        pen.canvas.setPageSize((SHORT_SIDE, LONG_SIDE))
    pen.canvas.save()
    return buffer.getvalue()


def _pieces(regulation: Regulation) -> Iterator[_Piece]:
    title = ink(regulation.title.upper(), record=RECORD)
    halves = balanced(title, Face.BOLD, TITLE)
    whole = wrap(title, Face.BOLD, TITLE, ROOM)
    fits = len(whole) == 2 and all(line.width <= ROOM for line in halves)
    yield _Piece(lines=halves if fits else whole, centred=True)
    yield _Piece(gap=4)
    for block, after in zip(regulation.blocks, [*regulation.blocks[1:], None], strict=True):
        yield from _set(block, after)


def _set(block: Block, after: Block | None) -> Iterator[_Piece]:
    match block:
        case Heading(text, level):
            face = Face.BOLD if level < 4 else Face.BOLD_ITALIC
            size = TEXT + (1 if level == 2 else 0)
            gap = 14.0 if level == 2 else 8.0
            yield _Piece(lines=wrap(_ink(text), face, size, ROOM), gap=gap, leads=True)
        case Paragraph(text):
            yield _Piece(lines=wrap(_ink(text), Face.REGULAR, TEXT, ROOM), gap=4)
        case Clause():
            yield _clause(block, leads=isinstance(after, Clause) and after.depth > 0)
        case Table():
            yield from _rows(block)


def _clause(clause: Clause, *, leads: bool) -> _Piece:
    """A point; it is not parted from those under it."""
    indent = STEP * clause.depth + DASH
    lines = wrap(_ink(clause_text(clause)), Face.REGULAR, TEXT, ROOM - indent)
    gap = 2.0 if clause.depth else 5.0
    return _Piece(lines=lines, indent=indent, gap=gap, dash=True, leads=leads)


def _rows(table: Table) -> Iterator[_Piece]:
    columns = [
        Column(heading=_ink(heading), width=width)
        for heading, width in zip(table.headings, COLUMNS, strict=True)
    ]
    yield _Piece(row=set_heading(columns, size=CELL), gap=4, leads=True)
    for cells in table.rows:
        texts = [[_ink(cell)] for cell in cells]
        yield _Piece(row=set_row(columns, texts, record=cells[0], size=CELL))


def _pages(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """*pieces* page by page: what leads goes with what follows, a table repeats its heading."""
    pages: list[list[_Piece]] = [[]]
    left = CEILING - FOOT
    heading: _Piece | None = None
    for at, piece in enumerate(pieces):
        if _together(pieces, at) > left and pages[-1]:
            pages.append([])
            left = CEILING - FOOT
            if piece.row is not None and not piece.leads and heading is not None:
                pages[-1].append(heading)
                left -= heading.height
        heading = piece if piece.row is not None and piece.leads else heading
        pages[-1].append(piece)
        left -= piece.gap + piece.height
    return pages


def _together(pieces: Sequence[_Piece], at: int) -> float:
    """The room *pieces* need from *at* to the first that may end a page, if a page has it."""
    need = 0.0
    for piece in pieces[at:]:
        need += piece.gap + piece.height
        if not piece.leads:
            break
    return need if need <= CEILING - FOOT else pieces[at].gap + pieces[at].height


def _draw(pen: Pen, page: Sequence[_Piece], columns: Sequence[Column]) -> None:
    top = CEILING
    for at, piece in enumerate(page):
        top -= piece.gap if at else 0
        if piece.row is not None:
            top = draw_rows(pen, columns, (piece.row,), x=LEFT, top=top)
        elif piece.centred:
            top = pen.column(LEFT + ROOM / 2, top, piece.lines)
        else:
            top = _write(pen, piece, top)


def _write(pen: Pen, piece: _Piece, top: float) -> float:
    for number, line in enumerate(piece.lines):
        top -= line.height
        base = top + line.size * DESCENT
        if piece.dash and not number:
            dash = Line(text=printed("–"), face=Face.REGULAR, size=line.size)
            pen.left(LEFT + piece.indent - DASH, base, dash)
        pen.left(LEFT + piece.indent, base, line)
    return top


def _ink(text: str) -> Ink:
    return ink(text, record=RECORD)

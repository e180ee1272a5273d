"""A table over many pages (bảng): rows of wrapped cells, packed page by page, then drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.lines import Line, TextTooLong, balanced, wrap
from documents.page import BLACK, DESCENT, MM, Pen
from documents.typeface import Face, Ink

PAD_SIDE, PAD_TOP, PAD_FOOT = 3.6, 2.4, 3.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. Unit of ``width``: millimetres."""

    heading: Ink
    width: float
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row ready to draw; with a single cell it spans the table. Unit of ``height``: points."""

    record: str
    cells: tuple[tuple[Line, ...], ...]
    leads: bool = False
    """A heading of a group: never left alone at the foot of a page."""
    centred: bool = False
    """Every cell is centred, whatever its column is."""

    @property
    def height(self) -> float:
        tallest = max(sum(line.height for line in cell) for cell in self.cells)
        return tallest + PAD_TOP + PAD_FOOT

    @property
    def longest(self) -> str:
        return max((" ".join(line.text for line in cell) for cell in self.cells), key=len)


def set_row(
    columns: Sequence[Column], texts: Sequence[Sequence[Ink]], *, record: str, size: float
) -> Row:
    """A row of *texts*, several paragraphs a cell, each wrapped to its column."""
    cells = tuple(
        tuple(line for text in cell for line in wrap(text, Face.REGULAR, size, _room(column)))
        for column, cell in zip(columns, texts, strict=True)
    )
    return Row(record=record, cells=cells)


def set_heading(columns: Sequence[Column], *, size: float) -> Row:
    """The heading row, which every page repeats."""
    cells = tuple(_set_column_heading(column, size) for column in columns)
    return Row(record="đầu bảng", cells=cells, centred=True)


def set_group(columns: Sequence[Column], text: Ink, *, face: Face, size: float) -> Row:
    """The heading of a group, across the whole table."""
    return Row(record=text, cells=(wrap(text, face, size, _span(columns)),), leads=True)


def set_notice(columns: Sequence[Column], text: Ink, *, size: float) -> Row:
    """A remark across the whole table, in the place of rows."""
    return Row(record=text, cells=(wrap(text, Face.ITALIC, size, _span(columns)),), centred=True)


def pack_pages(
    rows: Sequence[Row], *, first: float, room: float, tail: float, keep: int = 3
) -> tuple[tuple[Row, ...], ...]:
    """*rows* page by page: *first* and *room* are what the first and the other pages hold.

    A row is never split, and the last *keep* rows stay on the page of the *tail*, the closing
    line and the signature (NĐ 30/2020: a signature does not stand alone). Fewer are kept when
    they are too tall for one page together. Raises TextTooLong for a row taller than a page.
    """
    chunks = _chunks(rows)
    for chunk in chunks:
        if _height(chunk) > room:
            tallest = max(chunk, key=lambda row: row.height)
            raise TextTooLong(tallest.record, text=tallest.longest, room="một trang giấy")
    *body, last = _with_last_together(chunks, room - tail, keep)
    pages: list[list[Row]] = [[]]
    left = first
    for chunk, need in [*((c, _height(c)) for c in body), (last, _height(last) + tail)]:
        if need > left and (pages[-1] or left < room):
            pages.append([])
            left = room
        pages[-1] += chunk
        left -= need
    return tuple(tuple(page) for page in pages)


def draw_rows(
    pen: Pen, columns: Sequence[Column], rows: Sequence[Row], *, x: float, top: float
) -> float:
    """Draw *rows* with their grid from *top* down; returns the foot of the table."""
    for row in rows:
        foot = top - row.height
        left = x
        for cell, (width, centred) in zip(row.cells, _boxes(columns, row), strict=True):
            _box(pen, left, foot, width, row.height)
            _write(pen, cell, left, foot, width, row.height, centred=centred)
            left += width
        top = foot
    return top


def _boxes(columns: Sequence[Column], row: Row) -> tuple[tuple[float, bool], ...]:
    if len(row.cells) == 1:
        return ((sum(column.width for column in columns) * MM, row.centred),)
    return tuple((column.width * MM, column.centred or row.centred) for column in columns)


def _box(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    pen.canvas.setStrokeColor(BLACK)
    pen.canvas.setLineWidth(0.5)
    pen.canvas.rect(x, y, width, height)


def _write(
    pen: Pen,
    cell: Sequence[Line],
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    centred: bool,
) -> None:
    block = sum(line.height for line in cell)
    top = y + PAD_FOOT + (height - PAD_TOP - PAD_FOOT + block) / 2
    for line in cell:
        top -= line.height
        base = top + line.size * DESCENT
        if centred:
            pen.centred(x + width / 2, base, line)
        else:
            pen.left(x + PAD_SIDE, base, line)


def _room(column: Column) -> float:
    return column.width * MM - 2 * PAD_SIDE


def _span(columns: Sequence[Column]) -> float:
    return sum(column.width for column in columns) * MM - 2 * PAD_SIDE


def _set_column_heading(column: Column, size: float) -> tuple[Line, ...]:
    """On one line if it fits, else on two equal ones, else as many as it takes."""
    whole = wrap(column.heading, Face.BOLD, size, _room(column))
    halves = balanced(column.heading, Face.BOLD, size)
    fits = all(line.width <= _room(column) for line in halves)
    return halves if len(whole) > 1 and fits else whole


def _height(rows: Sequence[Row]) -> float:
    return sum(row.height for row in rows)


def _chunks(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """What no page break may part: a row with the group headings right above it."""
    chunks: list[tuple[Row, ...]] = []
    leading: tuple[Row, ...] = ()
    for row in rows:
        leading += (row,)
        if not row.leads:
            chunks.append(leading)
            leading = ()
    return chunks


def _with_last_together(
    chunks: list[tuple[Row, ...]], room: float, keep: int
) -> list[tuple[Row, ...]]:
    for kept in range(min(keep, len(chunks)), 0, -1):
        last = tuple(row for chunk in chunks[-kept:] for row in chunk)
        if _height(last) <= room:
            return [*chunks[:-kept], last]
    return [*chunks, ()]

"""Where the heading of a unit's list stands (bố cục danh sách), and what each column holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.intake.answers import IGNORED, Known
from registry.intake.limits import MOST_CELLS
from registry.intake.list_words import ListWords
from registry.intake.sheets import Cell, Sheet
from registry.vietnamese import slug

HEADINGS_WITHIN = 20
"""The heading stands within so many filled rows: titles of the list come before it."""
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLayout:
    """How one list is laid out (bố cục danh sách)."""

    sheet: Sheet
    columns: Mapping[str, int]
    """Attribute of an entry to the index of its column."""
    order: int | None
    """The column that counts the rows, where there is one."""
    heads: Mapping[int, Cell]
    unknown: tuple[Cell, ...]
    """Headings nobody knows, over columns that hold something."""
    titles: tuple[Cell, ...]
    rows: tuple[Row, ...]
    filled: tuple[Row, ...]
    """The same rows with every merged value in all the cells it covers."""
    at: int
    """The number of the row the heading stands on."""


@dataclass(frozen=True, slots=True)
class _Heading:
    first: int
    last: int
    cells: tuple[Cell, ...]


def find_layout(sheet: Sheet, words: ListWords, known: Known) -> ListLayout | None:
    """The layout of *sheet*, None when it holds no heading anybody knows."""
    headings = list(_headings(sheet, words, known))
    if not headings:
        return None
    # The first of equals: long lists repeat their heading on every page.
    best = max(
        headings,
        key=lambda one: (_known_count(one, words, known), -one.first, one.first != one.last),
    )
    return _laid_out(sheet, best, words, known) if _is_heading(best, words, known) else None


def likely_heading(sheet: Sheet) -> Row | None:
    """The row its author most likely took for the heading, where nothing in it is known."""
    wide = (row for row in sheet.rows[:HEADINGS_WITHIN] if _texts(row) >= 3)
    row = next(wide, None)
    return row if row is not None and len(sheet.rows) > 1 else None


def meaning_of(cell: Cell, words: ListWords, known: Known) -> str:
    """What the heading in *cell* stands for: a person's word first, then the catalogue's."""
    return known.heading(cell.text) or words.attribute_of(cell.text)


def _headings(sheet: Sheet, words: ListWords, known: Known) -> Iterator[_Heading]:
    """Each of the first rows as a heading, alone and together with the row below it."""
    for at, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        single = _Heading(at, at, row)
        yield single
        below = sheet.rows[at + 1 : at + 2]
        if below and _texts(row) > 1 and _may_go_on(sheet, at, words):
            double = _Heading(at, at + 1, tuple(_joined(sheet, at, words, known)))
            if _known_count(double, words, known) > _known_count(single, words, known):
                yield double


def _may_go_on(sheet: Sheet, at: int, words: ListWords) -> bool:
    """Whether the row below may be the heading's second line: its rows are not counted yet."""
    upper, lower = sheet.rows[at], sheet.rows[at + 1]
    counted = [i for i, cell in enumerate(upper) if slug(cell.text) in words.numbering]
    return not any(lower[i].text.isdecimal() for i in counted) and not any(
        cell.is_number for cell in lower
    )


def _joined(sheet: Sheet, at: int, words: ListWords, known: Known) -> Iterator[Cell]:
    """Headings of two lines: both together if that is known, else the lower, else the upper."""
    upper, lower = _spread(sheet, at), sheet.rows[at + 1]
    for above, below in zip(upper, lower, strict=True):
        if not below.text or below.text == above.text:
            yield above
            continue
        both = Cell(f"{above.text} {below.text}".strip(), below.place)
        readings = (both, below, above)
        yield next((one for one in readings if meaning_of(one, words, known)), both)


def _spread(sheet: Sheet, at: int) -> Row:
    """The row with every value that is merged sideways in all the cells it covers."""
    row = list(sheet.rows[at])
    for r1, c1, r2, c2 in sheet.merged:
        if r1 <= sheet.numbers[at] <= r2 and c2 > c1 and c1 <= len(row):
            for index in range(c1, min(c2, len(row))):
                row[index] = row[c1 - 1] if not row[index].text else row[index]
    return tuple(row)


def _known_count(heading: _Heading, words: ListWords, known: Known) -> int:
    found = {meaning_of(cell, words, known) for cell in heading.cells if cell.text}
    return len(found - {"", IGNORED})


def _is_heading(heading: _Heading, words: ListWords, known: Known) -> bool:
    counted = any(slug(cell.text) in words.numbering for cell in heading.cells if cell.text)
    return _known_count(heading, words, known) + counted > 1 and _texts(heading.cells) > 2


def _laid_out(sheet: Sheet, heading: _Heading, words: ListWords, known: Known) -> ListLayout:
    columns: dict[str, int] = {}
    order: int | None = None
    unknown: list[Cell] = []
    rows = sheet.rows[heading.last + 1 :]
    for index, cell in enumerate(heading.cells):
        meaning = meaning_of(cell, words, known)
        holds = any(row[index].text for row in rows)
        if slug(cell.text) in words.numbering and order is None:
            order = index
        elif meaning and meaning != IGNORED and meaning not in columns:
            columns[meaning] = index
        elif cell.text and meaning != IGNORED and holds and not _is_passed(cell, words):
            unknown.append(cell)
    return ListLayout(
        sheet=sheet,
        columns=columns,
        order=order,
        heads=dict(enumerate(heading.cells)),
        unknown=tuple(unknown),
        titles=tuple(_titles(sheet, heading.first)),
        rows=rows,
        filled=_filled(sheet, heading.last + 1),
        at=sheet.numbers[heading.first],
    )


def _is_passed(cell: Cell, words: ListWords) -> bool:
    return slug(cell.text) in words.passed_over


def _titles(sheet: Sheet, first: int) -> Iterator[Cell]:
    """What stands above the heading, a value merged over many cells once."""
    yield from (Cell(text, sheet.title) for text in sheet.above)
    for row in sheet.rows[:first]:
        yield from (cell for cell in row if cell.text)


def _filled(sheet: Sheet, start: int) -> tuple[Row, ...]:
    """The rows from *start* with every value that is merged downwards in all its rows."""
    rows = [list(row) for row in sheet.rows[start:]]
    numbers = sheet.numbers[start:]
    width = len(rows[0]) if rows else 0
    left = MOST_CELLS
    for r1, c1, r2, c2 in sheet.merged:
        first, last = bisect_left(numbers, r1), bisect_right(numbers, r2)
        if r1 == r2 or c1 > width or first == last or numbers[first] != r1:
            continue
        left -= (last - first) * (min(c2, width) - c1 + 1)
        if left < 0:  # merged areas lie over each other, as no program writes them
            break
        value = rows[first][c1 - 1]
        for at in range(first + 1, last):
            rows[at][c1 - 1 : min(c2, width)] = [value] * (min(c2, width) - c1 + 1)
    return tuple(map(tuple, rows))


def _texts(row: Row) -> int:
    return sum(bool(cell.text) for cell in row)

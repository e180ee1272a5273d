"""Rows as an audit line keeps them (giá trị ghi trong nhật ký): what was written, and over what.

A line of the log carries lists of blocks: ``set`` (rows and columns as they were written),
``was`` (what stood in the columns that changed) and ``gone`` (keys of rows that were removed).
Results, which are computed, are ``sealed`` there: by the digest of their rows.

A block holds rows of one table with what they share told once; a table of cells by two keys
(facts by entry, marks by member) stands as a grid. 112 entries of 30 facts come to some 40 KB.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from registry.audit import Json, canonical_json

Row: TypeAlias = Mapping[str, Json]
"""Column to stored value: text, a number or nothing."""

SET, WAS, GONE, SEALED = "set", "was", "gone", "sealed"

LONGEST_TEXT = 2000
"""Longer text, and bytes, stand in the log as their digest."""

_GRID_DENSITY = 0.5


@dataclass(frozen=True, slots=True)
class Written:
    """A row as a line tells it (dòng đã ghi): its table and the columns the line names."""

    table: str
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Where the register does not hold what the log last wrote (chỗ sổ khác nhật ký).

    ``stored`` or ``logged`` is None where the row is missing on that side; ``column`` is empty
    where the whole row is. ``seq`` is the line that wrote it last, 0 when there is none;
    ``overwritten`` the later line that found the change and wrote over it.
    """

    table: str
    key: Row
    column: str
    stored: Json
    logged: Json
    seq: int = 0
    overwritten: int = 0


def kept(value: object) -> Json:
    """A stored value as a line keeps it: what is long or no text, by its digest."""
    if type(value) is str:
        return value if len(value) <= LONGEST_TEXT else _digest(value.encode("utf-8", "replace"))
    if isinstance(value, bytes | memoryview):
        return _digest(bytes(value))
    return cast("Json", value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The digest of rows that are computed, not told (dấu của kết quả): of one table and run."""

    table: str
    run: int
    rows: int
    digest: str


def seal_of(table: str, run: int, rows: Sequence[bytes]) -> Seal:
    """The seal of rows given by their digests, in whatever order they come."""
    digest = hashlib.sha256(b"".join(sorted(rows))).hexdigest()
    return Seal(table=table, run=run, rows=len(rows), digest=digest)


def row_digest(values: Sequence[Json]) -> bytes:
    return hashlib.sha256(canonical_json(list(values)).encode("utf-8", "surrogatepass")).digest()


def seals_in(told: Json) -> Iterator[Seal]:
    """The seals a line tells. What is no seal tells none."""
    for one in told if isinstance(told, list) else ():
        match one:
            case [str(table), int(run), int(rows), str(digest)]:
                yield Seal(table=table, run=run, rows=rows, digest=digest)


def sealed(value: object) -> Json:
    """A secret as a line keeps it: whether it changed can be told, what it is cannot."""
    return _digest(value.encode()) if isinstance(value, str) and value else kept(value)


def blocks_of(table: str, rows: Sequence[Row], *, key: tuple[str, ...]) -> list[Json]:
    """*rows* of *table* as blocks; those that name the same columns stand together."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(tuple(row), []).append(row)
    return [_block(table, columns, found, key) for columns, found in alike.items()]


def rows_in(blocks: Json) -> Iterator[Written]:
    """The rows that *blocks* tell. What is no block tells none."""
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict):
            table, same = block.get("table"), block.get("same")
            if isinstance(table, str) and isinstance(same, dict):
                rows = _grid_rows(block) if "down" in block else _listed_rows(block)
                for row in rows:
                    yield Written(table, {**same, **row})


MALFORMED = (
    AttributeError,
    IndexError,
    KeyError,
    StopIteration,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What reading blocks that somebody tampered with may come to."""


def _block(table: str, columns: tuple[str, ...], rows: list[Row], key: tuple[str, ...]) -> Json:
    first = rows[0]
    shared = [
        column
        for column in columns
        if len(rows) > 1 and all(row[column] == first[column] for row in rows)
    ]
    same: dict[str, Json] = {column: first[column] for column in shared}
    told = [column for column in columns if column not in same]
    return _grid(table, same, told, rows, key) or {
        "table": table,
        "same": same,
        "columns": list(told),
        "rows": [[row[column] for column in told] for row in rows],
    }


def _grid(
    table: str, same: dict[str, Json], told: list[str], rows: list[Row], key: tuple[str, ...]
) -> Json:
    """The block as cells by two keys, or None where that is no shorter way to say it."""
    keys = [column for column in told if column in key]
    values = [column for column in told if column not in key]
    if len(keys) != 2 or not values or any(row[column] is None for row in rows for column in told):
        return None
    down, across = keys
    names = {row[down]: at for at, row in reversed(list(enumerate(rows)))}
    heads = {row[across]: at for at, row in reversed(list(enumerate(rows)))}
    if len(rows) < _GRID_DENSITY * len(names) * len(heads):
        return None
    order, columns = sorted(names, key=names.__getitem__), sorted(heads, key=heads.__getitem__)
    found = {(row[down], row[across]): row for row in rows}
    cells: dict[str, Json] = {
        value: [
            [found[one, head][value] if (one, head) in found else None for head in columns]
            for one in order
        ]
        for value in values
    }
    return {
        "table": table,
        "same": same,
        "down": down,
        "across": across,
        "rows": list(order),
        "columns": list(columns),
        "cells": cells,
    }


def _grid_rows(block: Mapping[str, Json]) -> Iterator[Row]:
    down, across = str(block["down"]), str(block["across"])
    cells = cast("dict[str, list[list[Json]]]", block["cells"])
    names, heads = cast("list[Json]", block["rows"]), cast("list[Json]", block["columns"])
    first = next(iter(cells.values()))
    for n, name in enumerate(names):
        for m, head in enumerate(heads):
            if first[n][m] is not None:
                values = {value: grid[n][m] for value, grid in cells.items()}
                yield {down: name, across: head, **values}


def _listed_rows(block: Mapping[str, Json]) -> Iterator[Row]:
    columns = cast("list[str]", block.get("columns", []))
    for row in cast("Iterable[list[Json]]", block.get("rows", [])):
        yield dict(zip(columns, row, strict=False))


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"

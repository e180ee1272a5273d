"""What the log says must stand in the register, and where it does not (đối chiếu với nhật ký)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from registry.audit import Json, StoredLine
from registry.recorded import (
    GONE,
    MALFORMED,
    SEALED,
    SET,
    WAS,
    Disagreement,
    Seal,
    Written,
    rows_in,
    seals_in,
)
from registry.store.changes import COMPUTED
from registry.store.raw import (
    Key,
    defaults_of,
    key_names,
    told_columns,
)
from registry.store.tables import audit, metadata

UNKNOWN: Final = object()
"""In a row that was first written before lines told values: what no line has told since."""

Values = tuple[object, ...]


@dataclass
class Replayed:
    """The rows the log leaves standing (các dòng theo nhật ký), by table and key."""

    rows: dict[str, dict[Key, Values]] = field(default_factory=dict)
    overwritten: list[Disagreement] = field(default_factory=list)
    """What lines found changed behind the log's back, and wrote over."""
    older: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """By season: instants and officers of lines from before lines told values."""
    seals: dict[tuple[str, int], tuple[Seal, int]] = field(default_factory=dict)
    """Of results, and the line that told it."""
    told: set[str] = field(default_factory=set)
    """Seasons whose lines tell values."""

    def read(self, line: StoredLine) -> None:
        """Let *line* do again what it did."""
        payload = payload_of(line)
        if payload is None:
            if line.season not in self.told:
                self.older.setdefault(line.season, set()).add((line.at, line.officer))
            return
        self.told.add(line.season)
        # Only a line that was tampered with is malformed: the chain says so.
        with suppress(*MALFORMED):
            self._do_again(line.seq, payload)

    def _do_again(self, seq: int, payload: Mapping[str, Json]) -> None:
        for seal in seals_in(payload.get(SEALED)):
            self.seals[seal.table, seal.run] = (seal, seq)
        was = [one for one in rows_in(payload.get(WAS)) if one.table in SHAPES]
        found = {(one.table, SHAPES[one.table].key_in(one)): one for one in was}
        for (table, key), one in found.items():
            self._compare(seq, table, key, one)
        for one in rows_in(payload.get(SET)):
            if one.table in SHAPES:
                shape = SHAPES[one.table]
                key = shape.key_in(one)
                rows = self.rows.setdefault(one.table, {})
                before = rows.get(key) or shape.blank(known=(one.table, key) not in found)
                rows[key] = shape.laid_over(before, one)
        for one in rows_in(payload.get(GONE)):
            if one.table in SHAPES:
                self.rows.get(one.table, {}).pop(SHAPES[one.table].key_in(one), None)

    def _compare(self, seq: int, table: str, key: Key, was: Written) -> None:
        """Whether what *seq* wrote over is what the log knew of."""
        known = self.rows.get(table, {}).get(key)
        if known is None:
            return
        shape = SHAPES[table]
        for at, name in enumerate(shape.names):
            if name in was.row and known[at] is not UNKNOWN and known[at] != was.row[name]:
                self.overwritten.append(
                    Disagreement(
                        table=table,
                        key=shape.named(key),
                        column=name,
                        stored=was.row[name],
                        logged=json_of(known[at]),
                        overwritten=seq,
                    )
                )


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of one table are held: keys and columns in order."""

    keys: tuple[str, ...]
    columns: tuple[sa.Column[Any], ...]
    names: tuple[str, ...]

    def key_in(self, one: Written) -> Key:
        return tuple([one.row.get(name) for name in self.keys])

    def named(self, key: Key) -> dict[str, Json]:
        return dict(zip(self.keys, key, strict=True))

    def blank(self, *, known: bool) -> Values:
        """A row before anything is told of it; *known*: it begins with this line."""
        if known:
            return tuple(defaults_of(self.columns[0].table).values())
        return (UNKNOWN,) * len(self.names)

    def laid_over(self, before: Values, one: Written) -> Values:
        row = one.row
        return tuple(
            row.get(column.name, value) for column, value in zip(self.columns, before, strict=True)
        )


SHAPES: Final = {
    table.name: Shape(
        key_names(table), told_columns(table), tuple(column.name for column in told_columns(table))
    )
    for table in metadata.sorted_tables
    if table is not audit and table.name not in COMPUTED
}


def payload_of(line: StoredLine) -> Mapping[str, Json] | None:
    """The values *line* tells; None for a line from before lines told any."""
    if f'"{SET}":' not in line.data and f'"{GONE}":' not in line.data:
        return None
    try:
        data = json.loads(line.data)
    except ValueError:
        return None  # tampered with: the chain says so
    return data if isinstance(data, dict) and (SET in data or GONE in data) else None


def json_of(value: object) -> Json:
    return value if isinstance(value, str | int | bool) else None

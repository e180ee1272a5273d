"""What the log says must stand in the register, and where it does not (đối chiếu với nhật ký)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import sqlalchemy as sa

from registry.audit import Json, StoredLine
from registry.recorded import GONE, SET, WAS, Disagreement, Written, rows_in
from registry.store import log
from registry.store.changes import COMPUTED
from registry.store.raw import (
    Key,
    Stored,
    defaults_of,
    key_names,
    line_forms,
    raw_columns,
    told_columns,
)
from registry.store.scope import Scope
from registry.store.tables import audit, metadata

MOST_TOLD = 1000
"""Past so many differences a register is not repaired cell by cell."""

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
        was = [one for one in rows_in(payload.get(WAS)) if one.table in SHAPES]
        found = {(one.table, SHAPES[one.table].key_in(one)): one for one in was}
        for (table, key), one in found.items():
            self._compare(line.seq, table, key, one)
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
                        logged=_json(known[at]),
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


@dataclass
class Agreement:
    """What came of comparing the register with its log (kết quả đối chiếu)."""

    differences: list[Disagreement] = field(default_factory=list)
    unchecked: int = 0
    """Rows from before lines told values: nothing to hold them against."""
    more: bool = False


def compare(
    connection: sa.Connection,
    lines: Iterable[StoredLine],
    *,
    season: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Agreement:
    """Hold what is stored, of *season* or of everything, against what *lines* tell."""
    replayed = Replayed()
    for line in lines:
        replayed.read(line)
    scope, found = Scope(connection, season), Agreement()
    overwritten = (one for one in replayed.overwritten if scope.has_key(one.table, one.key))
    tables = [metadata.tables[name] for name in SHAPES if scope.holds(metadata.tables[name])]
    found.differences += overwritten
    for at, table in enumerate(tables, start=1):
        for one in _differences(connection, table, replayed, scope, found):
            if len(found.differences) >= MOST_TOLD:
                found.more = True
                break
            found.differences.append(one)
        if progress:
            progress(at, len(tables))
    found.differences = _placed(connection, found.differences)
    return found


def _differences(
    connection: sa.Connection, table: sa.Table, replayed: Replayed, scope: Scope, found: Agreement
) -> Iterator[Disagreement]:
    shape = SHAPES[table.name]
    expected = dict(replayed.rows.get(table.name, {}))
    query = scope.select(table, raw_columns(table))
    options = {"yield_per": 2000}
    for row in connection.execute(query, execution_options=options).mappings():
        key = tuple(row[name] for name in shape.keys)
        logged = expected.pop(key, None)
        if logged is None:
            if _is_older(row, replayed, scope):
                found.unchecked += 1
            else:
                yield _whole(table, shape, key, stored=_main_value(table, row))
            continue
        for (name, keep), value in zip(line_forms(table), logged, strict=True):
            stored = keep(row[name])
            if stored != value and value is not UNKNOWN:
                yield Disagreement(
                    table=table.name,
                    key=shape.named(key),
                    column=name,
                    stored=stored,
                    logged=_json(value),
                )
    for key, logged in expected.items():
        if scope.has_row(table, _row_of(shape, logged)):
            yield _whole(table, shape, key, logged=_main_value(table, _row_of(shape, logged)))


def _whole(
    table: sa.Table, shape: Shape, key: Key, *, stored: Json = None, logged: Json = None
) -> Disagreement:
    return Disagreement(
        table=table.name, key=shape.named(key), column="", stored=stored, logged=logged
    )


def _main_value(table: sa.Table, row: Stored) -> Json:
    """What a reader would call the row's value; True where no column is that."""
    main = {"facts": "cell", "marks": "mark", "entries": "name"}.get(table.name)
    value = row.get(main) if main else None
    return value if isinstance(value, str) and value else True


def _is_older(row: Stored, replayed: Replayed, scope: Scope) -> bool:
    """Whether a row may come from before lines told values, by when and by whom it was written."""
    season = row.get("season", scope.season)
    lines = replayed.older.get(season, set()) if season else set().union(*replayed.older.values())
    if "at" in row and "officer" in row:
        return (row["at"], row["officer"]) in lines
    return bool(lines)


def _row_of(shape: Shape, values: Values) -> dict[str, object]:
    return dict(zip(shape.names, values, strict=True))


def _placed(connection: sa.Connection, found: list[Disagreement]) -> list[Disagreement]:
    """*found* with the line that last wrote each value."""
    if not found:
        return found
    wanted = {(one.table, tuple(one.key.values())) for one in found}
    last: dict[tuple[str, Key, str], int] = {}
    seen: dict[tuple[str, Key, str], list[int]] = {}
    for line in log.each_stored(connection):
        payload = payload_of(line) or {}
        for one in rows_in(payload.get(SET)):
            if one.table in SHAPES and (one.table, key := SHAPES[one.table].key_in(one)) in wanted:
                for name in ("", *one.row):
                    last[one.table, key, name] = line.seq
                    seen.setdefault((one.table, key, name), []).append(line.seq)

    def placed(one: Disagreement) -> Disagreement:
        place = one.table, tuple(one.key.values()), one.column
        if one.overwritten:
            before = [seq for seq in seen.get(place, []) if seq < one.overwritten]
            return replace(one, seq=before[-1] if before else 0)
        return replace(one, seq=last.get(place, 0))

    return [placed(one) for one in found]


def _json(value: object) -> Json:
    return value if isinstance(value, str | int | bool) else None

"""What one piece of work changes, row by row, noticed as it is written (thay đổi của một việc).

Whoever writes a table says nothing of the log: every insert, update and delete of the work's
connection is seen here, whichever module it comes from, and ends up in the work's audit line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from registry.recorded import GONE, SET, WAS, Row, Seal, row_digest, seal_of
from registry.store.raw import (
    Key,
    Stored,
    defaults_of,
    given_forms,
    key_columns,
    key_names,
    key_of,
    line_forms,
    raw_columns,
    rows_by_key,
)
from registry.store.tables import audit, entries, metadata, run_awards, run_sheets

COMPUTED = frozenset({run_sheets.name, run_awards.name})
"""Computed again from pack and facts by whoever verifies a run; the log keeps their seal."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was written: what stood there (None: nothing), what stands there now."""

    table: sa.Table
    key: Key
    before: Row | None
    after: Row | None

    def told(self) -> Iterator[tuple[str, Row]]:
        """The lists of a line this row goes into, and what of it."""
        names = key_names(self.table)
        before, after = self.before, self.after
        if after is None:
            if before is not None:
                yield WAS, before
            yield GONE, dict(zip(names, self.key, strict=True))
        elif before is None:
            yield SET, after
        else:
            columns = [*names, *(n for n in after if n not in names and after[n] != before[n])]
            if len(columns) > len(names):
                yield WAS, {name: before[name] for name in columns}
                yield SET, {name: after[name] for name in columns}

    @property
    def row(self) -> Row:
        return self.after or self.before or {}


@dataclass
class Changes:
    """The rows a connection has written since :meth:`watch` (các dòng đã ghi)."""

    connection: sa.Connection
    before: dict[str, dict[Key, Stored | None]] = field(default_factory=dict)
    fresh: dict[str, list[Sequence[Stored]]] = field(default_factory=dict)
    """Rows that cannot have stood there before, as they were given."""
    above: dict[str, int] = field(default_factory=dict)
    """The highest number before rows that the database numbers itself."""
    new_codes: set[str] = field(default_factory=set)
    results: dict[tuple[str, int], list[bytes]] = field(default_factory=dict)
    """Digests of computed rows by table and run."""
    _fresh_keys: dict[str, set[Key]] = field(default_factory=dict)

    def watch(self) -> None:
        event.listen(self.connection, "before_execute", self._notice)

    def taken(self) -> Iterator[Change]:
        """Every row that changed, by table; what others point at comes first."""
        event.remove(self.connection, "before_execute", self._notice)
        for table in metadata.sorted_tables:
            for rows in self.fresh.get(table.name, ()):
                for row in rows:
                    yield Change(table, key_of(table, row), None, _given(table, row))
            yield from self._numbered(table)
            yield from self._tracked(table)

    def _numbered(self, table: sa.Table) -> Iterator[Change]:
        if (last := self.above.get(table.name)) is not None:
            (number,) = key_columns(table)
            query = sa.select(*raw_columns(table)).where(number > last).order_by(number)
            for row in self.connection.execute(query).mappings():
                yield Change(table, key_of(table, row), None, _as_told(table, row))

    def _tracked(self, table: sa.Table) -> Iterator[Change]:
        tracked = self.before.get(table.name, {})
        now = rows_by_key(self.connection, table, tracked)
        last = self.above.get(table.name)
        for key, before in tracked.items():
            if last is None or key[0] <= last:
                both = (None if r is None else _as_told(table, r) for r in (before, now.get(key)))
                change = Change(table, key, *both)
                # Neither here before nor now: only told to be gone where this work brought it.
                if change.row or self._is_fresh(table, key):
                    yield change

    def _notice(
        self, _connection: object, clause: Any, several: Any, one: Any, _options: object
    ) -> None:
        if not isinstance(clause, sa.Insert | sa.Update | sa.Delete):
            return
        table = metadata.tables.get(getattr(clause.table, "name", ""))
        if table is None or table is audit:
            return
        given: list[Stored] = list(several) or [dict(one)]
        if table.name in COMPUTED:
            if isinstance(clause, sa.Insert):
                self._seal(table, _rows_given(clause, given))
        elif isinstance(clause, sa.Insert):
            self._notice_insert(table, clause, given)
        else:
            query = sa.select(*raw_columns(table))
            if clause.whereclause is not None:
                query = query.where(clause.whereclause)
            for values in given:
                found = self.connection.execute(query, dict(values)).mappings().all()
                self._track(table, {key_of(table, row): row for row in found})

    def _seal(self, table: sa.Table, rows: Sequence[Stored]) -> None:
        for row in rows:
            told = [keep(row[name]) for name, keep in given_forms(table)]
            self.results.setdefault((table.name, row["run"]), []).append(row_digest(told))

    def seals(self) -> tuple[Seal, ...]:
        """The seals of the results that were written."""
        return tuple(
            seal_of(table, run, rows) for (table, run), rows in sorted(self.results.items())
        )

    def _notice_insert(self, table: sa.Table, clause: sa.Insert, given: list[Stored]) -> None:
        if clause.select is not None:
            raise AssertionError(f"write the rows of {table.name} one by one: the log tells them")
        rows = _rows_given(clause, given)
        if any(column.name not in rows[0] for column in table.primary_key):
            self._count_from(table)
            return
        plain = getattr(clause, "_post_values_clause", None) is None
        of_new = plain or (table.name not in self.fresh and self._of_new_entries(table, rows))
        if of_new:
            tracked = self.before.get(table.name, {})
            rows = [row for row in rows if key_of(table, row) not in tracked] if tracked else rows
            self.fresh.setdefault(table.name, []).append(rows)
            self._fresh_keys.pop(table.name, None)
            if table is entries:
                self.new_codes.update(row["code"] for row in rows)
            return
        stood = rows_by_key(self.connection, table, (key_of(table, row) for row in rows))
        self._track(table, {key: stood.get(key) for key in (key_of(table, row) for row in rows)})

    def _of_new_entries(self, table: sa.Table, rows: Sequence[Stored]) -> bool:
        return "code" in table.c and all(row["code"] in self.new_codes for row in rows)

    def _count_from(self, table: sa.Table) -> None:
        (number,) = key_columns(table)
        if table.name not in self.above:
            highest = self.connection.execute(sa.select(sa.func.max(number))).scalar_one()
            self.above[table.name] = highest or 0

    def _track(self, table: sa.Table, found: Mapping[Key, Stored | None]) -> None:
        tracked = self.before.setdefault(table.name, {})
        for key, row in found.items():
            tracked.setdefault(key, None if self._is_fresh(table, key) else row)

    def _is_fresh(self, table: sa.Table, key: Key) -> bool:
        """Whether this work brought the row: what is told of it then has nothing before it."""
        if table.name not in self.fresh:
            return False
        if table.name not in self._fresh_keys:
            keys = {key_of(table, row) for rows in self.fresh[table.name] for row in rows}
            self._fresh_keys[table.name] = keys
        return key in self._fresh_keys[table.name]


def _rows_given(clause: sa.Insert, given: list[Stored]) -> list[Stored]:
    """The rows an insert is given, with the values that stand in the statement itself."""
    known = set(clause.table.c.keys())
    stated = clause.compile(column_keys=list(given[0])).params
    fixed = {name: value for name, value in stated.items() if name in known - given[0].keys()}
    return [{**fixed, **row} for row in given] if fixed else given


def _given(table: sa.Table, row: Stored) -> Row:
    """A row as it was given, in the form it is stored in."""
    told = {name: keep(row[name]) for name, keep in given_forms(table) if name in row}
    return told if len(told) == len(defaults_of(table)) else {**defaults_of(table), **told}


def _as_told(table: sa.Table, row: Stored) -> Row:
    return {name: keep(row[name]) for name, keep in line_forms(table)}

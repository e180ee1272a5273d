"""Which rows of which tables belong to one season (phạm vi của một đợt), read from the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.store.tables import metadata, seasons


def own_column(table: sa.Table) -> sa.Column[Any] | None:
    """The column that names a row's season, where there is one."""
    return seasons.c.id if table is seasons else table.c.get("season")


def _above(table: sa.Table) -> tuple[sa.Column[Any], sa.Column[Any]] | None:
    """A column that points at a table with seasons, and what it points at."""
    for column in table.c:
        for key in column.foreign_keys:
            if key.column.table is not table and own_column(key.column.table) is not None:
                return column, key.column
    return None


def _below(table: sa.Table) -> list[tuple[sa.Column[Any], sa.Column[Any]]]:
    """Columns of tables with seasons that point at *table*, and what they point at."""
    return [
        (column, key.column)
        for other in metadata.sorted_tables
        if other is not table and own_column(other) is not None
        for column in other.c
        for key in column.foreign_keys
        if key.column.table is table
    ]


@dataclass
class Scope:
    """The rows of *season*, or all rows where it is None."""

    connection: sa.Connection
    season: str | None

    def __post_init__(self) -> None:
        self._known: dict[str, frozenset[Any]] = {}

    def holds(self, table: sa.Table) -> bool:
        """Whether any row of *table* can belong to one season."""
        return (
            self.season is None
            or own_column(table) is not None
            or _above(table) is not None
            or bool(_below(table))
        )

    def select(self, table: sa.Table, columns: Sequence[sa.ColumnElement[Any]]) -> sa.Select[Any]:
        """A query for the stored rows in scope."""
        query = sa.select(*columns)
        if self.season is None:
            return query
        if (own := own_column(table)) is not None:
            return query.where(own == self.season)
        if (link := _above(table)) is not None:
            return query.where(link[0].in_(self._values(link[1])))
        return query.where(sa.or_(*(to.in_(self._values(column)) for column, to in _below(table))))

    def has_row(self, table: sa.Table, row: Mapping[str, object]) -> bool:
        """Whether a row the log knows, and the register has no more, was in scope."""
        if self.season is None:
            return True
        if (own := own_column(table)) is not None:
            return row[own.name] == self.season
        if (link := _above(table)) is not None:
            return row[link[0].name] in self._found(link[1])
        return any(row[to.name] in self._found(column) for column, to in _below(table))

    def has_key(self, table: str, key: Mapping[str, object]) -> bool:
        """The same, of a row that is there: by what stands in the register."""
        if self.season is None:
            return True
        found = metadata.tables[table]
        if not self.holds(found):
            return False
        wanted = [found.c[name] == value for name, value in key.items()]
        query = self.select(found, [sa.literal(1)]).where(*wanted)
        return self.connection.execute(query).first() is not None

    def _values(self, column: sa.Column[Any]) -> sa.Select[Any]:
        own = own_column(column.table)
        assert own is not None  # noqa: S101 (both links lead to tables with seasons)
        return sa.select(column).where(own == self.season, column.is_not(None))

    def _found(self, column: sa.Column[Any]) -> frozenset[Any]:
        name = str(column)
        if name not in self._known:
            self._known[name] = frozenset(self.connection.execute(self._values(column)).scalars())
        return self._known[name]

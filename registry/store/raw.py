"""Rows exactly as they are stored (giá trị thô): for the log, for exports, for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect

from registry.audit import Json
from registry.recorded import kept, sealed
from registry.store.exact import TEXTUAL

Key: TypeAlias = tuple[Any, ...]
Stored: TypeAlias = Mapping[str, Any] | sa.RowMapping
"""A row as it stands in the database, or as it is given to be written."""

Item = TypeVar("Item")
_ANY_DIALECT = DefaultDialect()

DERIVED = frozenset({("entries", "search"), ("units", "folded")})
"""Columns that follow from others of their row: written anew wherever those are."""

SECRET = frozenset({("officers", "passphrase")})

_AT_ONCE = 400
"""Keys asked for in one query: SQLite takes no more than some thousand values."""


def raw_columns(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """The columns of *table*, read without turning text into numbers, days or lists."""
    return [_raw(column) for column in table.c]


def _raw(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, TEXTUAL):
        return sa.type_coerce(column, sa.Text()).label(column.name)
    return column


def stored_value(column: sa.Column[Any], value: Any) -> Any:
    """*value* as the column will hold it."""
    if isinstance(column.type, TEXTUAL):
        return column.type.process_bind_param(value, _ANY_DIALECT)
    return value


def line_value(column: sa.Column[Any], value: Any) -> Json:
    """A stored value of *column* as a line of the log keeps it."""
    return (sealed if (column.table.name, column.name) in SECRET else kept)(value)


def told_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of *table* that a line of the log tells."""
    return [column for column in table.c if (table.name, column.name) not in DERIVED]


def key_columns(table: sa.Table) -> list[sa.Column[Any]]:
    return list(table.primary_key)


def key_of(table: sa.Table, row: Stored) -> Key:
    return tuple(row[column.name] for column in table.primary_key)


def rows_by_key(
    connection: sa.Connection, table: sa.Table, keys: Iterable[Key]
) -> dict[Key, dict[str, Any]]:
    """The rows of *table* that stand under *keys*, as stored."""
    columns, found = key_columns(table), {}
    for some in batches(keys, _AT_ONCE // len(columns)):
        if len(columns) == 1:
            where: sa.ColumnElement[bool] = columns[0].in_([key[0] for key in some])
        else:
            where = sa.tuple_(*columns).in_(some)
        for row in connection.execute(sa.select(*raw_columns(table)).where(where)).mappings():
            found[key_of(table, row)] = dict(row)
    return found


def batches(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """*items* by *size* at a time."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some

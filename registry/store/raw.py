"""Rows exactly as they are stored (giá trị thô): for the log, for exports, for comparing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect

from registry.audit import Json
from registry.recorded import kept, sealed
from registry.store.exact import TEXTUAL, Instant

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


@cache
def told_columns(table: sa.Table) -> tuple[sa.Column[Any], ...]:
    """The columns of *table* that a line of the log tells."""
    return tuple(column for column in table.c if (table.name, column.name) not in DERIVED)


@cache
def line_forms(table: sa.Table) -> tuple[tuple[str, Callable[[Any], Json]], ...]:
    """The told columns of *table*, and how a line keeps their stored values."""
    return tuple(
        (column.name, sealed if (table.name, column.name) in SECRET else kept)
        for column in told_columns(table)
    )


@cache
def given_forms(table: sa.Table) -> tuple[tuple[str, Callable[[Any], Json]], ...]:
    """The told columns of *table*, and how a line keeps values that are about to be written."""

    def form(column: sa.Column[Any], keep: Callable[[Any], Json]) -> Callable[[Any], Json]:
        if isinstance(column.type, Instant):
            # Rows of one work share their moment: it is worded once.
            return lru_cache(maxsize=8)(lambda value: keep(stored_value(column, value)))
        if isinstance(column.type, TEXTUAL):
            return lambda value: keep(stored_value(column, value))
        return keep

    columns = zip(told_columns(table), line_forms(table), strict=True)
    return tuple((name, form(column, keep)) for column, (name, keep) in columns)


def key_columns(table: sa.Table) -> list[sa.Column[Any]]:
    return list(table.primary_key)


@cache
def key_names(table: sa.Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def key_of(table: sa.Table, row: Stored) -> Key:
    return tuple([row[name] for name in key_names(table)])


@cache
def defaults_of(table: sa.Table) -> Mapping[str, str | None]:
    """What the told columns of *table* answer for rows that were written without them."""
    return {column.name: _default_of(column) for column in told_columns(table)}


def _default_of(column: sa.Column[Any]) -> str | None:
    default = column.server_default
    return str(default.arg) if isinstance(default, sa.DefaultClause) else None


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

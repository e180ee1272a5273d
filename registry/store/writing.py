"""Writing over what stands, in the words of whichever database it is (ghi đè, bỏ qua)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def put(
    connection: sa.Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    over: Sequence[str],
) -> None:
    """Write *rows*; where one with the same primary key stands, its columns *over* give way.

    With nothing in *over*, what stands there stays.
    """
    if not rows:
        return
    query = _insert(connection, table)
    key = list(table.primary_key.columns)
    if over:
        written = {name: query.excluded[name] for name in over}
        query = query.on_conflict_do_update(index_elements=key, set_=written)
    else:
        query = query.on_conflict_do_nothing(index_elements=key)
    connection.execute(query, list(rows))


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    # The two say the same in the same words, but as classes that know nothing of each other.
    on_server = connection.dialect.name == "postgresql"
    return postgresql.insert(table) if on_server else sqlite.insert(table)

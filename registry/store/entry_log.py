"""What the log says of one entry (nhật ký của một hồ sơ)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

import sqlalchemy as sa

from registry.audit import AuditEntry
from registry.entry import Entry
from registry.recorded import GONE, SET, rows_in
from registry.store.tables import audit

_COLUMNS = tuple(audit.c[field.name] for field in fields(AuditEntry))


def list_about(connection: sa.Connection, entry: Entry) -> tuple[AuditEntry, ...]:
    """The lines that wrote anything of *entry*, oldest first."""
    return tuple(line for line in _lines(connection, entry) if _tells_of(line, entry.code))


def _lines(connection: sa.Connection, entry: Entry) -> Iterator[AuditEntry]:
    """The lines of the season that have the code in them, whatever they say of it."""
    # As it stands in the JSON of a line, quotes included: HL-1 is not HL-10.
    quoted = json.dumps(entry.code, ensure_ascii=False)
    query = (
        sa.select(*_COLUMNS)
        .where(audit.c.season == entry.season, audit.c.data.contains(quoted, autoescape=True))
        .order_by(audit.c.seq)
    )
    for row in connection.execute(query).mappings():
        yield AuditEntry(**row)


def _tells_of(line: AuditEntry, code: str) -> bool:
    return any(
        one.row.get("code") == code for key in (SET, GONE) for one in rows_in(line.told.get(key))
    )

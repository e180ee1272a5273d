"""What the log says of one entry (nhật ký của một hồ sơ): its lines, and who saved it last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

import sqlalchemy as sa

from registry.audit import AuditEntry
from registry.entry import Entry
from registry.recorded import GONE, SET, Row, rows_in
from registry.registration import LABELS
from registry.store.tables import audit, entries
from registry.views import Save

_COLUMNS = tuple(audit.c[field.name] for field in fields(AuditEntry))
_LABELS = {**LABELS, "state": "Trạng thái", "merged_into": "Gộp vào"}


def list_about(connection: sa.Connection, entry: Entry) -> tuple[AuditEntry, ...]:
    """The lines that wrote anything of *entry*, oldest first."""
    return tuple(line for line in _lines(connection, entry) if _rows_of(line, entry.code))


def list_saves(connection: sa.Connection, entry: Entry, *, since: int) -> tuple[Save, ...]:
    """Who saved *entry* after its revision *since*, oldest first."""
    found: list[Save] = []
    for line in _lines(connection, entry):
        for table, row in _rows_of(line, entry.code):
            revision = row.get("revision")
            if table == entries.name and isinstance(revision, int) and revision > since:
                named = tuple(_LABELS[name] for name in row if name in _LABELS)
                found.append(Save(at=line.at, officer=line.officer, fields=named))
    return tuple(found)


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


def _rows_of(line: AuditEntry, code: str) -> tuple[tuple[str, Row], ...]:
    data = json.loads(line.data)
    return tuple(
        (one.table, one.row)
        for key in (SET, GONE)
        for one in rows_in(data.get(key))
        if one.row.get("code") == code
    )

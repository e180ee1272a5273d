"""The audit log in the database (bảng nhật ký): appended to, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields

import sqlalchemy as sa

from registry.audit import AuditEntry, EventKind
from registry.store.tables import audit

_COLUMNS = tuple(audit.c[field.name] for field in fields(AuditEntry))


def last_line(connection: sa.Connection) -> AuditEntry | None:
    """The line the next one follows; None when nothing was done yet."""
    query = sa.select(*_COLUMNS).order_by(audit.c.seq.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else AuditEntry(**row)


def append(connection: sa.Connection, lines: Iterable[AuditEntry]) -> None:
    rows = [{field.name: getattr(line, field.name) for field in fields(line)} for line in lines]
    connection.execute(sa.insert(audit), rows)


def list_lines(connection: sa.Connection, *, season: str | None = None) -> tuple[AuditEntry, ...]:
    """The lines of *season*, or all of them, oldest first."""
    query = sa.select(*_COLUMNS).order_by(audit.c.seq)
    if season is not None:
        query = query.where(audit.c.season == season)
    return tuple(AuditEntry(**row) for row in connection.execute(query).mappings())


def last_of(connection: sa.Connection, kind: EventKind, *, season: str) -> AuditEntry | None:
    """The newest line that says *kind* of *season*."""
    query = sa.select(*_COLUMNS).where(audit.c.season == season, audit.c.event == kind.value)
    row = connection.execute(query.order_by(audit.c.seq.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else AuditEntry(**row)


def has_later(connection: sa.Connection, run: int, *, season: str, anywhere: bool) -> bool:
    """Whether anything but printing was done to *season*, or *anywhere*, after it came to *run*."""
    scored = last_of(connection, EventKind.SEASON_SCORED, season=season)
    if scored is None or json.loads(scored.data).get("run") != run:
        return True
    query = sa.select(audit.c.seq).where(
        audit.c.seq > scored.seq, audit.c.event != EventKind.PAPER_PRINTED.value
    )
    if not anywhere:
        query = query.where(audit.c.season == season)
    return connection.execute(query.limit(1)).first() is not None

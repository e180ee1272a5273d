"""The audit log in the database (bảng nhật ký): appended to, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from registry.audit import AuditEntry, EventKind, StoredLine
from registry.errors import RegistryError
from registry.store.raw import raw_columns
from registry.store.sqlite import take_any_text
from registry.store.tables import audit

_AT_ONCE = 2000

_COLUMNS = tuple(raw_columns(audit)[audit.c.keys().index(f.name)] for f in fields(AuditEntry))


class LineUnreadable(RegistryError):
    def __init__(self, seq: int) -> None:
        super().__init__(
            f"Dòng nhật ký số {seq} không đọc được: đã bị sửa bằng chương trình khác.",
            hint="Đừng ghi thêm vào sổ; xem chỗ đứt bằng dvk audit verify.",
        )


def last_line(connection: sa.Connection) -> AuditEntry | None:
    """The line the next one follows; None when nothing was done yet."""
    query = sa.select(*_COLUMNS).order_by(audit.c.seq.desc()).limit(1)
    return _entry(connection, query)


def append(connection: sa.Connection, lines: Iterable[AuditEntry]) -> None:
    rows = [{field.name: getattr(line, field.name) for field in fields(line)} for line in lines]
    connection.execute(sa.insert(audit), rows)


def list_lines(connection: sa.Connection, *, season: str | None = None) -> tuple[AuditEntry, ...]:
    """The lines of *season*, or all of them, oldest first."""
    query = sa.select(*_COLUMNS).order_by(audit.c.seq)
    if season is not None:
        query = query.where(audit.c.season == season)
    return tuple(_entries(connection, query))


def last_of(connection: sa.Connection, kind: EventKind, *, season: str) -> AuditEntry | None:
    """The newest line that says *kind* of *season*."""
    query = sa.select(*_COLUMNS).where(audit.c.season == season, audit.c.event == kind.value)
    return _entry(connection, query.order_by(audit.c.seq.desc()).limit(1))


def count(connection: sa.Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(audit)).scalar_one()


def each_stored(
    connection: sa.Connection, progress: Callable[[int, int], None] | None = None
) -> Iterator[StoredLine]:
    """Every line as it stands, oldest first, without holding more than a few at once."""
    whole, query = count(connection), sa.select(*raw_columns(audit)).order_by(audit.c.seq)
    take_any_text(connection)
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for read, row in enumerate(rows, start=1):
        if progress and (read % _AT_ONCE == 0 or read == whole):
            progress(read, whole)
        yield StoredLine(*row)


def lines_numbered(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, StoredLine]:
    """Some lines by number."""
    query = sa.select(*raw_columns(audit)).where(audit.c.seq.in_(sorted(set(numbers))[:_AT_ONCE]))
    return {row[0]: StoredLine(*row) for row in connection.execute(query)}


def last_kind(connection: sa.Connection, kinds: Iterable[EventKind]) -> AuditEntry | None:
    """The newest line of any of *kinds*, in whichever season."""
    query = sa.select(*_COLUMNS).where(audit.c.event.in_([kind.value for kind in kinds]))
    return _entry(connection, query.order_by(audit.c.seq.desc()).limit(1))


def _entry(connection: sa.Connection, query: sa.Select[Any]) -> AuditEntry | None:
    return next(_entries(connection, query), None)


def _entries(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[AuditEntry]:
    """The lines of *query*. Raises LineUnreadable for one another program wrote into."""
    take_any_text(connection)
    for row in connection.execute(query).mappings():
        try:
            at = dt.datetime.fromisoformat(row["at"])
        except ValueError:
            raise LineUnreadable(row["seq"]) from None
        yield AuditEntry(**{**row, "at": at})


def has_later(connection: sa.Connection, run: int, *, season: str, anywhere: bool) -> bool:
    """Whether anything was done to *season*, or *anywhere*, after it came to *run*."""
    scored = last_of(connection, EventKind.SEASON_SCORED, season=season)
    if scored is None or scored.told.get("run") != run:
        return True
    query = sa.select(audit.c.seq).where(audit.c.seq > scored.seq, audit.c.event.not_in(_ASIDE))
    if not anywhere:
        query = query.where(audit.c.season == season)
    return connection.execute(query.limit(1)).first() is not None


_ASIDE = (
    EventKind.PAPER_PRINTED.value,
    EventKind.BACKUP_MADE.value,
    # Goes on with the line before it.
    EventKind.VALUES_KEPT.value,
)
"""What changes nothing a result is made of."""

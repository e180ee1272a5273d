"""One piece of work: one transaction and its audit lines, forgotten unless it finishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from registry.audit import AuditEntry, Event, chained
from registry.database_url import DatabaseUrl
from registry.store import log
from registry.store.changes import Changes
from registry.store.database import Database
from registry.store.file import open_file
from registry.store.telling import told_with

Connection: TypeAlias = sa.Connection
Clock: TypeAlias = Callable[[], dt.datetime]


@dataclass
class Work:
    """What one writing method does (một việc): its connection, moment, officer and events."""

    connection: sa.Connection
    at: dt.datetime
    officer: str
    events: list[Event] = field(default_factory=list)

    def note(self, event: Event) -> None:
        """Remember *event*; it is written to the audit log when the work commits."""
        self.events.append(event)


class Store:
    """The register on disk or on a server (sổ). Every call has a connection of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def work(self, *, officer: str, clock: Clock) -> Iterator[Work]:
        """Commit on leaving, roll back on any exception. Work without an event is a fault."""
        with self.database.told_in_words(), self.database.writers.begin() as connection:
            # The clock is read under the lock, so the log's instants follow its order.
            job = Work(connection, clock().astimezone(dt.UTC), officer)
            changes = Changes(connection)
            changes.watch()
            yield job
            if not job.events:
                raise AssertionError("work finished without noting what it did")
            job.events = told_with(job.events, changes.taken(), changes.seals())
            log.append(connection, _chained_events(job))

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One moment of the register; nothing can be written through it."""
        with self.database.told_in_words(), self.database.readers.begin() as connection:
            yield connection

    def close(self) -> None:
        self.database.close()


def open_store(
    where: Path | DatabaseUrl, *, anywhere: bool = False, unguarded: bool = False
) -> Store:
    """The register at *where*, made or brought up to date first. Raises RegistryError.

    *anywhere*: a file on a network share or in a synchronised folder, too. *unguarded*: even if
    somebody took the log's guards away, to be looked at.
    """
    if isinstance(where, DatabaseUrl):
        # Imported here: a register in a file needs nothing of a server.
        from registry.store.server.opening import open_server  # noqa: PLC0415

        return Store(open_server(where))
    return Store(open_file(where, anywhere=anywhere, unguarded=unguarded))


def _chained_events(job: Work) -> tuple[AuditEntry, ...]:
    last = log.last_line(job.connection)
    lines: list[AuditEntry] = []
    for event in job.events:
        last = chained(event, after=last, at=job.at, officer=job.officer)
        lines.append(last)
    return tuple(lines)

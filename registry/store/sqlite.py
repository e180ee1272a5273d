"""SQLite, set up so that nothing acknowledged is lost (cơ sở dữ liệu trong một tệp)."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import event

LOCK_TIMEOUT_SECONDS = 30.0

# TRUNCATE + FULL: acknowledged means on disk. WAL stays out: SQLite 3.7.0 to 3.51.2, which most
# Pythons ship, can corrupt a file when the log is reset.
_EVERY_CONNECTION = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
)


def writing_engine(path: Path) -> sa.Engine:
    """Transactions that may write. The lock is taken at the start: a deferred one loses updates."""
    return _engine(path, begin="BEGIN IMMEDIATE", pragmas=("PRAGMA foreign_keys = ON",))


def reading_engine(path: Path) -> sa.Engine:
    """Transactions that see one moment and cannot write."""
    return _engine(
        path, begin="BEGIN", pragmas=("PRAGMA foreign_keys = ON", "PRAGMA query_only = ON")
    )


def any_text(data: bytes) -> str:
    """Stored bytes as text; what is no text is shown byte by byte, and marked."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return f"{data.decode(errors='backslashreplace')}\N{REPLACEMENT CHARACTER}"


def take_any_text(connection: sa.Connection) -> None:
    """Let text that another program spoilt be read all the same, so that it can be told."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.text_factory = any_text


def migrating_engine(path: Path) -> sa.Engine:
    """For changes of the tables themselves.

    Foreign keys are off: SQLite rebuilds a table by dropping it, and with them on that deletes
    every row that points at it, silently. Whoever migrates checks them before committing.
    """
    return _engine(path, begin="BEGIN IMMEDIATE", pragmas=("PRAGMA foreign_keys = OFF",))


def _engine(
    path: Path, *, begin: Literal["BEGIN", "BEGIN IMMEDIATE"], pragmas: tuple[str, ...]
) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        # A connection a call: worker threads share nothing.
        poolclass=sa.NullPool,
        connect_args={"timeout": LOCK_TIMEOUT_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        # None: Python's own transaction handling begins late, and lets DDL out of transactions.
        connection.isolation_level = None
        for pragma in (*_EVERY_CONNECTION, *pragmas):
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine

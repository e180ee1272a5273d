"""What the scoring of tables on a server is tried on."""

import pytest


@pytest.fixture
def connection(server):
    """A transaction that is rolled back after the test."""
    with server.connect() as connection:
        yield connection

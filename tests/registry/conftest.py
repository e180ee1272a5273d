"""Desks over real files and over real databases on a server.

Whoever asks for ``where``, ``desk`` or ``scored_desk`` runs twice: on SQLite and on PostgreSQL.
A test that asks for ``path`` besides is about the file itself, and runs on SQLite.
"""

import contextlib
import inspect
import shutil

import pytest
import sqlalchemy as sa
from serving import Databases, started_server
from small_season import desk_at, scored, workbook

BOTH = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc):
    if "product" in metafunc.fixturenames:
        about_the_file = "path" in inspect.signature(metafunc.function).parameters
        products = BOTH[:1] if about_the_file else BOTH
        metafunc.parametrize("product", products, indirect=True)


@pytest.fixture
def product(request):
    """``sqlite`` or ``postgresql``."""
    return request.param


@pytest.fixture(scope="session")
def server_uri(tmp_path_factory):
    with started_server(tmp_path_factory.mktemp("run")) as uri:
        yield uri


@pytest.fixture(scope="session")
def databases(server_uri):
    return Databases(server_uri)


@pytest.fixture(scope="session")
def server(server_uri):
    """An engine on the server's own database, for what needs no register."""
    uri = server_uri.replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(uri, isolation_level="REPEATABLE READ")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def made_database(databases):
    """A database with an empty register in it, to be copied."""
    where = databases.make()
    desk_at(where).close()
    return where


@pytest.fixture(scope="session")
def book():
    """The bytes of the small season's workbook, once: every saving dates them anew."""
    return workbook()


@pytest.fixture(scope="session")
def scored_database(databases, made_database, book):
    """The same, with the scored season of ``scored_file``."""
    where = databases.make(like=made_database)
    scored(desk_at(where), book).close()
    return where


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sổ.db"


@pytest.fixture
def where(product, tmp_path, request):
    """Where an empty register stands, or is to stand."""
    if product == "sqlite":
        yield tmp_path / "sổ.db"
        return
    databases = request.getfixturevalue("databases")
    place = databases.make(like=request.getfixturevalue("made_database"))
    yield place
    databases.drop(place)


@pytest.fixture
def desk(where):
    desk = desk_at(where)
    yield desk
    desk.close()


@pytest.fixture
def at_desk():
    """``at_desk(where)``: a desk that is closed after the test."""
    with contextlib.ExitStack() as closing:
        yield lambda where: closing.enter_context(contextlib.closing(desk_at(where)))


@pytest.fixture(scope="session")
def scored_file(tmp_path_factory, book):
    """A register whose season ``hl`` of three entries has been scored; made once, copied after."""
    path = tmp_path_factory.mktemp("scored") / "sổ.db"
    scored(desk_at(path), book).close()
    return path


@pytest.fixture
def scored_where(product, tmp_path, request):
    """Where a register stands whose season ``hl`` of three entries has been scored."""
    if product == "sqlite":
        place = tmp_path / "sổ.db"
        shutil.copy(request.getfixturevalue("scored_file"), place)
        yield place
        return
    databases = request.getfixturevalue("databases")
    place = databases.make(like=request.getfixturevalue("scored_database"))
    yield place
    databases.drop(place)


@pytest.fixture
def scored_desk(scored_where):
    """A desk whose season ``hl`` of three entries has been scored."""
    desk = desk_at(scored_where)
    yield desk
    desk.close()

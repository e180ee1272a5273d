"""A real register of the real season, made once; each test gets a copy of its file."""

import shutil

import pytest
from season_file import desk_at, scored_season


def pytest_addoption(parser):
    parser.addoption("--update-frames", action="store_true", help="write the frames anew")


@pytest.fixture(autouse=True)
def _still_terminal(monkeypatch):
    """The same colours on every machine."""
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def _scored_file(tmp_path_factory):
    return scored_season(tmp_path_factory.mktemp("season") / "sổ.db")


@pytest.fixture
def season_file(_scored_file, tmp_path):
    """A register whose season has been scored."""
    return shutil.copy(_scored_file, tmp_path / "sổ.db")


@pytest.fixture
def desk(season_file):
    desk = desk_at(season_file)
    yield desk
    desk.close()


@pytest.fixture
def empty_desk(tmp_path):
    """A register without a season."""
    desk = desk_at(tmp_path / "mới.db")
    yield desk
    desk.close()

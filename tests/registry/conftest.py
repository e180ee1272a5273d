"""Desks over real files in a folder of their own."""

import shutil

import pytest
from small_season import desk_at, scored


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sổ.db"


@pytest.fixture
def desk(path):
    return desk_at(path)


@pytest.fixture(scope="session")
def scored_file(tmp_path_factory):
    """A register whose season ``hl`` of three entries has been scored; made once, copied after."""
    path = tmp_path_factory.mktemp("scored") / "sổ.db"
    scored(desk_at(path)).close()
    return path


@pytest.fixture
def scored_desk(path, scored_file):
    """A desk whose season ``hl`` of three entries has been scored."""
    shutil.copy(scored_file, path)
    return desk_at(path)

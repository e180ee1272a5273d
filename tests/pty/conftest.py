"""The season of the examples in a register, for the program in a terminal of its own."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tui"))

from season_file import scored_season

if sys.platform == "win32":  # there are no pseudo-terminals to test on
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def season_file(tmp_path_factory):
    return scored_season(tmp_path_factory.mktemp("season") / "sổ.db")

"""The real season as a register, made once by the commands; each test gets a copy of its file."""

import shutil

import pytest
from command_line import OPEN, PACK, SEASON, WORKBOOK, ask_all


@pytest.fixture(scope="session")
def _stages(tmp_path_factory):
    """The register after each step of the season, by the step's name."""
    folder = tmp_path_factory.mktemp("season")
    db = folder / "season.db"
    steps = {
        "opened": OPEN,
        "registered": ("intake", "apply", WORKBOOK, "--season", SEASON, "--yes"),
        "pinned": ("season", "pin", SEASON, PACK),
        "scored": ("season", "score", SEASON),
    }
    for stage, words in steps.items():
        ask_all(db, words)
        shutil.copy(db, folder / f"{stage}.db")
    return folder


@pytest.fixture
def register(_stages, tmp_path):
    """``register("scored")``: the path of a register at that step, in a folder of its own."""

    def copy(stage):
        folder = tmp_path / f"sổ {stage}"
        folder.mkdir(exist_ok=True)
        return shutil.copy(_stages / f"{stage}.db", folder / "S.db")

    return copy

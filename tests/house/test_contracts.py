"""Who may import whom: the contracts hold, and each one breaks when it is violated."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("tui", "documents", "registry", "scoring")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

VIOLATIONS = {
    "street": ("registry/entry.py", "import documents"),
    "registry": ("registry/vietnamese.py", "import registry.entry"),
    "pure-scoring": ("scoring/score.py", "import pathlib"),
    "one-door": ("tui/wiring.py", "import registry.store"),
    "sql": ("registry/desk/__init__.py", "import sqlalchemy"),
    "commands": ("tui/commands/say.py", "import tui.screens.entries"),
    "vietnamese": ("registry/catalogue.py", "import unicodedata"),
    "pdf": ("tui/commands/__init__.py", "import reportlab"),
    "workbooks": ("registry/catalogue.py", "import openpyxl"),
    "terminal": ("registry/catalogue.py", "import typer"),
    "grammar": ("registry/catalogue.py", "import rule_engine"),
    "yaml": ("registry/catalogue.py", "import yaml"),
    "cluster": ("registry/desk/__init__.py", "import pyspark"),
    "arrays": ("registry/catalogue.py", "import numpy"),
    "frames": ("registry/catalogue.py", "import polars"),
    "editors": ("registry/catalogue.py", "import lsprotocol"),
    "engine": ("scoring/select.py", "import scoring.lint.tiers"),
}
"""Contract id: the file that is made to break it, and the line it is given."""


def _contracts():
    settings = configparser.ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    prefix = "importlinter:contract:"
    return {
        section.removeprefix(prefix): settings[section]["name"]
        for section in settings.sections()
        if section.startswith(prefix)
    }


def _lint(folder):
    """Outcome of every contract by name, and the whole report."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=_environment(),
        check=False,
    )
    report = done.stdout + done.stderr
    outcomes = dict(re.findall(r"^(.+?) (KEPT|BROKEN)", report, flags=re.MULTILINE))
    assert (done.returncode == 0) == ("BROKEN" not in outcomes.values()), report
    return outcomes, report


def _environment():
    # Wide, so that the report does not break a contract's name over two lines.
    return {**os.environ, "COLUMNS": "300", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}


def test_every_contract_is_kept():
    outcomes, report = _lint(ROOT)

    assert outcomes == dict.fromkeys(_contracts().values(), "KEPT"), report


def test_every_contract_has_a_violation_to_try():
    assert set(VIOLATIONS) == set(_contracts())


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("contract", VIOLATIONS)
def test_contract_breaks_when_violated(copy, contract):
    file, line = VIOLATIONS[contract]
    module = copy / file
    before = module.read_bytes()
    module.write_bytes(before + f"\n\n{line}\n".encode())
    try:
        outcomes, report = _lint(copy)
    finally:
        module.write_bytes(before)

    names = _contracts()
    broken = {name for name, outcome in outcomes.items() if outcome == "BROKEN"}
    assert broken == {names[contract]}, report
    assert file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in report

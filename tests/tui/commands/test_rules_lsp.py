"""``dvk rules lsp`` before any talk: who may start it, and what it needs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DVK = [sys.executable, "-X", "utf8", "-m", "tui"]


@pytest.mark.slow
def test_a_season_that_is_not_there_is_refused_before_any_talk(tmp_path):
    done = subprocess.run(
        [*DVK, "--db", tmp_path / "không.db", "rules", "lsp", "--season", "hl"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Chưa có tệp sổ")


@pytest.mark.slow
def test_nothing_but_the_protocol_goes_to_standard_output():
    done = subprocess.run(
        [*DVK, "rules", "lsp"], cwd=ROOT, capture_output=True, input=b"", check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

"""``dvk rules lsp`` typed by a person: it is meant for editors, and says so."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DVK = [sys.executable, "-X", "utf8", "-m", "tui"]


@pytest.mark.slow
def test_a_person_who_types_it_is_told_what_it_is_for():
    screen, keyboard = pty.openpty()
    done = subprocess.run(
        [*DVK, "rules", "lsp"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=keyboard,
        check=False,
    )
    for one in (screen, keyboard):
        os.close(one)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Lệnh này nói chuyện với trình soạn thảo")

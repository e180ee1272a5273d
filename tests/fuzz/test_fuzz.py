"""A short slice of the fuzzer, always the same; the long runs are ``python -m tests.fuzz``."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_hostile_packs_are_refused_or_scored(tmp_path):
    found = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz", "--inputs", "25", "--seed", "4"),
            *("--shrink", "0", "--out", str(tmp_path)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.startswith("25 inputs, 0 findings")

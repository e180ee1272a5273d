"""The benchmark's own environment: peers are installed there, never beside the product."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".bench"
"""Environment, facts and reference totals; not kept in git."""
CACHE = HOME / "cache"
VENV = HOME / "venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def enter(arguments: list[str], module: str = "benchmarks.scoring") -> int | None:
    """Run *module* again inside the environment; its exit code, or None when inside.

    The environment is made on the first call, and again when pyproject.toml asks for others.
    """
    if Path(sys.prefix).resolve() == VENV.resolve():
        return None
    wanted = _wanted()
    stamp = VENV / f"installed-{hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:16]}"
    if not stamp.exists():
        print(f"Preparing {VENV} (once, a minute or two) …", file=sys.stderr)
        venv.create(VENV, with_pip=True, clear=True)
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        code = subprocess.run([*command, *wanted], check=False).returncode
        if code:
            print("The peers could not be installed; what pip said stands above.", file=sys.stderr)
            return code
        stamp.touch()
    command = [str(PYTHON), "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _wanted() -> list[str]:
    """What the product needs, for its own paths, and what the peers need."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: list[str] = declared["project"]["dependencies"] + declared["dependency-groups"]["bench"]
    return wanted

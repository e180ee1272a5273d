"""What is kept between runs: facts and their right totals, made once and read again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from benchmarks.facts import PACK, Facts, list_choices
from benchmarks.generation import generate
from benchmarks.reference import totals

HERE = Path(__file__).parent
MAKES_FACTS = (HERE / "facts.py", HERE / "generation.py", PACK / "pack.yaml")
MAKES_TOTALS = (*MAKES_FACTS, HERE / "reference.py")
MOST_ORDINARY = 1_000_000
"""Wrong rows among ordinary facts are counted in so many at most."""


def load_facts(rows: int, cache: Path, *, first: int | None = None, edges: bool = True) -> Facts:
    """The *first* of *rows* entries, generated once and then read from *cache*."""
    kind = "edges" if edges else "ordinary"
    path = cache / f"facts-{rows}-{kind}-{digest_of(*MAKES_FACTS)}.npz"
    if not path.exists():
        facts = generate(rows, edges=edges)
        held = {f"column.{name}": column for name, column in facts.columns.items()}
        held |= {f"missing.{name}": mask for name, mask in facts.missing.items()}
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npz")
        np.savez(part, **held)
        part.replace(path)
    with np.load(path) as held:
        sides: dict[str, dict[str, np.ndarray]] = {"column": {}, "missing": {}}
        for key in held.files:
            side, name = key.split(".")
            # A copy, so that a peer on a sample does not hold ten million rows.
            sides[side][name] = held[key][:first].copy()
    return Facts(sides["column"], sides["missing"], list_choices())


def load_totals(rows: int, cache: Path, *, edges: bool = True) -> np.ndarray:
    """The totals of ``load_facts``, worked out once and then read from *cache*."""
    kind = "edges" if edges else "ordinary"
    path = cache / f"reference-{rows}-{kind}-{digest_of(*MAKES_TOTALS)}.npy"
    if not path.exists():
        found = totals(load_facts(rows, cache, edges=edges))
        part = path.with_suffix(".part.npy")
        np.save(part, found)
        part.replace(path)
    held: np.ndarray = np.load(path)
    return held


def digest_of(*files: Path) -> str:
    """What a cached file's name ends in, so that a change of *files* makes it anew."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]

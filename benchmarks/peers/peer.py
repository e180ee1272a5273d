"""What a peer is (đối thủ so sánh): a way to score the facts, prepared once and run many times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from benchmarks.facts import Facts

Run: TypeAlias = Callable[[], np.ndarray | None]
"""Scores every row it was prepared for. Unit: hundredths of a point; None: it scores nothing."""


DOUBLES = (
    "doubles: 52 × 0.3 + 92 × 0.7 stays below 80, which costs 3.5 points; "
    "halves go a hundredth astray"
)
"""Why rows come out wrong in binary floating point."""


class PeerMissing(Exception):
    """A peer cannot run on this machine, e.g. without a C compiler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A way to score. Its module imports its own libraries inside ``prepare`` only."""

    name: str
    kind: str
    """``row by row``, ``columns`` or ``ceiling`` (what a machine can do at best)."""
    note: str
    prepare: Callable[[Facts], Run]
    """Brings the facts into the shape the peer wants, which is not timed as scoring."""
    packages: tuple[str, ...] = ()
    """The distributions whose versions the report names."""
    most_rows: int | None = None
    """A slow peer scores the first rows only, and the report says so."""
    wrong_because: str = ""
    """Why rows come out wrong; empty: a wrong row is a fault of this benchmark or of ours."""

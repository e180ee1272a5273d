"""Our own interpreter: a whole score sheet an entry, with the reason of every point."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from benchmarks.facts import PACK, Facts
from benchmarks.peers.peer import Peer, Run


def _prepare(facts: Facts) -> Run:
    from registry.rulebook import load_pack
    from scoring.score import score

    pack = load_pack(PACK)
    # A register leaves out what is empty.
    rows = [
        {name: value for name, value in row.items() if value is not None}
        for row in facts.row_dicts(integer=Decimal)
    ]
    return lambda: np.array([int(score(pack, "", row).total * 100) for row in rows])


PEER = Peer(
    name="dvk-sheets",
    kind="row by row",
    note="this project, exact fractions: score, grade and every reason in words, not totals alone",
    prepare=_prepare,
    most_rows=500,
)

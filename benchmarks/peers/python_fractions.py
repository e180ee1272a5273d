"""The reference itself, timed: what exact Python by hand costs."""

from __future__ import annotations

from benchmarks.facts import Facts
from benchmarks.peers.peer import Peer, Run
from benchmarks.reference import totals_of_rows


def _prepare(facts: Facts) -> Run:
    rows = facts.row_dicts(decimal=int)
    return lambda: totals_of_rows(rows)


PEER = Peer(
    name="python-fractions",
    kind="row by row",
    note="the reference: written by hand in Python, exact, from ready row dicts",
    prepare=_prepare,
    most_rows=20_000,
)

"""One peer in a process of its own: prepared once, then a turn for every line it is sent."""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from benchmarks import machine
from benchmarks.kept import MOST_ORDINARY, load_facts, load_totals
from benchmarks.peers import PEERS
from benchmarks.peers.peer import Peer, PeerMissing, Run

LEAST_SECONDS = 0.2
"""A turn runs a quick peer again and again for so long; a slow one once."""


def main() -> int:
    """Prepare the peer named, say so, and answer until told to stop."""
    name, rows, cache = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    answers = _answers()
    peer = next(one for one in PEERS if one.name == name)
    try:
        run, ready = _prepared(peer, rows, cache)
    except (ModuleNotFoundError, PeerMissing) as missing:
        _say(answers, {"missing": str(missing)})
        return 0
    _say(answers, ready)
    for _ in sys.stdin:
        _say(answers, _timed(run))
    return 0


def _answers() -> TextIO:
    """The pipe to answer on. A library that prints does so on stderr from now on."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _say(answers: TextIO, answer: Any) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _prepared(peer: Peer, rows: int, cache: Path) -> tuple[Run, dict[str, Any]]:
    """The peer ready to run *rows*, or as many as it takes, and what came out wrong."""
    rows_here = min(rows, peer.most_rows or rows)
    facts = load_facts(rows, cache, first=rows_here)
    start = time.perf_counter()
    run = peer.prepare(facts)
    prepared = time.perf_counter() - start
    del facts
    memory, found = machine.extra_memory(run)
    ordinary = min(rows, MOST_ORDINARY)
    ready = {
        "rows": rows_here,
        "prepare_seconds": prepared,
        "memory_mb": memory,
        "wrong": _count_wrong(found, load_totals(rows, cache)[:rows_here]),
        "wrong_ordinary": _wrong(peer, ordinary, min(ordinary, rows_here), cache),
        "ordinary_rows": min(ordinary, rows_here),
        "versions": machine.versions(peer.packages),
    }
    return run, ready


def _wrong(peer: Peer, rows: int, rows_here: int, cache: Path) -> int | None:
    """How many rows of ordinary facts, not sought on edges, come out wrong."""
    facts = load_facts(rows, cache, first=rows_here, edges=False)
    totals = load_totals(rows, cache, edges=False)[:rows_here]
    return _count_wrong(peer.prepare(facts)(), totals)


def _count_wrong(found: np.ndarray | None, totals: np.ndarray) -> int | None:
    return None if found is None else int(np.count_nonzero(np.asarray(found) != totals))


def _timed(run: Run) -> float:
    """The median seconds of one run."""
    seconds: list[float] = []
    gc.collect()
    while sum(seconds) < LEAST_SECONDS:
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main())

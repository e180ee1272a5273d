"""A contest: every peer in its own process, turns interleaved, so that noise meets all alike."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.environment import ROOT
from benchmarks.kept import MOST_ORDINARY, load_totals
from benchmarks.peers import BASELINE, CEILING
from benchmarks.peers.peer import Peer

CRITERIA = 25
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a peer came to at one number of rows."""

    peer: Peer
    rows: int = 0
    seconds: tuple[float, ...] = ()
    """One value a round."""
    wrong: int | None = None
    wrong_ordinary: int | None = None
    ordinary_rows: int = 0
    prepare_seconds: float = 0.0
    memory_mb: float | None = None
    versions: dict[str, str] = field(default_factory=dict)
    missing: str = ""
    """Why the peer could not take part."""

    @property
    def rates(self) -> tuple[float, ...]:
        """Criteria a second, round by round."""
        return tuple(CRITERIA * self.rows / one for one in self.seconds)

    @property
    def unexpected(self) -> bool:
        """Whether rows are wrong for a reason nobody has given."""
        return bool(self.wrong or self.wrong_ordinary) and not self.peer.wrong_because


class WorkerFailed(RuntimeError):
    def __init__(self, peer: Peer) -> None:
        super().__init__(f"{peer.name} stopped; its own words stand above")


def times_of(one: Standing, other: Standing | None) -> float | None:
    """How many times as fast *one* is: the median over rounds, each against its own round."""
    if other is None or not other.seconds or not one.seconds:
        return None
    return statistics.median(
        mine / theirs for mine, theirs in zip(one.rates, other.rates, strict=True)
    )


def baseline_of(standings: Iterable[Standing]) -> Standing | None:
    return next((one for one in standings if one.peer.name == BASELINE), None)


def ceiling_of(standings: Iterable[Standing]) -> Standing | None:
    return next((one for one in standings if one.peer.name == CEILING), None)


def hold(
    peers: Sequence[Peer], rows: int, rounds: int, cache: Path, progress: Progress
) -> tuple[Standing, ...]:
    """Let *peers* score *rows* in *rounds*. Raises WorkerFailed."""
    progress("facts and reference totals")
    for edges, count in ((True, rows), (False, min(rows, MOST_ORDINARY))):
        load_totals(count, cache, edges=edges)
    workers = []
    try:
        for peer in peers:
            progress(f"{peer.name}: preparing")
            workers.append(_Worker(peer, rows, cache))
        for at in range(rounds):
            for worker in workers:
                progress(f"{worker.peer.name}: round {at + 1} of {rounds}")
                worker.take_turn()
    finally:
        for worker in workers:
            worker.stop()
    return tuple(worker.standing() for worker in workers)


def steps_of(peers: Sequence[Peer], rounds: int) -> int:
    """How many times ``hold`` reports progress."""
    return 1 + len(peers) * (rounds + 1)


class _Worker:
    """A peer's process."""

    def __init__(self, peer: Peer, rows: int, cache: Path) -> None:
        self.peer = peer
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", peer.name, str(rows), str(cache)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._ready: dict[str, Any] = self._answer()
        self._seconds: list[float] = []

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise WorkerFailed(self.peer)
        return json.loads(line)

    def take_turn(self) -> None:
        if "missing" in self._ready:
            return
        assert self._process.stdin is not None
        self._process.stdin.write("run\n")
        self._process.stdin.flush()
        self._seconds.append(self._answer())

    def stop(self) -> None:
        """Let the process end; its input is closed, which is its sign."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait()

    def standing(self) -> Standing:
        return Standing(peer=self.peer, seconds=tuple(self._seconds), **self._ready)

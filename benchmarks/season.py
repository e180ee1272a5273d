"""A whole season, end to end: ``python -m benchmarks.season``; writes docs/benchmarks/season.md.

Everything a national register does with a season, each beside the bare scoring of the same rows
in the same round: from a frozen file to a ranked list with quotas, one criterion edited and all
ranked anew, what a changed rule does to the outcome, and one entry alone.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.environment import CACHE, FOR_PEERS, ROOT
from benchmarks.facts import PACK
from benchmarks.kept import load_facts
from benchmarks.peers.dvk_columns import table_of

OUT = ROOT / "docs" / "benchmarks" / "season.md"
ENTRIES = (10_000, 100_000, 1_000_000, 10_000_000)
ONE_BY_ONE = "one entry alone, every line, gates and grade, by the compiled pack"
ALONE = 500
"""So many different entries are scored one by one; what is told is the time of one."""


def main() -> int:
    """Measure, write the page; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, nargs="*", default=ENTRIES)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    if (code := FOR_PEERS.enter("benchmarks.season", sys.argv[1:])) is not None:
        return code
    parts = [HEAD, f"Machine: {machine.words()}.\n"]
    parts += [_table(rows, _measured(rows, given.rounds)) for rows in given.rows]
    given.out.write_text("\n".join(parts), encoding="utf-8")
    print("\n".join(parts))
    return 0


HEAD = """# A whole season in columns

Made by `python -m benchmarks.season`; do not edit. The pack and the facts are those of
[scoring.md](scoring.md): 25 criteria, five grades, one selection with three quotas (8 for each of
63 units, 100 for each field, 300 in all). Turns are interleaved; *scoring* is the bare run of the
same rows to the points of every criterion, and a ratio is the median over rounds against the
*scoring* of the same round. Nothing is approximate: `tests/scoring/columns` holds every cell
against the interpreter.
"""


def _table(rows: int, seconds: dict[str, list[float]]) -> str:
    lines = [
        f"## {rows:,} entries\n",
        "| | median | best | × scoring |",
        "|---|--:|--:|--:|",
    ]
    bare = seconds["scoring"]
    for name, taken in seconds.items():
        ratio = statistics.median(one / other for one, other in zip(taken, bare, strict=True))
        lines.append(
            f"| {name} | {_time(statistics.median(taken))} | {_time(min(taken))} | {ratio:.2g} |"
        )
    return "\n".join([*lines, ""])


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.1f} µs"


def _measured(rows: int, rounds: int) -> dict[str, list[float]]:
    tasks = _tasks(rows)
    for ready, task in tasks.values():
        ready()
        task()
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for at in range(rounds):
        for name, (ready, task) in tasks.items():
            ready()
            start = time.perf_counter()
            task()
            taken = time.perf_counter() - start
            seconds[name].append(taken / ALONE if name == ONE_BY_ONE else taken)
        print(f"{rows:,} entries: round {at + 1} of {rounds}", file=sys.stderr)
    return seconds


def _tasks(rows: int) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """What is measured, each with what has to stand before it."""
    from registry.frames.reading import read_long
    from registry.frames.writing import facts_file
    from registry.rulebook import read_pack_files
    from scoring.columns.blocks import Memory
    from scoring.columns.changes import changes
    from scoring.columns.season import score_columns
    from scoring.columns.single import CompiledPack
    from scoring.columns.table import facts_at
    from scoring.pack import parse_pack
    from scoring.score import tally

    files = read_pack_files(PACK)
    packs = [_edited(files, cut, parse_pack) for cut in (50, 52)]
    pack = packs[0]
    table = table_of(load_facts(rows, CACHE))
    threads = ThreadPoolExecutor(os.cpu_count()).map
    frozen = CACHE / f"season-{rows}.arrow"
    frozen.write_bytes(facts_file(pack, table, ".arrow"))
    memory, live, others = Memory(), Memory(), cycle(packs)
    before = score_columns(pack, table, map_=threads)

    def from_file() -> Any:
        read = read_long(frozen, pack, file=frozen.name, map_=threads).table
        return score_columns(pack, read, map_=threads)

    def edited() -> Any:
        return score_columns(next(others), table, map_=threads, memory=live)

    def adopted() -> Any:
        return score_columns(pack, table, map_=threads, memory=memory)

    def impact() -> Any:
        return changes(before, score_columns(packs[1], table, map_=threads, memory=memory))

    one = facts_at(pack, table, rows // 2)
    compiled = CompiledPack(pack)
    entries = [facts_at(pack, table, at) for at in range(0, rows, max(1, rows // ALONE))][:ALONE]
    assert all(compiled.score(one).total == tally(pack, one).total for one in entries)

    def nothing() -> None:
        pass

    return {
        "scoring": (nothing, _bare(pack, table, threads)),
        "scored, ranked, selected": (nothing, lambda: score_columns(pack, table, map_=threads)),
        "one criterion edited, all ranked and selected anew": (nothing, edited),
        "impact of a changed rule: who moves, enters, leaves": (adopted, impact),
        "from a frozen Arrow file to the ranked list with quotas": (nothing, from_file),
        "one entry alone, points and grade, by the interpreter": (
            nothing,
            lambda: tally(pack, one),
        ),
        ONE_BY_ONE: (nothing, lambda: [compiled.score(facts) for facts in entries]),
        "a pack compiled for single entries, once": (nothing, lambda: CompiledPack(pack)),
    }


def _edited(files: dict[str, str], cut: int, parse: Callable[..., Any]) -> Any:
    changed = {name: text.replace("cut: 50", f"cut: {cut}") for name, text in files.items()}
    return parse(changed, name="benchmarks/pack")


def _bare(pack: Any, table: Any, threads: Callable[..., Any]) -> Callable[[], Any]:
    from scoring.columns.blocks import run
    from scoring.columns.inputs import TableInputs
    from scoring.columns.plan import plan_of

    plan = plan_of(pack, TableInputs(pack, table))
    outputs: Sequence[Any] = [*plan.outputs().values()]
    return lambda: run(plan.program, outputs, table.array, table.rows, map_=threads)


if __name__ == "__main__":
    raise SystemExit(main())

"""How fast and how exact scoring is, each way against the others in one run.

  python -m benchmarks.scoring --check                 1,000 rows: is any total wrong unawares?
  python -m benchmarks.scoring                         the whole comparison, about ten minutes
  python -m benchmarks.scoring --rows 100000 --peers rule-engine,polars-codes,c-pass
  python -m benchmarks.scoring --list                  the peers, and what each is

The first call makes an environment for the peers in .bench/ beside the sources; facts and exact
reference totals are kept there too. Results go to docs/benchmarks as scoring.md, .json and .svg.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.environment import CACHE, FOR_PEERS, ROOT

if TYPE_CHECKING:
    from benchmarks.contest import Standing
    from benchmarks.peers.peer import Peer

TEN_MILLION = 10_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code to leave with."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    given = _parser().parse_args(typed)
    code = FOR_PEERS.enter("benchmarks.scoring", typed)
    if code is not None:
        return code
    peers = _chosen(given.peers)
    if given.list:
        for peer in peers:
            print(f"{peer.name:18} {peer.kind:10} {peer.note}")
        return 0
    from benchmarks.contest import WorkerFailed

    try:
        if given.check:
            return _check(peers, given.cache)
        sizes = [*given.rows, *([TEN_MILLION] if given.ten_million else [])]
        contests = {rows: _held(peers, rows, given.rounds, given.cache) for rows in sizes}
    except WorkerFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    _write(contests, given.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scoring",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--rows",
        type=_sizes,
        default=[1_000, 10_000, 100_000, 1_000_000],
        metavar="N,N,…",
        help="how many rows, several contests one after the other (1000,10000,100000,1000000)",
    )
    add("--10m", dest="ten_million", action="store_true", help="a contest of 10,000,000 rows too")
    add("--peers", type=_names, default=[], metavar="NAME,…", help="only these (all)")
    add("--rounds", type=int, default=5, metavar="N", help="how often each peer takes a turn (5)")
    add("--out", type=Path, default=ROOT / "docs" / "benchmarks", help="where results are written")
    add("--cache", type=_folder, default=CACHE, help="where facts and reference totals are kept")
    add("--check", action="store_true", help="1,000 rows, one round; exit 1 on an unexpected total")
    add("--list", action="store_true", help="name the peers and leave")
    return parser


def _sizes(text: str) -> list[int]:
    sizes = [int(one.replace("_", "")) for one in text.split(",")]
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("at least one row")
    return sizes


def _folder(text: str) -> Path:
    # Workers stand in another folder than the person who types.
    return Path(text).resolve()


def _names(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _chosen(names: Sequence[str]) -> tuple[Peer, ...]:
    from benchmarks.peers import PEERS

    unknown = sorted(set(names) - {peer.name for peer in PEERS})
    if unknown:
        known = ", ".join(peer.name for peer in PEERS)
        print(f"No peer is called {', '.join(unknown)}. There are: {known}.", file=sys.stderr)
        raise SystemExit(2)
    return tuple(peer for peer in PEERS if not names or peer.name in names)


def _held(peers: Sequence[Peer], rows: int, rounds: int, cache: Path) -> tuple[Standing, ...]:
    from benchmarks.contest import hold, steps_of
    from benchmarks.progress import Bar

    with Bar(f"{rows:,} rows", steps_of(peers, rounds)) as bar:
        return hold(peers, rows, rounds, cache, bar.step)


def _check(peers: Sequence[Peer], cache: Path) -> int:
    """Whether every total is right that should be."""
    standings = _held(peers, 1_000, 1, cache)
    faulty = [one for one in standings if one.unexpected]
    for one in standings:
        wrong = "–" if one.wrong is None else one.wrong
        said = f"missing: {one.missing}" if one.missing else f"{wrong} wrong of {one.rows:,}"
        reason = one.peer.wrong_because if one.wrong else ""
        mark = "FAULT" if one in faulty else "ok"
        print(f"{mark:5} {one.peer.name:18} {said}{f' ({reason})' if reason else ''}")
    return 1 if faulty else 0


def _write(contests: dict[int, tuple[Standing, ...]], out: Path) -> None:
    from benchmarks.chart import chart
    from benchmarks.machine import describe
    from benchmarks.report import as_json, markdown

    out.mkdir(parents=True, exist_ok=True)
    machine, most = describe(), max(contests)
    for name, text in (
        ("scoring.md", markdown(contests, machine)),
        ("scoring.json", as_json(contests, machine)),
        ("scoring.svg", chart(contests[most], most)),
    ):
        (out / name).write_text(text, encoding="utf-8")
        print(out / name)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

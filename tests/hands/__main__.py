"""Many hands on one register: ``python -m tests.hands --writers 8 --total 20000``.

Every writer is a program of its own that reads one entry, counts it up and saves it. Prints a
table for SQLite and PostgreSQL; the exit code is 1 where anything was lost, shown as locked, or
left the audit log broken.
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "registry"), str(ROOT / "tests" / "hands")]

from serving import Databases, started_server  # noqa: E402
from writing_together import written_together  # noqa: E402

ROW = "{:<12}{:>9}{:>9}{:>6}{:>8}{:>9}{:>10}{:>9}{:>9}"
HEAD = ("database", "asked", "saved", "lost", "locked", "changed", "log", "seconds", "longest")


def main(arguments=None):
    """Write together on the databases asked for; the exit code to leave with."""
    parser = argparse.ArgumentParser(prog="python -m tests.hands", description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--total", type=int, default=20_000, help="changes on each database")
    parser.add_argument("--on", choices=["sqlite", "postgresql", "both"], default="both")
    given = parser.parse_args(arguments)
    _say(ROW.format(*HEAD))
    good = True
    with tempfile.TemporaryDirectory() as folder:
        if given.on != "postgresql":
            good &= _told("sqlite", Path(folder) / "sổ.db", given)
        if given.on != "sqlite":
            with started_server(folder) as uri:
                good &= _told("postgresql", Databases(uri).make(), given)
    return 0 if good else 1


def _told(name, where, given):
    told = written_together(where, writers=given.writers, total=given.total)
    chain = "broken" if told.chain else "whole"
    figures = (told.asked, told.saved, told.lost, told.refused, told.changed, chain)
    _say(ROW.format(name, *figures, f"{told.seconds:.0f}", f"{told.longest:.2f}"))
    return told.is_good


def _say(text):
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())

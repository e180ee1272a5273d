"""The register's own work on long seasons: ``python -m benchmarks.register``.

A real register file with the season of Hồng Lĩnh 2018 over and over under other codes: scoring,
verifying, looking at the list, and what a changed rule does; beside them the row path on a sample.
Writes docs/benchmarks/register.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarks import machine
from benchmarks.environment import ROOT
from registry.assess import Stage
from registry.audit import Event, EventKind
from registry.desk import Desk, open_desk
from registry.rulebook import RULES_DIR, read_pack_files
from registry.store import entries, facts
from registry.store.facts import Source
from scoring.comparing.seasons import compare_seasons
from scoring.pack import parse_pack
from scoring.rules import Pack
from scoring.score import score_season

OUT = ROOT / "docs" / "benchmarks" / "register.md"
PACK = RULES_DIR / "dan-van-kheo-minh-hoa"
SEASON = "hl-2018"
SAMPLE = 500
"""So many entries are scored row by row for the comparison."""
HEAD = """# The register on long seasons

Made by `python -m benchmarks.register`; do not edit. A register in an SQLite file holds the season
of Hồng Lĩnh 2018 over and over; every figure is the best of {rounds} and goes through the desk, as
a command or a screen asks it. *Row by row* is the interpreter on the same facts, each entry with
its sentences, which is how one opened score sheet is made.
"""


def main() -> int:
    """Measure, write the page; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--book", type=Path, default=ROOT / "examples" / "hong-linh-2018.xlsx")
    given = parser.parse_args()
    columns = [dict(_measured(given.book, many, given.rounds)) for many in given.entries]
    lines = [
        HEAD.format(rounds=given.rounds),
        f"Machine: {machine.words()}.\n",
        "| | " + " | ".join(f"{many:,}" for many in given.entries) + " |",
        "|---|" + "--:|" * len(columns),
    ]
    lines += [
        f"| {name} | " + " | ".join(_time(column[name]) for column in columns) + " |"
        for name in columns[0]
    ]
    OUT.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print("\n".join(lines))
    return 0


def _measured(book: Path, many: int, rounds: int) -> Iterator[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        desk = _register(Path(folder) / "so.db", book, many)
        pinned = desk.pack_of(SEASON)
        asks: dict[str, Callable[[], object]] = {
            "score the season and keep the run": lambda: desk.score(SEASON),
            "verify: compute again, hold everything against the log": lambda: desk.verify(SEASON),
            "numbers of the season": lambda: desk.funnel(SEASON),
            "the whole list": lambda: desk.entry_lines(SEASON),
            "the ranking": lambda: desk.ranking(SEASON),
            "facts of a season for a draft": lambda: desk.trial(SEASON, _draft()),
        }
        for name, ask in asks.items():
            yield name, _best(ask, rounds)
        trial = desk.trial(SEASON, _draft())
        yield (
            "who moves under a draft (one grade's limit)",
            _best(
                lambda: compare_seasons(
                    pinned, trial.facts, trial.draft, trial.read, table=trial.table
                ),
                rounds,
            ),
        )
        sample = dict(list(trial.facts.items())[:SAMPLE])
        yield (
            "row by row, with sentences, an entry",
            (_best(lambda: score_season(pinned, sample), rounds) / len(sample)),
        )
        desk.close()


def _best(ask: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - start)
    return min(taken)


def _register(path: Path, book: Path, many: int) -> Desk:
    """A register with *many* entries of the season in *book*, pinned."""

    def clock() -> dt.datetime:
        return dt.datetime(2018, 12, 1, tzinfo=dt.UTC)

    desk = open_desk(path, officer="đo", clock=clock, rules_dir=RULES_DIR)
    desk.open_season(SEASON, title="Hồng Lĩnh 2018", year=2018)
    desk.apply_intake(book.read_bytes(), file=book.name, season=SEASON)
    desk.pin_pack(SEASON, PACK)
    with desk._store.work(officer="đo", clock=clock) as job:  # noqa: SLF001 (it is filled, not asked)
        known = entries.list_entries(job.connection, season=SEASON)
        cells = facts.cells_by_stage(job.connection, season=SEASON)[Stage.SELF]
        marks = facts.marks_of(job.connection, season=SEASON)
        copies = {
            f"{one.code}-{at // len(known):04}": one
            for at in range(len(known), many)
            for one in (known[at % len(known)],)
        }
        source = Source(season=SEASON, intake=1, officer="đo", at=job.at)
        entries.add_all(job.connection, [replace(one, code=code) for code, one in copies.items()])
        facts.put_facts(
            job.connection,
            {code: cells[one.code] for code, one in copies.items()},
            stage=Stage.SELF,
            source=source,
        )
        given = {
            (code, fact): of_entry
            for code, one in copies.items()
            for fact in {fact for _, fact in marks}
            if (of_entry := marks.get((one.code, fact)))
        }
        facts.put_marks(job.connection, given, source=source)
        job.note(Event(EventKind.PAPER_PRINTED, SEASON, {"paper": "sổ để đo", "pages": many}))
    return desk


@cache
def _draft() -> Pack:
    """The pack with one limit moved: Xuất sắc from 92."""
    files = read_pack_files(PACK)
    text = files["pack.yaml"].replace("when: total >= 90 and", "when: total >= 92 and")
    return parse_pack({**files, "pack.yaml": text}, name="draft")


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.0f} ms" if seconds < 10 else f"{seconds:.0f} s"


if __name__ == "__main__":
    raise SystemExit(main())

"""The season everybody scores (đợt để đo): drawn entries, each standing there several times.

Drawing a million entries takes longer than scoring them, so some thousands are drawn, on and
beside the numbers the pack itself writes, and repeated under codes of their own.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from registry.rulebook import load_pack, read_pack_files
from scoring.cases import parse_base
from scoring.columns.plan import Plan
from scoring.columns.season import SeasonColumns
from scoring.columns.table import MarksColumn, Table, table_of
from scoring.rules import Pack

Found = TypeVar("Found")
ROOT = Path(__file__).parents[2]
TIMES = 50
"""How often each drawn entry stands in the season."""


@dataclass(frozen=True)
class Season:
    """*drawn* entries by code, each *times* over: ``E00012`` stands as ``E00012-000`` and on."""

    pack: Pack
    drawn: Mapping[str, Mapping[str, Any]]
    times: int

    @property
    def rows(self) -> int:
        return len(self.drawn) * self.times

    def table(self) -> Table:
        """The whole season as columns, in order of code."""
        one = table_of(self.pack, self.drawn)
        codes = tuple(f"{code}-{n:03d}" for code in one.codes for n in range(self.times))
        return Table(codes, {id_: self._repeated(c) for id_, c in one.columns.items()}, one.words)

    def _repeated(self, column: Any) -> Any:
        present = None if column.present is None else column.present.repeat(self.times)
        if isinstance(column, MarksColumn):
            marks, count = column.sorted.repeat(self.times, axis=0), column.count.repeat(self.times)
            return MarksColumn(marks, count, present, column.unit)
        return replace(column, values=column.values.repeat(self.times), present=present)


def draw(folder: Path, rows: int) -> Season:
    """A season of *rows* for the pack in *folder*; the same every time."""
    sys.path.insert(0, str(ROOT / "tests" / "scoring" / "columns"))
    from drawn_facts import Drawing

    pack = load_pack(folder)
    base = parse_base(read_pack_files(folder), pack, name=folder.name)
    drawing = Drawing(pack, base, random.Random(folder.name).choice)  # noqa: S311
    times = TIMES if rows >= TIMES else 1
    return Season(pack, drawing.season(rows // times), times)


def timed(work: Callable[[], Found]) -> tuple[Found, float]:
    """What *work* gives, and how many seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def say(what: str, rows: int, seconds: float) -> None:
    print(f"  {what:48} {seconds:8.2f} s {rows / seconds:14,.0f} rows/s", flush=True)


def cells_of(found: SeasonColumns, plan: Plan) -> dict[str, np.ndarray]:
    """What the columns say of every entry, by the names a plan gives its outputs."""
    cells = {"base": found.base, "total": found.total, "grade": found.grade}
    cells |= {f"gate {id_}": held for id_, held in found.gates.items()}
    for line in plan.every_line():
        of = found.lines[line.id]
        cells |= {f"points {line.id}": of.points, f"scored {line.id}": of.scored}
        cells[f"excluded {line.id}"] = of.excluded
    return cells | {"rank": found.rank}

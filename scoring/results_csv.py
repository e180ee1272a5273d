"""A season's result as a table (bảng kết quả): one row an entry, for other programs to read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from scoring.numbers import plain
from scoring.rules import Pack
from scoring.sheet import Placing, ScoreSheet, SeasonResult

RECOGNISED, COMMENDED = "cong-nhan", "bieu-duong"
"""The selections of the movement: recognition (công nhận) and commendation (biểu dương)."""

SELECTION_COLUMNS: Mapping[str, str] = MappingProxyType(
    {RECOGNISED: "recognised", COMMENDED: "commended"}
)
"""What they are called as columns; any other selection goes by its own id."""


class _Rows(list[str]):
    """What a CSV writer writes to."""

    def write(self, row: str) -> None:
        self.append(row)


def results_csv(pack: Pack, result: SeasonResult) -> str:
    """*result* as CSV text: ranked entries best first, then the others by code.

    Unit: points, plain decimals of at least two places. A criterion without a score is empty.
    """
    leaves = tuple(leaf.id for leaf in pack.leaves())
    selections = selections_in_order(pack)
    chosen = {selection: frozenset(result.chosen(selection)) for selection in selections}
    out = _Rows()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head_of(pack))
    for placing in result.placings:
        sheet = result.sheets[placing.code]
        marks = [str(int(placing.code in chosen[selection])) for selection in selections]
        writer.writerow(_row(placing, sheet, marks, leaves))
    return "".join(out)


def head_of(pack: Pack) -> list[str]:
    """The names of the columns."""
    selections = [SELECTION_COLUMNS.get(one, one) for one in selections_in_order(pack)]
    leaves = (leaf.id for leaf in pack.leaves())
    return ["code", "rank", "total", "grade", *selections, "gates", *leaves, "bonus", "penalty"]


def selections_in_order(pack: Pack) -> tuple[str, ...]:
    """The ids of the pack's selections: recognition, commendation, then the pack's own order."""
    ids = tuple(selection.id for selection in pack.selections)
    known = tuple(selection for selection in SELECTION_COLUMNS if selection in ids)
    return (*known, *(selection for selection in ids if selection not in SELECTION_COLUMNS))


def _row(
    placing: Placing, sheet: ScoreSheet, marks: list[str], leaves: tuple[str, ...]
) -> list[str]:
    points = {line.id: line.points for line in sheet.leaves()}
    return [
        placing.code,
        "" if placing.rank is None else str(placing.rank),
        plain(sheet.total),
        sheet.grade or "",
        *marks,
        ";".join(sheet.failed_gates),
        *(_cell(points[leaf]) for leaf in leaves),
        _cell(sheet.bonus.points),
        _cell(sheet.penalty.points),
    ]


def _cell(points: Decimal | None) -> str:
    return "" if points is None else plain(points)

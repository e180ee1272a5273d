"""Holds the columns against the interpreter: every cell of every entry."""

from fractions import Fraction

from scoring.columns.choosing import OUTCOMES
from scoring.columns.season import SeasonColumns, score_columns
from scoring.columns.table import table_of
from scoring.score import score_season


def told_by_columns(pack, season):
    """What the columns say, as plain values."""
    codes = sorted(season)
    found = score_columns(pack, table_of(pack, season))
    return {code: _told(found, row) for row, code in enumerate(codes)} | {
        "": {
            "ranked": [codes[row] for row in found.best_first],
            "chosen": {id_: [codes[row] for row in rows] for id_, rows in found.chosen.items()},
        }
    }


def _told(found: SeasonColumns, row: int):
    grade = int(found.grade[row])
    return {
        "total": Fraction(int(found.total[row]), found.unit),
        "base": Fraction(int(found.base[row]), found.unit),
        "grade": None if grade < 0 else found.pack.grades[grade].id,
        "gates": {id_: bool(held[row]) for id_, held in found.gates.items()},
        "lines": {
            id_: (
                Fraction(int(one.points[row]), found.unit) if one.scored[row] else None,
                bool(one.excluded[row]),
            )
            for id_, one in found.lines.items()
        },
        "rank": int(found.rank[row]) or None,
        "outcomes": {
            id_: None if codes[row] < 0 else str(OUTCOMES[codes[row]])
            for id_, codes in found.outcomes.items()
        },
    }


def told_by_interpreter(pack, season):
    """The same from the interpreter."""
    result = score_season(pack, season)
    ranks = {one.code: one.rank for one in result.placings}
    outcomes = {(one.selection, one.code): str(one.outcome) for one in result.awards}
    told = {
        code: {
            "total": Fraction(sheet.total),
            "base": Fraction(sheet.base),
            "grade": sheet.grade,
            "gates": {gate.id: gate.holds is True for gate in sheet.gates},
            "lines": {
                line.id: (None if line.points is None else Fraction(line.points), line.excluded)
                for top in (*sheet.lines, sheet.bonus, sheet.penalty)
                for line in _whole(top)
            },
            "rank": ranks[code],
            "outcomes": {one.id: outcomes.get((one.id, code)) for one in pack.selections},
        }
        for code, sheet in result.sheets.items()
    }
    return told | {
        "": {
            "ranked": [one.code for one in result.placings if one.rank is not None],
            "chosen": {one.id: list(result.chosen(one.id)) for one in pack.selections},
        }
    }


def _whole(line):
    yield line
    for part in line.parts:
        yield from _whole(part)

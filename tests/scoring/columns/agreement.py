"""Holds the columns against the interpreter: every cell of every entry."""

from fractions import Fraction

from scoring.columns.blocks import run
from scoring.columns.choosing import OUTCOMES
from scoring.columns.inputs import TableInputs
from scoring.columns.plan import lowering_of
from scoring.columns.program import NoColumns
from scoring.columns.rational import Number
from scoring.columns.season import SeasonColumns, score_columns
from scoring.columns.single import CompiledPack
from scoring.columns.table import table_of
from scoring.interpret import NoValue, truth
from scoring.peers import peer_values
from scoring.scope import scope_of
from scoring.score import score_season, tally


def difference(told_by_one, told_by_other, pack, season):
    """Where two ways of scoring part, as a sentence; empty when nowhere.

    An engine that falls over instead of answering differs too. NoColumns goes through.
    """
    told = []
    for ask in (told_by_one, told_by_other):
        try:
            told.append(ask(pack, season))
        except NoColumns:
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what was looked for)
            told.append({"": f"{type(error).__name__}: {error}"})
    return _apart(*told, path="")


def _apart(one, other, *, path):
    if one == other:
        return ""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        found = (_apart(one[key], other[key], path=f"{path} › {key}") for key in one)
        return next(said for said in found if said)
    return f"{path or 'tất cả'}: {_shown(one)} ≠ {_shown(other)}"


def _shown(value):
    text = str(value)
    return text if len(text) < 200 else f"{text[:200]}…"


# Whole packs ------------------------------------------------------------------------------------


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


# Single entries ---------------------------------------------------------------------------------


def told_by_compiled(pack, season):
    """What the compiled pack says of each entry it can read."""
    return {code: _told_alone(one) for code, one in compiled_points(pack, season)}


def compiled_points(pack, season):
    """Every entry of *season* as the compiled pack scores it; those it refuses are left out."""
    compiled, peers = CompiledPack(pack), peer_values(pack, season)
    for code, facts in season.items():
        try:
            yield code, compiled.score(facts, peers[code])
        except NoColumns:
            continue


def _told_alone(found):
    lines = found.compiled.place
    return {
        "total": found.total,
        "base": found.base,
        "grade": found.grade,
        "gates": found.failed_gates,
        "lines": {id_: found.line(id_) for id_ in lines},
    }


def tallies_by_interpreter(pack, season):
    """The same from the interpreter, of the same entries."""
    peers = peer_values(pack, season)
    told = {}
    for code, _ in compiled_points(pack, season):
        found = tally(pack, season[code], peers=peers[code])
        told[code] = {
            "total": found.total,
            "base": found.base,
            "grade": found.grade,
            "gates": found.failed_gates,
            "lines": {one.id: (one.points, one.excluded) for one in found.whole()},
        }
    return told


# Expressions ------------------------------------------------------------------------------------


def values_by_columns(pack, season):
    """Every derived value and every gate of *pack* for every entry; None where there is none."""
    table = table_of(pack, season)
    lowering = lowering_of(pack, TableInputs(pack, table))
    asked = {id_: lowering.words[id_] for id_ in pack.derived}
    asked |= {gate.id: lowering.value(gate.when.node) for gate in pack.gates}
    refs = [ref for one in asked.values() for ref in (*_refs(one.content), one.defined)]
    arrays = run(lowering.program, refs, table.array, table.rows)
    return {
        code: {id_: _valued(one, arrays, row) for id_, one in asked.items()}
        for row, code in enumerate(table.codes)
    }


def _refs(content):
    return (content.top, content.bottom) if isinstance(content, Number) else (content,)


def _valued(value, arrays, row):
    if not arrays[value.defined.at][row]:
        return None
    if not isinstance(value.content, Number):
        return bool(arrays[value.content.at][row])
    top, bottom = (int(arrays[ref.at][row]) for ref in _refs(value.content))
    return value.content.factor * Fraction(top, bottom)


def values_by_interpreter(pack, season):
    """The same from the interpreter."""
    found = {}
    for code, facts in season.items():
        scope = scope_of(pack, facts)
        found[code] = {id_: scope.get(id_) for id_ in pack.derived}
        found[code] |= {gate.id: _held(gate.when.node, scope) for gate in pack.gates}
    return found


def _held(node, scope):
    try:
        return truth(node, scope)
    except NoValue:
        return None

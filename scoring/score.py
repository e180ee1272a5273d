"""Scores one entry under a pack: points, grade, and the reason for each. Pure and exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from types import MappingProxyType

from scoring.explain import finding
from scoring.grade import grade_of
from scoring.interpret import Exact, Scope
from scoring.numbers import EXACT, round_half_up
from scoring.peers import peer_values
from scoring.points import line_of
from scoring.rules import Pack, score_name
from scoring.scope import scope_of
from scoring.select import rank, select
from scoring.sheet import Facts, Line, ScoreSheet, SeasonResult

__all__ = ["scope_of", "score", "score_season", "scores_of"]

ZERO = Decimal(0)


def score(
    pack: Pack, code: str, facts: Facts, *, peers: Mapping[str, Fraction] = MappingProxyType({})
) -> ScoreSheet:
    """The score sheet of the entry *code* whose facts are *facts*.

    *peers* are the values of its peer group, from ``scoring.peers.peer_values``.
    """
    return _scored(pack, code, facts, peers)[0]


def _scored(
    pack: Pack, code: str, facts: Facts, peers: Mapping[str, Fraction]
) -> tuple[ScoreSheet, dict[str, Exact]]:
    """The score sheet, and every value its grade was read from: ranking goes on with them."""
    with localcontext(EXACT):
        return _added_up(pack, code, facts, peers)


def _added_up(
    pack: Pack, code: str, facts: Facts, peers: Mapping[str, Fraction]
) -> tuple[ScoreSheet, dict[str, Exact]]:
    scope = scope_of(pack, facts, peers)
    gates = tuple(finding(gate, pack, facts, scope) for gate in pack.gates)
    lines = tuple(line_of(one, pack, facts, scope) for one in pack.criteria)
    bonus, penalty = (line_of(one, pack, facts, scope) for one in (pack.bonus, pack.penalty))
    base = _base(pack, lines)
    total = base + (bonus.points or ZERO) - (penalty.points or ZERO)
    if pack.total_quantum is not None:
        total = round_half_up(Fraction(total), pack.total_quantum)
    scope |= _scores(lines, base=base, bonus=bonus, penalty=penalty, total=total)
    considered = all(gate.holds for gate in gates)
    grade, verdict = grade_of(pack, facts, scope) if considered else (None, ())
    sheet = ScoreSheet(
        code=code,
        gates=gates,
        lines=lines,
        bonus=bonus,
        penalty=penalty,
        total=total,
        grade=grade,
        verdict=verdict,
        base=base,
    )
    return sheet, scope


def _base(pack: Pack, lines: tuple[Line, ...]) -> Decimal:
    """The points of the criteria, brought to the pack's scale where some do not apply."""
    counted = [line for line in lines if not line.excluded]
    earned = sum((line.points or ZERO for line in counted), ZERO)
    possible = sum((line.maximum or ZERO for line in counted), ZERO)
    if pack.rescale is None or not possible or possible == pack.rescale:
        return earned
    stretched = Fraction(earned) * Fraction(pack.rescale) / Fraction(possible)
    return round_half_up(stretched, pack.quantum)


def score_season(
    pack: Pack,
    season: Mapping[str, Facts],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> SeasonResult:
    """Score, rank and select among all entries of *season*."""
    sheets: dict[str, ScoreSheet] = {}
    scopes: dict[str, Scope] = {}
    peers = peer_values(pack, season)
    for done, code in enumerate(sorted(season), start=1):
        sheets[code], scopes[code] = _scored(pack, code, season[code], peers[code])
        if progress is not None:
            progress(done, len(season))
    placings = rank(pack, sheets, scopes)
    return SeasonResult(sheets, placings, select(pack, sheets, placings, season, scopes))


def scores_of(sheet: ScoreSheet) -> dict[str, Exact]:
    """The scores of *sheet* under the names expressions read them by."""
    return _scores(
        sheet.lines, base=sheet.base, bonus=sheet.bonus, penalty=sheet.penalty, total=sheet.total
    )


def _scores(
    lines: tuple[Line, ...], *, base: Decimal, bonus: Line, penalty: Line, total: Decimal
) -> dict[str, Exact]:
    found: dict[str, Exact] = {
        "base": Fraction(base),
        "bonus": Fraction(bonus.points or ZERO),
        "penalty": Fraction(penalty.points or ZERO),
        "total": Fraction(total),
    }
    # A criterion nobody could score has not earned anything: it counts as one with 0 points.
    leaves = [leaf for line in lines for leaf in line.leaves() if not leaf.excluded]
    found["zero_criteria"] = Fraction(sum(not leaf.points for leaf in leaves))
    todo = list(lines)
    while todo:
        line = todo.pop()
        found[score_name(line.id)] = Fraction(line.points or ZERO)
        todo.extend(line.parts)
    return found

"""Scores one entry under a pack: points, grade, and the reason for each. Pure and exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from scoring.earned import NOTHING_KEPT, Earned, Kept, earn
from scoring.explain import holds_of, said_of
from scoring.grade import Tried, grade_rank, graded, verdict_of
from scoring.interpret import Exact, Scope
from scoring.numbers import EXACT, round_half_up
from scoring.peers import peer_values
from scoring.points import told
from scoring.rules import Condition, Pack, maximum_name, score_name
from scoring.scope import scope_of
from scoring.select import rank, select
from scoring.sheet import Facts, Line, ScoreSheet, SeasonResult

__all__ = ["results_of", "scope_of", "score", "score_season", "scores_of", "tally"]

ZERO = Decimal(0)
T = TypeVar("T", Line, Earned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What an entry comes to (kết quả chưa thành lời): a score sheet without its sentences."""

    gates: tuple[tuple[Condition, bool | None], ...]
    tops: tuple[Earned, ...]
    bonus: Earned
    penalty: Earned
    base: Decimal
    total: Decimal
    grade: str | None
    tried: tuple[Tried, ...]

    @property
    def failed_gates(self) -> tuple[str, ...]:
        return tuple(gate.id for gate, holds in self.gates if not holds)

    def whole(self) -> Iterator[Earned]:
        """Every criterion, group and block."""
        for top in (*self.tops, self.bonus, self.penalty):
            yield from top.whole()


def tally(
    pack: Pack,
    facts: Facts,
    *,
    peers: Mapping[str, Fraction] = MappingProxyType({}),
) -> Tally:
    """What the entry comes to, as ``score`` says it: the same evaluation, no words."""
    return tallied(pack, scope_of(pack, facts, peers))[0]


def tallied(
    pack: Pack, scope: Scope, *, kept: Kept = NOTHING_KEPT
) -> tuple[Tally, dict[str, Exact]]:
    """What the values in *scope* come to, and every value the grade was read from."""
    with localcontext(EXACT):
        return _added_up(pack, scope, kept)


def _added_up(pack: Pack, scope: Scope, kept: Kept) -> tuple[Tally, dict[str, Exact]]:
    gates = tuple((gate, holds_of(gate.when.node, scope)) for gate in pack.gates)
    tops = tuple(earn(one, pack, scope, kept=kept) for one in pack.criteria)
    bonus, penalty = (earn(one, pack, scope, kept=kept) for one in (pack.bonus, pack.penalty))
    base = _base(pack, tops)
    total = base + (bonus.points or ZERO) - (penalty.points or ZERO)
    if pack.total_quantum is not None:
        total = round_half_up(Fraction(total), pack.total_quantum)
    scores = _scores(tops, base=base, bonus=bonus, penalty=penalty, total=total)
    whole = {**scope, **scores}
    considered = all(holds for _, holds in gates)
    grade, tried = graded(pack, whole) if considered else (None, ())
    whole |= _rank_of(pack, grade)
    found = Tally(
        gates=gates,
        tops=tops,
        bonus=bonus,
        penalty=penalty,
        base=base,
        total=total,
        grade=grade,
        tried=tried,
    )
    return found, whole


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
    scope = scope_of(pack, facts, peers)
    found, whole = tallied(pack, scope)
    sheet = ScoreSheet(
        code=code,
        gates=tuple(said_of(gate, holds, pack, facts, scope) for gate, holds in found.gates),
        lines=tuple(told(one, pack, facts, scope) for one in found.tops),
        bonus=told(found.bonus, pack, facts, scope),
        penalty=told(found.penalty, pack, facts, scope),
        total=found.total,
        grade=found.grade,
        verdict=verdict_of(found.tried, pack, facts, whole),
        base=found.base,
    )
    return sheet, whole


def _base(pack: Pack, tops: tuple[Earned, ...]) -> Decimal:
    """The points of the criteria, brought to the pack's scale where some do not apply."""
    counted = [one for one in tops if not one.excluded]
    earned = sum((one.points or ZERO for one in counted), ZERO)
    possible = sum((one.maximum or ZERO for one in counted), ZERO)
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


def results_of(pack: Pack, sheet: ScoreSheet) -> dict[str, Exact]:
    """Everything *sheet* came to that an order may read: its scores, and its grade as a number."""
    return scores_of(sheet) | _rank_of(pack, sheet.grade)


def _rank_of(pack: Pack, grade: str | None) -> dict[str, Exact]:
    return {} if grade is None else {"grade_rank": Fraction(grade_rank(pack, grade))}


def _scores(
    lines: tuple[T, ...], *, base: Decimal, bonus: T, penalty: T, total: Decimal
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
        if line.parts:
            found[maximum_name(line.id)] = Fraction(line.maximum or ZERO)
        todo.extend(line.parts)
    return found

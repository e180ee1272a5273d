"""Scores one entry under a pack: points, grade, and the reason for each. Pure and exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from scoring.explain import finding, group_reason, leaf_reason
from scoring.grade import grade_of
from scoring.interpret import Exact, NoValue, Scope, evaluate, exact, number, truth
from scoring.nodes import Node
from scoring.numbers import round_half_up
from scoring.rules import Branch, Criterion, Pack, Rule, score_name
from scoring.select import rank, select
from scoring.sheet import Facts, Line, ScoreSheet, SeasonResult
from scoring.wording import readings_of

ZERO = Decimal(0)


def score(pack: Pack, code: str, facts: Facts) -> ScoreSheet:
    """The score sheet of the entry *code* whose facts are *facts*."""
    scope = scope_of(pack, facts)
    gates = tuple(finding(gate, pack, facts, scope) for gate in pack.gates)
    lines = tuple(_line(one, pack, facts, scope) for one in pack.criteria)
    bonus, penalty = (_line(one, pack, facts, scope) for one in (pack.bonus, pack.penalty))
    base = sum((line.points or ZERO for line in lines), ZERO)
    total = base + (bonus.points or ZERO) - (penalty.points or ZERO)
    scores = _scores(lines, base=base, bonus=bonus, penalty=penalty, total=total)
    scope = {**scope, **scores}
    considered = all(gate.holds for gate in gates)
    grade, verdict = grade_of(pack, facts, scope) if considered else (None, ())
    return ScoreSheet(
        code=code,
        gates=gates,
        lines=lines,
        bonus=bonus,
        penalty=penalty,
        total=total,
        grade=grade,
        verdict=verdict,
    )


def score_season(
    pack: Pack,
    season: Mapping[str, Facts],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> SeasonResult:
    """Score, rank and select among all entries of *season*."""
    sheets: dict[str, ScoreSheet] = {}
    for done, code in enumerate(sorted(season), start=1):
        sheets[code] = score(pack, code, season[code])
        if progress is not None:
            progress(done, len(season))
    standing_scopes = {
        code: {**scope_of(pack, season[code]), **scores_of(sheet)}
        for code, sheet in sheets.items()
        if sheet.grade in pack.ranking.among
    }
    placings = rank(pack, sheets, standing_scopes)
    return SeasonResult(sheets, placings, select(pack, sheets, placings, season))


def scope_of(pack: Pack, facts: Facts) -> dict[str, Exact]:
    """Every value an expression may read before anything is scored."""
    scope: dict[str, Exact] = {one.id: exact(one.value) for one in pack.constants.values()}
    scope.update((name, exact(facts[name])) for name in pack.facts if name in facts)
    for derived in pack.derived.values():
        try:
            scope[derived.id] = evaluate(derived.value.node, scope)
        except NoValue:
            continue
    return scope


def scores_of(sheet: ScoreSheet) -> dict[str, Exact]:
    """The scores of *sheet* under the names expressions read them by."""
    base = sum((line.points or ZERO for line in sheet.lines), ZERO)
    return _scores(
        sheet.lines, base=base, bonus=sheet.bonus, penalty=sheet.penalty, total=sheet.total
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
    leaves = [leaf for line in lines for leaf in line.leaves()]
    found["zero_criteria"] = Fraction(sum(not leaf.points for leaf in leaves))
    todo = list(lines)
    while todo:
        line = todo.pop()
        found[score_name(line.id)] = Fraction(line.points or ZERO)
        todo.extend(line.parts)
    return found


def _line(criterion: Criterion, pack: Pack, facts: Facts, scope: Scope) -> Line:
    if criterion.rule is not None:
        return _leaf(criterion, criterion.rule, pack, facts, scope)
    parts = tuple(_line(part, pack, facts, scope) for part in criterion.parts)
    summed = sum((part.points or ZERO for part in parts), ZERO)
    points = summed if criterion.maximum is None else min(summed, criterion.maximum)
    return Line(
        id=criterion.id,
        label=criterion.label,
        maximum=criterion.maximum,
        points=points,
        basis=criterion.basis,
        reason=group_reason(parts, summed, points),
        exact=Fraction(summed),
        parts=parts,
    )


def _leaf(criterion: Criterion, rule: Rule, pack: Pack, facts: Facts, scope: Scope) -> Line:
    seen: dict[str, Exact] = dict(scope)
    branch: Branch | None = None
    found: Fraction | None = None
    lack = ""
    try:
        if rule.measure is not None:
            seen["measure"] = number(rule.measure.node, seen)
        branch = _branch(rule, seen)
        found = _points(branch, seen)
    except NoValue as no_value:
        lack = no_value.reason if not no_value.missing else f"chưa có {_name(no_value, pack)}"
    capped = (
        found
        if criterion.maximum is None or found is None
        else min(found, Fraction(criterion.maximum))
    )
    points = None if capped is None else round_half_up(capped, pack.quantum)
    return Line(
        id=criterion.id,
        label=criterion.label,
        maximum=criterion.maximum,
        points=points,
        basis=criterion.basis,
        reason=leaf_reason(
            pack, rule, branch, seen, found=found, capped=capped, points=points, lack=lack
        ),
        exact=found,
        readings=readings_of(_read(rule, branch), facts, seen, pack),
        lack=lack,
    )


def _branch(rule: Rule, scope: Scope) -> Branch:
    for branch in rule.branches:
        if branch.when is None or truth(branch.when, scope):
            return branch
    raise NoValue("không rơi vào bậc nào của tiêu chí")


def _points(branch: Branch, scope: Scope) -> Fraction:
    if branch.points is None:
        raise NoValue(branch.label)
    return number(branch.points, scope)


def _name(no_value: NoValue, pack: Pack) -> str:
    word = pack.words.get(no_value.missing)
    return f"“{word.label}”" if word else no_value.missing


def _read(rule: Rule, taken: Branch | None) -> tuple[Node, ...]:
    """What the points rest on: the measure, and the branches up to the one taken."""
    nodes: list[Node] = [rule.measure.node] if rule.measure else []
    for branch in rule.branches:
        nodes += [node for node in (branch.when, branch.points) if node is not None]
        if branch is taken:
            break
    return tuple(nodes)

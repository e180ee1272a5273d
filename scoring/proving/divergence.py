"""Where a failing case and the pack part ways (chỗ rẽ đầu tiên): the clause, and both operands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.case_runs import pack_of, run_case
from scoring.cases import Case
from scoring.interpret import Exact, Scope
from scoring.nodes import Compare, Name, Node
from scoring.numbers import round_half_up
from scoring.proving.sites import criteria_of, is_truth
from scoring.proving.trace import reached, value_or_none
from scoring.rules import Condition, Criterion, Grade, Pack
from scoring.scope import scope_of
from scoring.score import results_of, score, score_season
from scoring.sheet import ScoreSheet, SeasonResult
from scoring.wording import value_text, with_values, worded


def divergence_of(pack: Pack, case: Case) -> str:
    """The first clause that sends a failing *case* elsewhere; empty when none can be named."""
    pack = pack_of(pack, case)
    mismatches = run_case(pack, case)
    if not mismatches:
        return ""
    if case.season:
        return _of_season(pack, case, score_season(pack, case.season))
    sheet = score(pack, "", case.facts, peers=case.peers)
    scope = {**scope_of(pack, case.facts, case.peers), **results_of(pack, sheet)}
    # In the order in which a pack comes to its verdict, not in that of the case.
    return next(
        (
            said
            for said in (
                _of_gates(pack, case.expect, sheet, scope),
                _of_points(pack, case.expect, sheet, scope),
                _of_grade(pack, case.expect, sheet, scope),
            )
            if said
        ),
        "",
    )


def operands(node: Node, pack: Pack, scope: Scope, *, wanted: bool | None = None) -> str:
    """The atomic conditions of *node* that decided, each with both operands.

    *wanted* keeps only those that came out so.
    """
    said = []
    for _, part, value in reached(node, scope):
        if is_truth(part, pack) and (wanted is None or value is wanted):
            outcome = "chưa đủ số liệu" if value is None else "đúng" if value is True else "sai"
            said.append(f"{_operation(part, pack, scope)}: {outcome}")
    return "; ".join(dict.fromkeys(said))


def _operation(node: Node, pack: Pack, scope: Scope) -> str:
    words = worded(node, pack)
    if isinstance(node, Compare):
        sides = []
        for side in (node.left, node.right):
            value = value_or_none(side, scope)
            choice = side.id if isinstance(side, Name) else ""
            shown = "chưa có" if value is None else _shown(value, choice, pack)
            sides.append(shown)
        return f"{words} (trái: {sides[0]}, phải: {sides[1]})"
    return f"{words} ({with_values(node, scope, pack)})"


def _shown(value: Exact, name: str, pack: Pack) -> str:
    if isinstance(value, str) and name in pack.words:
        return pack.words[name].choices.get(value, value)
    return value_text(value)


def _of_gates(pack: Pack, expect: Mapping[str, Any], sheet: ScoreSheet, scope: Scope) -> str:
    if "gates" not in expect:
        return ""
    failed = sheet.failed_gates
    for gate in pack.gates:
        if (gate.id in failed) != (gate.id in expect["gates"]):
            outcome = "không đạt" if gate.id in failed else "đạt"
            return f"{gate.id} ({gate.basis}) {outcome}: {operands(gate.when.node, pack, scope)}"
    return ""


def _of_points(pack: Pack, expect: Mapping[str, Any], sheet: ScoreSheet, scope: Scope) -> str:
    lines = {line.id: line for line in _lines(sheet)}
    for _, criterion in criteria_of(pack):
        line = lines.get(criterion.id)
        if line is None or criterion.id not in expect or line.points == expect[criterion.id]:
            continue
        if criterion.rule is None:
            return f"{criterion.id} ({criterion.basis}): {line.reason}"
        return _of_rule(criterion, expect[criterion.id], pack, scope) or (
            f"{criterion.id} ({criterion.basis}): {line.reason}"
        )
    if "total" in expect and expect["total"] != sheet.total:
        parts = [*sheet.lines, sheet.bonus, sheet.penalty]
        return "tổng điểm: " + "; ".join(f"{one.label} {one.reason}" for one in parts)
    return ""


def _of_rule(criterion: Criterion, wanted: Any, pack: Pack, scope: Scope) -> str:
    """The branch that would have given *wanted* and was passed over, or the one that was taken."""
    rule = criterion.rule
    if rule is None:
        return ""
    seen: dict[str, Exact] = dict(scope)
    if rule.measure is not None:
        measured = value_or_none(rule.measure.node, seen)
        if measured is None:
            return ""
        seen["measure"] = measured
    for number, branch in enumerate(rule.branches):
        holds = True if branch.when is None else value_or_none(branch.when, seen)
        gives = None if branch.points is None else value_or_none(branch.points, seen)
        named = f"{criterion.id} ({criterion.basis}), “{branch.label or f'nhánh thứ {number + 1}'}”"
        if holds is not True:
            if branch.when is not None and _settled(gives, criterion, pack) == wanted:
                said = operands(branch.when, pack, seen, wanted=False)
                return f"{named} không dùng được: {_measured(said, criterion, pack)}"
            continue
        if branch.when is None:
            return (
                ""
                if branch.points is None
                else f"{named}: {with_values(branch.points, seen, pack)}"
            )
        said = operands(branch.when, pack, seen)
        return f"{named} được dùng: {_measured(said, criterion, pack)}"
    return ""


def _measured(said: str, criterion: Criterion, pack: Pack) -> str:
    """*said* with what the criterion measures by name."""
    rule = criterion.rule
    if rule is None or rule.measure is None:
        return said
    node = rule.measure.node
    return said.replace(
        "giá trị đo", worded(node, pack) if isinstance(node, Name) else criterion.label
    )


def _settled(gives: Exact | None, criterion: Criterion, pack: Pack) -> Decimal | None:
    if not isinstance(gives, Fraction):
        return None
    limit = criterion.maximum
    return round_half_up(gives if limit is None else min(gives, Fraction(limit)), pack.quantum)


def _of_grade(pack: Pack, expect: Mapping[str, Any], sheet: ScoreSheet, scope: Scope) -> str:
    if "grade" not in expect or expect["grade"] == sheet.grade:
        return ""
    if sheet.grade is None:
        failed = [gate for gate in pack.gates if gate.id in sheet.failed_gates]
        return "; ".join(
            f"{gate.id} ({gate.basis}) không đạt: {operands(gate.when.node, pack, scope)}"
            for gate in failed[:1]
        )
    wanted = expect["grade"]
    bands: list[Grade | Condition] = [*pack.grades, *pack.caps, *pack.vetoes, *pack.overrides]
    by_id = {one.id: one for one in bands}
    decided = by_id.get(sheet.verdict[-1].id) if sheet.verdict else None
    missed = by_id.get(wanted)
    if isinstance(decided, Condition):
        return f"{decided.id} ({decided.basis}): {operands(decided.when.node, pack, scope)}"
    if missed is not None and missed.when is not None:
        holds = value_or_none(missed.when.node, scope)
        if holds is not True:
            said = operands(missed.when.node, pack, scope, wanted=False)
            return f"{missed.label} ({missed.basis}) không đạt: {said}"
    if decided is not None and decided.when is not None:
        said = operands(decided.when.node, pack, scope)
        return f"{decided.label} ({decided.basis}) đã đạt: {said}"
    return ""


def _of_season(pack: Pack, case: Case, result: SeasonResult) -> str:
    placings = {one.code: one for one in result.placings}
    for code, wanted in case.expect.get("rank", {}).items():
        placing = placings[code]
        if placing.rank == wanted:
            continue
        keys = [
            f"{key.label} {value_text(Fraction(value))}"
            for key, value in zip(pack.ranking.order, placing.standing, strict=False)
        ]
        why = placing.tie_reason or "; ".join(keys) or f"xếp loại {result.sheets[code].grade}"
        return f"{code}: hạng {placing.rank or 'không xếp'}, {why}"
    for selection in pack.selections:
        wanted = case.expect.get(selection.id)
        outcomes = case.expect.get("outcome", {}).get(selection.id, {})
        chosen = result.chosen(selection.id)
        for award in result.awards:
            if award.selection != selection.id:
                continue
            differs = wanted is not None and (award.code in wanted) != (award.code in chosen)
            if differs or outcomes.get(award.code, str(award.outcome)) != str(award.outcome):
                return f"{award.code} ({award.basis}): {award.reason}"
    return ""


def _lines(sheet: ScoreSheet) -> Iterator[Any]:
    todo = [*sheet.lines, sheet.bonus, sheet.penalty]
    while todo:
        line = todo.pop(0)
        yield line
        todo.extend(line.parts)

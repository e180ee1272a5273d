"""The line of one criterion or group (điểm từng tiêu chí): its points with the reason for them."""

from __future__ import annotations

from dataclasses import replace

from scoring.earned import Aside, ByParts, ByRule, Earned
from scoring.explain import condition_text, group_reason, leaf_reason
from scoring.interpret import Scope
from scoring.nodes import Node
from scoring.numbers import format_number, format_points
from scoring.rules import Branch, Criterion, Pack, Rule
from scoring.sheet import Facts, Line, Reading
from scoring.wording import readings_of, worded


def told(earned: Earned, pack: Pack, facts: Facts, scope: Scope) -> Line:
    """*earned* with the reason for it; *scope* are the values it was worked out from."""
    match earned.how:
        case ByParts() as how:
            return _group(earned, how, pack, facts, scope)
        case ByRule() as how:
            return _leaf(earned, how, pack, facts)
        case Aside():
            return _aside(earned, pack, facts, scope)


def _bare(earned: Earned, reason: str, readings: tuple[Reading, ...] = ()) -> Line:
    return Line(
        id=earned.criterion.id,
        label=earned.criterion.label,
        maximum=earned.maximum,
        points=earned.points,
        basis=earned.criterion.basis,
        reason=reason,
        exact=earned.exact,
        readings=readings,
        lack=earned.lack,
        excluded=earned.excluded,
    )


def _aside(earned: Earned, pack: Pack, facts: Facts, scope: Scope) -> Line:
    applies = earned.criterion.applies
    assert applies is not None  # noqa: S101 (only one with a condition is left aside)
    if earned.lack:
        reason = f"Chưa có điểm: {earned.lack}"
    else:
        why = condition_text(applies.node, pack, facts, scope)
        then = {
            "full": "được đủ điểm",
            "drop": "không tính vào điểm tối đa",
            "share": "điểm tối đa chia cho các tiêu chí cùng nhóm",
        }[earned.criterion.not_applicable]
        reason = f"Không áp dụng ({why}): {then}"
    return _throughout(earned, reason, readings_of((applies.node,), facts, scope, pack))


def _throughout(earned: Earned, reason: str, readings: tuple[Reading, ...]) -> Line:
    """The same said of *earned* and of every part of it."""
    parts = tuple(_throughout(part, reason, readings) for part in earned.parts)
    return replace(_bare(earned, reason, readings), parts=parts)


def _group(earned: Earned, how: ByParts, pack: Pack, facts: Facts, scope: Scope) -> Line:
    criterion, points = earned.criterion, earned.points
    assert points is not None  # noqa: S101 (a sum is there even of nothing)
    parts = tuple(told(part, pack, facts, scope) for part in earned.parts)
    reason = group_reason(parts, how.found, points, best=criterion.take == "best")
    if how.shared:
        reason += f"; chia lại theo thang {format_number(criterion.maximum or 0)}"
    return replace(_bare(earned, reason), parts=parts)


def _leaf(earned: Earned, how: ByRule, pack: Pack, facts: Facts) -> Line:
    criterion = earned.criterion
    rule = criterion.rule
    assert rule is not None  # noqa: S101 (it was scored by it)
    readings = readings_of(_read(criterion, rule, how.branch), facts, how.seen, pack)
    if how.unmet and earned.points is not None:
        why = _unmet(criterion, pack, facts, how.seen)
        return _bare(earned, f"{why} → {format_points(earned.points)} điểm", readings)
    scaled = ""
    if criterion.scale is not None and earned.exact is not None:
        scaled = f"hệ số {worded(criterion.scale.node, pack)} = {format_number(how.factor)}"
    reason = leaf_reason(
        pack,
        rule,
        how.branch,
        how.seen,
        found=earned.exact,
        capped=how.capped,
        points=earned.points,
        lack=earned.lack,
        scaled=scaled,
    )
    return _bare(earned, reason, readings)


def _unmet(criterion: Criterion, pack: Pack, facts: Facts, scope: Scope) -> str:
    """Why the criterion earns nothing yet."""
    needs = criterion.needs
    assert needs is not None  # noqa: S101 (they were not met)
    why = condition_text(needs.require.node, pack, facts, scope)
    return f"{needs.label or 'Thiếu điều kiện cần'} ({why})"


def _read(criterion: Criterion, rule: Rule, taken: Branch | None) -> tuple[Node, ...]:
    """What the points rest on: conditions, the measure, the branches up to the one taken."""
    required = criterion.needs.require if criterion.needs else None
    asked = (criterion.applies, required, criterion.scale)
    nodes: list[Node] = [one.node for one in asked if one is not None]
    nodes += [rule.measure.node] if rule.measure else []
    for branch in rule.branches:
        nodes += [node for node in (branch.when, branch.points) if node is not None]
        if branch is taken:
            break
    return tuple(nodes)

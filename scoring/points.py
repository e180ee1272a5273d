"""The points of one criterion or group (điểm từng tiêu chí), with the reason for them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from scoring.dated import missing_words
from scoring.explain import condition_text, group_reason, leaf_reason
from scoring.interpret import Exact, NoValue, Scope, number, truth
from scoring.nodes import Node
from scoring.numbers import format_number, format_points, round_half_up
from scoring.rules import Branch, Criterion, Pack, Rule
from scoring.sheet import Facts, Line
from scoring.wording import readings_of, worded

ZERO = Decimal(0)


def line_of(criterion: Criterion, pack: Pack, facts: Facts, scope: Scope) -> Line:
    """*criterion* scored for the entry whose values are in *scope*."""
    try:
        if criterion.applies is not None and not truth(criterion.applies.node, scope):
            return _not_applicable(criterion, pack, facts, scope)
    except NoValue as no_value:
        return _unscored(criterion, pack, facts, scope, _lack(no_value, pack))
    if criterion.rule is not None:
        return _leaf(criterion, criterion.rule, pack, facts, scope)
    return _group(criterion, pack, facts, scope)


def _bare(criterion: Criterion, points: Decimal | None, reason: str) -> Line:
    return Line(
        id=criterion.id,
        label=criterion.label,
        maximum=criterion.maximum,
        points=points,
        basis=criterion.basis,
        reason=reason,
    )


def _not_applicable(criterion: Criterion, pack: Pack, facts: Facts, scope: Scope) -> Line:
    assert criterion.applies is not None  # noqa: S101 (asked by line_of)
    why = condition_text(criterion.applies.node, pack, facts, scope)
    then = {
        "full": "được đủ điểm",
        "drop": "không tính vào điểm tối đa",
        "share": "điểm tối đa chia cho các tiêu chí cùng nhóm",
    }[criterion.not_applicable]
    whole = _bare(criterion, None, f"Không áp dụng ({why}): {then}")
    whole = replace(whole, readings=readings_of((criterion.applies.node,), facts, scope, pack))
    return _throughout(criterion, whole, full=criterion.not_applicable == "full")


def _unscored(criterion: Criterion, pack: Pack, facts: Facts, scope: Scope, lack: str) -> Line:
    nodes = (criterion.applies.node,) if criterion.applies else ()
    line = replace(_bare(criterion, None, f"Chưa có điểm: {lack}"), lack=lack)
    return _throughout(
        criterion, replace(line, readings=readings_of(nodes, facts, scope, pack)), full=False
    )


def _throughout(criterion: Criterion, line: Line, *, full: bool) -> Line:
    """*line* for *criterion*, and the same said of every part of it."""
    parts = tuple(
        _throughout(
            part,
            replace(_bare(part, None, line.reason), readings=line.readings, lack=line.lack),
            full=full,
        )
        for part in criterion.parts
    )
    points = criterion.maximum if full else None
    return replace(line, points=points, parts=parts, excluded=not full and not line.lack)


def _group(criterion: Criterion, pack: Pack, facts: Facts, scope: Scope) -> Line:
    """The parts added up, or the best of them; what does not apply is left out of the maximum."""
    parts = tuple(line_of(part, pack, facts, scope) for part in criterion.parts)
    counted = [part for part in parts if not part.excluded]
    earned = [part.points or ZERO for part in counted]
    found = max(earned, default=ZERO) if criterion.take == "best" else sum(earned, ZERO)
    maximum = _maximum(criterion, parts)
    shared = _shared(criterion, parts, Fraction(found))
    points = _clamped(shared if shared is not None else Fraction(found), criterion, maximum)
    rounded = round_half_up(points, pack.quantum) if shared is not None else _settled(points)
    reason = group_reason(parts, found, rounded, best=criterion.take == "best")
    if shared is not None:
        reason += f"; chia lại theo thang {format_number(criterion.maximum or 0)}"
    return Line(
        id=criterion.id,
        label=criterion.label,
        maximum=maximum,
        points=rounded,
        basis=criterion.basis,
        reason=reason,
        exact=Fraction(found),
        parts=parts,
        excluded=bool(parts) and not counted,
    )


def _maximum(criterion: Criterion, parts: tuple[Line, ...]) -> Decimal | None:
    """The maximum left when what was dropped, here or further down, is taken off."""
    if criterion.maximum is None or criterion.take == "best":
        return criterion.maximum
    dropped = ZERO
    for line, part in zip(parts, criterion.parts, strict=True):
        gone = line.excluded and part.not_applicable == "drop"
        dropped += (part.maximum or ZERO) - (ZERO if gone else line.maximum or ZERO)
    return criterion.maximum - dropped


def _shared(criterion: Criterion, parts: tuple[Line, ...], found: Fraction) -> Fraction | None:
    """*found* stretched to the group's own maximum when a part left its share to its siblings."""
    sharing = [
        line
        for line, part in zip(parts, criterion.parts, strict=True)
        if line.excluded and part.not_applicable == "share"
    ]
    left = sum((line.maximum or ZERO for line in parts if not line.excluded), ZERO)
    if not sharing or not left or criterion.maximum is None:
        return None
    whole = left + sum((line.maximum or ZERO for line in sharing), ZERO)
    return found * Fraction(whole) / Fraction(left)


def _settled(points: Fraction) -> Decimal:
    """A sum of rounded points is a decimal already."""
    return Decimal(points.numerator) / Decimal(points.denominator)


def _clamped(found: Fraction, criterion: Criterion, maximum: Decimal | None) -> Fraction:
    if maximum is not None:
        found = min(found, Fraction(maximum))
    if criterion.minimum is not None:
        found = max(found, Fraction(criterion.minimum))
    return found


def _leaf(criterion: Criterion, rule: Rule, pack: Pack, facts: Facts, scope: Scope) -> Line:
    seen: dict[str, Exact] = dict(scope)
    branch: Branch | None = None
    found: Fraction | None = None
    lack = before = ""
    try:
        before = _unmet(criterion, pack, facts, scope)
        if before and criterion.needs is not None:
            found = Fraction(criterion.needs.otherwise)
        else:
            if rule.measure is not None:
                seen["measure"] = number(rule.measure.node, seen)
            branch = _branch(rule, seen)
            found = _points(branch, seen) * _scale(criterion, seen)
    except NoValue as no_value:
        lack = _lack(no_value, pack)
    capped = None if found is None else _clamped(found, criterion, criterion.maximum)
    points = None if capped is None else round_half_up(capped, pack.quantum)
    if before and points is not None:
        reason = f"{before} → {format_points(points)} điểm"
    else:
        scaled = ""
        if criterion.scale is not None and found is not None:
            factor = format_number(_scale(criterion, seen))
            scaled = f"hệ số {worded(criterion.scale.node, pack)} = {factor}"
        reason = leaf_reason(
            pack,
            rule,
            branch,
            seen,
            found=found,
            capped=capped,
            points=points,
            lack=lack,
            scaled=scaled,
        )
    return replace(
        _bare(criterion, points, reason),
        exact=found,
        readings=readings_of(_read(criterion, rule, branch), facts, seen, pack),
        lack=lack,
    )


def _unmet(criterion: Criterion, pack: Pack, facts: Facts, scope: Scope) -> str:
    """Why the criterion earns nothing yet; empty when its precondition holds."""
    needs = criterion.needs
    if needs is None or truth(needs.require.node, scope):
        return ""
    why = condition_text(needs.require.node, pack, facts, scope)
    return f"{needs.label or 'Thiếu điều kiện cần'} ({why})"


def _scale(criterion: Criterion, scope: Scope) -> Fraction:
    return Fraction(1) if criterion.scale is None else number(criterion.scale.node, scope)


def _branch(rule: Rule, scope: Scope) -> Branch:
    for branch in rule.branches:
        if branch.when is None or truth(branch.when, scope):
            return branch
    raise NoValue("không rơi vào bậc nào của tiêu chí")


def _points(branch: Branch, scope: Scope) -> Fraction:
    if branch.points is None:
        raise NoValue(branch.label)
    return number(branch.points, scope)


def _lack(no_value: NoValue, pack: Pack) -> str:
    if not no_value.missing:
        return no_value.reason
    word = pack.words.get(no_value.missing)
    why = missing_words(no_value.missing, pack)
    lack = f"chưa có “{word.label}”" if word else f"chưa có {no_value.missing}"
    return f"{lack}: {why}" if why else lack


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

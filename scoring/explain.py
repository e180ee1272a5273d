"""Why a criterion has its points, in one sentence a chair can read out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from scoring.interpret import NoValue, Scope, truth
from scoring.nodes import Call, Compare, Literal, Name, Node
from scoring.numbers import format_number, format_points, with_unit
from scoring.rules import Branch, Condition, Pack, Rule
from scoring.sheet import Facts, Finding, Line, ScoreSheet
from scoring.wording import readings_of, value_text, with_values, worded

_HOLDS_WORDS = {True: "đạt", False: "không đạt", None: "chưa đủ số liệu để xét"}


def leaf_reason(
    pack: Pack,
    rule: Rule,
    branch: Branch | None,
    scope: Scope,
    *,
    found: Fraction | None,
    capped: Fraction | None,
    points: Decimal | None,
    lack: str,
    scaled: str = "",
) -> str:
    """The sentence for a leaf: what was measured, the branch it fell in, the points."""
    start = _measured(pack, rule, branch, scope)
    start = f"{start}; {scaled}" if scaled and start else scaled or start
    if found is None or capped is None or points is None:
        return f"{start}: chưa có điểm, {lack}" if start else f"Chưa có điểm: {lack}"
    tail = f"{format_points(points)} điểm"
    if capped != found:
        bound = "tối đa" if capped < found else "ít nhất"
        tail = f"{format_number(found)}, {bound} {tail}"
    elif Fraction(points) != capped:
        tail = f"{format_number(capped)}, làm tròn {tail}"
    return f"{start} → {tail}" if start else tail


def _measured(pack: Pack, rule: Rule, branch: Branch | None, scope: Scope) -> str:
    if rule.shape == "judged":
        return _marks(rule, branch, scope)
    if rule.shape == "each_yes" and rule.measure is not None:
        return f"{_each(rule.measure.node, scope, pack)}: {rule.branches[0].label}"
    if rule.measure is not None:
        measured = _equation(
            rule.measure.node, scope, pack, unit=rule.unit, result=scope.get("measure")
        )
        return f"{measured}: {branch.label}" if branch else measured
    if branch is None:
        return ""
    if branch.when is None and rule.shape in ("points", "branches"):
        sums = _equation(branch.points, scope, pack) if branch.points else ""
        if isinstance(branch.points, Literal):
            sums = "Các trường hợp còn lại" if len(rule.branches) > 1 else ""
        return branch.label or sums
    if (
        isinstance(branch.when, Compare)
        and isinstance(branch.when.left, Name)
        and rule.shape == "choice"
    ):
        return f"{pack.words[branch.when.left.id].label}: {branch.label}"
    condition = branch.when or rule.branches[0].when
    words = worded(condition, pack) if condition is not None else ""
    if rule.shape == "yes_no":
        return f"{words}: {branch.label}"
    sums = (
        ""
        if branch.points is None or isinstance(branch.points, Literal)
        else (f"; điểm {_equation(branch.points, scope, pack)}")
    )
    return f"{branch.label or 'Khi ' + words}{sums}"


def _each(node: Node, scope: Scope, pack: Pack) -> str:
    """``Đạt 3/4 ý (chưa đạt: Dân làm)``."""
    ideas = node.arguments if isinstance(node, Call) else ()
    held = [(holds_of(idea, scope), worded(idea, pack)) for idea in ideas]
    notes = []
    for state, said in ((False, "chưa đạt"), (None, "chưa có số liệu")):
        if some := [words for holds, words in held if holds is state]:
            notes.append(f"{said}: {'; '.join(some)}")
    lacking = f" ({'; '.join(notes)})" if notes else ""
    return f"Đạt {sum(holds is True for holds, _ in held)}/{len(held)} ý{lacking}"


def holds_of(node: Node, scope: Scope) -> bool | None:
    """Whether a condition holds; None when a value it needs is missing."""
    try:
        return truth(node, scope)
    except NoValue:
        return None


def _equation(
    node: Node, scope: Scope, pack: Pack, *, unit: str = "", result: object = None
) -> str:
    """``Số hộ tham gia / Tổng số hộ × 100 = 135 / 154 × 100 = 87,6623…%``, no step said twice."""
    steps = [worded(node, pack), with_values(node, scope, pack)]
    if isinstance(result, Fraction):
        steps.append(with_unit(format_number(result), unit))
    kept = [step for at, step in enumerate(steps) if at == 0 or step != steps[at - 1]]
    if len(kept) == 3 and isinstance(result, Fraction) and kept[1] == format_number(result):
        del kept[1]
    return " = ".join(kept)


def _marks(rule: Rule, branch: Branch | None, scope: Scope) -> str:
    marks_name = next(
        (
            one.left.arguments[0]
            for one in [rule.branches[0].when]
            if isinstance(one, Compare) and hasattr(one.left, "arguments")
        ),
        None,
    )
    marks = scope.get(marks_name.id, ()) if isinstance(marks_name, Name) else ()
    if not isinstance(marks, tuple) or not marks:
        return "Chưa có phiếu chấm"
    given = value_text(tuple(sorted(marks, reverse=True)))
    return (
        f"{len(marks)} phiếu ({given}): {branch.label}"
        if branch
        else f"{len(marks)} phiếu ({given})"
    )


def group_reason(
    parts: tuple[Line, ...], summed: Decimal, points: Decimal, *, best: bool = False
) -> str:
    """The sentence for a group: its parts added up, and the ceiling when it was hit."""
    if not parts:
        return "Không có khoản nào."
    each = [format_points(part.points) if part.points is not None else "–" for part in parts]
    bound = ""
    if points != summed:
        bound = f", {'tối đa' if points < summed else 'ít nhất'} {format_points(points)}"
    if best:
        return f"cao nhất trong ({'; '.join(each)}): {format_points(summed)}{bound}"
    return f"{' + '.join(each)} = {format_points(summed)}{bound}"


def condition_text(node: Node, pack: Pack, facts: Facts, scope: Scope) -> str:
    """A condition in words with the values it read."""
    readings = readings_of((node,), facts, scope, pack)
    has = "; ".join(one.told for one in readings)
    # A condition that is one yes/no fact says the same as its value.
    return has if isinstance(node, Name) else f"{worded(node, pack)} ({has})"


def said_of(
    condition: Condition, holds: bool | None, pack: Pack, facts: Facts, scope: Scope
) -> Finding:
    """That *condition* came out as *holds* on these values, and what it read."""
    node = condition.when.node
    readings = readings_of((node,), facts, scope, pack)
    reason = f"{condition_text(node, pack, facts, scope)}: {_HOLDS_WORDS[holds]}"
    return Finding(condition.id, condition.label, condition.basis, holds, reason, readings)


def sentences_of(line: Line) -> tuple[str, ...]:
    """Why *line* has its points: the reasoning, the values read, the clause."""
    found = [line.reason]
    if line.readings:
        found.append("Số liệu: " + "; ".join(one.told for one in line.readings))
    if line.basis:
        found.append(f"Căn cứ: {line.basis}")
    return tuple(found)


def sources_of(told: Line | Finding) -> tuple[str, ...]:
    """Where values *told* rests on come from, when not from a report and not said already."""
    return tuple(one.told for one in told.readings if one.source and one.source not in told.reason)


def verdict_sentences(sheet: ScoreSheet) -> tuple[str, ...]:
    """How the grade came about: failed gates, or the bands, caps and vetoes that were tried."""
    if sheet.grade is None:
        failed = [gate for gate in sheet.gates if not gate.holds]
        return tuple(f"Không xét: {gate.label} ({gate.basis}). {_whole(gate)}" for gate in failed)
    return tuple(f"{one.label} ({one.basis}): {_whole(one)}" for one in sheet.verdict)


def _whole(finding: Finding) -> str:
    return "; ".join((finding.reason, *sources_of(finding)))

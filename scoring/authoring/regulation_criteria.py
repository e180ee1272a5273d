"""Criteria in words (tiêu chí viết thành lời): what is measured, each tier with its points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from scoring.authoring.clauses import Mark, judged_by, unmet_clauses
from scoring.authoring.prose import Block, Clause, Heading, Paragraph
from scoring.nodes import Literal, Node, children
from scoring.numbers import format_number
from scoring.rules import Branch, Criterion, Pack
from scoring.wording import worded

Notes: TypeAlias = Mapping[str, str]


def criterion_blocks(one: Criterion, level: int, pack: Pack, notes: Notes) -> Iterator[Block]:
    most = f" (tối đa {format_number(one.maximum)} điểm)" if one.maximum is not None else ""
    if one.parts:
        yield Heading(f"{one.id}. {one.label}{most}", min(level, 4))
        yield from group_blocks(one, pack, notes)
        yield from (
            block for part in one.parts for block in criterion_blocks(part, level + 1, pack, notes)
        )
        return
    rule = one.rule
    branches = rule.branches if rule else ()
    nodes = [node for branch in branches for node in (branch.when, branch.points) if node]
    nodes += [rule.measure.node] if rule and rule.measure else []
    note = notes.get(one.id, "")
    missing = unmet_clauses({"": note})
    mark = Mark.MISSING if missing else judged_by(nodes, pack)
    yield Clause(f"{one.id}. {one.label}{most}", mark, one.basis)
    if note:
        yield Clause(" ".join(note.split()), depth=1)
    yield from _conditions(one, pack)
    if rule and rule.measure and rule.shape != "each_yes":
        yield Clause(f"Đo bằng: {worded(rule.measure.node, pack)}", depth=1)
    if rule and rule.measure and rule.shape == "each_yes":
        asked = "; ".join(lowered(worded(node, pack)) for node in children(rule.measure.node))
        yield Clause(f"Các ý: {asked}", depth=1)
    shape = rule.shape if rule else ""
    yield from (Clause(_branch(branch, shape, pack), depth=1) for branch in branches)


def group_blocks(one: Criterion, pack: Pack, notes: Notes) -> Iterator[Block]:
    if one.id in ("bonus", "penalty") and one.maximum is not None:
        most = format_number(one.maximum)
        yield Clause(f"Cộng lại tối đa {most} điểm", basis=one.basis)
    if note := notes.get(one.id):
        yield Paragraph(" ".join(note.split()))
    if one.take == "best":
        yield Paragraph("Chỉ lấy mục có điểm cao nhất.")
    yield from _conditions(one, pack)


def _conditions(one: Criterion, pack: Pack) -> Iterator[Clause]:
    """What holds for the whole criterion: when it applies, what it needs, its factor."""
    then = {
        "drop": "không tính vào điểm tối đa",
        "full": "được đủ điểm",
        "share": "điểm chia cho các tiêu chí cùng nhóm",
    }
    if one.applies is not None:
        told = worded(one.applies.node, pack)
        text = f"Áp dụng khi {told}; nếu không thì {then[one.not_applicable]}"
        yield Clause(text, depth=1)
    if one.needs is not None:
        needed = one.needs.label or worded(one.needs.require.node, pack)
        points = format_number(one.needs.otherwise)
        yield Clause(f"Điều kiện cần: {needed}; chưa có thì {points} điểm", depth=1)
    if one.scale is not None:
        yield Clause(f"Nhân với {worded(one.scale.node, pack)}", depth=1)
    if one.minimum is not None:
        yield Clause(f"Ít nhất {format_number(one.minimum)} điểm", depth=1)


def _branch(branch: Branch, shape: str, pack: Pack) -> str:
    told = branch.label or (worded(branch.when, pack) if branch.when else "")
    if branch.points is None:
        return f"{raised(told)}: chưa có điểm"
    points = branch.points
    if told and not _is_constant(points) and shape not in ("branches", "points"):
        return raised(told)
    shown = _points_words(points) or worded(points, pack)
    if not told:
        return f"Điểm: {shown}" if branch.when is None else f"{shown} điểm"
    if "không có điểm" in told or f"{shown} điểm" in told:
        return raised(told)
    return f"{raised(told)}: {shown}" + (" điểm" if _is_constant(points) else "")


def _is_constant(node: Node) -> bool:
    return isinstance(node, Literal)


def _points_words(node: Node) -> str:
    value = node.value if isinstance(node, Literal) else None
    return format_number(value) if isinstance(value, Fraction) else ""


def raised(text: str) -> str:
    """*text* as the beginning of a line."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """*text* inside a line; a word in capitals stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]

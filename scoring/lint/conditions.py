"""Conditions that always or never hold, branches nobody takes (điều kiện thừa, nhánh chết)."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.lint.subject import Formula, Subject
from scoring.nodes import Among, Compare, If, Literal, Logic, Node, Not, children
from scoring.possible.bounds import Known, assuming, truths
from scoring.possible.reach import entered
from scoring.problems import Problem
from scoring.rules import Rule
from scoring.source import Path


def lint_conditions(subject: Subject) -> Iterator[Problem]:
    """Constant conditions, wherever they stand, then branches nobody takes."""
    dead: set[Path] = set()
    for formula in subject.formulas():
        for node, holds, why in constant_parts(formula.node, subject.scored):
            dead.add(formula.path)
            yield _constant(subject, formula, node, holds=holds, why=why)
    for one in subject.located():
        if one.criterion.rule is not None:
            path = (*one.path, one.criterion.rule.shape)
            yield from _branches(subject, one.criterion.rule, path, dead)


def constant_parts(
    node: Node, known: Known, seen: Known | None = None
) -> Iterator[tuple[Node, bool, str]]:
    """Conditions inside *node* that come out one way only, with that way and why.

    *seen* is what holds where *node* is asked. What is redundant there is often written for the
    reader's sake and passed over; what is impossible there is not.
    """
    seen = known if seen is None else seen
    match node:
        case Literal(bool() as value):
            yield node, value, "viết sẵn"
        case Compare() | Among():
            found = truths(node, known)
            if len(found) == 1:
                yield node, True in found, "với min, max và lựa chọn đã khai"
            elif truths(node, seen) == {False}:
                yield node, False, "khi xét sau những điều kiện trước nó"
            else:
                yield from _below(node, known, seen)
        case Logic():
            yield from _logic(node, known, seen)
        case If(condition, then, otherwise):
            yield from constant_parts(condition, known, seen)
            for side, holds in ((then, True), (otherwise, False)):
                inside = assuming(condition, seen, holds=holds)
                if inside is not None and not isinstance(side, Literal):
                    yield from constant_parts(side, known, inside)
        case Not(operand):
            yield from constant_parts(operand, known)
        case _:
            yield from _below(node, known, seen)


def _below(node: Node, known: Known, seen: Known) -> Iterator[tuple[Node, bool, str]]:
    for below in children(node):
        if not isinstance(below, Literal):
            yield from constant_parts(below, known, seen)


def _logic(node: Logic, known: Known, seen: Known) -> Iterator[tuple[Node, bool, str]]:
    left = [*constant_parts(node.left, known, seen)]
    right = [*constant_parts(node.right, known)]
    yield from left
    yield from right
    is_and = node.operator == "and"
    after = assuming(node.left, seen, holds=is_and)
    if left or right or after is None:
        return
    if truths(node.right, after) == {not is_and}:
        yield node.right, not is_and, "khi xét sau vế trước"


def _constant(subject: Subject, formula: Formula, node: Node, *, holds: bool, why: str) -> Problem:
    if holds:
        return subject.problem_in(
            formula,
            node.start,
            "always-true",
            f"Điều kiện này luôn đúng {why}: không loại ai.",
            "Bỏ đi, hoặc sửa ngưỡng, dấu so sánh cho đúng văn bản.",
        )
    return subject.problem_in(
        formula,
        node.start,
        "always-false",
        f"Điều kiện này không bao giờ đúng {why}.",
        "Sửa ngưỡng, dấu so sánh hay min, max của số liệu.",
    )


def _branches(subject: Subject, rule: Rule, path: Path, dead: set[Path]) -> Iterator[Problem]:
    last = len(rule.branches) - 1
    for one in entered(rule, subject.declared):
        if one.inside is not None:
            continue
        match rule.shape:
            case "branches" if one.at < last and (*path, one.at, "when") not in dead:
                line = subject.source.place((*path, one.at)).line
                yield subject.problem(
                    (*path, one.at, "when"),
                    "unreachable",
                    f"Không ai vào nhánh này (dòng {line}): các nhánh trên đã nhận hết.",
                    "Đưa nhánh hẹp lên trước nhánh rộng, hoặc bỏ nhánh này.",
                )
            case "ratio" if subject.value((*path, "cut")) is not None or one.at == 0:
                key = "full_at" if rule.branches[one.at].label.startswith("từ") else "cut"
                yield subject.problem(
                    (*path, key),
                    "unreachable",
                    f"Không hồ sơ nào rơi vào “{rule.branches[one.at].label}”.",
                    "Sửa cut, full_at cho hợp với những giá trị có thể đo được.",
                )
            case "steps" if one.at == last:
                yield subject.problem(
                    (*path, "from"),
                    "unreachable",
                    f"Không hồ sơ nào tới được “{rule.branches[last].label}”.",
                    "Sửa from cho hợp với những giá trị có thể đo được.",
                )

"""Expressions that read differently from what they mean (biểu thức dễ đọc nhầm).

Works on the text: whether there were parentheses is no longer seen in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scoring.lint.subject import Subject
from scoring.problems import Problem

_PIECE = re.compile(r'"[^"]*"|\'[^\']*\'|\w+|\?\?|[=!<>]=|\S')
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})


@dataclass(slots=True)
class _Level:
    """What was met since the last bracket, comma or branch, at one depth of brackets."""

    logic: str = ""
    mixed: bool = False
    denied: int | None = None
    """Offset of a ``not`` whose operand is still being read."""
    branched: bool = False
    begun: list[int] = field(default_factory=list)

    def next_operand(self) -> None:
        self.logic, self.mixed, self.denied = "", False, None


def lint_text(subject: Subject) -> Iterator[Problem]:
    """Mixed ``and``/``or``, ``not a == b``, choices inside choices, all without parentheses."""
    for formula in subject.formulas():
        for offset, code in misleading(formula.text):
            message, hint = _WORDS[code]
            yield subject.problem_in(formula, offset, code, message, hint)


_WORDS = {
    "mixed-logic": (
        "Trộn and với or mà không có ngoặc: máy tính and trước, người đọc có thể hiểu khác.",
        "Đặt ngoặc quanh phần tính trước: (a and b) or c.",
    ),
    "not-compare": (
        "not đứng trước một phép so sánh không có ngoặc, dễ đọc nhầm.",
        "Viết ngược phép so sánh (a != b), hoặc not (a == b).",
    ),
    "nested-choice": (
        "“? :” nằm trong “? :” mà không có ngoặc.",
        "Đặt ngoặc quanh phần bên trong, hoặc dùng dạng branches.",
    ),
}


def misleading(text: str) -> Iterator[tuple[int, str]]:
    """Offset and code of every place in *text* where parentheses are wanted."""
    levels = [_Level()]
    for found in _PIECE.finditer(text):
        word, level = found[0], levels[-1]
        if word in ("(", "["):
            levels.append(_Level())
        elif word in (")", "]"):
            if len(levels) > 1:
                levels.pop()
        elif word == ",":
            levels[-1] = _Level()
        elif word in ("?", ":"):
            if word == "?" and level.branched:
                yield found.start(), "nested-choice"
            level.branched = True
            level.next_operand()
        elif word in ("and", "or"):
            if level.logic not in ("", word) and not level.mixed:
                level.mixed = True
                yield found.start(), "mixed-logic"
            level.logic, level.denied = word, None
        elif word == "not":
            level.denied = found.start()
        elif word in _COMPARISONS and level.denied is not None:
            yield level.denied, "not-compare"
            level.denied = None

"""How much the expressions of a pack come to (giới hạn): generous for any regulation, then refused.

Derived values multiply: forty that each read the one above twice stand for a million million
readings. Whatever follows names through expressions may do so once this has been asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scoring.nodes import Name, Node, children

MOST_WRITTEN = 64_000
"""Characters of all expressions: 300 criteria with two long lines of conditions each."""
MOST_READ = 5_000
"""Values an expression reads once every derived one in it is written out."""
MOST_STEPS = 50
"""Derived values that rest on one another."""

TOO_LONG = (
    "Các biểu thức của bộ quy tắc gộp lại quá dài (64.000 ký tự).",
    "Đưa phần lặp lại vào derived; chia thành nhiều bộ quy tắc.",
)
TOO_DEEP = (
    "Số liệu tính được nối tiếp nhau quá 50 bậc, hay viết hết ra thì quá dài.",
    "Tính gọn lại; hỏi thẳng số liệu ở giữa.",
)
"""What is wrong, and what to do now."""


@dataclass
class Weights:
    """What was read so far."""

    written: int = 0
    read: dict[str, int] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)

    def too_long(self, text: str) -> bool:
        """Whether *text* is one expression more than a pack may have."""
        self.written += len(text)
        return self.written > MOST_WRITTEN

    def too_deep(self, id_: str, node: Node) -> bool:
        """Whether the derived value *id_* rests on more than anybody could follow."""
        names = _names(node)
        self.read[id_] = 1 + sum(self.read.get(name, 1) for name in names)
        self.steps[id_] = 1 + max((self.steps.get(name, 0) for name in names), default=0)
        return self.read[id_] > MOST_READ or self.steps[id_] > MOST_STEPS


def _names(node: Node) -> list[str]:
    """Every name *node* reads, as often as it does."""
    found = []
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, Name):
            found.append(one.id)
        todo.extend(children(one))
    return found

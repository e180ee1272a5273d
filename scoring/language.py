"""The rule language: expression text to a checked tree, with every fault at its place.

Types come from the pack's declared facts; there are no others. rule-engine would accept
``certified == 1`` or ``region == 3`` and answer false for ever; here that is refused.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scoring.functions import FUNCTIONS
from scoring.grammar import SyntaxRefused, read_tree
from scoring.nodes import (
    Among,
    Arithmetic,
    Call,
    Coalesce,
    Compare,
    Expression,
    If,
    Kind,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Present,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A name an expression may use: what it yields and what it may be."""

    kind: Kind
    label: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in an expression; ``offset`` counts from its first character."""

    offset: int
    code: str
    message: str
    hint: str = ""


def check(
    text: str, words: Mapping[str, Word], *, wanted: Kind
) -> tuple[Expression | None, tuple[Fault, ...]]:
    """The expression *text* reads as, or the faults that keep it from one of kind *wanted*."""
    try:
        node = read_tree(text)
    except SyntaxRefused as refused:
        return None, (Fault(refused.offset, "expression", refused.message, refused.hint),)
    checker = _Checker(words)
    kind = checker.kind(node)
    if kind is not None and kind is not wanted:
        checker.fault(node, "type", f"Ở đây cần {wanted}, biểu thức này cho {kind}.")
    if checker.faults:
        return None, tuple(checker.faults)
    return Expression(text, node, wanted), ()


def meant(word: str, known: Iterable[str]) -> str:
    """“Ý bạn là …?” when something known is near *word*, else the empty string."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Ý bạn là “{near[0]}”?" if near else ""


class _Checker:
    """Finds the kind of every node; None where a fault was already noted below."""

    def __init__(self, words: Mapping[str, Word]) -> None:
        self.words = words
        self.faults: list[Fault] = []

    def fault(self, node: Node, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault(node.start, code, message, hint))

    def kind(self, node: Node) -> Kind | None:
        match node:
            case Literal():
                return _kind_of(node)
            case Name():
                return self._name(node)
            case Present():
                return self._present(node)
            case Not():
                return self._need(node.operand, Kind.TRUTH, Kind.TRUTH)
            case Negate():
                return self._need(node.operand, Kind.NUMBER, Kind.NUMBER)
            case Logic():
                left = self._need(node.left, Kind.TRUTH, Kind.TRUTH)
                return self._need(node.right, Kind.TRUTH, Kind.TRUTH) and left
            case Arithmetic():
                left = self._need(node.left, Kind.NUMBER, Kind.NUMBER)
                return self._need(node.right, Kind.NUMBER, Kind.NUMBER) and left
            case Compare():
                return self._compare(node)
            case Among():
                return self._among(node)
            case If():
                return self._if(node)
            case Coalesce():
                return self._same(node, self._maybe(node.left), self.kind(node.right))
            case Call():
                return self._call(node)

    def _need(self, node: Node, wanted: Kind, gives: Kind) -> Kind | None:
        found = self.kind(node)
        if found is not None and found is not wanted:
            self.fault(node, "type", f"Ở đây cần {wanted}, không phải {found}.", _type_hint(wanted))
            return None
        return gives if found else None

    def _name(self, node: Name) -> Kind | None:
        found = self._maybe(node)
        if found is not None and self.words[node.id].optional:
            self.fault(
                node,
                "null",
                f"“{node.id}” có thể để trống.",
                f"Nói rõ khi trống thì sao: ({node.id} ?? 0), hoặc hỏi {node.id} != null.",
            )
            return None
        return found

    def _maybe(self, node: Node) -> Kind | None:
        """The kind of *node* where having no value is allowed."""
        if not isinstance(node, Name):
            return self.kind(node)
        if node.id not in self.words:
            self.fault(node, "name", f"Không có số liệu “{node.id}”.", meant(node.id, self.words))
            return None
        return self.words[node.id].kind

    def _present(self, node: Present) -> Kind | None:
        return Kind.TRUTH if self._maybe(node.name) else None

    def _compare(self, node: Compare) -> Kind | None:
        left, right = self.kind(node.left), self.kind(node.right)
        if left is None or right is None:
            return None
        choice = self._choice_against(node.left, node.right) or self._choice_against(
            node.right, node.left
        )
        if choice or Kind.CHOICE in (left, right):
            return self._compare_choice(node, choice)
        if left is not right:
            self.fault(node, "never", f"So {left} với {right} thì không bao giờ đúng.")
            return None
        if node.operator not in ("==", "!=") and left not in (Kind.NUMBER, Kind.DATE):
            self.fault(node, "type", f"Không so lớn nhỏ được với {left}.")
            return None
        return Kind.TRUTH

    def _compare_choice(self, node: Compare, choice: tuple[Name, Literal] | None) -> Kind | None:
        if choice is None:
            self.fault(
                node, "never", "Lựa chọn chỉ so được với một giá trị trong nháy của chính nó."
            )
            return None
        if node.operator not in ("==", "!="):
            self.fault(node, "type", "Lựa chọn chỉ so được bằng == hoặc !=.")
            return None
        return Kind.TRUTH if self._is_choice(*choice) else None

    def _choice_against(self, one: Node, other: Node) -> tuple[Name, Literal] | None:
        if isinstance(one, Name) and isinstance(other, Literal) and isinstance(other.value, str):
            return (one, other) if self.words[one.id].kind is Kind.CHOICE else None
        return None

    def _is_choice(self, name: Name, literal: Literal) -> bool:
        choices = self.words[name.id].choices
        if literal.value in choices:
            return True
        hint = meant(str(literal.value), choices) or f"Chọn một trong: {', '.join(choices)}."
        self.fault(literal, "choice", f"“{name.id}” không có lựa chọn “{literal.value}”.", hint)
        return False

    def _among(self, node: Among) -> Kind | None:
        member = self.kind(node.member)
        if member is None:
            return None
        sound = True
        for option in node.options:
            if not isinstance(option, Literal):
                continue
            if member is Kind.CHOICE and isinstance(node.member, Name):
                sound &= self._is_choice(node.member, option)
            elif _kind_of(option) is not member:
                self.fault(option, "never", f"Giá trị này không phải {member}.")
                sound = False
        return Kind.TRUTH if sound else None

    def _if(self, node: If) -> Kind | None:
        condition = self._need(node.condition, Kind.TRUTH, Kind.TRUTH)
        both = self._same(node, self.kind(node.then), self.kind(node.otherwise))
        return both if condition else None

    def _same(self, node: Node, left: Kind | None, right: Kind | None) -> Kind | None:
        if left is None or right is None:
            return None
        if left is not right and {left, right} != {Kind.CHOICE, Kind.TEXT}:
            self.fault(node, "type", f"Hai vế khác loại: {left} và {right}.")
            return None
        return left

    def _call(self, node: Call) -> Kind | None:
        function = FUNCTIONS.get(node.function)
        if function is None:
            hint = meant(node.function, FUNCTIONS) or f"Có các hàm: {', '.join(FUNCTIONS)}."
            self.fault(node, "function", f"Không có hàm “{node.function}”.", hint)
            return None
        takes, given = function.takes, node.arguments
        if len(given) < len(takes) or (len(given) > len(takes) and not function.many):
            least = "ít nhất " if function.many else ""
            self.fault(
                node,
                "arguments",
                f"Hàm {node.function} cần {least}{len(takes)} giá trị, ở đây có {len(given)}.",
            )
            return None
        wanted = takes + (takes[-1],) * (len(given) - len(takes))
        found = [self._need(one, kind, kind) for one, kind in zip(given, wanted, strict=True)]
        return function.gives if all(found) else None


def _kind_of(literal: Literal) -> Kind:
    if isinstance(literal.value, bool):
        return Kind.TRUTH
    if isinstance(literal.value, str):
        return Kind.TEXT
    return Kind.NUMBER if hasattr(literal.value, "numerator") else Kind.DATE


def _type_hint(wanted: Kind) -> str:
    return "Viết một phép so sánh, ví dụ so_ho >= 50." if wanted is Kind.TRUTH else ""

"""The rule language: expression text to a checked tree, with every fault at its place.

Types come from the pack's declared facts; there are no others. rule-engine would accept
``certified == 1`` or ``region == 3`` and answer false for ever; here that is refused.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
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

LONGEST_WORD = 60
"""A longer one is no slip of the pen."""


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
    near = nearest(word, known)
    return f"Ý bạn là “{near}”?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """What of *known* is spelt most like *word*; the empty string when nothing is."""
    if len(word) > LONGEST_WORD:  # comparing takes time by the square of it
        return ""
    near = [one for one in known if abs(len(one) - len(word)) <= len(word)]
    return next(iter(difflib.get_close_matches(word, near, n=1, cutoff=0.6)), "")


class _Checker:
    """Finds the kind of every node; None where a fault was already noted below."""

    def __init__(self, words: Mapping[str, Word]) -> None:
        self.words = words
        self.faults: list[Fault] = []
        self.present: frozenset[str] = frozenset()
        """Optional facts known to have a value where the checker now stands."""

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
                with self._knowing(_proven(node.left, holds=node.operator == "and")):
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
                return self._same(
                    node, node.left, node.right, self._maybe(node.left), self.kind(node.right)
                )
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
        if found is None or not self.words[node.id].optional or node.id in self.present:
            return found
        instead = _instead(self.words[node.id])
        hint = f"Hỏi trước: {node.id} != null and …"
        if instead:
            hint = f"Nói rõ khi trống thì sao: ({node.id} ?? {instead}). {hint}"
        self.fault(node, "null", f"“{node.id}” có thể để trống.", hint)
        return None

    @contextmanager
    def _knowing(self, present: frozenset[str]) -> Iterator[None]:
        before, self.present = self.present, self.present | present
        yield
        self.present = before

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
        if left is Kind.CHOICE:
            return self._compare_choice(node, node.left, node.right)
        if right is Kind.CHOICE:
            return self._compare_choice(node, node.right, node.left)
        if left is not right:
            self.fault(node, "never", f"So {left} với {right} thì không bao giờ đúng.")
            return None
        if node.operator not in ("==", "!=") and left not in (Kind.NUMBER, Kind.DATE):
            self.fault(node, "type", f"Không so lớn nhỏ được với {left}.")
            return None
        return Kind.TRUTH

    def _compare_choice(self, node: Compare, choice: Node, value: Node) -> Kind | None:
        if not isinstance(value, Literal) or _kind_of(value) is not Kind.TEXT:
            self.fault(
                node, "never", "Lựa chọn chỉ so được với một giá trị trong nháy của chính nó."
            )
            return None
        if node.operator not in ("==", "!="):
            self.fault(node, "type", "Lựa chọn chỉ so được bằng == hoặc !=.")
            return None
        return Kind.TRUTH if self._is_choice(choice, value) else None

    def _choices(self, node: Node) -> dict[str, str]:
        """What a choice, possibly with something to fall back on, may be."""
        match node:
            case Name(id_):
                return dict(self.words[id_].choices)
            case Coalesce(one, other) | If(_, one, other):
                return {**self._choices(one), **self._choices(other)}
        return {}

    def _is_choice(self, node: Node, literal: Literal) -> bool:
        choices = self._choices(node)
        if literal.value in choices:
            return True
        hint = meant(str(literal.value), choices) or f"Chọn một trong: {', '.join(choices)}."
        name = f"“{node.id}”" if isinstance(node, Name) else "Ở đây"
        self.fault(literal, "choice", f"{name} không có lựa chọn “{literal.value}”.", hint)
        return False

    def _among(self, node: Among) -> Kind | None:
        member = self.kind(node.member)
        if member is None:
            return None
        sound = True
        for option in node.options:
            if not isinstance(option, Literal):
                continue
            if member is Kind.CHOICE:
                sound &= self._is_choice(node.member, option)
            elif _kind_of(option) is not member:
                self.fault(option, "never", f"Giá trị này không phải {member}.")
                sound = False
        return Kind.TRUTH if sound else None

    def _if(self, node: If) -> Kind | None:
        condition = self._need(node.condition, Kind.TRUTH, Kind.TRUTH)
        with self._knowing(_proven(node.condition, holds=True)):
            then = self.kind(node.then)
        with self._knowing(_proven(node.condition, holds=False)):
            otherwise = self.kind(node.otherwise)
        both = self._same(node, node.then, node.otherwise, then, otherwise)
        return both if condition else None

    def _same(
        self, node: Node, one: Node, other: Node, left: Kind | None, right: Kind | None
    ) -> Kind | None:
        """The kind both sides have; a choice may stand beside one of its values in quotes."""
        if left is None or right is None or left is right:
            return left and right
        for choice, value, kind in ((one, other, left), (other, one, right)):
            if kind is Kind.CHOICE and isinstance(value, Literal) and _kind_of(value) is Kind.TEXT:
                return Kind.CHOICE if self._is_choice(choice, value) else None
        self.fault(node, "type", f"Hai vế khác loại: {left} và {right}.")
        return None

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


def _proven(node: Node, *, holds: bool) -> frozenset[str]:
    """Facts that must have a value when *node* came out as *holds*."""
    match node:
        case Present(name) if holds:
            return frozenset({name.id})
        case Not(operand):
            return _proven(operand, holds=not holds)
        case Logic(operator, left, right) if (operator == "and") == holds:
            return _proven(left, holds=holds) | _proven(right, holds=holds)
    return frozenset()


def _instead(word: Word) -> str:
    """What an optional fact could count as when it is empty, as an example."""
    if word.kind is Kind.CHOICE:
        return f'"{next(iter(word.choices), "")}"'
    return {Kind.NUMBER: "0", Kind.TRUTH: "false", Kind.DATE: 'd"2018-12-31"'}.get(word.kind, "")


def _type_hint(wanted: Kind) -> str:
    return "Viết một phép so sánh, ví dụ so_ho >= 50." if wanted is Kind.TRUTH else ""

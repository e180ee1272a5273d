"""Expression text to an unchecked tree, by rule-engine's grammar.

Safety comes in layers. The text is first cut into tokens by a white list of our own, with limits
on length, digits, tokens and nesting: nothing else reaches the parser. rule-engine's parser works
in two phases; only the first is used, which yields a tree of *deferred* nodes. They are read into
our own nodes and never built, so rule-engine folds no constant and evaluates nothing.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
import re
import threading
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from scoring.nodes import (
    Among,
    Arithmetic,
    Call,
    Coalesce,
    Compare,
    If,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Present,
)

MOST_CHARACTERS = 2_000
MOST_TOKENS = 300
MOST_NESTING = 20

_TOKEN = re.compile(
    r"""(?P<space>[ \t\n]+)
    | (?P<date>d(?:"[^"\\\x00-\x1f]*"|'[^'\\\x00-\x1f]*'))
    | (?P<text>"[^"\\\x00-\x1f]*"|'[^'\\\x00-\x1f]*')
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?![\w.]))
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_"']))
    | (?P<sign>==|!=|<=|>=|\?\?|[-+*/<>()\[\],?:](?![*/<>~]))""",
    re.VERBOSE,
)
_OTHER_WORDS = frozenset({"for", "if", "elif", "else", "while", "inf", "nan"})
_REMEDY = {
    "=": "So sánh bằng viết “==”.",
    "%": "Phần trăm viết “/ … * 100”.",
    "&": "“và” viết là and.",
    "|": "“hoặc” viết là or.",
    "!": "“không” viết là not.",
    "≥": "Viết “>=”.",
    "≤": "Viết “<=”.",
    "×": "Viết “*”.",
    "÷": "Viết “/”.",
    "“": 'Dùng dấu nháy thẳng: "…".',
    "”": 'Dùng dấu nháy thẳng: "…".',
    "*": "Không có lũy thừa; nhân từng lần.",
    ".": "Viết tên số liệu liền một từ, không có dấu chấm; số lẻ viết 0.5.",
    ",": "Số lẻ trong biểu thức viết dấu chấm: 0.5.",
}
_COMPARE = {"EQ": "==", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}
_ARITHMETIC = {"ADD": "+", "SUB": "-", "MUL": "*", "TDIV": "/"}


class SyntaxRefused(ValueError):
    """The text is not an expression of the rule language. ``offset`` points at the fault."""

    def __init__(self, offset: int, message: str, hint: str = "") -> None:
        self.offset, self.message, self.hint = offset, message, hint
        super().__init__(message)


def read_tree(text: str) -> Node:
    """The tree of *text*, names and types not yet checked. Raises SyntaxRefused."""
    _check_tokens(text)
    return _node(_Grammar.shared().parse(text))


def _check_tokens(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise SyntaxRefused(0, f"Biểu thức dài quá {MOST_CHARACTERS} ký tự.", "Tách làm nhiều ý.")
    at = count = depth = signs = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            sign = text[at]
            if sign.isspace():
                raise SyntaxRefused(at, "Có dấu cách lạ.", "Xóa đi rồi gõ lại bằng phím cách.")
            hint = _REMEDY.get(sign, "Chỉ dùng: + - * / == != < <= > >= and or not in ? : ?? ( ).")
            raise SyntaxRefused(at, f"Không dùng được “{sign}” trong biểu thức.", hint)
        word = found[0]
        if found.lastgroup == "number" and len(word.replace(".", "")) > 15:
            raise SyntaxRefused(at, "Số dài quá 15 chữ số.")
        if found.lastgroup == "name" and word in _OTHER_WORDS:
            raise SyntaxRefused(
                at, f"Không dùng được từ “{word}”.", "Rẽ nhánh viết: điều kiện ? a : b."
            )
        count += found.lastgroup != "space"
        depth += (word in ("(", "[", "?")) - (word in (")", "]"))
        if found.lastgroup != "space":
            signs = signs + 1 if word in ("-", "not") else 0
        if count > MOST_TOKENS or max(depth, signs) > MOST_NESTING:
            raise SyntaxRefused(
                at, "Biểu thức quá dài hoặc lồng quá sâu.", "Tách ra thành derived."
            )
        at = found.end()


class _Grammar:
    """rule-engine's LALR tables with each production noting where its text begins."""

    _shared: _Grammar | None = None
    _lock = threading.Lock()

    @classmethod
    def shared(cls) -> _Grammar:
        with cls._lock:
            if cls._shared is None:
                cls._shared = cls()
            return cls._shared

    def __init__(self) -> None:
        # Imported here: it costs 0,3 s, and only those who read a pack need it.
        from rule_engine import Rule, errors  # noqa: PLC0415

        self.syntax_error: Any = errors.SyntaxError
        source: Any = Rule.parser
        self.lexer = source._lexer.clone()  # noqa: SLF001
        self.parser = copy.copy(source._parser)  # noqa: SLF001
        self.parser.productions = [self._noting(one) for one in self.parser.productions]
        self.starts: dict[int, int] = {}

    def _noting(self, production: Any) -> Any:
        """A copy of *production* that remembers the offset of the node it makes."""
        made_by: Callable[[Any], None] | None = getattr(production, "callable", None)
        if made_by is None:
            return production

        @functools.wraps(made_by)
        def noting(p: Any) -> None:
            made_by(p)
            if hasattr(p[0], "cls"):
                self.starts.setdefault(id(p[0]), p.lexpos(1))

        noted = copy.copy(production)
        noted.callable = noting
        return noted

    def parse(self, text: str) -> tuple[Any, dict[int, int]]:
        with self._lock:
            self.starts = {}
            self.lexer.lineno = 1
            try:
                statement = self.parser.parse(text, lexer=self.lexer, tracking=True)
            except self.syntax_error as error:
                raise _refused(text, error) from None
            return statement.args[1], self.starts


def _refused(text: str, error: Any) -> SyntaxRefused:
    token = getattr(error, "token", None)
    if token is None:
        return SyntaxRefused(
            max(len(text.rstrip()) - 1, 0),
            "Biểu thức chưa viết hết.",
            "Kiểm tra ngoặc đóng và vế sau cùng.",
        )
    return SyntaxRefused(
        token.lexpos,
        f"Không hiểu “{token.value}” ở chỗ này.",
        "Kiểm tra dấu phép tính, ngoặc và dấu nháy trước đó.",
    )


def _node(parsed: tuple[Any, dict[int, int]]) -> Node:
    deferred, starts = parsed
    return _Reading(starts).read(deferred)


class _Reading:
    """Reads deferred nodes into ours; whatever is not on the white list is refused by name."""

    def __init__(self, starts: dict[int, int]) -> None:
        self.starts = starts

    def read(self, deferred: Any) -> Node:
        start = self.starts.get(id(deferred), 0)
        kind = deferred.cls.__name__.removesuffix("Expression")
        arguments = deferred.args[1:]
        reader = getattr(self, f"_{kind.lower()}", None)
        if reader is None:
            raise SyntaxRefused(start, "Cách viết này không có trong ngôn ngữ quy tắc.")
        node: Node = reader(start, *arguments)
        return node

    def _float(self, start: int, text: str) -> Node:
        return Literal(Fraction(text), start=start)

    def _string(self, start: int, text: str) -> Node:
        return Literal(text, start=start)

    def _boolean(self, start: int, value: bool) -> Node:
        return Literal(value, start=start)

    def _datetime(self, start: int, text: str) -> Node:
        try:
            return Literal(dt.date.fromisoformat(text), start=start)
        except ValueError:
            raise SyntaxRefused(start, f"Không có ngày “{text}”.", 'Viết d"2018-03-31".') from None

    def _symbol(self, start: int, name: str) -> Node:
        return Name(name, start=start)

    def _unary(self, start: int, operator: str, operand: Any) -> Node:
        read = self.read(operand)
        return Not(read, start=start) if operator == "NOT" else Negate(read, start=start)

    def _logic(self, start: int, operator: str, left: Any, right: Any) -> Node:
        return Logic(operator.lower(), self.read(left), self.read(right), start=start)

    def _comparison(self, start: int, operator: str, left: Any, right: Any) -> Node:
        for one, other in ((left, right), (right, left)):
            if other.cls.__name__ == "NullExpression":
                return self._null_test(start, operator, one)
        return Compare(_COMPARE[operator], self.read(left), self.read(right), start=start)

    _arithmeticcomparison = _comparison

    def _null_test(self, start: int, operator: str, tested: Any) -> Node:
        name = self.read(tested)
        if not isinstance(name, Name) or operator not in ("EQ", "NE"):
            raise SyntaxRefused(start, "Chỉ hỏi “== null” hay “!= null” với một số liệu.")
        present = Present(name, start=start)
        return present if operator == "NE" else Not(present, start=start)

    def _null(self, start: int) -> Node:
        raise SyntaxRefused(start, "null chỉ đứng sau == hoặc !=.", "Ví dụ: so_ho == null.")

    def _arithmetic(self, start: int, operator: str, left: Any, right: Any) -> Node:
        return Arithmetic(_ARITHMETIC[operator], self.read(left), self.read(right), start=start)

    _add = _subtract = _arithmetic

    def _contains(self, start: int, container: Any, member: Any) -> Node:
        if container.cls.__name__ != "ArrayExpression":
            raise SyntaxRefused(
                start,
                "Sau in phải là danh sách trong ngoặc vuông.",
                'Ví dụ: cap in ["tinh", "huyen"].',
            )
        options = tuple(self.read(one) for one in container.args[1])
        if not options or not all(isinstance(one, Literal) for one in options):
            raise SyntaxRefused(start, "Danh sách sau in chỉ gồm giá trị viết sẵn, ít nhất một.")
        return Among(self.read(member), options, start=start)

    def _ternary(self, start: int, condition: Any, then: Any, otherwise: Any) -> Node:
        return If(self.read(condition), self.read(then), self.read(otherwise), start=start)

    def _coalesce(self, start: int, left: Any, right: Any) -> Node:
        return Coalesce(self.read(left), self.read(right), start=start)

    def _functioncall(self, start: int, function: Any, arguments: Any) -> Node:
        called = self.read(function)
        if not isinstance(called, Name):
            raise SyntaxRefused(start, "Trước dấu ngoặc mở phải là phép tính hoặc tên hàm.")
        return Call(called.id, tuple(self.read(one) for one in arguments), start=start)

"""The rule language: what it says yes to, what it refuses, where, and how fast."""

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.grammar import SyntaxRefused, read_tree
from scoring.interpret import evaluate
from scoring.language import Word, check
from scoring.nodes import (
    Among,
    Arithmetic,
    Call,
    Coalesce,
    Compare,
    If,
    Kind,
    Literal,
    Logic,
    Name,
    Negate,
    Not,
    Present,
)

NUMBER, TRUTH, CHOICE = Kind.NUMBER, Kind.TRUTH, Kind.CHOICE
LEVELS = {"khong": "Không", "huyen": "Cấp huyện", "tinh": "Cấp tỉnh"}
WORDS = {
    "x": Word(NUMBER),
    "y": Word(NUMBER),
    "so_ho": Word(NUMBER, optional=True),
    "a": Word(TRUTH),
    "b": Word(TRUTH),
    "c": Word(TRUTH),
    "co": Word(TRUTH, optional=True),
    "cap": Word(CHOICE, choices=LEVELS),
    "cap_khac": Word(CHOICE, choices=LEVELS, optional=True),
    "ten": Word(Kind.TEXT),
    "ngay": Word(Kind.DATE),
    "den": Word(Kind.DATE, optional=True),
    "phieu": Word(Kind.MARKS),
    "phieu_them": Word(Kind.MARKS, optional=True),
}


def name(id_):
    return Name(id_)


def number(value):
    return Literal(Fraction(value))


def fault_in(text, wanted=TRUTH):
    """``(offset, code)`` of every fault."""
    expression, faults = check(text, WORDS, wanted=wanted)
    assert (expression is None) == bool(faults)
    return [(one.offset, one.code) for one in faults]


X, Y, A, B, C = (Name(one) for one in "xyabc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x + y * 2", Arithmetic("+", X, Arithmetic("*", Y, number(2)))),
        ("(x + y) * 2", Arithmetic("*", Arithmetic("+", X, Y), number(2))),
        ("x - y - 2", Arithmetic("-", Arithmetic("-", X, Y), number(2))),
        ("x / y / 2", Arithmetic("/", Arithmetic("/", X, Y), number(2))),
        ("x / y * 100", Arithmetic("*", Arithmetic("/", X, Y), number(100))),
        ("-x * y", Arithmetic("*", Negate(X), Y)),
        ("x - -y", Arithmetic("-", X, Negate(Y))),
        (
            "x + 1 >= y * 2",
            Compare(">=", Arithmetic("+", X, number(1)), Arithmetic("*", Y, number(2))),
        ),
        ("a or b and c", Logic("or", A, Logic("and", B, C))),
        ("a and b or c", Logic("or", Logic("and", A, B), C)),
        ("not a and b", Logic("and", Not(A), B)),
        ("not x >= y", Not(Compare(">=", X, Y))),
        ("not a == b", Not(Compare("==", A, B))),
        # == binds looser than <
        ("a == x < y", Compare("==", A, Compare("<", X, Y))),
        ("a and b ? x : y", If(Logic("and", A, B), X, Y)),
        ("not a ? x : y", If(Not(A), X, Y)),
        ("a ? x : b ? y : 0", If(A, X, If(B, Y, number(0)))),
        ("a ? x + 1 : y", If(A, Arithmetic("+", X, number(1)), Y)),
        ("x ?? y ?? 0", Coalesce(X, Coalesce(Y, number(0)))),
        # ?? binds looser than comparisons and sums, tighter than not, and, or
        ("a ?? x > y", Coalesce(A, Compare(">", X, Y))),
        ("x ?? y + 1", Coalesce(X, Arithmetic("+", Y, number(1)))),
        ("not a ?? b", Not(Coalesce(A, B))),
        ("a ?? b and c", Logic("and", Coalesce(A, B), C)),
        ('cap in ["tinh", "huyen"]', Among(name("cap"), (Literal("tinh"), Literal("huyen")))),
        ("x not in [1, 2]", Not(Among(X, (number(1), number(2))))),
        ("x != null", Present(X)),
        ("null == x", Not(Present(X))),
        ("min(x, y + 1)", Call("min", (X, Arithmetic("+", Y, number(1))))),
        ("1.50", Literal(Fraction(3, 2))),
        ("true", Literal(True)),
        ("'Phường Bắc Hồng'", Literal("Phường Bắc Hồng")),
        ("(((x)))", X),
        ("x\n  + y\t", Arithmetic("+", X, Y)),
    ],
)
def test_text_reads_with_the_precedence_of_rule_engine(text, tree):
    assert read_tree(text) == tree


def test_date_literal_is_a_date():
    expression, faults = check('ngay <= d"2018-03-31"', WORDS, wanted=TRUTH)
    assert (faults, str(expression.node.right.value)) == ((), "2018-03-31")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("x + y", [0, 4]),
        ("(x + y) * x", [1, 5, 10]),
        ("a ? x : y", [0, 4, 8]),
        ("min( x ,y)", [5, 8]),
    ],
)
def test_every_name_knows_its_offset(text, starts):
    def names(node):
        if isinstance(node, Name):
            return [node.start]
        parts = [getattr(node, field) for field in node.__match_args__]
        flat = [one for part in parts for one in (part if isinstance(part, tuple) else (part,))]
        return [start for one in flat if hasattr(one, "start") for start in names(one)]

    assert names(read_tree(text)) == starts


# What an author must not be able to write: how it is refused is all that happens to it.
ATTACKS = [
    *(
        "x.real",
        "x.__class__",
        "ten.__init__.__globals__",
        "x&.real",
        "ten.as_upper",
        "'a'.ends_with('b')",
    ),
    *(
        "ten[0]",
        "ten[0:1]",
        "[1, 2][0]",
        "$now",
        "$today",
        "$random",
        "$range(9)",
        "$abs(1)",
        "$map",
    ),
    *(
        'ten =~ "(a+)+$"',
        'ten =~~ "a"',
        'ten !~ "a"',
        "2 ** 99999",
        "x**y",
        "x // y",
        "x % y",
        "1 << 999999999",
    ),
    *(
        "x >> 1",
        "x & y",
        "x | y",
        "x ^ y",
        "~x",
        "1e999999",
        "1e5",
        "0x1F",
        "0b11",
        "1.",
        ".5",
        "1_000",
    ),
    *(
        "inf",
        "nan",
        "-inf",
        "[n for n in [1,2]]",
        "[x for x in y if a]",
        "{1, 2}",
        "{}",
        '{"a": 1}',
        "[]",
        "[1, 2]",
    ),
    *(
        'b"abc"',
        't"P1D"',
        'r"abc"',
        's"abc"',
        'x == b"\\x00"',
        "x if a else y",
        "for",
        "while",
        "elif",
        "else",
    ),
    *(
        "x = 1",
        "x == 1; y",
        "x # ghi chú",
        "lambda",
        "import os",
        "__import__('os')",
        "eval('1')",
        "exec('1')",
    ),
    *(
        "open('/etc/passwd')",
        "min",
        "min()",
        "min(1)",
        "abs(1, 2)",
        "x(1)",
        "(x)(1)",
        "5(1)",
        "min(1,2)(3)",
    ),
    *(
        "x == null + 1",
        "null",
        "x < null",
        "x + 1 == null",
        "null == null",
        "x in y",
        "x in [y]",
        "x in []",
    ),
    *(
        "",
        " ",
        "(",
        ")",
        "()",
        "((x)",
        "x)",
        "x +",
        "+ x",
        "x y",
        "x ? 1",
        "x ? 1 :",
        "? :",
        "1 2",
        ",",
        "x,",
        "not",
    ),
    *(
        '"',
        "'",
        '"abc',
        'd"2018-02-30"',
        'd"2018-03-31T10:00"',
        'd"hôm nay"',
        'd""',
        '"a\\"b"',
        '"\\u0041" == ten',
    ),
    *(
        "x\x00",
        "\x00",
        '"\x00" == ten',
        "x\u200b",
        "x\u00a0>= 1",
        "x \u2265 1",
        "\u0445 > 1",
        "số_hộ",
        "x > １",
        "٣",
        "x\r> 1",
    ),
    *(
        "“a” == ten",
        "x × y",
        "x ÷ y",
        "𝐱 > 1",
        "ｘ > 1",
        "true.real",
        "x?.y",
        "x @ y",
        "`x`",
        "x && y",
        "x || y",
        "!a",
    ),
    *("x == x == x", "x < y < 1", "x in [1] in [2]"),
    *(
        "(" * 25 + "x" + ")" * 25,
        "[" * 25,
        "x" + "+x" * 200,
        "not " * 25 + "a",
        "-" * 30 + "x",
        "- " * 30 + "x",
    ),
    *(
        "x" * 3000,
        "9" * 16,
        "1." + "9" * 16,
        "a" + " ? x : a" * 30 + " ? x : y",
        "[" + "1," * 10_000 + "1]",
    ),
    *("min(" * 25 + "x" + ")" * 25, "x in [" + "1," * 400 + "1]", "x" + " ?? x" * 300),
]


@pytest.mark.parametrize("text", ATTACKS, ids=[repr(one)[:40] for one in ATTACKS])
def test_what_is_not_on_the_white_list_is_refused_quickly_at_an_offset(text):
    started = time.monotonic()
    found = [check(text, WORDS, wanted=wanted) for wanted in (TRUTH, NUMBER)]
    assert time.monotonic() - started < 0.5
    assert [expression for expression, _ in found] == [None, None]
    faults = [fault for _, some in found for fault in some]
    assert all(fault.message and 0 <= fault.offset <= len(text) for fault in faults)


@pytest.mark.parametrize(
    ("text", "offset", "message", "hint"),
    [
        (
            "x.real >= 1",
            1,
            "Không dùng được “.” trong biểu thức.",
            "Viết tên số liệu liền một từ, không có dấu chấm; số lẻ viết 0.5.",
        ),
        (
            "x >= 1 and $now",
            11,
            "Không dùng được “$” trong biểu thức.",
            "Chỉ dùng: + - * / == != < <= > >= and or not in ? : ?? ( ).",
        ),
        (
            "x ** 2 > 1",
            2,
            "Không dùng được “*” trong biểu thức.",
            "Không có lũy thừa; nhân từng lần.",
        ),
        ("x = 1", 2, "Không dùng được “=” trong biểu thức.", "So sánh bằng viết “==”."),
        ("x ≥ 1", 2, "Không dùng được “≥” trong biểu thức.", "Viết “>=”."),
        ("x\u00a0>= 1", 1, "Có dấu cách lạ.", "Xóa đi rồi gõ lại bằng phím cách."),
        ("x if a else y", 2, "Không dùng được từ “if”.", "Rẽ nhánh viết: điều kiện ? a : b."),
        ("x >= (1 + 2", 10, "Biểu thức chưa viết hết.", "Kiểm tra ngoặc đóng và vế sau cùng."),
        (
            "x >= 1) and a",
            6,
            "Không hiểu “)” ở chỗ này.",
            "Kiểm tra dấu phép tính, ngoặc và dấu nháy trước đó.",
        ),
        ("x + ten[0]", 4, "Cách viết này không có trong ngôn ngữ quy tắc.", ""),
        ("a and [1, 2]", 6, "Cách viết này không có trong ngôn ngữ quy tắc.", ""),
        (
            'x + t"P1D"',
            4,
            "Không dùng được “t” trong biểu thức.",
            "Chỉ dùng: + - * / == != < <= > >= and or not in ? : ?? ( ).",
        ),
        ('ngay < d"2018-02-30"', 7, "Không có ngày “2018-02-30”.", 'Viết d"2018-03-31".'),
        ("x + null", 4, "null chỉ đứng sau == hoặc !=.", "Ví dụ: so_ho == null."),
        (
            "1 < 0.5x",
            4,
            "Không dùng được “0” trong biểu thức.",
            "Chỉ dùng: + - * / == != < <= > >= and or not in ? : ?? ( ).",
        ),
    ],
)
def test_refusal_says_where_what_and_what_now(text, offset, message, hint):
    with pytest.raises(SyntaxRefused) as refused:
        read_tree(text)
    assert (refused.value.offset, refused.value.message, refused.value.hint) == (
        offset,
        message,
        hint,
    )


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        # comparisons that can never hold
        ("a == 1", [(0, "never")]),
        ("x == '3'", [(0, "never")]),
        ("x == true", [(0, "never")]),
        ("ten == 3", [(0, "never")]),
        ("ngay == '2018-03-31'", [(0, "never")]),
        ("ngay > x", [(0, "never")]),
        ("cap == 3", [(0, "never")]),
        ("cap == ten", [(0, "never")]),
        ("cap == 'xa'", [(7, "choice")]),
        ("'xa' == cap", [(0, "choice")]),
        ("cap in ['tinh', 'xa']", [(16, "choice")]),
        ("cap in [1]", [(8, "choice")]),
        ("x in [1, 'a', true]", [(9, "never"), (14, "never")]),
        ("ten in [1]", [(8, "never")]),
        # wrong kinds
        ("cap > 'tinh'", [(0, "type")]),
        ("ten < 'b'", [(0, "type")]),
        ("a < b", [(0, "type")]),
        ("x and y", [(0, "type"), (6, "type")]),
        ("not x", [(4, "type")]),
        ("x + a > 0", [(4, "type")]),
        ("-a > 0", [(1, "type")]),
        ("x", [(0, "type")]),
        ("x ? a : b", [(0, "type")]),
        ("a ? x : b", [(0, "type")]),
        ("a ? cap : 'xa'", [(10, "choice")]),
        ("a ? cap : ten", [(0, "type")]),
        ("(x ?? a) > 0", [(1, "type")]),
        ("phieu > 3", [(0, "never")]),
        # functions
        ("minn(x, y) > 0", [(0, "function")]),
        ("min(x) > 0", [(0, "arguments")]),
        ("abs(x, y) > 0", [(0, "arguments")]),
        ("min(x, a, y) > 0", [(7, "type")]),
        ("months_between(ngay, x) > 0", [(21, "type")]),
        ("mean(x) > 0", [(5, "type")]),
        ("count_true(a, x > 1, y) > 0", [(21, "type")]),
        # names
        ("z > 0 and w > 0", [(0, "name"), (10, "name")]),
        ("z != null", [(0, "name")]),
        # optional facts
        ("so_ho > 0", [(0, "null")]),
        ("so_ho + 1 > 0 or so_ho == 3", [(0, "null"), (17, "null")]),
        ("co", [(0, "null")]),
        ("cap_khac == 'tinh'", [(0, "null")]),
        ("den >= ngay", [(0, "null")]),
        ("count(phieu_them) > 3", [(6, "null")]),
        ("so_ho != null or so_ho > 1", [(17, "null")]),
        ("so_ho == null and so_ho > 1", [(18, "null")]),
        ("so_ho > 1 and so_ho != null", [(0, "null")]),
        ("(so_ho != null ? 1 : so_ho) > 0", [(21, "null")]),
        ("(a and so_ho != null) or so_ho > 1", [(25, "null")]),
        ("(cap_khac ?? 'xa') == 'tinh'", [(13, "choice")]),
        ("(cap_khac ?? 'khong') == 'xa'", [(25, "choice")]),
    ],
)
def test_what_can_never_be_meant_is_a_fault_at_its_place(text, faults):
    assert fault_in(text) == faults


@pytest.mark.parametrize(
    "text",
    [
        "(so_ho ?? 0) >= 50",
        "so_ho != null and so_ho >= 50",
        "so_ho == null or so_ho >= 50",
        "not (so_ho == null) and so_ho >= 50",
        "(so_ho != null ? so_ho : 0) > 1",
        "(so_ho == null ? 0 : so_ho) > 1",
        "a and so_ho != null and x > 0 and so_ho > x",
        "(co ?? false)",
        "co != null and co",
        "(cap_khac ?? 'khong') == 'tinh'",
        "(cap_khac ?? 'khong') in ['tinh', 'huyen']",
        "(cap_khac ?? cap) == 'tinh'",
        "(a ? cap : 'khong') != 'tinh'",
        "(den ?? d'2018-01-01') <= ngay",
        "phieu_them != null and mean(phieu_them) > 1",
        "cap == 'tinh'",
        "'tinh' != cap",
        "ten == 'Phường A'",
        "ten in ['A', 'B']",
        "ngay in [d'2018-01-01']",
        "a == b",
        "a == (x > 1)",
        "true",
        "count_true(a, b, x > 1) >= 2",
        "trimmed_mean(phieu, 5, 1, 1) >= floor(abs(min(x, y, 3)))",
    ],
)
def test_what_makes_sense_is_accepted(text):
    assert fault_in(text) == []


def test_hints_for_an_optional_fact_fit_its_kind():
    hints = {
        text: check(text, WORDS, wanted=TRUTH)[1][0].hint
        for text in ("so_ho > 0", "co", "cap_khac == 'tinh'", "mean(phieu_them) > 1")
    }
    assert hints == {
        "so_ho > 0": "Nói rõ khi trống thì sao: (so_ho ?? 0). Hỏi trước: so_ho != null and …",
        "co": "Nói rõ khi trống thì sao: (co ?? false). Hỏi trước: co != null and …",
        "cap_khac == 'tinh'": 'Nói rõ khi trống thì sao: (cap_khac ?? "khong"). Hỏi trước: cap_khac != null and …',
        "mean(phieu_them) > 1": "Hỏi trước: phieu_them != null and …",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x" + " + x" * 149, 150),
        ("x" + " - x" * 149, -148),
        ("0" + " ?? 0" * 149, 0),
        ("-" + "-" * 19 + "x", 1),
        (" + ".join(["(" * 19 + "x" + ")" * 19] * 7), 7),
        ("a ? x : " * 20 + "y", 1),
    ],
)
def test_longest_expressions_are_read_and_evaluated(text, value):
    expression, faults = check(text, WORDS, wanted=NUMBER)
    assert (faults, evaluate(expression.node, {"x": Fraction(1), "y": Fraction(2), "a": True})) == (
        (),
        value,
    )


def test_longest_conditions_are_read_and_evaluated():
    for text, value in (
        ("a" + " and a" * 149, True),
        ("not " * 20 + "a", True),
        ("b ?? not " * 80 + "a", False),
    ):
        expression, faults = check(text, WORDS, wanted=TRUTH)
        assert (faults, evaluate(expression.node, {"a": True, "b": False})) == ((), value)


@settings(max_examples=400, deadline=1000)
@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_refused(text):
    for _, fault in ((w, f) for w in (TRUTH, NUMBER) for f in check(text, WORDS, wanted=w)[1]):
        assert 0 <= fault.offset <= len(text)


PIECES = [
    "x",
    "a",
    "cap",
    "ten",
    "phieu",
    "so_ho",
    "ngay",
    "min",
    "mean",
    "1",
    "0.5",
    '"tinh"',
    'd"2018-01-01"',
    "(",
    ")",
    "[",
    "]",
    ",",
    "?",
    ":",
    "??",
    "+",
    "-",
    "*",
    "/",
    "==",
    "!=",
    "<",
    ">=",
    "and",
    "or",
    "not",
    "in",
    "null",
    "true",
    " ",
    "for",
    ".",
]


@settings(max_examples=600, deadline=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_row_of_pieces_is_an_expression_or_refused(pieces):
    text = " ".join(pieces)
    for wanted in (TRUTH, NUMBER, CHOICE):
        expression, faults = check(text, WORDS, wanted=wanted)
        assert (expression is None) == bool(faults)
        assert all(0 <= fault.offset <= len(text) for fault in faults)

"""YAML text to plain values, and where each of them stands."""

import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.problems import PackError, Place
from scoring.source import MOST_CHARACTERS, read_source


def problems_in(text):
    try:
        read_source(text, file="a.yaml")
    except PackError as error:
        return [(str(one.place), one.code) for one in error.problems]
    return []


def at(line, column):
    return Place("a.yaml", line, column)


def test_every_kind_of_node_has_its_place():
    text = """\
# đầu tệp
ô: 1
nhóm:
  - một
  - {b: "hai", c: [3, 4.5]}
  - - sâu
"""
    source = read_source(text, file="a.yaml")
    assert source.value == {
        "ô": 1,
        "nhóm": ["một", {"b": "hai", "c": [3, Decimal("4.5")]}, ["sâu"]],
    }
    assert source.places == {
        (): at(2, 1),
        ("ô",): at(2, 4),
        ("nhóm",): at(4, 3),
        ("nhóm", 0): at(4, 5),
        ("nhóm", 1): at(5, 5),
        ("nhóm", 1, "b"): at(5, 9),
        ("nhóm", 1, "c"): at(5, 19),
        ("nhóm", 1, "c", 0): at(5, 20),
        ("nhóm", 1, "c", 1): at(5, 23),
        ("nhóm", 2): at(6, 5),
        ("nhóm", 2, 0): at(6, 7),
    }
    assert source.keys == {
        ("ô",): at(2, 1),
        ("nhóm",): at(3, 1),
        ("nhóm", 1, "b"): at(5, 6),
        ("nhóm", 1, "c"): at(5, 16),
    }
    assert source.place(("nhóm", 1, "c", 7, "z")) == at(5, 19)
    assert source.key_place(("nhóm", 1, "z")) == at(5, 5)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.50", Decimal("1.50")),
        ("0.1", Decimal("0.1")),
        ("-2.5", Decimal("-2.5")),
        ("+3", 3),
        ("0", 0),
        ("12345678901234567", 12345678901234567),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("0o7", "0o7"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1,5", "1,5"),
        ("12:30", "12:30"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("Y", "Y"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("Null", "Null"),
        ("2018-03-31", dt.date(2018, 3, 31)),
        ("2018-3-31", "2018-3-31"),
        ("2018-03-31 10:00", "2018-03-31 10:00"),
        ('"5"', "5"),
        ("'true'", "true"),
        ('"2018-03-31"', "2018-03-31"),
        ('""', ""),
        ("Điều 2, II.1", "Điều 2, II.1"),
    ],
)
def test_plain_words_are_read_as_written(written, value):
    found = read_source(f"a: {written}\n", file="a.yaml").value["a"]
    assert (found, type(found)) == (value, type(value))
    assert str(found) == str(value)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\nb: 2\na: 3\n", [("a.yaml:3:1", "duplicate-key")]),
        ("x: {a: 1, a: 2}\n", [("a.yaml:1:11", "duplicate-key")]),
        ("a: &neo 1\nb: *neo\n", [("a.yaml:1:4", "anchor"), ("a.yaml:2:4", "anchor")]),
        ("a: !!python/object:os.system x\n", [("a.yaml:1:4", "tag")]),
        ("a: !!str 5\n", [("a.yaml:1:4", "tag")]),
        ("a: !x [1]\n", [("a.yaml:1:4", "tag")]),
        ("? [a, b]\n: 1\n", [("a.yaml:1:3", "key")]),
        ("a: 1\n---\nb: 2\n", [("a.yaml:2:1", "documents")]),
        ("a: 2018-02-30\n", [("a.yaml:1:4", "date")]),
        ("a: so\u200bho\n", [("a.yaml:1:4", "invisible")]),
        ('a: "x\u202ey"\n', [("a.yaml:1:4", "invisible")]),
        ("so\u00adho: 1\n", [("a.yaml:1:1", "invisible")]),
        ("a: x\n\tb: 1\n", [("a.yaml:2:1", "yaml")]),
        ("a:\n  b: 1\n c: 2\n", [("a.yaml:3:2", "yaml")]),
        ("a: b: c\n", [("a.yaml:1:5", "yaml")]),
        ("a: [1, 2\n", [("a.yaml:2:1", "yaml")]),
        ('a: "x\n', [("a.yaml:2:1", "yaml")]),
        ("a: @x\n", [("a.yaml:1:4", "yaml")]),
        ("a: 1\nb: x\x00y\n", [("a.yaml:2:5", "yaml")]),
        ("a: \ud800\n", [("a.yaml:1:4", "yaml")]),
        ("a: \x1b[31m\n", [("a.yaml:1:4", "yaml")]),
        ("a: *b\n", [("a.yaml:1:4", "anchor")]),
        (
            "a: 1\na: 2\nb: !!int 3\nc: &x 4\n",
            [("a.yaml:2:1", "duplicate-key"), ("a.yaml:3:4", "tag"), ("a.yaml:4:4", "anchor")],
        ),
    ],
)
def test_what_is_not_read_is_refused_at_its_place(text, problems):
    assert problems_in(text) == problems


def test_structure_faults_say_what_to_do():
    told = {}
    for text in ("a: x\n\tb: 1\n", "a: @x\n", "a: b: c\n", "a: [1, 2\n", "a:\n  b: 1\n c: 2\n"):
        with pytest.raises(PackError) as refused:
            read_source(text, file="a.yaml")
        problem = refused.value.problems[0]
        told[text] = (problem.message, problem.hint)
    assert told == {
        "a: x\n\tb: 1\n": ("Dòng này thụt vào bằng phím Tab.", "Thụt dòng bằng dấu cách."),
        "a: @x\n": (
            "Ký tự này không được đứng đầu dòng (có thể là phím Tab).",
            "Thụt dòng bằng dấu cách; câu bắt đầu bằng @ % ` thì đặt trong dấu nháy.",
        ),
        "a: b: c\n": ("Có hai dấu “:” trên một dòng.", "Đặt cả câu trong dấu nháy."),
        "a: [1, 2\n": ("Thiếu dấu phẩy hoặc dấu ngoặc đóng.", ""),
        "a:\n  b: 1\n c: 2\n": (
            "Dòng này không thẳng hàng với các khóa phía trên.",
            "Kiểm tra số dấu cách ở đầu dòng.",
        ),
    }


def test_bomb_of_aliases_is_refused_at_once():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.monotonic()
    found = problems_in("\n".join(rows))
    assert {code for _, code in found} == {"anchor", "too-many-problems"}
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "[" * 30 + "]" * 30,
        "[" * 50_000,
        "{a: " * 30 + "}" * 30,
        "- " * 40 + "x",
        "\n".join(f"k{n}: [{'1,' * 300}]" for n in range(200)),
    ],
    ids=["lists", "open lists", "mappings", "items", "many nodes"],
)
def test_file_that_is_too_deep_or_has_too_many_nodes_is_refused(text):
    assert [code for _, code in problems_in(text)] == ["too-deep"]


def test_file_that_is_too_long_is_refused():
    assert problems_in("a: " + "x" * MOST_CHARACTERS) == [("a.yaml:1:1", "too-large")]


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có ghi chú\n", "---\n"])
def test_empty_file_has_no_value_and_a_place(text):
    source = read_source(text, file="a.yaml")
    assert (source.value, source.place(()).file, source.place(("x",)).file) == (
        None,
        "a.yaml",
        "a.yaml",
    )


# Texts holding the expression ``a + x >= 3`` in every way YAML has, and where its x stands.
WRITTEN = {
    "plain": ("k: a + x >= 3\n", "a + x >= 3", (1, 8)),
    "plain over two lines": ("k: a +\n   x >= 3\n", "a + x >= 3", (2, 4)),
    "plain over two lines, far in": ("k:\n  a\n      + x\n  >= 3\n", "a + x >= 3", (3, 9)),
    "double quotes": ('k: "a + x >= 3"\n', "a + x >= 3", (1, 9)),
    "single quotes": ("k: 'a + x >= 3'\n", "a + x >= 3", (1, 9)),
    "double quotes over two lines": ('k: "a +\n   x >= 3"\n', "a + x >= 3", (2, 4)),
    "double quotes with escapes": (r'k: "a == \"b\" and x"' + "\n", 'a == "b" and x', (1, 20)),
    "single quotes doubled": ("k: 'a == ''b'' and x'\n", "a == 'b' and x", (1, 20)),
    "literal block": ("k: |\n  a +\n    x >= 3\n", "a +\n  x >= 3\n", (3, 5)),
    "literal block with a comment": ("k: |-  # ghi chú x\n  a + x >= 3\n", "a + x >= 3", (2, 7)),
    "folded block": ("k: >\n  a +\n  x >= 3\n", "a + x >= 3\n", (3, 3)),
    "folded block, inside a list": ("- k: >-\n    a\n    + x >= 3\n", "a + x >= 3", (3, 7)),
}


@pytest.mark.parametrize(("text", "value", "place"), WRITTEN.values(), ids=WRITTEN)
def test_fault_inside_a_text_has_its_own_column(text, value, place):
    source = read_source(text, file="a.yaml")
    path = (0, "k") if text.startswith("-") else ("k",)
    read = source.value[0]["k"] if text.startswith("-") else source.value["k"]
    assert read == value
    assert source.place_in(path, read, read.index("x")) == at(*place)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    assert all(place.startswith("a.yaml:") for place, _ in problems_in(text))


@settings(max_examples=400, deadline=1000)
@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                ": ",
                "- ",
                "\n",
                "  ",
                "[",
                "]",
                "{",
                "}",
                ", ",
                '"',
                "'",
                "|",
                ">",
                "&a ",
                "*a ",
                "!t ",
                "? ",
                "#",
                "---\n",
                "1.5",
                "\t",
                "%",
                "é",
                "\r",
                "\x85",
                "\ufeff",
                "\u2028",
            ]
        ),
        max_size=40,
    )
)
def test_any_pieces_of_yaml_are_read_or_refused_in_time(pieces):
    assert all(place.startswith("a.yaml:") for place, _ in problems_in("".join(pieces)))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_words_of_a_folded_text_are_found_where_they_stand(data):
    words = data.draw(
        st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=12, unique=True)
    )
    breaks = [data.draw(st.sampled_from([" ", "  ", "\n   "])) for _ in words[1:]]
    style = data.draw(st.sampled_from(["", '"', "'"]))
    body = words[0] + "".join(gap + word for gap, word in zip(breaks, words[1:], strict=True))
    text = f"k: {style}{body}{style}\n"
    source = read_source(text, file="a.yaml")
    value = source.value["k"]
    if not isinstance(value, str):  # true, false, null
        return
    ends, start = [], 0
    for word in words:
        start = text.index(word, start if ends else 3)
        ends.append((text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start))))
        start += len(word)
    offsets, start = [], 0
    for word in words:
        start = value.index(word, start)
        offsets.append(start)
        start += len(word)
    assert [source.place_in(("k",), value, offset) for offset in offsets] == [
        at(*end) for end in ends
    ]

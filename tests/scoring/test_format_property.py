"""Any pack, however it is written: laid out it means the same, keeps its comments, and stays so."""

import datetime as dt
import random
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.authoring.format import format_file
from scoring.authoring.scalars import quoted
from scoring.source import read_source

ODD = (
    *("true", "no", "null", "12", "1.5", "2018-01-01", "1e5", "0x1F", "12:30", "a: b", "a #b"),
    *("- a", "Nội dung thứ nhất, thứ hai", "so_ho / tong * 100", 'a ? "x" : "y"', "một\nhai\n"),
    "dài " * 40,
)
KEYS = (
    *("id", "label", "max", "note", "basis", "facts", "type", "unit", "criteria", "parts", "tiers"),
    *("of", "bands", "from", "points", "cases", "name", "given", "expect", "season", "base"),
    *("choices", "quotas", "selections", "lạ lùng", "a: b", "II.2", "1", "#x", ""),
)
SIGNS = "aằbđxYZ 019.,:;#-?[]{}&*!|>'\"%@`=~/\\()“”\t"
TEXT = st.text(SIGNS, max_size=30) | st.sampled_from(ODD)
SCALAR = (
    TEXT
    | st.integers(-(10**6), 10**6)
    | st.booleans()
    | st.none()
    | st.decimals(-1000, 1000, places=2, allow_nan=False)
    | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))
)
KEY = st.sampled_from(KEYS)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=5),
    max_leaves=25,
)
FILE = st.sampled_from(["pack.yaml", "criteria/1.yaml", "tests/1.yaml"])
WHOLE = st.dictionaries(KEY, VALUE, min_size=1, max_size=6)


HOW_MANY = 120


class Writer:
    """Writes a value as untidily as YAML allows, comments strewn in; they are numbered."""

    def __init__(self, seed):
        self.random, self.comments = random.Random(seed), []

    def chance(self, one_in=3):
        return self.random.randrange(one_in) == 0

    def comment(self):
        self.comments.append(f"# ghi chú {len(self.comments)}: 'x\" {{")
        return self.comments[-1]

    def end(self):
        return f"   {self.comment()}\n" if self.chance(4) else " \n" if self.chance(6) else "\n"

    def alone(self, indent):
        lines = ["\n"] if self.chance(5) else []
        lines += [f"{' ' * indent}{self.comment()}\n"] if self.chance(5) else []
        return "".join(lines + (["\n\n"] if self.chance(8) else []))

    def scalar(self, value):
        match value:
            case None:
                return self.random.choice(["null", "~"])
            case bool():
                return str(value).lower()
            case str():
                return quoted(value)
            case Decimal():
                return f"{value:f}"
        return str(value)

    def block(self, value, indent):
        margin, lines = " " * indent, []
        for key in value if isinstance(value, dict) else range(len(value)):
            lead = f"{quoted(key)}:" if isinstance(value, dict) else "-"
            lines.append(f"{self.alone(indent)}{margin}{lead}{self.under(value[key], indent)}")
        return "".join(lines) + self.alone(indent)

    def under(self, value, indent):
        if not isinstance(value, dict | list):
            return f" {self.scalar(value)}{self.end()}"
        if not value or self.chance():
            return f" {self.flow(value, indent + 1)}{self.end()}"
        return self.end() + self.block(value, indent + self.random.choice([1, 2, 4]))

    def flow(self, value, indent):
        if not isinstance(value, dict | list):
            return self.scalar(value)
        keys = value if isinstance(value, dict) else range(len(value))
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        text = opening + self.between(indent)
        for at, key in enumerate(keys):
            text += f",{self.between(indent)}" if at else ""
            text += f"{quoted(key)}: " if isinstance(value, dict) else ""
            text += self.flow(value[key], indent) + self.between(indent)
        return text + closing

    def between(self, indent):
        if not self.chance(6):
            return self.random.choice(["", " "])
        ends = f"{self.end()}{self.alone(indent)}"
        return f" {ends}{' ' * (indent + 1)}"


@settings(max_examples=HOW_MANY, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=WHOLE, file=FILE, seed=st.integers(0, 10**6))
def test_laid_out_file_means_the_same_keeps_its_comments_and_stays(value, file, seed):
    writer = Writer(seed)
    text = writer.alone(0) + writer.block(value, 0)
    before = read_source(text, file="x").value

    done = format_file(text, file=file, name="x")

    assert read_source(done, file="x").value == before == value
    assert [done.count(comment) for comment in writer.comments] == [1] * len(writer.comments)
    assert format_file(done, file=file, name="x") == done
    assert done.endswith("\n")
    assert not done.endswith("\n\n")
    assert all(line == line.rstrip() for line in done.split("\n"))

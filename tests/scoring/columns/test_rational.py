"""Fractions in a program of integers, against Python's own."""

import operator
import random
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from agreement import told_by_columns, told_by_interpreter
from bare_pack import bare_pack, derived

from scoring.columns.blocks import run
from scoring.columns.program import NoColumns, Program
from scoring.columns.rational import Number, Rationals
from scoring.columns.table import narrowed
from scoring.numbers import round_half_up

COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
FACTORS = tuple(map(Fraction, ("1", "-1", "0", "1/3", "-7/2", "0.01", "100", "22/7")))
REACH = (0, 1, 2, 5, 9, 100, 2**20, 2**53, 2**63, 10**24)
ROWS = 6


class Drawn:
    """Numbers written into a program beside what they are in every row."""

    def __init__(self, chance):
        self.chance, self.columns, self.program = chance, {}, Program()
        self.pages = Rationals(self.program)

    def number(self):
        tops = [self.chance.choice((-1, 1)) * self._near() for _ in range(ROWS)]
        bottoms = [max(1, self._near()) for _ in range(ROWS)]
        if self.chance.random() < 0.4:
            bottoms = [bottoms[0]] * ROWS
        factor = self.chance.choice(FACTORS)
        top, bottom = self._column(tops), self._column(bottoms)
        values = [factor * Fraction(a, b) for a, b in zip(tops, bottoms, strict=True)]
        return self.pages._number(factor, top, bottom), values

    def _near(self):
        return max(0, self.chance.choice(REACH) + self.chance.choice((-1, 0, 1)))

    def _column(self, values):
        name = f"s{len(self.columns)}"
        self.columns[name] = narrowed(values)
        return self.program.column(name, min(values), max(values))

    def truth(self):
        held = [self.chance.random() < 0.5 for _ in range(ROWS)]
        name = f"d{len(self.columns)}"
        self.columns[name] = np.array(held)
        return self.program.column(name, min(held), max(held), is_truth=True), held

    def read(self, one):
        """What *one* comes to in every row."""
        refs = (one.top, one.bottom) if isinstance(one, Number) else (one,)
        found = run(self.program, refs, self.columns.__getitem__, ROWS)
        columns = [found[ref.at].tolist() for ref in refs]
        if not isinstance(one, Number):
            return columns[0]
        assert one.bottom.low >= 1
        return [one.factor * Fraction(a, b) for a, b in zip(*columns, strict=True)]


@pytest.mark.parametrize("seed", range(60))
def test_arithmetic_and_comparisons_equal_those_of_fractions(seed):
    drawn = Drawn(random.Random(seed))
    r = drawn.pages
    (one, xs), (other, ys), (yes, held) = drawn.number(), drawn.number(), drawn.truth()
    rows = list(zip(xs, ys, held, strict=True))

    assert drawn.read(r.add(one, other)) == [x + y for x, y, _ in rows]
    assert drawn.read(r.subtract(one, other)) == [x - y for x, y, _ in rows]
    assert drawn.read(r.multiply(one, other)) == [x * y for x, y, _ in rows]
    assert drawn.read(r.select(yes, one, other)) == [x if is_ else y for x, y, is_ in rows]
    assert drawn.read(r.least(one, other)) == [min(x, y) for x, y, _ in rows]
    assert drawn.read(r.most(one, other)) == [max(x, y) for x, y, _ in rows]
    assert drawn.read(r.absolute(one)) == [abs(x) for x in xs]
    assert drawn.read(r.negative(one)) == [-x for x in xs]
    assert drawn.read(r.floor(one)) == [x // 1 for x in xs]
    for sign, compare in COMPARE.items():
        assert drawn.read(r.compare(sign, one, other)) == [compare(x, y) for x, y, _ in rows]


@pytest.mark.parametrize("seed", range(40))
def test_division_says_where_there_is_none(seed):
    drawn = Drawn(random.Random(seed))
    (one, xs), (other, ys) = drawn.number(), drawn.number()

    quotient, defined = drawn.pages.divide(one, other)

    assert drawn.read(defined) == [y != 0 for y in ys]
    found = zip(drawn.read(quotient), xs, ys, strict=True)
    assert all(value == x / y for value, x, y in found if y)


@pytest.mark.parametrize("quantum", ["0.01", "0.25", "0.5", "1", "0.001", "0.3", "7", "2.5"])
def test_rounding_is_that_of_the_interpreter(quantum):
    step = Fraction(quantum)
    tops = [n for whole in (0, 1, 7, 10**6) for n in range(whole * 40 - 45, whole * 40 + 45)]
    for factor in (Fraction(1, 40), step / 40, step / 2, Fraction(-1, 3)):
        program = Program()
        top = program.column("s", min(tops), max(tops))
        rounded = Rationals(program).rounded(Number(factor, top, program.column("by", 1, 3)), step)
        columns = {"s": narrowed(tops), "by": narrowed([1, 2, 3] * 120)[: len(tops)]}
        columns["by"][:3] = (1, 2, 3)
        found = run(program, [rounded], columns.__getitem__, len(tops))[rounded.at].tolist()

        values = zip(tops, columns["by"].tolist(), strict=True)
        wanted = [round_half_up(factor * Fraction(a, b), Decimal(quantum)) for a, b in values]
        assert [n * step for n in found] == [Fraction(one) for one in wanted]


def test_a_number_longer_than_the_interpreter_takes_has_no_columns():
    program = Program()
    pages = Rationals(program)
    one = pages.scaled(program.column("s", 0, 2**1000))

    with pytest.raises(NoColumns, match="số quá lớn"):
        pages.multiply(pages.multiply(one, one), one)


def test_nothing_over_anything_is_one_value_in_an_order():
    """``0/7`` and ``0/9`` once stood in an order by their sevenths and ninths."""
    pack = bare_pack(
        derived=derived(t="a / b * 0"), ranking={"among": ["dat"], "order": ["t", "a"]}
    )
    season = {
        code: {"a": Decimal(a), "b": Decimal(b)}
        for code, a, b in (("A", "1", "7"), ("B", "2", "9"), ("C", "2", "11"), ("D", "1", "0"))
    }

    told = told_by_columns(pack, season)

    assert told == told_by_interpreter(pack, season)
    assert {code: told[code]["rank"] for code in season} == {"A": 3, "B": 1, "C": 1, "D": 4}

"""Remainders of whole numbers, and the percentages an odd number of members rules out."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.language import Word, check
from scoring.nodes import Kind, Name
from scoring.possible.bounds import Known, assuming, possible
from scoring.possible.remainders import divisors, meets, ratio_of, remainder_of
from scoring.possible.spans import EVERY, WHOLE, Span, between, numbers

WORDS = {name: Word(Kind.NUMBER, name) for name in ("phieu", "nguoi", "x")}
KNOWN = Known(
    {
        Name("phieu"): between(Fraction(0), grid=WHOLE),
        Name("nguoi"): between(Fraction(3), grid=WHOLE),
        Name("x"): EVERY,
    }
)
ODD = "nguoi - floor(nguoi / 2) * 2 == 1"


def node_of(text, kind=Kind.TRUTH):
    found, faults = check(text, WORDS, wanted=kind)
    assert faults == ()
    return found.node


def after(*conditions):
    """What is known once all of *conditions* hold; None when they cannot together."""
    known = KNOWN
    for text in conditions:
        known = known and assuming(node_of(text), known, holds=True)
    return known


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nguoi - floor(nguoi / 2) * 2", between(Fraction(0), Fraction(1), WHOLE)),
        ("nguoi - 5 * floor(nguoi / 5)", between(Fraction(0), Fraction(4), WHOLE)),
        ("x - floor(x / 2) * 2", numbers([Span(Fraction(0), Fraction(2), high_open=True)])),
    ],
)
def test_remainder_stays_below_its_divisor(text, found):
    assert possible(node_of(text, Kind.NUMBER), KNOWN) == found


@pytest.mark.parametrize(
    "text", ["nguoi - floor(nguoi / 2) * 3", "nguoi - floor(phieu / 2) * 2", "nguoi - 2"]
)
def test_what_only_looks_like_a_remainder_is_none(text):
    assert remainder_of(node_of(text, Kind.NUMBER)) is None


@pytest.mark.parametrize(
    ("conditions", "can"),
    [
        ((ODD, "phieu / nguoi * 100 == 50"), False),
        ((ODD, "phieu / nguoi * 100 >= 50", "phieu / nguoi * 100 <= 50"), False),
        ((ODD, "100 * (phieu / nguoi) == 90"), False),
        ((ODD, "phieu / nguoi * 100 == 80"), True),
        ((ODD, "phieu / nguoi * 100 == 0"), True),
        ((ODD, "x / nguoi * 100 == 50"), True),
        (("phieu / nguoi * 100 == 50",), True),
        (("nguoi - floor(nguoi / 2) * 2 == 0", "phieu / nguoi * 100 == 50"), True),
    ],
)
def test_half_of_an_odd_number_is_no_number_of_votes(conditions, can):
    assert (after(*conditions) is not None) is can


@given(st.integers(0, 60), st.integers(1, 60), st.integers(2, 6))
def test_nothing_that_happens_is_ruled_out(over, under, modulus):
    ratio = ratio_of(node_of("phieu / nguoi * 100", Kind.NUMBER))
    wanted = dict(divisors(ratio, Fraction(over, under) * 100))

    for name, value in ((Name("phieu"), over), (Name("nguoi"), under)):
        if name in wanted:
            assert value % wanted[name] == 0
            assert meets(wanted[name], Fraction(value % modulus), Fraction(modulus))


def test_divisors_share_nothing():
    ratio = ratio_of(node_of("phieu / nguoi * 100", Kind.NUMBER))

    assert dict(divisors(ratio, Fraction(90))) == {Name("nguoi"): 10, Name("phieu"): 9}
    assert math.gcd(10, 9) == 1

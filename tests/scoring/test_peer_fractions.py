"""The mean of many percentages stays a number people can write down."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.peers import shortened, summed


@given(st.lists(st.fractions(max_denominator=10_000), max_size=60))
def test_summed_is_the_exact_sum(numbers):
    assert summed(numbers) == sum(numbers, Fraction(0))


def test_shortened_keeps_what_has_a_short_denominator():
    assert shortened(Fraction(1, 3)) == Fraction(1, 3)
    assert shortened(Fraction(10**18 + 1, 10**9)) == Fraction(10**18 + 1, 10**9)


def test_shortened_rounds_a_long_fraction_half_up_to_nine_decimals():
    assert shortened(Fraction(1, 3 * 10**9)) == Fraction(0)
    assert shortened(Fraction(2 * 10**9 + 1, 2 * 10**9)) == Fraction("1.000000001")
    assert shortened(Fraction(-2, 3) + Fraction(1, 10**12)) == Fraction(Decimal("-0.666666667"))

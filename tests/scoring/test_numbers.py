"""Rounding and writing numbers, against decimal's own rounding and by example."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.numbers import format_number, format_points, plain, round_half_up

WIDE = Context(prec=200)
QUANTA = [Decimal(one) for one in ("1", "0.1", "0.01", "0.001", "0.000001", "10")]


@given(st.decimals(-(10**9), 10**9, places=7), st.sampled_from(QUANTA))
def test_rounding_of_decimals_is_half_up(number, quantum):
    wanted = WIDE.multiply((number / quantum).quantize(Decimal(1), ROUND_HALF_UP, WIDE), quantum)
    assert round_half_up(Fraction(number), quantum) == wanted


@given(st.fractions(-(10**6), 10**6, max_denominator=10**4), st.sampled_from(QUANTA))
def test_rounding_of_fractions_goes_to_the_nearest_and_a_half_away_from_zero(number, quantum):
    found = Fraction(round_half_up(number, quantum))
    half = Fraction(quantum) / 2
    assert found / Fraction(quantum) == int(found / Fraction(quantum))
    assert abs(found - number) < half or (abs(found - number) == half and abs(found) > abs(number))


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        (Fraction(1, 3000) * 15, "0.01"),
        (Fraction(1801, 3000) * 15, "9.01"),
        (Fraction(9155, 1000), "9.16"),
        (Fraction(-9155, 1000), "-9.16"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(1, 200) - Fraction(1, 10**30), "0.00"),
        (Fraction(0), "0.00"),
        (Fraction(8125, 1000), "8.13"),
    ],
)
def test_points_are_rounded_to_two_places(number, rounded):
    assert str(round_half_up(number, Decimal("0.01"))) == rounded


@pytest.mark.parametrize(
    ("number", "written", "shown"),
    [
        ("93.36", "93.36", "93,36"),
        ("0", "0.00", "0,00"),
        ("-0.00", "0.00", "0,00"),
        ("100", "100.00", "100,00"),
        ("1E+2", "100.00", "100,00"),
        ("-3", "-3.00", "-3,00"),
        ("0.125", "0.125", "0,125"),
        ("1234.5", "1234.50", "1234,50"),
    ],
)
def test_points_are_written_for_files_and_for_readers(number, written, shown):
    assert (plain(Decimal(number)), format_points(Decimal(number))) == (written, shown)


def test_points_from_fractions_and_integers_are_settled_first():
    assert (format_points(Fraction(1, 3)), format_points(5)) == ("0,33", "5,00")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Decimal(1250), "1.250"),
        (Decimal("19.90"), "19,9"),
        (Fraction(13500, 154), "87,6623…"),
        (Fraction(2, 3), "0,6667…"),
        (Fraction(-1, 2), "−0,5"),
        (Fraction(-1, 10**9), "0…"),
        (0, "0"),
        (1234567, "1.234.567"),
        (Fraction(199999999, 10**4), "19.999,9999"),
        (Fraction(99999, 10**5), "1…"),
        (Decimal("1E+6"), "1.000.000"),
        (10**40, "10" + ".000" * 13),
    ],
)
def test_quantities_are_written_for_readers(number, shown):
    assert format_number(number) == shown


@given(st.decimals(-(10**12), 10**12, places=4))
def test_quantity_of_four_places_is_read_back_exactly(number):
    back = format_number(number).replace(".", "").replace(",", ".").replace("−", "-")
    assert Decimal(back) == number

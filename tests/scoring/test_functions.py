"""The functions of the rule language, at the edges."""

import calendar
import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.functions import (
    FUNCTIONS,
    Undefined,
    count_true,
    days_between,
    mean,
    months_between,
    trimmed_mean,
)

DATES = st.dates(dt.date(1999, 1, 1), dt.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2018-05-30", "2018-11-30", 6),
        ("2018-05-31", "2018-11-30", 5),
        ("2018-05-29", "2018-11-30", 6),
        ("2018-03-31", "2018-09-30", 5),
        ("2018-03-31", "2018-10-01", 6),
        ("2016-11-30", "2018-11-30", 24),
        ("2016-12-01", "2018-11-30", 23),
        ("2016-02-29", "2017-02-28", 11),
        ("2016-02-29", "2017-03-01", 12),
        ("2016-02-29", "2020-02-29", 48),
        ("2018-01-31", "2018-02-28", 0),
        ("2018-01-31", "2018-03-01", 1),
        ("2018-01-28", "2018-02-28", 1),
        ("2018-12-31", "2019-01-30", 0),
        ("2018-12-31", "2019-01-31", 1),
        ("2018-11-30", "2018-11-30", 0),
        ("2018-11-30", "2018-05-30", -6),
        ("2018-11-30", "2018-05-31", -5),
    ],
)
def test_months_between_counts_completed_calendar_months(start, end, months):
    assert months_between(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == months


@given(DATES, DATES)
def test_months_between_is_the_most_months_that_fit(start, end):
    start, end = sorted((start, end))

    def has_passed(months):
        """Whether the same day *months* later, where the calendar has it, is not after *end*."""
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        days = calendar.monthrange(year, month + 1)[1]
        if start.day <= days:
            return dt.date(year, month + 1, start.day) <= end
        return dt.date(year, month + 1, days) < end

    months = int(months_between(start, end))
    assert has_passed(months)
    assert not has_passed(months + 1)
    assert months_between(end, start) == -months


@given(DATES, DATES)
def test_days_between_adds_up(start, end):
    assert start + dt.timedelta(days=int(days_between(start, end))) == end


MARKS = st.lists(st.integers(0, 20).map(lambda n: Fraction(n, 2)), max_size=9).map(tuple)


@given(MARKS, st.integers(1, 7), st.integers(0, 3), st.integers(0, 3))
def test_trimmed_mean_drops_the_extremes_from_enough_marks(marks, at_least, highest, lowest):
    left = sorted(marks)
    if len(marks) >= at_least:
        left = [mark for rank, mark in enumerate(left) if lowest <= rank < len(left) - highest]
    if not left:
        with pytest.raises(Undefined):
            trimmed_mean(marks, Fraction(at_least), Fraction(highest), Fraction(lowest))
    else:
        found = trimmed_mean(marks, Fraction(at_least), Fraction(highest), Fraction(lowest))
        assert found == sum(left) / len(left)


def test_trimmed_mean_takes_odd_counts_for_what_they_can_mean():
    marks = tuple(Fraction(n) for n in (1, 2, 3, 4, 5))
    assert trimmed_mean(marks, Fraction(5), Fraction(-1), Fraction(0)) == 3
    assert trimmed_mean(marks, Fraction(5), Fraction(3, 2), Fraction(0)) == Fraction(5, 2)
    with pytest.raises(Undefined, match="không còn phiếu nào"):
        trimmed_mean(marks, Fraction(5), Fraction(3), Fraction(2))


def test_mean_of_nothing_is_undefined():
    with pytest.raises(Undefined, match="chưa có phiếu chấm nào"):
        mean(())


def test_small_functions():
    assert count_true(True, False, True) == 2
    floor = FUNCTIONS["floor"].apply
    assert [floor(Fraction(n, 2)) for n in (-3, -2, 3, 4)] == [-2, -1, 1, 2]
    assert FUNCTIONS["abs"].apply(Fraction(-1, 2)) == Fraction(1, 2)
    assert (FUNCTIONS["min"].apply(3, 1, 2), FUNCTIONS["max"].apply(3, 1, 2)) == (1, 3)

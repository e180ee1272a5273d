"""The ways a fact could be different, and the first step at which something holds."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import Fact, FactType, cell_of, read_fact
from scoring.nearness.ways import Direction, first_step, ways_of


def fact(type_, **told):
    return Fact(id="x", label="X", type=type_, **told)


def steps(fact_, value, most=4, **told):
    """``{direction: the nearest values}``; a fact without a value may have two ways."""
    return [
        (way.direction, way.most, [way.at(step) for step in range(1, min(way.most, most) + 1)])
        for way in ways_of(fact_, value, **told)
        if way.most
    ]


def test_whole_number_goes_up_and_down_to_its_bounds():
    bounded = fact(FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(10))

    assert steps(bounded, Decimal(8)) == [
        (Direction.UP, 2, [Decimal(9), Decimal(10)]),
        (Direction.DOWN, 8, [Decimal(7), Decimal(6), Decimal(5), Decimal(4)]),
    ]


def test_decimal_goes_by_its_step_or_as_finely_as_it_is_written():
    stepped = fact(FactType.DECIMAL, minimum=Decimal(0), maximum=Decimal(1), step=Decimal("0.5"))
    free = fact(FactType.DECIMAL)

    assert steps(stepped, Decimal("0.5")) == [
        (Direction.UP, 1, [Decimal("1.0")]),
        (Direction.DOWN, 1, [Decimal("0.0")]),
    ]
    assert steps(free, Decimal("19.9"), 1)[0][2] == [Decimal("19.91")]
    assert steps(free, Decimal("19.905"), 1)[0][2] == [Decimal("19.906")]


def test_number_nobody_gave_starts_at_its_minimum():
    assert steps(fact(FactType.INTEGER, minimum=Decimal(1)), None, 2) == [
        (Direction.FILLED, 10**9, [Decimal(1), Decimal(2)])
    ]


def test_choice_goes_through_the_others_nearest_first():
    level = fact(FactType.CHOICE, choices={"khong": "Không", "huyen": "Huyện", "tinh": "Tỉnh"})

    assert steps(level, "huyen") == [
        (Direction.OTHER, 1, ["tinh"]),
        (Direction.OTHER, 1, ["khong"]),
    ]
    assert steps(level, None) == [(Direction.FILLED, 3, ["khong", "huyen", "tinh"])]


def test_yes_or_no_has_one_other():
    assert steps(fact(FactType.YES_NO), False) == [(Direction.OTHER, 1, [True])]
    assert steps(fact(FactType.YES_NO), None) == [(Direction.FILLED, 2, [True, False])]


def test_date_goes_by_days_from_itself_or_from_a_day_the_rules_speak_of():
    day = dt.date(2018, 3, 31)

    assert [found for _, _, found in steps(fact(FactType.DATE), day, 1)] == [
        [dt.date(2018, 4, 1)],
        [dt.date(2018, 3, 30)],
    ]
    assert steps(fact(FactType.DATE), None) == []
    assert [found for _, _, found in steps(fact(FactType.DATE), None, 2, day=day)] == [
        [day, dt.date(2018, 4, 1)],
        [day, dt.date(2018, 3, 30)],
    ]


def test_marks_gain_members_who_give_the_least():
    marks = fact(FactType.MARKS, minimum=Decimal(1), maximum=Decimal(10))

    assert steps(marks, (Decimal(8),), 2) == [
        (Direction.UP, 15, [(Decimal(8), Decimal(1)), (Decimal(8), Decimal(1), Decimal(1))])
    ]


def test_text_is_changed_only_when_there_is_none():
    assert steps(fact(FactType.TEXT), "Đường hoa") == []
    assert steps(fact(FactType.TEXT), None) == [(Direction.FILLED, 1, ["(X)"])]


NUMBERS = st.builds(
    lambda low, room, step, at: (
        fact(
            FactType.DECIMAL,
            minimum=low,
            maximum=low + room * step,
            step=step,
        ),
        low + min(at, room) * step,
    ),
    st.decimals(-20, 20, places=1),
    st.integers(0, 40),
    st.sampled_from([Decimal("0.1"), Decimal("0.5"), Decimal(2)]),
    st.integers(0, 40),
)


@given(NUMBERS, st.integers(1, 60))
def test_every_step_is_a_value_the_fact_takes(drawn, step):
    declared, value = drawn
    for way in ways_of(declared, value):
        if step <= way.most:
            there = way.at(step)
            assert read_fact(declared, cell_of(there)) == there


@given(st.integers(1, 3000), st.integers(0, 12))
def test_first_step_is_exact_for_what_stays_true(threshold, seed):
    [way, _] = ways_of(fact(FactType.INTEGER), Decimal(seed))
    probes = way.probes()

    assert first_step(probes, lambda step: step >= threshold) == threshold


@pytest.mark.parametrize(("probes", "found"), [([1, 4, 16], None), ([1, 4, 7, 16], 7)])
def test_what_holds_at_one_step_only_is_found_when_it_is_probed(probes, found):
    assert first_step(probes, lambda step: step == 7) == found

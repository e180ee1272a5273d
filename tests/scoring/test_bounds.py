"""What can be: never narrower than what is. Held against the interpreter on random expressions."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.interpret import NoValue, evaluate
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
    Not,
)
from scoring.possible.bounds import Known, assuming, possible
from scoring.possible.possibility import EITHER, Marks
from scoring.possible.spans import EVERY, NONE, WHOLE, Grid, Numbers, Span, between, numbers, only

DECLARED = Known(
    {
        Name("n"): between(Fraction(0), grid=WHOLE),
        Name("m"): between(Fraction(-3), Fraction(5), WHOLE),
        Name("r"): between(Fraction(0), Fraction(10), Grid(Fraction(0), Fraction(1, 2))),
        Name("x"): EVERY,
        Name("b"): EITHER,
        Name("c"): frozenset({"a", "o", "e"}),
        Name("d"): between(grid=WHOLE),
        Name("p"): Marks(between(Fraction(0), Fraction(10))),
    }
)
small = st.integers(-6, 12).map(Fraction) | st.fractions(-4, 9, max_denominator=4)
days = st.dates(dt.date(2017, 1, 1), dt.date(2019, 12, 31))
scopes = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(0, 20).map(Fraction),
        "m": st.integers(-3, 5).map(Fraction),
        "r": st.integers(0, 20).map(lambda k: Fraction(k, 2)),
        "x": small,
        "b": st.booleans(),
        "c": st.sampled_from(["a", "o", "e"]),
        "d": days,
        "p": st.lists(st.integers(0, 10).map(Fraction), max_size=4).map(tuple),
    },
)
date_nodes = st.just(Name("d")) | days.map(Literal)
leaves = st.sampled_from("nmrx").map(Name) | small.map(Literal)


def numeric(below):
    two = st.tuples(below, below)
    return (
        st.builds(Arithmetic, st.sampled_from("+-*/"), below, below)
        | st.builds(Negate, below)
        | st.builds(Coalesce, below, below)
        | st.builds(Call, st.sampled_from(["min", "max"]), two)
        | st.builds(Call, st.sampled_from(["abs", "floor"]), st.tuples(below))
        | st.builds(
            Call,
            st.sampled_from(["months_between", "days_between"]),
            st.tuples(date_nodes, date_nodes),
        )
        | st.builds(Call, st.sampled_from(["count", "mean"]), st.just((Name("p"),)))
        | st.builds(If, comparing(below), below, below)
        | st.builds(Call, st.just("count_true"), st.tuples(comparing(below), comparing(below)))
    )


def comparing(below):
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    choices = st.sampled_from("aoe").map(Literal)
    return (
        st.builds(Compare, signs, below, below)
        | st.builds(Compare, signs, date_nodes, date_nodes)
        | st.builds(Compare, st.sampled_from(["==", "!="]), st.just(Name("c")), choices)
        | st.builds(
            Among,
            st.just(Name("c")),
            st.lists(choices, min_size=1, max_size=3).map(tuple),
        )
        | st.just(Name("b"))
    )


amounts = st.recursive(leaves, numeric, max_leaves=6)
conditions = st.recursive(
    comparing(leaves | amounts),
    lambda below: (
        st.builds(Logic, st.sampled_from(["and", "or"]), below, below) | st.builds(Not, below)
    ),
    max_leaves=6,
)


def contains(found, value):
    if isinstance(value, dt.date):
        value = Fraction(value.toordinal())
    if found is None or isinstance(found, Marks):
        return True
    if isinstance(found, Numbers):
        return not found.meet(only(value)).is_empty()
    return value in found


@settings(max_examples=400, deadline=None)
@given(amounts, scopes)
def test_a_number_that_comes_out_was_thought_possible(node, scope):
    try:
        value = evaluate(node, scope)
    except NoValue:
        return
    assert contains(possible(node, DECLARED), value), (possible(node, DECLARED), value)


@settings(max_examples=400, deadline=None)
@given(conditions, scopes)
def test_what_holds_was_thought_possible_and_teaches_nothing_false(node, scope):
    try:
        value = evaluate(node, scope)
    except NoValue:
        return
    assert value in possible(node, DECLARED)
    known = assuming(node, DECLARED, holds=value)
    assert known is not None
    for one, found in known.narrowed.items():
        try:
            seen = evaluate(one, scope)
        except NoValue:
            continue
        assert contains(found, seen), (one, found, seen)


def test_contradiction_is_seen():
    a_and_not = Logic(
        "and",
        Compare(">=", Name("x"), Literal(Fraction(5))),
        Compare("<", Name("x"), Literal(Fraction(3))),
    )
    assert assuming(a_and_not, DECLARED, holds=True) is None


def test_deep_alternatives_are_given_up_in_time():
    node = Name("b")
    for at in range(200):
        node = Logic(
            "or" if at % 2 else "and", node, Compare(">", Name("x"), Literal(Fraction(at)))
        )
    assert assuming(node, DECLARED, holds=True) is not None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (numbers([Span(Fraction(1, 2), Fraction(7, 2))], WHOLE).spans, (Span(Fraction(1), Fraction(3)),)),
        (numbers([Span(Fraction(0), Fraction(1)), Span(Fraction(2), Fraction(3))], WHOLE).spans, (Span(Fraction(0), Fraction(3)),)),
        (numbers([Span(Fraction(1), Fraction(2), True, True)], WHOLE).spans, ()),
        (EVERY.without(only(3)).spans, (Span(high=Fraction(3), high_open=True), Span(low=Fraction(3), low_open=True))),
        (between(Fraction(0), grid=WHOLE).without(only(3)).spans, (Span(Fraction(0), Fraction(2)), Span(Fraction(4)))),
        (only(3).join(only(5)).grid, Grid(Fraction(3), Fraction(2))),
        (EVERY.without(EVERY), NONE),
    ],
)  # fmt: skip
def test_spans_are_exact(found, expected):
    assert found == expected

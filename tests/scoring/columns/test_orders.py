"""Orders over columns: the places of exact fractions, and ranks shared by equals."""

import random
from fractions import Fraction

import numpy as np
import pytest

from scoring.columns.orders import Keyed, ordered, places
from scoring.columns.table import narrowed

FIBONACCI = [1, 1]
while FIBONACCI[-1] < 2**62:
    FIBONACCI.append(FIBONACCI[-1] + FIBONACCI[-2])


def keyed(pairs, *, factor=Fraction(1), defined=None):
    return Keyed(
        factor,
        narrowed([top for top, _ in pairs]),
        narrowed([bottom for _, bottom in pairs]),
        np.array([True] * len(pairs) if defined is None else defined, dtype=np.bool_),
    )


def places_by_sorting(key):
    """Dense places, worst 0: by Python's own fractions, those without a value lowest."""
    values = [key.at(row) for row in range(len(key.top))]
    stands = [(value is not None, value or Fraction(0)) for value in values]
    known = sorted(set(stands))
    return [known.index(one) for one in stands]


def dense(found):
    known = sorted(set(found.tolist()))
    return [known.index(one) for one in found.tolist()]


def neighbours():
    """Fractions next to each other that doubles cannot tell apart: a/b and c/d, ad - bc = ±1."""
    pairs = list(zip(FIBONACCI[1:], FIBONACCI, strict=False))[-40:]
    return [*pairs, *((top * 2, bottom * 2) for top, bottom in pairs if top < 2**60)]


@pytest.mark.parametrize("factor", [*map(Fraction, ("1", "-1", "100", "-1/3"))])
@pytest.mark.parametrize(
    "pairs",
    [
        neighbours(),
        [(10**17 + n, 10**17 - 1) for n in range(-3, 4)] + [(10**17 + n, 10**17) for n in range(4)],
        [(sign * (2**62 - n), 2**61 - n) for n in range(5) for sign in (-1, 1)],
        [(10**24 + n, 10**24 - n) for n in range(-4, 5)],
        [(0, 7), (0, 9), (-1, 10**15), (1, 10**15), (0, 1)],
        [(19, 20), (95, 100), (9499, 10000), (38, 40), (9501, 10000)],
        [(n, 3) for n in (-1, 5, 0, 5, -1)],
        [(n, 1) for n in (-(2**63), -(2**63) + 1, 0, 2**63 - 1)],
        [(n, 1 + n % 2) for n in (-(2**63), -(2**63) + 1, 0, 2**63 - 1)],
        [],
    ],
)
def test_places_are_those_of_sorted_fractions(pairs, factor):
    gaps = [True, True, False]
    for defined in (None, [gaps[n % 3] for n in range(len(pairs))]):
        key = keyed(pairs, factor=factor, defined=defined)

        assert dense(places(key)) == places_by_sorting(key)


@pytest.mark.parametrize("seed", range(40))
def test_places_of_drawn_fractions_are_those_of_sorted_fractions(seed):
    chance = random.Random(seed)
    reach = chance.choice((3, 10, 1000, 2**31, 2**62, 10**30))
    base = chance.randrange(1, reach + 1)
    pairs = [
        (chance.choice((-1, 1, 1)) * (base + chance.randrange(3)), base + chance.randrange(3))
        for _ in range(60)
    ]
    defined = [chance.random() < 0.8 for _ in pairs]
    key = keyed(pairs, factor=chance.choice((Fraction(1), Fraction(-2, 7))), defined=defined)

    assert dense(places(key)) == places_by_sorting(key)


def test_an_entry_without_a_value_stands_below_the_lowest_value_there_is():
    keys = [
        places(keyed([(low, 1), (5, 1), (7, 1)], defined=[True, True, False]))
        for low in (-(2**63) + 1, -(2**63))
    ]

    for key in keys:
        assert ordered([key], np.arange(3)).rows.tolist() == [1, 0, 2]


@pytest.mark.parametrize("span", [2, 10**6, 2**40, 2**62])
@pytest.mark.parametrize("size", [0, 1, 2, 3, 50])
def test_order_is_that_of_sorting_by_every_key(size, span):
    chance = random.Random(f"{size} {span}")
    keys = [
        np.array([chance.choice((-1, 1)) * chance.choice((0, 1, span)) for _ in range(60)])
        for _ in range(3)
    ]
    among = np.array(sorted(chance.sample(range(60), size)), dtype=np.int64)

    found = ordered(keys, among)

    stands = {row: tuple(-int(key[row]) for key in keys) for row in among.tolist()}
    rows = sorted(among.tolist(), key=lambda row: (stands[row], row))
    assert found.rows.tolist() == rows
    better = [sum(stands[other] < stands[row] for other in rows) for row in rows]
    assert found.rank.tolist() == [1 + n for n in better]

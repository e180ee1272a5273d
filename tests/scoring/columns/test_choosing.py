"""Selection over columns, held against the interpreter's on seasons made to be contested."""

import random
from decimal import Decimal

import pytest
from agreement import told_by_columns, told_by_interpreter
from bare_pack import bare_pack, points

QUOTAS = (
    {"most": "1"},
    {"most": "2"},
    {"most": "b"},
    {"most": "a * 999999999999999 * 999999999"},
    {"most": "3", "per": "chu"},
    {"most": "1", "per": "chu"},
    {"most": "b / a", "per": "chu"},
    {"most": "1", "per": "b"},
    {"most": "2", "only": "chu == 'Đội 3'"},
    {"most": "1", "only": "b > 1", "per": "chu"},
    {"share": {"percent": "50", "of": "participants"}},
    {"share": {"percent": "33.3", "of": ["tot"], "round": "up"}},
    {"share": {"percent": "b * 10", "of": ["dat", "tot"], "round": "half-up"}, "per": "chu"},
    {"share": {"percent": "50", "of": ["tot"], "round": "up"}, "only": "chu == 'Đội 1'"},
)
GRADES = [{"id": "tot", "label": "Tốt", "when": "total >= 2"}, {"id": "dat", "label": "Đạt"}]


def contested_pack(quotas, **keys):
    chosen = {"id": "chon", "label": "Chọn", "from": ["tot", "dat"], "quotas": quotas, **keys}
    return bare_pack(
        criteria=points("a ?? 0"),
        grades=GRADES,
        ranking={"among": ["tot", "dat"], "order": ["total"]},
        selections=[chosen],
    )


def drawn_season(chance, entries):
    season = {}
    for at in range(entries):
        facts = {
            "a": chance.choice((0, 1, 1, 2, 3, None)),
            "b": chance.choice((0, 1, 2, None)),
            "chu": chance.choice(("Đội 1", "Đội 2", "Đội 3", None)),
        }
        season[f"E{at:04d}"] = {
            name: Decimal(value) if isinstance(value, int) else value
            for name, value in facts.items()
            if value is not None
        }
    return season


@pytest.mark.parametrize("seed", range(100))
def test_outcomes_of_drawn_quotas_are_the_interpreters(seed):
    chance = random.Random(seed)
    quotas = chance.sample(QUOTAS, chance.randint(1, 4))
    keys = {"order": ["b", "a"]} if chance.random() < 0.3 else {}
    if chance.random() < 0.3:
        keys["require"] = "b > 0"
    pack = contested_pack(quotas, **keys)
    season = drawn_season(chance, chance.choice((1, 2, 5, 12, 40)))

    assert told_by_columns(pack, season) == told_by_interpreter(pack, season)


def test_stretches_longer_than_the_first_are_settled_alike():
    chance = random.Random(1)
    pack = contested_pack([{"most": "700"}, {"most": "300", "per": "chu"}], order=["b * 1000 + a"])
    season = {
        f"E{at:04d}": {"a": Decimal(chance.randrange(1000)), "b": Decimal(at), "chu": str(at % 3)}
        for at in range(2500)
    }

    told = told_by_columns(pack, season)

    assert told == told_by_interpreter(pack, season)
    assert len(told[""]["chosen"]["chon"]) == 700


def test_more_places_than_the_machine_counts_are_enough_for_all():
    pack = contested_pack([{"most": "999999999999999 * 999999999999999"}])
    season = {"A": {"a": Decimal(1)}, "B": {"a": Decimal(1)}}

    told = told_by_columns(pack, season)

    assert told == told_by_interpreter(pack, season)
    assert told[""]["chosen"] == {"chon": ["A", "B"]}


def test_groups_by_numbers_too_long_for_the_machine():
    pack = contested_pack([{"most": "1", "per": "b"}])
    long = (Decimal("999999999999999.000000001"), Decimal("999999999999999.000000002"))
    season = {
        "A": {"a": Decimal(3), "b": long[0]},
        "B": {"a": Decimal(2), "b": long[0]},
        "C": {"a": Decimal(1), "b": long[1]},
        "D": {"a": Decimal(0)},
    }

    told = told_by_columns(pack, season)

    assert told == told_by_interpreter(pack, season)
    assert told[""]["chosen"] == {"chon": ["A", "C", "D"]}

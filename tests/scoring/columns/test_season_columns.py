"""Points, totals and groups of a whole season at their edges, in both engines."""

import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from agreement import told_by_columns, told_by_interpreter
from bare_pack import bare_pack, points
from drawn_facts import Drawing

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.cases import parse_base
from scoring.columns.blocks import BLOCK
from scoring.columns.program import NoColumns
from scoring.columns.season import score_columns
from scoring.columns.table import table_of

NAME = "dan-van-kheo-minh-hoa"
LONG = Decimal("999999999999999.999999999")


def told(pack, season):
    """What both engines say, which must be the same."""
    found = told_by_columns(pack, season)
    assert found == told_by_interpreter(pack, season)
    return found


def test_points_of_more_than_28_digits_are_not_rounded():
    pack = bare_pack(
        criteria=points("a * b + 0.01"),
        bonus={"parts": [{"id": "T", "label": "Thêm", "points": "0.3"}]},
    )

    found = told(pack, {"A": {"a": LONG, "b": LONG}})

    whole = Fraction(10) ** 30 - 2 * Fraction(10) ** 6
    assert found["A"]["total"] == whole + Fraction("0.31")
    columns = score_columns(pack, table_of(pack, {"A": {"a": LONG, "b": LONG}}))
    assert columns.points(columns.total[0]) == Decimal("999999999999999999999998000000.31")


def test_rows_of_several_blocks_are_scored_as_the_rows_of_one():
    pack = load_pack(RULES_DIR / NAME)
    base = parse_base(read_pack_files(RULES_DIR / NAME), pack, name=NAME)
    few = Drawing(pack, base, random.Random(7).choice).season(40)
    entries = list(few.values())
    many = {f"E{at:06d}": entries[at % len(entries)] for at in range(2 * BLOCK + 100)}

    with ThreadPoolExecutor(2) as threads:
        columns = score_columns(pack, table_of(pack, many), map_=threads.map)
    alone = score_columns(pack, table_of(pack, few))

    again = np.arange(len(many)) % len(entries)
    assert np.array_equal(columns.total, alone.total[again])
    assert np.array_equal(columns.grade, alone.grade[again])
    assert all(
        np.array_equal(line.points, alone.lines[id_].points[again])
        for id_, line in columns.lines.items()
    )
    assert told_by_columns(pack, few) == told_by_interpreter(pack, few)


def test_shares_go_to_the_parts_that_stay():
    parts = [
        {"id": "I.1", "label": "Một", "max": 4, "points": "a"},
        {"id": "I.2", "label": "Hai", "max": 3, "points": "b"},
        {"id": "I.3", "label": "Ba", "max": 3, "points": "1"},
    ]
    parts[1] |= {"applies": "a > 1", "not_applicable": "share"}
    parts[2] |= {"applies": "b > 1", "not_applicable": "share"}
    pack = bare_pack(criteria=[{"id": "I", "label": "Nhóm", "max": 10, "parts": parts}])
    values = (Decimal(0), Decimal(1), Decimal("1.5"), Decimal(4), None)
    season = {
        f"E{m}{n}": {name: one for name, one in (("a", a), ("b", b)) if one is not None}
        for m, a in enumerate(values)
        for n, b in enumerate(values)
    }

    found = told(pack, season)

    assert found["E11"]["total"] == Fraction("2.5")  # 1 of 4, stretched to 10
    assert found["E13"]["total"] == Fraction("2.86")  # 1 + 1 of 7


def test_the_best_of_parts_that_all_cost_points_is_the_dearest_not_zero():
    parts = [{"id": f"I.{at}", "label": "Phần", "points": name} for at, name in enumerate("ab")]
    parts[1]["applies"] = "b != 0"
    pack = bare_pack(criteria=[{"id": "I", "label": "Nhóm", "take": "best", "parts": parts}])
    season = {
        "A": {"a": Decimal(-3), "b": Decimal(-2)},
        "B": {"a": Decimal(-3), "b": Decimal(0)},
        "C": {"a": Decimal(-3)},
    }

    found = told(pack, season)

    assert {code: found[code]["total"] for code in season} == {"A": -2, "B": -3, "C": 0}


def test_a_criterion_nobody_could_score_counts_as_one_with_no_points():
    criteria = [
        {"id": "I", "label": "Một", "points": "a"},
        {"id": "II", "label": "Hai", "points": "b", "applies": "a != 1"},
    ]
    pack = bare_pack(
        criteria=criteria,
        grades=[
            {"id": "du", "label": "Đủ", "when": "zero_criteria == 0"},
            {"id": "mot", "label": "Thiếu một", "when": "zero_criteria == 1"},
            {"id": "dat", "label": "Đạt"},
        ],
    )
    season = {
        "A": {"a": Decimal(2), "b": Decimal(2)},
        "B": {"a": Decimal(2)},
        "C": {"a": Decimal(1)},
        "D": {"b": Decimal(2)},
        "E": {"a": Decimal(0), "b": Decimal(2)},
    }

    found = told(pack, season)

    grades = {code: found[code]["grade"] for code in season}
    assert grades == {"A": "du", "B": "mot", "C": "du", "D": "dat", "E": "mot"}


def test_points_on_the_packs_own_scale_are_not_rounded_again():
    criteria = [
        {"id": "I", "label": "Một", "max": Decimal("0.3"), "applies": "a > 1", "points": "1"},
        {"id": "II", "label": "Hai", "max": Decimal("0.7"), "points": "b"},
    ]
    criteria[0]["not_applicable"] = "full"
    pack = bare_pack(
        criteria=criteria, rounding={"criterion": Decimal("0.5")}, rescale={"to": Decimal(1)}
    )

    found = told(pack, {"A": {"a": Decimal(1), "b": Decimal(1)}, "B": {"a": Decimal(2)}})

    assert found["A"]["total"] == Fraction("0.8")


@pytest.mark.parametrize("take", ["mean", "max", "min", "sum", "count"])
@pytest.mark.parametrize("of", ["a", "a / b", "a * a / b", "1 / (a * b)", "a - 1000"])
def test_values_of_the_peer_group_are_the_interpreters(take, of):
    pack = bare_pack(
        peers={"cum": {"label": "Cụm", "of": of, "take": take, "per": "chu"}},
        criteria=points("cum ?? -1"),
    )
    numbers = (Decimal(7), Decimal(0), LONG, Decimal("-3.5"), Decimal("0.000000001"))
    season = {
        f"E{m}{n}": {"a": a, "b": b, "chu": f"Đội {(m + n) % 3}"}
        for m, a in enumerate(numbers)
        for n, b in enumerate(numbers)
    } | {"X": {"a": Decimal(1)}, "Y": {"chu": "Đội 9", "b": Decimal(0)}}

    told(pack, season)


def test_groups_by_marks_are_left_to_the_interpreter():
    pack = bare_pack(
        peers={"cum": {"label": "Cụm", "of": "a", "take": "mean", "per": "phieu"}},
        criteria=points("cum"),
    )
    season = {"A": {"a": Decimal(1), "phieu": (Decimal(1), Decimal(3))}}

    with pytest.raises(NoColumns, match="nhóm theo phiếu chấm"):
        told_by_columns(pack, season)

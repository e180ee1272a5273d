"""Points, totals and groups of a whole season at their edges, in both engines."""

from decimal import Decimal
from fractions import Fraction

import pytest
from agreement import told_by_columns, told_by_interpreter
from bare_pack import bare_pack, points

from scoring.columns.program import NoColumns
from scoring.columns.season import score_columns
from scoring.columns.table import table_of

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

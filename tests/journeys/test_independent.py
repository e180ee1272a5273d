"""The second calculation of the regulation reaches the published figures of the season."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from independent import (
    COLUMNS,
    LEAVES,
    commend,
    expected_csv,
    half_up,
    months_kept,
    penalty_of,
    points_of,
    rank_and_select,
    read_season,
    score_entry,
)

WORKBOOK = Path(__file__).parents[2] / "examples" / "hong-linh-2018.xlsx"


@pytest.fixture(scope="module")
def season():
    return read_season(WORKBOOK)


def test_season_has_the_published_number_of_entries(season):
    assert len(season) == 112
    assert Counter(facts["linh_vuc"] for facts in season.values()) == {
        "kinh-te": 19,
        "van-hoa-xa-hoi": 67,
        "an-ninh-quoc-phong": 12,
        "xay-dung-dang-chinh-quyen": 14,
    }
    book = openpyxl.load_workbook(WORKBOOK)
    levels = Counter(row[4] for row in book["Đăng ký"].iter_rows(min_row=2, values_only=True))
    assert levels == {"Cấp tỉnh": 27, "Cấp thị xã": 85}


def test_season_ends_with_65_recognised_and_8_commended(season):
    results = {code: score_entry(facts) for code, facts in season.items()}
    placed = rank_and_select(results, season)

    assert sum(entry["recognised"] for entry in placed.values()) == 65
    assert sum(entry["commended"] for entry in placed.values()) == 8
    assert not [code for code, entry in placed.items() if entry["why"] in ("tied", "waiting")]


def test_csv_has_the_columns_in_order_and_a_line_for_every_entry():
    first, *lines = expected_csv(WORKBOOK).splitlines()

    assert first == (
        "code,rank,total,grade,recognised,commended,gates,I.1,I.2,I.3,II.1,II.2,II.3,II.4,"
        "III.1,III.2,III.3,IV.1,IV.2,IV.3,IV.4,bonus,penalty"
    )
    assert tuple(first.split(",")) == COLUMNS
    assert len(lines) == 112
    assert lines[0] == (
        "HL-2018-065,1,93.36,xuat-sac,1,1,,8.00,2.00,3.00,9.16,12.00,4.00,3.00,"
        "15.00,9.20,9.00,2.00,6.00,5.00,3.00,3.00,0.00"
    )


@pytest.mark.parametrize(
    ("start", "months"),
    [
        ("2018-05-30", 6),
        ("2018-05-31", 5),
        ("2018-06-01", 5),
        ("2017-11-30", 12),
        ("2017-12-01", 11),
        ("2016-11-30", 24),
        ("2016-12-01", 23),
        ("2016-02-29", 33),
        ("2018-11-30", 0),
        ("2018-12-31", -2),
    ],
)
def test_month_counts_when_completed(start, months):
    assert months_kept(dt.date.fromisoformat(start)) == months


@pytest.mark.parametrize(
    ("criterion", "facts", "points"),
    [
        ("II.1", {"so_ho_tuyen_truyen": 4999, "so_ho_dia_ban": 10000}, "0"),
        ("II.1", {"so_ho_tuyen_truyen": 50, "so_ho_dia_ban": 100}, "5"),
        ("II.1", {"so_ho_tuyen_truyen": 120, "so_ho_dia_ban": 100}, "10"),
        ("II.2", {"so_ho_tham_gia": 9499, "so_ho_dia_ban": 10000}, "10"),
        ("II.2", {"so_ho_tham_gia": 95, "so_ho_dia_ban": 100}, "12"),
        ("III.1", {"ket_qua_dat_duoc": 1801, "chi_tieu_dang_ky": 3000}, "9.01"),
        ("III.1", {"ket_qua_dat_duoc": 5999, "chi_tieu_dang_ky": 10000}, "0"),
        ("III.2", {"so_phieu_hai_long": 1, "so_phieu_khao_sat": 0}, None),
        ("III.3", {"phieu_iii_3": (8, None, 9)}, None),
        ("III.3", {"phieu_iii_3": (8, None, 9, 9)}, "8.67"),
        ("III.3", {"phieu_iii_3": (1, 10, 8, None, 8, Fraction(17, 2))}, "8.17"),
        ("IV.3", {"von_xa_hoi_hoa": Fraction("19.9")}, "0"),
        ("IV.3", {"von_xa_hoi_hoa": Fraction("29.9")}, "3"),
        ("IV.3", {"von_xa_hoi_hoa": 30}, "3.5"),
        ("IV.3", {"von_xa_hoi_hoa": 61}, "5"),
    ],
)
def test_criterion_at_its_edge(criterion, facts, points):
    assert points_of(criterion, facts) == (None if points is None else Fraction(points))


def test_half_a_hundredth_goes_up():
    assert half_up(Fraction(1, 200)) == Fraction(1, 100)
    assert half_up(Fraction(8125, 1000)) == Fraction(813, 100)


@pytest.mark.parametrize(
    ("late", "taken_off"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3), (10, 9), (12, 10)]
)
def test_days_late_cost_points(late, taken_off):
    assert penalty_of({"so_ngay_nop_muon": late}) == taken_off


def test_entry_without_facts_has_no_score_anywhere():
    result = score_entry({})

    assert result["points"] == dict.fromkeys(LEAVES)
    assert result["total"] == 0
    assert result["gates"] == ("DK.1", "DK.2", "DK.3", "DK.4", "DK.5", "DK.6")
    assert result["grade"] is None


def _place(*lines):
    facts = {code: {"don_vi": unit, "linh_vuc": field} for code, _, unit, field in lines}
    standings = {code: total for code, total, _, _ in lines}
    return commend(list(facts), standings.get, facts)


def test_full_unit_sends_the_place_to_the_next():
    why = _place(("A", 95, "X", "k"), ("B", 94, "X", "v"), ("C", 93, "X", "a"), ("D", 92, "Y", "k"))

    assert why == {"A": "chosen", "B": "chosen", "C": "unit", "D": "chosen"}


def test_tie_across_a_quota_waits_for_the_vote():
    why = _place(("A", 95, "X", "k"), ("B", 94, "X", "v"), ("C", 94, "X", "a"), ("D", 92, "Y", "k"))

    assert why == {"A": "chosen", "B": "tied", "C": "tied", "D": "waiting"}


def test_tie_that_fits_needs_no_vote():
    why = _place(("A", 95, "X", "k"), ("B", 95, "X", "v"), ("C", 95, "Y", "a"), ("D", 92, "X", "k"))

    assert why == {"A": "chosen", "B": "chosen", "C": "chosen", "D": "unit"}

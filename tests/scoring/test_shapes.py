"""Each shape of a criterion against what it means, written out by hand."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import PACK, problems_in

from scoring.numbers import round_half_up
from scoring.pack import parse_pack
from scoring.score import score

START, END = PACK.index("criteria:"), PACK.index("bonus:")


def text_with(shape):
    criterion = f"criteria:\n  - {{id: X, label: Tiêu chí, basis: Điều 9, {shape}}}\n"
    return PACK[:START] + criterion + PACK[END:].replace("total, I, tham_gia", "total")


def pack_with(shape):
    return parse_pack({"pack.yaml": text_with(shape)}, name="nho")


def points_under(pack, **facts):
    """Points of the one criterion; ints and decimals as facts alike."""
    given = {
        name: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in facts.items()
    }
    return score(pack, "A", given).lines[0].points


def rounded(number):
    return round_half_up(Fraction(number), Decimal("0.01"))


amounts = st.integers(0, 60).map(lambda n: Decimal(n) / 2) | st.decimals(0, 30, places=3)

TIERS = pack_with(
    'tiers: {of: "them ?? 0", bands: [{above: 20, points: 9}, {from: 15, to: 20, points: 7},'
    " {above: 10, below: 15, points: 5}, {above: 5, to: 10, points: 3}, {from: 2, below: 5, points: 2},"
    " {to: 1, points: 1}]}"
)


@given(amounts)
def test_tiers_take_the_band_the_value_lies_in(x):
    bands = [
        (x > 20, 9),
        (15 <= x <= 20, 7),
        (10 < x < 15, 5),
        (5 < x <= 10, 3),
        (2 <= x < 5, 2),
        (x <= 1, 1),
    ]
    wanted = next((points for holds, points in bands if holds), None)
    assert points_under(TIERS, them=x) == wanted


@pytest.mark.parametrize("x", ["1.001", "1.999", "5"])
def test_value_in_no_tier_has_no_points_and_says_so(x):
    line = score(TIERS, "A", {"them": Decimal(x)}).lines[0]
    assert (line.points, line.lack) == (None, "không rơi vào bậc nào của tiêu chí")
    assert line.reason.endswith("chưa có điểm, không rơi vào bậc nào của tiêu chí")


RATIO = pack_with(
    'ratio: {of: tham_gia / so_ho * 100, unit: "%", points: 15, full_at: 80, cut: 50}'
)
PLAIN_RATIO = pack_with("ratio: {of: tham_gia / so_ho, points: 10}")


@given(st.integers(0, 300), st.integers(1, 200))
def test_ratio_is_cut_below_and_full_above(part, whole):
    share = Fraction(part, whole)
    wanted = (
        0 if share < Fraction(1, 2) else 15 if share >= Fraction(4, 5) else share * 100 * 15 / 80
    )
    assert points_under(RATIO, tham_gia=part, so_ho=whole) == rounded(wanted)
    assert points_under(PLAIN_RATIO, tham_gia=part, so_ho=whole) == rounded(min(share, 1) * 10)


COUNT = pack_with("count: {of: tham_gia, points: 1.5, cap: 4, unit: buổi}")
FREE_COUNT = pack_with("count: {of: tham_gia, points: 1.5}")


@given(st.integers(0, 20))
def test_count_gives_points_for_each_up_to_the_cap(n):
    assert points_under(COUNT, tham_gia=n) == min(Decimal("1.5") * n, 4)
    assert points_under(FREE_COUNT, tham_gia=n) == Decimal("1.5") * n


STEPS = 'steps: {of: "them ?? 0", from: 20, points: 3, per: 10, add: 0.5, cap: 5, below: 1, partial: %s}'
WHOLE_STEPS, PARTIAL_STEPS = pack_with(STEPS % "false"), pack_with(STEPS % "true")


@given(st.decimals(0, 100, places=2))
def test_steps_add_for_each_full_step_or_in_proportion(x):
    more = (Fraction(x) - 20) / 10
    wholes = 1 if x < 20 else min(Fraction(3) + Fraction(math.floor(more), 2), 5)
    parts = 1 if x < 20 else min(3 + more / 2, 5)
    assert points_under(WHOLE_STEPS, them=x) == rounded(wholes)
    assert points_under(PARTIAL_STEPS, them=x) == rounded(parts)


CHOICE = pack_with("choice: {of: cap, points: {tinh: 3, khong: 0}}")


def test_choice_gives_the_points_of_what_was_chosen():
    assert [points_under(CHOICE, cap=one) for one in ("tinh", "khong")] == [3, 0]
    assert points_under(CHOICE) is None


JUDGED = pack_with("judged: {marks: phieu, at_least: 3, trim: {from: 5, highest: 1, lowest: 2}}")
PLAIN_JUDGED = pack_with("judged: {marks: phieu}")
marks = st.lists(st.integers(0, 20).map(lambda n: Decimal(n) / 2) | st.none(), max_size=9)


@given(marks)
def test_judged_is_the_mean_without_extremes_of_enough_marks(given_marks):
    present = sorted(mark for mark in given_marks if mark is not None)
    kept = present[2:-1] if len(present) >= 5 else present
    wanted = rounded(Fraction(sum(kept)) / len(kept)) if len(present) >= 3 else None
    assert points_under(JUDGED, phieu=tuple(given_marks)) == wanted
    plain = rounded(Fraction(sum(present)) / len(present)) if present else None
    assert points_under(PLAIN_JUDGED, phieu=tuple(given_marks)) == plain


EACH = pack_with("each_yes: {of: [ro_viec, so_ho > 3, tham_gia > 3], points: 1.5}")


@given(st.booleans(), st.integers(0, 6), st.integers(0, 6))
def test_each_yes_gives_points_for_each_idea(is_clear, homes, joined):
    held = is_clear + (homes > 3) + (joined > 3)
    assert points_under(EACH, ro_viec=is_clear, so_ho=homes, tham_gia=joined) == held * Decimal(
        "1.5"
    )


YES_NO = pack_with("yes_no: {when: tham_gia > so_ho, points: 4, otherwise: -0.5}")


@given(st.integers(0, 9), st.integers(0, 9))
def test_yes_no_gives_one_or_the_other(x, y):
    assert points_under(YES_NO, tham_gia=x, so_ho=y) == (4 if x > y else Decimal("-0.5"))


BRANCHES = pack_with(
    "branches: [{when: tham_gia >= 10, points: tham_gia / 3}, {when: ro_viec, points: 2, label: Rõ}, {points: so_ho - 1}]"
)


@given(st.integers(0, 20), st.booleans(), st.integers(0, 9))
def test_branches_take_the_first_that_holds(x, is_clear, y):
    wanted = Fraction(x, 3) if x >= 10 else 2 if is_clear else y - 1
    assert points_under(BRANCHES, tham_gia=x, ro_viec=is_clear, so_ho=y) == rounded(wanted)


def test_branch_before_one_that_holds_must_be_known():
    assert points_under(BRANCHES, ro_viec=True, so_ho=3) is None


def test_points_are_capped_before_they_are_rounded():
    capped = pack_with("max: 9.995, points: tham_gia / 1000")
    assert points_under(capped, tham_gia=9996) == Decimal("10.00")
    assert points_under(capped, tham_gia=9994) == Decimal("9.99")
    assert points_under(pack_with("max: 2, points: 0 - tham_gia"), tham_gia=5) == -5


# What a reader is told --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pack", "facts", "reason"),
    [
        (
            RATIO,
            {"tham_gia": 135, "so_ho": 154},
            "Số hộ tham gia / Tổng số hộ × 100 = 135 / 154 × 100 = 87,6623…%: từ 80%, đủ 15 điểm → 15,00 điểm",
        ),
        (
            RATIO,
            {"tham_gia": 5, "so_ho": 9},
            "Số hộ tham gia / Tổng số hộ × 100 = 5 / 9 × 100 = 55,5556…%: tỷ lệ : 80% × 15 điểm → 10,4167…, làm tròn 10,42 điểm",
        ),
        (
            RATIO,
            {"tham_gia": 5},
            "Số hộ tham gia / Tổng số hộ × 100 = 5 / (chưa có) × 100: chưa có điểm, chưa có “Tổng số hộ”",
        ),
        (
            TIERS,
            {"them": Decimal("12.5")},
            "Số thêm (trống thì 0) = 12,5 (trống thì 0) = 12,5: trên 10 đến dưới 15 → 5,00 điểm",
        ),
        (
            TIERS,
            {"them": Decimal(18)},
            "Số thêm (trống thì 0) = 18 (trống thì 0) = 18: từ 15 đến 20 → 7,00 điểm",
        ),
        (
            COUNT,
            {"tham_gia": 5},
            "Số hộ tham gia = 5 buổi: mỗi buổi 1,5 điểm, tối đa 4 → 4,00 điểm",
        ),
        (CHOICE, {"cap": "tinh"}, "Cấp đưa tin: Cấp tỉnh → 3,00 điểm"),
        (
            JUDGED,
            {"phieu": (Decimal(8), None, Decimal(9), Decimal("8.5"))},
            "3 phiếu (9; 8,5; 8): trung bình các phiếu; từ 5 phiếu thì bỏ 1 phiếu cao nhất, 2 phiếu thấp nhất → 8,50 điểm",
        ),
        (
            JUDGED,
            {"phieu": (Decimal(8),)},
            "1 phiếu (8): chưa đủ 3 phiếu chấm: chưa có điểm, chưa đủ 3 phiếu chấm",
        ),
        (JUDGED, {}, "Chưa có phiếu chấm: chưa có điểm, chưa có “Phiếu chấm”"),
        (
            EACH,
            {"ro_viec": True, "so_ho": 2, "tham_gia": 5},
            "Đạt 2/3 ý (chưa đạt: Tổng số hộ > 3): mỗi ý đạt 1,5 điểm → 3,00 điểm",
        ),
        (
            EACH,
            {"so_ho": 2, "tham_gia": 5},
            "Đạt 1/3 ý (chưa đạt: Tổng số hộ > 3; chưa có số liệu: Rõ việc): mỗi ý đạt 1,5 điểm: chưa có điểm, chưa có “Rõ việc”",
        ),
        (YES_NO, {"tham_gia": 5, "so_ho": 3}, "Số hộ tham gia > Tổng số hộ: đạt → 4,00 điểm"),
        (BRANCHES, {"tham_gia": 1, "ro_viec": True}, "Rõ → 2,00 điểm"),
        (
            BRANCHES,
            {"tham_gia": 12},
            "Khi Số hộ tham gia ≥ 10; điểm Số hộ tham gia / 3 = 12 / 3 → 4,00 điểm",
        ),
        (
            pack_with("points: '(ro_viec ? 1 : 2) + tham_gia'"),
            {"ro_viec": True, "tham_gia": 1},
            "(nếu Rõ việc thì 1, còn lại 2) + Số hộ tham gia = (nếu Có thì 1, còn lại 2) + 1 → 2,00 điểm",
        ),
    ],
)
def test_reason_says_what_was_measured_and_why_the_points(pack, facts, reason):
    given = {
        name: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in facts.items()
    }
    assert score(pack, "A", given).lines[0].reason == reason


@pytest.mark.parametrize(
    "shape",
    [
        "steps: {of: so_ho, from: 1, points: 1, per: 0, add: 1, cap: 5}",
        "ratio: {of: so_ho, points: 1, full_at: 0}",
    ],
)
def test_shape_that_would_divide_by_zero_is_refused(shape):
    assert [code for _, code, _, _ in problems_in(text_with(shape))] == ["bad-value"]

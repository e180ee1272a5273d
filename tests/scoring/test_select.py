"""Ranking and selection: ties, quotas within quotas, who is displaced by whom, votes."""

import datetime as dt
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import PACK

from scoring.pack import parse_pack
from scoring.score import score_season
from scoring.sheet import Outcome

START, END = PACK.index("ranking:"), len(PACK)
RULES = """\
ranking:
  among: [tot, dat]
  order: [total, tham_gia]
selections:
  - id: khen
    label: Khen
    from: %s
    basis: Điều 5
    quotas:
      - {most: %d, label: cả huyện, basis: Điều 6}
      - {most: %d, per: don_vi, label: mỗi đơn vị}
      - {most: %d, per: cap, label: mỗi cấp, basis: Điều 7}
"""
CRITERIA = """\
criteria:
  - {id: I, label: Điểm, points: them ?? 0}
"""


def pack_with(*most, among="[tot, dat]"):
    start, end = PACK.index("criteria:"), PACK.index("bonus:")
    text = PACK[:start] + CRITERIA + PACK[end:START] + RULES % (among, *most)
    for cut in ("gates:", "bonus:", "veto:"):
        at = text.index(cut)
        after = {"gates:": "criteria:", "bonus:": "penalty:", "veto:": "ranking:"}[cut]
        text = text[:at] + text[text.index(after) :]
    return parse_pack({"pack.yaml": text}, name="nho")


def entry(points, unit, *, cap="tinh", joined=0):
    return {
        "them": Decimal(points),
        "don_vi": unit,
        "cap": cap,
        "tham_gia": Decimal(joined),
    }


def outcomes(result):
    return {award.code: str(award.outcome) for award in result.awards}


def award(result, code):
    return next(one for one in result.awards if one.code == code)


def test_ties_share_a_rank_and_the_next_rank_is_skipped():
    season = {
        "D": entry(22, "X"),
        "B": entry(25, "X"),
        "C": entry(25, "Y"),
        "A": entry(30, "Z"),
        "E": entry(5, "Z"),
        "F": entry(25, "Z", joined=3),
    }
    result = score_season(pack_with(9, 9, 9), season)
    assert [(one.code, one.rank, one.tie_reason) for one in result.placings] == [
        ("A", 1, ""),
        ("F", 2, "bằng tổng điểm với B, hơn ở Số hộ tham gia (3 và 0)"),
        ("B", 3, "bằng tổng điểm với F, kém ở Số hộ tham gia (0 và 3); ngang C ở mọi tiêu chí phụ, phải bỏ phiếu"),
        ("C", 3, "ngang B ở mọi tiêu chí phụ, phải bỏ phiếu"),
        ("D", 5, ""),
        ("E", None, ""),
    ]  # fmt: skip


def with_order(ranking, selection=None):
    text = PACK[:START] + RULES % ("[tot, dat]", 9, 9, 9)
    text = text.replace("order: [total, tham_gia]", f"order: {ranking}")
    if selection is not None:
        text = text.replace("    basis: Điều 5\n", f"    basis: Điều 5\n    order: {selection}\n")
    return parse_pack({"pack.yaml": text}, name="nho")


def graded(*, joined, cap="tinh"):
    """Good but for *cap*: nobody told about it, the best grade left is the next one."""
    return {
        "so_ho": Decimal(100),
        "tham_gia": Decimal(joined),
        "ro_viec": True,
        "cap": cap,
        "don_vi": "X",
        "bat_dau": dt.date(2018, 1, 1),
        "phieu": (Decimal(9),) * 3,
    }


def test_grade_before_points_is_an_order_of_its_own():
    """A has fewer points than B, whom the cap has lowered: 3 is the best grade, 1 the lowest."""
    season = {
        "A": {**graded(joined=50), "phieu": (Decimal(5),) * 3},
        "B": {**graded(joined=80, cap="khong"), "phieu": (Decimal(10),) * 3},
    }
    by_grade, by_points = (
        score_season(with_order(order), season).placings
        for order in ("[grade_rank, total]", "[total]")
    )

    assert [(one.code, one.rank, one.standing) for one in by_grade] == [
        ("A", 1, (3, 20)),
        ("B", 2, (2, 24)),
    ]
    assert [one.code for one in by_points] == ["B", "A"]


def test_selection_may_take_by_grade_where_the_ranking_does_not():
    season = {
        "A": {**graded(joined=50), "phieu": (Decimal(5),) * 3},
        "B": {**graded(joined=80, cap="khong"), "phieu": (Decimal(10),) * 3},
    }
    result = score_season(with_order("[total]", "[grade_rank]"), season)

    assert result.chosen("khen") == ("A", "B")
    assert [one.code for one in result.placings] == ["B", "A"]


def test_missing_key_of_the_ranking_stands_below_any_value():
    season = {"A": entry(30, "X"), "B": entry(30, "X")}
    del season["A"]["tham_gia"]
    result = score_season(pack_with(9, 9, 9), season)
    assert [(one.code, one.rank, one.tie_reason) for one in result.placings] == [
        ("B", 1, "bằng tổng điểm với A, hơn ở Số hộ tham gia (0 và chưa có)"),
        ("A", 2, "bằng tổng điểm với B, kém ở Số hộ tham gia (chưa có và 0)"),
    ]


def test_full_unit_displaces_and_names_who_holds_the_places():
    season = {
        "A": entry(30, "X"),
        "B": entry(29, "X"),
        "C": entry(28, "X"),
        "D": entry(27, "Y"),
    }
    result = score_season(pack_with(9, 2, 9), season)
    assert outcomes(result) == {"A": "chosen", "B": "chosen", "C": "displaced", "D": "chosen"}
    left_out = award(result, "C")
    assert (left_out.reason, left_out.quota, left_out.basis, left_out.holders) == (
        "Vướng chỉ tiêu mỗi đơn vị: X đã có A, B",
        "mỗi đơn vị",
        "Điều 5",
        ("A", "B"),
    )
    taken = award(result, "D")
    assert (taken.reason, taken.basis) == (
        "Xếp loại Tốt, hạng 4, trong chỉ tiêu (cả huyện; mỗi đơn vị; mỗi cấp)",
        "Điều 5",
    )


def test_two_full_quotas_are_both_named():
    season = {
        "A": entry(30, "X"),
        "B": entry(29, "Y"),
        "C": entry(28, "X"),
    }
    left_out = award(score_season(pack_with(9, 1, 2), season), "C")
    assert (left_out.outcome, left_out.reason) == (
        Outcome.DISPLACED,
        "Vướng chỉ tiêu mỗi đơn vị: X đã có A; mỗi cấp: Cấp tỉnh đã có A, B",
    )


def test_who_comes_after_the_last_place_is_beyond_it_even_in_a_full_unit():
    season = {
        "A": entry(30, "X"),
        "B": entry(29, "Y"),
        "C": entry(28, "X"),
    }
    left_out = award(score_season(pack_with(2, 1, 9), season), "C")
    assert (left_out.outcome, left_out.reason, left_out.basis, left_out.holders) == (
        Outcome.BEYOND,
        "Hết chỉ tiêu: cả huyện, đã đủ 2 hồ sơ xếp trên",
        "Điều 6",
        ("A", "B"),
    )


def test_tie_across_the_last_place_is_put_to_a_vote_and_those_below_wait():
    season = {
        "A": entry(30, "X"),
        "B": entry(29, "Y"),
        "C": entry(29, "Z"),
        "D": entry(28, "W"),
    }
    result = score_season(pack_with(2, 9, 9), season)
    assert outcomes(result) == {"A": "chosen", "B": "tied", "C": "tied", "D": "waiting"}
    assert (award(result, "B").reason, award(result, "B").holders) == (
        "Ngang hạng 2 với C, không đủ chỗ cho tất cả: Hội đồng bỏ phiếu",
        ("B", "C"),
    )
    assert (award(result, "D").reason, award(result, "D").holders) == (
        "Chờ bỏ phiếu giữa B, C (xếp trên)",
        ("B", "C"),
    )


def test_who_has_a_place_whatever_the_vote_needs_no_vote():
    season = {
        "A": entry(30, "X"),
        "B": entry(30, "X"),
        "C": entry(30, "Y"),
    }
    result = score_season(pack_with(2, 1, 9), season)
    assert outcomes(result) == {"A": "tied", "B": "tied", "C": "chosen"}


def test_tie_with_places_for_all_needs_no_vote():
    season = {code: entry(30, unit) for code, unit in (("A", "X"), ("B", "Y"), ("C", "Z"))}
    assert outcomes(score_season(pack_with(3, 1, 3), season)) == dict.fromkeys("ABC", "chosen")


def test_quota_of_none_takes_nobody():
    result = score_season(pack_with(0, 1, 1), {"A": entry(30, "X")})
    assert (award(result, "A").outcome, result.chosen("khen")) == (Outcome.BEYOND, ())


def test_only_grades_of_the_selection_are_looked_at():
    season = {"A": entry(30, "X"), "B": entry(15, "Y"), "C": entry(1, "Z")}
    assert outcomes(score_season(pack_with(9, 9, 9, among="[tot]"), season)) == {"A": "chosen"}


@pytest.mark.slow
def test_large_tie_is_settled_in_time():
    season = {
        f"E{n:03d}": entry(30, f"đơn vị {n % 40}", cap=("tinh", "khong")[n % 2]) for n in range(300)
    }
    result = score_season(pack_with(8, 2, 4), season)
    assert set(outcomes(result).values()) == {"tied"}


# Against every order a vote could give ---------------------------------------------------------

GROUPS = {"unit": "don_vi", "level": "cap"}


def taken_in(order, season, most):
    """Who gets a place when all are looked at strictly one after the other."""
    overall, per_unit, per_level = most
    taken = []
    for code in order:
        unit = [one for one in taken if season[one]["don_vi"] == season[code]["don_vi"]]
        level = [one for one in taken if season[one]["cap"] == season[code]["cap"]]
        if len(taken) < overall and len(unit) < per_unit and len(level) < per_level:
            taken.append(code)
    return set(taken)


entries = st.builds(
    entry,
    st.sampled_from([30, 29, 28, 15]),
    st.sampled_from("XYZ"),
    cap=st.sampled_from(["tinh", "khong"]),
)
SEASONS = st.dictionaries(st.sampled_from("ABCDEFG"), entries, max_size=7)
MOST = st.tuples(st.integers(0, 4), st.integers(1, 2), st.integers(1, 3))
PACKS = {}


def pack_of(most):
    if most not in PACKS:
        PACKS[most] = pack_with(*most)
    return PACKS[most]


@settings(max_examples=250, deadline=None)
@given(SEASONS, MOST)
def test_outcome_is_what_every_vote_would_leave_standing(season, most):
    """Chosen, left out or up to a vote, held against all orders among equals."""
    found = outcomes(score_season(pack_of(most), season))
    groups = {}
    for code in season:
        groups.setdefault(season[code]["them"], []).append(code)
    settled, wanted, voting = [], {}, False
    for points in sorted(groups, reverse=True):
        group = groups[points]
        if voting:
            wanted.update(dict.fromkeys(group, "waiting"))
            continue
        takes = [taken_in([*settled, *order], season, most) for order in permutations(group)]
        always = {code for code in group if all(code in take for take in takes)}
        never = {code for code in group if not any(code in take for take in takes)}
        for code in group:
            wanted[code] = "chosen" if code in always else "out" if code in never else "tied"
        settled += sorted(always)
        voting = bool(set(group) - always - never)
    shown = {code: "out" if one in ("displaced", "beyond") else one for code, one in found.items()}
    assert shown == wanted


@settings(max_examples=250, deadline=None)
@given(SEASONS, MOST, st.randoms(use_true_random=False))
def test_selection_keeps_its_promises(season, most, random):
    result = score_season(pack_of(most), season)
    found = outcomes(result)
    chosen = result.chosen("khen")
    # each ranked entry has exactly one outcome
    assert sorted(one.code for one in result.awards) == sorted(
        one.code for one in result.placings if one.rank
    )
    # no quota is exceeded
    overall, per_unit, per_level = most
    assert len(chosen) <= overall
    for fact, limit in (("don_vi", per_unit), ("cap", per_level)):
        groups = [season[code][fact] for code in chosen]
        assert all(groups.count(one) <= limit for one in groups)
    # nobody is passed over without a full quota, held by chosen entries that rank no lower
    ranks = {one.code: one.rank for one in result.placings}
    for one in result.awards:
        if one.outcome in (Outcome.DISPLACED, Outcome.BEYOND):
            assert set(one.holders) <= set(chosen)
            assert all(ranks[holder] < ranks[one.code] for holder in one.holders)
            limit = overall if one.outcome is Outcome.BEYOND else min(most[1:])
            assert len(one.holders) >= limit
            assert one.reason
            assert one.basis in ("Điều 5", "Điều 6", "Điều 7")
    # below a vote nobody is decided
    if voting := [ranks[code] for code, one in found.items() if one == "tied"]:
        assert {found[code] for code in found if ranks[code] > max(voting)} <= {"waiting"}
    # the order in which entries come does not matter
    codes = list(season)
    random.shuffle(codes)
    assert score_season(pack_of(most), {code: season[code] for code in codes}) == result


@settings(max_examples=100, deadline=None)
@given(SEASONS)
def test_rank_is_one_more_than_the_number_of_better_entries(season):
    result = score_season(pack_of((4, 2, 3)), season)
    points = {code: season[code]["them"] for code in season}
    assert {one.code: one.rank for one in result.placings} == {
        code: 1 + sum(other > mine for other in points.values()) for code, mine in points.items()
    }
    assert [one.rank for one in result.placings] == sorted(one.rank for one in result.placings)

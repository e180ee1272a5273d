"""Near misses: found from the rules, as small as said, and true when scored again."""

import datetime as dt
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import changed, small_pack

from scoring.facts import read_fact
from scoring.nearness.misses import Target
from scoring.nearness.near_misses import near_misses
from scoring.nearness.ways import Direction
from scoring.score import score, score_season

PACK = small_pack()
FULL = MappingProxyType(
    {
        "so_ho": Decimal(100),
        "tham_gia": Decimal(80),
        "ro_viec": True,
        "cap": "tinh",
        "don_vi": "X",
        "bat_dau": dt.date(2018, 1, 1),
        "them": Decimal(10),
        "phieu": (Decimal(10), Decimal(10), Decimal(10)),
    }
)


def facts(**told):
    return {name: value for name, value in {**FULL, **told}.items() if value is not None}


def texts(pack=PACK, **told):
    return [one.text for one in near_misses(pack, facts(**told), code="A")]


def test_entry_with_everything_misses_nothing():
    assert texts() == []


def test_tier_is_missed_by_the_households_it_takes():
    assert texts(tham_gia=Decimal(78)) == [
        "thiếu 2 hộ nữa được 10 điểm (I.1): Số hộ tham gia 78 → 80 hộ; +5 điểm, tổng 33,00",
        "bớt 3 hộ thì được 10 điểm (I.1): Tổng số hộ 100 → 97 hộ; +5 điểm, tổng 33,00",
    ]


def test_each_tier_on_the_way_to_all_points_is_told():
    near = near_misses(PACK, facts(tham_gia=Decimal(49)), code="A")

    assert [
        (one.target, one.fact, one.cell, one.points) for one in near if one.fact != "so_ho"
    ] == [
        (Target.POINTS, "tham_gia", "50", (Decimal(0), Decimal(5))),
        (Target.FULL, "tham_gia", "80", (Decimal(0), Decimal(10))),
    ]


def test_choice_yes_and_number_given_for_the_first_time():
    assert texts(cap="khong") == [
        "Cấp đưa tin mà là Cấp tỉnh thì lên Tốt: tổng 33,00, xếp loại Tốt",
        "Cấp đưa tin mà là Cấp tỉnh thì được 6 điểm (I.3): +6 điểm, tổng 33,00, xếp loại Tốt",
    ]
    assert texts(ro_viec=False)[:1] == ["Rõ việc mà là Có thì lên Tốt: tổng 33,00, xếp loại Tốt"]
    assert texts(them=None) == [
        "Số thêm mà là 10 thì được 3 điểm (T.1): +3 điểm, tổng 33,00",
    ]


def test_gate_is_missed_by_the_days_it_takes():
    late = facts(bat_dau=dt.date(2018, 6, 11), cap="khong")

    [gate] = [one for one in near_misses(PACK, late, code="A") if one.target is Target.GATE]

    assert (gate.id, gate.cell, gate.grade) == ("DK.1", "2018-05-30", (None, "dat"))
    assert gate.text == (
        "Ngày bắt đầu sớm hơn 12 ngày thì đạt điều kiện DK.1: "
        "Ngày bắt đầu 11/06/2018 → 30/05/2018; tổng 27,00, xếp loại Đạt"
    )


def test_missing_date_is_looked_for_around_the_day_the_rules_speak_of():
    [gate] = [
        one for one in near_misses(PACK, facts(bat_dau=None), code="A") if one.target is Target.GATE
    ]

    assert gate.text == (
        "Ngày bắt đầu mà là 30/05/2018 thì đạt điều kiện DK.1: tổng 33,00, xếp loại Tốt"
    )


def test_missing_marks_are_members_whatever_they_give():
    two = (Decimal(10), None, Decimal(10))

    [near] = near_misses(PACK, facts(phieu=two), code="A")

    assert near.change == "thiếu 1 phiếu nữa"
    assert near.points == (None, Decimal("6.67"))


def test_grade_is_missed_by_the_smallest_change_of_any_fact():
    near = near_misses(
        PACK, facts(tham_gia=Decimal(40), ro_viec=True, them=None, phieu=None), code="A"
    )

    [grade] = {one.text for one in near if one.target is Target.GRADE and one.fact == "tham_gia"}
    assert grade == ("thiếu 40 hộ nữa lên Tốt: Số hộ tham gia 40 → 80 hộ; tổng 20,00, xếp loại Tốt")


def test_penalty_is_lessened():
    less = changed('points: "1 - 1"', 'points: "max(min(so_ho - 98, 2), 0)"')

    assert texts(small_pack(less))[-2:] == [
        "bớt 1 hộ thì còn trừ 1 điểm (P.1): Tổng số hộ 100 → 99 hộ; +1 điểm, tổng 32,00",
        "bớt 2 hộ thì không bị trừ (P.1): Tổng số hộ 100 → 98 hộ; +2 điểm, tổng 33,00",
    ]


@pytest.mark.parametrize(
    "measure",
    [
        "tham_gia * tham_gia / so_ho",
        "max(tham_gia - 10, 0) * 100 / so_ho",
        "abs(so_ho - tham_gia) * 2 - 100",
        "floor(tham_gia / 7) * 5",
        "(tham_gia > 61 ? tham_gia * 2 : 0) / so_ho * 100",
    ],
)
def test_any_arithmetic_may_stand_around_a_threshold(measure):
    pack = small_pack(changed("of: ty_le", f'of: "{measure}"'))
    now = Decimal(40)
    near = near_misses(pack, facts(tham_gia=now), code="A")
    found = {
        one.direction: int(one.cell)
        for one in near
        if (one.id, one.fact, one.target) == ("I.1", "tham_gia", Target.POINTS)
    }

    wanted = {
        direction: value
        for direction, values in (
            (Direction.UP, range(41, 300)),
            (Direction.DOWN, range(39, -1, -1)),
        )
        if (value := next((n for n in values if points_at(pack, n) > points_at(pack, 40)), None))
        is not None
    }
    assert found == wanted != {}


def points_at(pack, value):
    sheet = score(pack, "A", facts(tham_gia=Decimal(value)))
    return next(leaf.points for leaf in sheet.leaves() if leaf.id == "I.1")


def test_equality_is_found_between_two_probes():
    exact = changed(
        "yes_no: {when: ro_viec, points: 4}", "yes_no: {when: tham_gia == 87, points: 4}"
    )

    near = [one for one in near_misses(small_pack(exact), facts(), code="A") if one.id == "I.2"]

    assert [(one.fact, one.cell) for one in near] == [("tham_gia", "87")]


def test_nobody_is_told_to_be_somebody_else():
    """A choice that decides which criteria there are says what the entry is."""
    two_kinds = changed("label: Rõ việc\n", 'label: Rõ việc\n        applies: cap == "tinh"\n')

    near = near_misses(small_pack(two_kinds), facts(cap="khong"), code="A")

    assert [one for one in near if one.fact == "cap"] == []


def test_fraction_of_a_point_is_told_only_on_the_way_to_all_of_them():
    ratio = changed(
        "yes_no: {when: ro_viec, points: 4}", "ratio: {of: (them ?? 0), points: 4, full_at: 10}"
    )

    near = near_misses(small_pack(ratio), facts(them=Decimal(4)), code="A")

    # 9,99 gives 3,996 points, which are 4,00 when rounded
    assert [(one.target, one.cell) for one in near if one.id == "I.2"] == [(Target.FULL, "9.99")]


def test_peer_group_is_worked_out_again_with_the_changed_fact():
    text = changed(
        "gates:\n", "peers:\n  nhat: {label: cao nhất, of: tham_gia, take: max}\ngates:\n"
    )
    text = text.replace("of: ty_le", "of: tham_gia / nhat * 100")
    pack = small_pack(text)
    season = {"A": facts(tham_gia=Decimal(60)), "B": facts(tham_gia=Decimal(200))}

    near = [
        one for one in near_misses(pack, season["A"], code="A", season=season) if one.id == "I.1"
    ]

    assert [(one.target, one.cell) for one in near] == [
        (Target.POINTS, "100"),
        (Target.FULL, "160"),
    ]


amounts = st.integers(0, 130).map(Decimal)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "so_ho": st.integers(1, 130).map(Decimal),
        "tham_gia": amounts,
        "ro_viec": st.booleans(),
        "cap": st.sampled_from(["khong", "tinh"]),
        "don_vi": st.just("X"),
        "bat_dau": st.dates(dt.date(2017, 1, 1), dt.date(2019, 1, 1)),
        "them": st.decimals(-3, 15, places=1),
        "phieu": st.lists(st.integers(0, 20).map(lambda n: Decimal(n) / 2), min_size=1, max_size=6)
        .map(tuple),
    },
)  # fmt: skip
ORDER = [grade.id for grade in PACK.grades]


@settings(max_examples=120, deadline=None)
@given(ENTRIES)
def test_every_near_miss_is_true(entry):
    before = score(PACK, "A", entry)
    for near in near_misses(PACK, entry, code="A"):
        fact = PACK.facts[near.fact]
        value = read_fact(fact, near.cell)  # a value the fact takes
        after = score(PACK, "A", {**entry, near.fact: value})
        assert near.total == (before.total, after.total)
        assert near.grade == (before.grade, after.grade)
        assert near.gates == after.failed_gates
        assert set(after.failed_gates) <= set(before.failed_gates)
        match near.target:
            case Target.GATE:
                assert near.id in set(before.failed_gates) - set(after.failed_gates)
            case Target.GRADE:
                assert ORDER.index(after.grade) < ORDER.index(before.grade)
            case _:
                old, new = (points(sheet, near.id) for sheet in (before, after))
                assert near.points == (old, new)
                assert (new or 0) > (old or 0)
                assert after.total > before.total


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_no_smaller_change_of_a_whole_number_gives_more_points(entry):
    before = score(PACK, "A", entry)
    for near in near_misses(PACK, entry, code="A"):
        if near.target is not Target.POINTS or near.fact not in ("so_ho", "tham_gia"):
            continue
        if near.fact not in entry:
            continue
        now, then = int(entry[near.fact]), int(near.cell)
        for value in range(min(now, then) + 1, max(now, then)):
            after = score(PACK, "A", {**entry, near.fact: Decimal(value)})
            assert (points(after, near.id) or 0) <= (points(before, near.id) or 0)


def points(sheet, id_):
    tops = (*sheet.lines, sheet.bonus, sheet.penalty)
    return next(leaf.points for top in tops for leaf in top.leaves() if leaf.id == id_)


def test_near_misses_of_a_season_are_those_of_its_entries():
    season = {"A": facts(tham_gia=Decimal(78)), "B": facts()}

    assert near_misses(PACK, season["A"], code="A", season=season) == near_misses(
        PACK, season["A"], code="A"
    )
    assert score_season(PACK, season).sheets["A"].total == Decimal(28)

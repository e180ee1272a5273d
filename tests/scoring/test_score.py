"""Whole score sheets: sums, ceilings, grades, caps, vetoes, missing values, sentences."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import PACK, changed, small_pack

from scoring.explain import sentences_of, verdict_sentences
from scoring.score import score, score_season, scores_of

SMALL = small_pack()
FULL = {
    "so_ho": Decimal(100),
    "tham_gia": Decimal(80),
    "ro_viec": True,
    "cap": "tinh",
    "don_vi": "Phường A",
    "bat_dau": dt.date(2018, 1, 1),
    "phieu": (Decimal(8), Decimal(9), Decimal(10)),
}


def sheet(pack=SMALL, without=(), **changes):
    return score(pack, "A", {k: v for k, v in {**FULL, **changes}.items() if k not in without})


def verdict(sheet):
    return [(one.id, one.holds) for one in sheet.verdict]


def test_sheet_adds_up_groups_bonus_and_penalty():
    found = sheet(them=Decimal(10))
    assert {
        line.id: line.points for line in (*found.lines, *found.leaves(), found.bonus, found.penalty)
    } == {
        "I": 20,
        "I.1": 10,
        "I.2": 4,
        "I.3": 6,
        "II": 9,
        "bonus": 3,
        "penalty": 0,
    }
    assert (found.total, found.grade, verdict(found)) == (32, "tot", [("tot", True)])
    assert scores_of(found) == {
        "total": 32, "base": 29, "bonus": 3, "penalty": 0, "zero_criteria": 0,
        "I": 20, "I_max": 20, "I_1": 10, "I_2": 4, "I_3": 6, "II": 9,
    }  # fmt: skip


def test_group_and_bonus_stop_at_their_ceiling():
    pack = small_pack(
        changed("max: 3\n  parts:\n    - id: T.1", "max: 2\n  parts:\n    - id: T.1").replace(
            "    max: 20\n", "    max: 20\n    note: x\n"
        )
    )
    found = sheet(pack, them=Decimal(10))
    assert (found.bonus.points, found.bonus.reason) == (2, "3,00 = 3,00, tối đa 2,00")


def test_missing_values_count_nothing_and_are_named():
    found = sheet(without=("cap", "phieu"))
    lines = {line.id: line for line in found.leaves()}
    assert [(lines[one].points, lines[one].lack) for one in ("I.3", "II")] == [
        (None, "chưa có “Cấp đưa tin”"),
        (None, "chưa có “Phiếu chấm”"),
    ]
    assert (found.total, scores_of(found)["zero_criteria"]) == (14, 2)
    assert found.lines[0].reason == "10,00 + 4,00 + – = 14,00"


@pytest.mark.parametrize(
    ("bat_dau", "grade", "failed", "reason"),
    [
        (dt.date(2018, 5, 30), "tot", (), "Số tháng ≥ 6 (Số tháng: 6 tháng): đạt"),
        (dt.date(2018, 5, 31), None, ("DK.1",), "Số tháng ≥ 6 (Số tháng: 5 tháng): không đạt"),
        (None, None, ("DK.1",), "Số tháng ≥ 6 (Số tháng: chưa có): chưa đủ số liệu để xét"),
    ],
)
def test_gate_must_hold_for_a_grade(bat_dau, grade, failed, reason):
    found = sheet(bat_dau=bat_dau) if bat_dau else sheet(without=("bat_dau",))
    assert (found.grade, found.failed_gates, found.gates[0].reason) == (grade, failed, reason)
    if failed:
        assert verdict_sentences(found) == (f"Không xét: Duy trì 06 tháng (Điều 1). {reason}",)


def test_bands_are_tried_from_the_best_down():
    assert verdict(sheet(tham_gia=Decimal(0), cap="khong")) == [
        ("TR.1", True),
        ("tot", False),
        ("dat", True),
    ]
    low = sheet(tham_gia=Decimal(0), phieu=(Decimal(1),) * 3)
    assert (low.total, low.grade, verdict(low)) == (11, "dat", [("tot", False), ("dat", True)])


def test_cap_lowers_and_never_raises():
    capped = sheet(cap="khong")
    assert (capped.total, capped.grade, verdict(capped)) == (
        23,
        "dat",
        [("tot", True), ("TR.1", True)],
    )
    lower = sheet(cap="khong", tham_gia=Decimal(0), phieu=(Decimal(1),) * 3)
    assert (lower.total, lower.grade) == (5, "khong-dat")
    assert verdict(lower) == [("TR.1", True), ("tot", False), ("dat", False), ("khong-dat", True)]


def test_veto_decides_whatever_the_points():
    found = sheet(ro_viec=False)
    assert (found.total, found.grade, verdict(found)) == (
        25,
        "khong-dat",
        [("tot", True), ("LT.1", True)],
    )


def test_veto_that_cannot_be_judged_is_shown_and_the_decision_stays_last():
    found = sheet(without=("ro_viec",))
    assert (found.grade, verdict(found)) == ("tot", [("LT.1", None), ("tot", True)])
    assert verdict_sentences(found) == (
        "Chưa rõ việc (Điều 4): không (Rõ việc) (Rõ việc: chưa có): chưa đủ số liệu để xét",
        "Tốt (Điều 4): tổng điểm ≥ 20 (Tổng điểm: 25 điểm): đạt",
    )


def test_worst_of_several_vetoes_holds():
    more = '  - {id: LT.2, label: Nữa, when: cap == "khong", grade: dat}\ncaps:'
    pack = small_pack(changed("caps:", more))
    assert sheet(pack, ro_viec=False, cap="khong").grade == "khong-dat"
    assert sheet(pack, cap="khong").grade == "dat"
    poor = sheet(pack, cap="khong", tham_gia=Decimal(0), phieu=(Decimal(1),) * 3)
    assert (poor.total, poor.grade) == (5, "khong-dat")


def test_sentences_of_a_line_name_values_and_clause():
    leaf = next(sheet().leaves())
    assert sentences_of(leaf) == (
        "Tỷ lệ = 80%: từ 80% → 10,00 điểm",
        "Số liệu: Tỷ lệ: 80%",
        "Căn cứ: Điều 2 khoản 1",
    )


marks = st.lists(st.integers(0, 20).map(lambda n: Decimal(n) / 2) | st.none(), max_size=6).map(
    tuple
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "so_ho": st.integers(0, 50).map(Decimal),
        "tham_gia": st.integers(0, 60).map(Decimal),
        "ro_viec": st.booleans(),
        "cap": st.sampled_from(["khong", "tinh"]),
        "don_vi": st.sampled_from(["A", "B", "C"]),
        "bat_dau": st.dates(dt.date(2017, 1, 1), dt.date(2018, 12, 31)),
        "them": st.integers(0, 20).map(Decimal),
        "phieu": marks,
    },
)


@given(FACTS)
def test_any_facts_score_and_every_leaf_explains_itself(facts):
    found = score(SMALL, "A", facts)
    points = {line.id: line.points for line in found.lines}
    assert (
        found.total
        == sum(
            points.values() if None not in points.values() else [p or 0 for p in points.values()]
        )
        + found.bonus.points
        - found.penalty.points
    )
    for line in (*found.leaves(), *found.bonus.leaves(), *found.penalty.leaves()):
        assert (line.points is None) == bool(line.lack)
        assert line.basis in " ".join(sentences_of(line))
        assert ("chưa có điểm" in line.reason.casefold()) == (line.points is None)
    assert (found.grade is None) == bool(found.failed_gates)
    assert verdict_sentences(found)
    assert found.grade is None or found.verdict[-1].holds


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), FACTS, max_size=8))
def test_a_season_scores_each_entry_as_alone(season):
    result = score_season(SMALL, season)
    assert result.sheets == {code: score(SMALL, code, facts) for code, facts in season.items()}


def test_progress_counts_every_entry():
    seen = []
    score_season(SMALL, {"B": FULL, "A": FULL}, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]


def test_quantum_of_the_pack_is_kept():
    text = PACK.replace("facts:\n", "rounding: {criterion: 0.5}\nfacts:\n", 1)
    found = sheet(small_pack(text), phieu=(Decimal(8), Decimal(8), Decimal("8.5")))
    assert {line.id: line.points for line in found.leaves()}["II"] == Decimal("8.0")

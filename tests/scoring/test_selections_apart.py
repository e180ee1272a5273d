"""One award or the other: a selection leaves out whom one before it has taken."""

from decimal import Decimal

import pytest
from agreement import told_by_columns, told_by_interpreter

from scoring.authoring.prose import markdown
from scoring.authoring.regulation import regulation_of
from scoring.lint.linting import lint_pack
from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.score import score_season

TEXT = """
id: co-va-bang-khen
version: 1.0.0
title: Cờ và bằng khen (mẫu minh họa)
basis: [{document: Quy định}]
effective: {from: 2026-01-01}
facts: {diem: {type: integer, label: Điểm, min: 0, max: 100}}
criteria: [{id: A, label: Điểm, max: 100, points: diem, basis: Điều 1}]
grades: [{id: dat, label: Đạt, basis: Điều 2}]
ranking: {among: [dat], order: [total], then: vote, basis: Điều 3}
selections:
  - {id: co, label: Cờ thi đua, from: [dat], quotas: [{most: 1}], basis: Điều 4}
  - {id: khen, label: Bằng khen, from: [dat], except: [co], quotas: [{most: 2}], basis: Điều 4}
"""
PACK = parse_pack({"pack.yaml": TEXT}, name="p")


def outcomes(points):
    season = {code: {"diem": Decimal(one)} for code, one in points.items()}
    told = told_by_columns(PACK, season)
    assert told == told_by_interpreter(PACK, season)
    found = {
        (one.selection, one.code): str(one.outcome) for one in score_season(PACK, season).awards
    }
    return {id_: {code: found.get((id_, code)) for code in points} for id_ in ("co", "khen")}


def test_who_has_the_flag_takes_no_place_of_the_next_award():
    assert outcomes({"A": 90, "B": 80, "C": 70, "D": 60}) == {
        "co": {"A": "chosen", "B": "beyond", "C": "beyond", "D": "beyond"},
        "khen": {"A": None, "B": "chosen", "C": "chosen", "D": "beyond"},
    }


def test_all_wait_from_the_first_who_may_yet_have_the_flag():
    assert outcomes({"A": 90, "B": 90, "C": 70}) == {
        "co": {"A": "tied", "B": "tied", "C": "waiting"},
        "khen": {"A": "waiting", "B": "waiting", "C": "waiting"},
    }


def test_only_a_selection_above_can_be_left_out():
    with pytest.raises(PackError) as refused:
        parse_pack({"pack.yaml": TEXT.replace("except: [co]", "except: [khen]")}, name="p")

    assert [(str(one.place), one.code, one.hint) for one in refused.value.problems] == [
        ("p/pack.yaml:13:56", "earlier", "Phía trên có: co.")
    ]


def test_the_printed_regulation_says_who_is_left_out():
    told = markdown(regulation_of(PACK, {"pack.yaml": TEXT}))

    assert "trừ hồ sơ đã được chọn ở: Cờ thi đua" in told


UNRANKED = """
id: tu-danh-gia
version: 1.0.0
title: Tự đánh giá, không xếp hạng (mẫu minh họa)
basis: [{document: Quy định}]
effective: {from: 2026-01-01}
facts: {diem: {type: integer, label: Điểm, min: 0, max: 100}}
criteria: [{id: A, label: Điểm, max: 100, points: diem, basis: Điều 1}]
grades: [{id: dat, label: Đạt chuẩn, when: total >= 50, basis: Điều 2}, {id: chua, label: Chưa đạt, basis: Điều 2}]
"""


def test_a_pack_without_ranking_grades_and_ranks_nobody():
    pack = parse_pack({"pack.yaml": UNRANKED}, name="p")
    season = {"A": {"diem": Decimal(60)}, "B": {"diem": Decimal(40)}}

    result = score_season(pack, season)

    assert told_by_columns(pack, season) == told_by_interpreter(pack, season)
    assert {code: sheet.grade for code, sheet in result.sheets.items()} == {"A": "dat", "B": "chua"}
    assert [(one.code, one.rank) for one in result.placings] == [("A", None), ("B", None)]
    assert lint_pack({"pack.yaml": UNRANKED}, name="p") == ()
    assert "Xếp hạng" not in markdown(regulation_of(pack, {"pack.yaml": UNRANKED}))


def test_a_selection_needs_a_ranking():
    text = UNRANKED + "selections: [{id: khen, label: Khen, from: [dat], basis: Điều 3}]\n"

    with pytest.raises(PackError) as refused:
        parse_pack({"pack.yaml": text}, name="p")

    assert [one.code for one in refused.value.problems] == ["not-ranked"]


def test_a_derived_value_that_reads_points_is_told_where_points_can_be_read():
    text = UNRANKED + "derived: {x: {label: X, value: A + 1}}\n"

    with pytest.raises(PackError) as refused:
        parse_pack({"pack.yaml": text}, name="p")

    assert [one.hint for one in refused.value.problems] == [
        "Điểm chỉ đọc được trong grades, veto, caps và ranking."
    ]

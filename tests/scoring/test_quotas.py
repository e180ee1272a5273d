"""Quotas as shares, by an expression, for some only; requirements and orders of a selection."""

from decimal import Decimal

import pytest

from scoring.pack import parse_pack
from scoring.score import score_season

HEAD = """
id: x
version: 1.0.0
title: X
basis: [{document: Văn bản}]
effective: {from: 2018-01-01}
facts:
  diem: {type: decimal, label: Điểm}
  phieu: {type: integer, label: Số phiếu}
  tap_the: {type: yes_no, label: Tập thể}
  nhom: {type: text, label: Nhóm}
  co_quan: {type: choice, label: Cơ quan, choices: {so: Sở, xa: Xã}}
criteria: [{id: I, label: Một, max: 100, points: diem}]
grades:
  - {id: xs, label: Xuất sắc, when: total >= 90}
  - {id: tot, label: Tốt, when: total >= 50}
  - {id: kem, label: Kém}
ranking: {among: [xs, tot], order: [total], then: chair, basis: Điều 7}
selections:
"""


def outcomes(selection, season):
    rules = parse_pack({"pack.yaml": HEAD + selection}, name="x")
    season = {
        code: {"tap_the": True, "nhom": "a", "co_quan": "so", "phieu": Decimal(9), **facts}
        for code, facts in season.items()
    }
    awards = score_season(rules, season).awards
    return {award.code: (str(award.outcome), award.reason) for award in awards}


def said(found):
    return {code: outcome for code, (outcome, _) in found.items()}


def graded(*points):
    return {chr(65 + at): {"diem": Decimal(one)} for at, one in enumerate(points)}


@pytest.mark.parametrize(
    ("rounding", "chosen"), [("down", ["A"]), ("up", ["A", "B"]), ("half-up", ["A"])]
)
def test_share_of_those_holding_another_grade_is_rounded_as_said(rounding, chosen):
    # 20 % of the 7 graded Tốt are 1,4 places among the 3 graded Xuất sắc.
    found = outcomes(
        f"  - {{id: khen, label: Khen, from: [xs], quotas: [{{share: {{percent: 20, of: [tot], "
        f"round: {rounding}}}, label: 20% số Tốt}}]}}\n",
        graded(99, 98, 97, *range(60, 67)),
    )

    assert [code for code, (outcome, _) in found.items() if outcome == "chosen"] == chosen
    assert found["C"] == (
        "beyond",
        f"Hết chỉ tiêu: 20% số Tốt, đã đủ {len(chosen)} hồ sơ xếp trên",
    )


def test_share_of_all_who_take_part_counts_the_group_and_its_rate_may_depend_on_it():
    selection = (
        "  - {id: khen, label: Khen, from: [xs, tot], quotas: [{share: "
        "{percent: \"co_quan == 'so' ? 50 : 25\", of: participants}, per: nhom}]}\n"
    )
    season = {
        code: {"diem": Decimal(99 - at), "nhom": "a" if at < 4 else "b",
               "co_quan": "so" if at < 4 else "xa"}
        for at, code in enumerate("ABCDEFGH")
    }  # fmt: skip

    assert [c for c, o in said(outcomes(selection, season)).items() if o == "chosen"] == [
        "A", "B", "E",
    ]  # fmt: skip


def test_quota_for_some_only_leaves_the_others_alone():
    selection = (
        "  - {id: khen, label: Khen, from: [xs, tot], quotas: ["
        "{most: 1, only: tap_the, label: 1 tập thể}, "
        "{most: 2, only: not tap_the, label: 2 cá nhân}]}\n"
    )
    season = {
        code: {"diem": Decimal(99 - at), "tap_the": at % 2 == 0} for at, code in enumerate("ABCDEF")
    }

    assert said(outcomes(selection, season)) == {
        "A": "chosen", "B": "chosen", "C": "beyond", "D": "chosen", "E": "beyond", "F": "beyond",
    }  # fmt: skip


def test_number_of_places_may_depend_on_the_body():
    selection = (
        "  - {id: khen, label: Khen, from: [xs, tot], quotas: ["
        "{most: \"co_quan == 'so' ? 2 : 1\", per: nhom, label: theo cơ quan}]}\n"
    )
    season = {
        code: {"diem": Decimal(99 - at), "nhom": "a" if at < 3 else "b",
               "co_quan": "so" if at < 3 else "xa"}
        for at, code in enumerate("ABCDE")
    }  # fmt: skip

    assert said(outcomes(selection, season)) == {
        "A": "chosen", "B": "chosen", "C": "displaced", "D": "chosen", "E": "displaced",
    }  # fmt: skip


def test_requirement_is_met_before_places_are_given_and_its_reason_is_told():
    selection = (
        "  - {id: khen, label: Khen, from: [xs, tot], require: phieu / 10 >= 0.9, "
        "order: [phieu], quotas: [{most: 1, label: 1 suất}], basis: Điều 8}\n"
    )
    season = {
        "A": {"diem": Decimal(99), "phieu": Decimal(8)},
        "B": {"diem": Decimal(80), "phieu": Decimal(9)},
        "C": {"diem": Decimal(70), "phieu": Decimal(10)},
    }

    found = outcomes(selection, season)

    assert said(found) == {"C": "chosen", "B": "beyond", "A": "unmet"}
    assert found["A"][1] == "Không đạt yêu cầu: Số phiếu / 10 ≥ 0,9 (Số phiếu: 8)"


def test_tie_at_the_last_place_is_put_before_whom_the_pack_names():
    selection = "  - {id: khen, label: Khen, from: [tot], quotas: [{most: 1, label: 1 suất}]}\n"

    found = outcomes(selection, graded(60, 60))

    assert found["A"] == (
        "tied",
        "Ngang hạng 1 với B, không đủ chỗ cho tất cả: Chủ tịch Hội đồng quyết định",
    )


def test_quota_of_a_share_of_nobody_has_no_place():
    selection = (
        "  - {id: khen, label: Khen, from: [xs], quotas: "
        "[{share: {percent: 20, of: [tot]}, per: nhom, label: 20% số Tốt}]}\n"
    )

    assert outcomes(selection, graded(99))["A"] == (
        "displaced",
        "Vướng chỉ tiêu 20% số Tốt: a không có chỗ nào",
    )

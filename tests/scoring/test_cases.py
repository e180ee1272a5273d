"""Cases beside rules: read with places, run with reasons."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import place_of, small_pack

from scoring.case_runs import run_case
from scoring.cases import parse_cases
from scoring.problems import PackError

PACK = small_pack()
BASE = """\
base:
  so_ho: 100
  tham_gia: 80
  ro_viec: true
  cap: tinh
  don_vi: Phường A
  bat_dau: 2018-01-01
  phieu: [8, null, 9, 10]
"""
CASES = """\
cases:
  - name: đủ điểm
    expect: {I.1: 10, I: 20, total: 29, grade: tot, gates: []}
  - {name: chưa có cấp, given: {cap: null}, expect: {I.3: null, bonus: 0, penalty: 0}}
  - name: cả mùa
    note: hai mô hình
    season:
      A: {}
      B: {them: 12.5, ro_viec: false, bat_dau: 01/06/2018}
    expect:
      rank: {A: 1, B: null}
      khen: [A]
      outcome: {khen: {A: chosen}}
"""


def cases_of(*texts):
    return parse_cases({f"tests/{n}.yaml": text for n, text in enumerate(texts)}, PACK, name="nho")


def problems_in(*texts):
    with pytest.raises(PackError) as refused:
        cases_of(*texts)
    return [(str(one.place), one.code, one.message, one.hint) for one in refused.value.problems]


def test_cases_start_from_the_base_and_differ_by_what_is_given():
    base, without, season = cases_of(BASE, CASES)
    facts = dict(base.facts)
    assert facts["phieu"] == (Decimal(8), None, Decimal(9), Decimal(10))
    assert without.facts == {name: value for name, value in facts.items() if name != "cap"}
    assert season.season["A"] == facts
    assert (season.season["B"]["them"], season.season["B"]["ro_viec"]) == (Decimal("12.5"), False)
    assert [str(one.place) for one in (base, without, season)] == [
        place_of(CASES, piece, file="nho/tests/1.yaml", shift=shift)
        for piece, shift in (("name: đủ điểm", 0), ("{name: chưa", 0), ("name: cả mùa", 0))
    ]


def test_cases_that_come_out_have_no_mismatch():
    assert [run_case(PACK, case) for case in cases_of(BASE, CASES)] == [(), (), ()]


def test_entry_a_selection_does_not_look_at_has_no_outcome():
    """B is not ranked, so nobody decides about it: that is something to expect, and to be wrong in."""
    season = "season: {A: {}, B: {ro_viec: false}}, expect: {outcome: {khen: {A: OF_A, B: null}}}"
    text = f"cases:\n  - {{name: ngoài cuộc, {season}}}\n"
    (right,) = cases_of(BASE, text.replace("OF_A", "chosen"))
    (wrong,) = cases_of(BASE, text.replace("OF_A", "null"))

    assert run_case(PACK, right) == ()
    assert [one.actual for one in run_case(PACK, wrong)] == ["khen: A: chosen; B: trống"]


def test_base_may_stand_in_any_file():
    assert [run_case(PACK, case) for case in cases_of(CASES, BASE)] == [(), (), ()]


@pytest.mark.parametrize(
    ("expect", "mismatches"),
    [
        (
            "{I.1: 5}",
            ["I.1: mong đợi 5,00, được 10,00. Tỷ lệ = 80%: từ 80% → 10,00 điểm (Điều 2 khoản 1)"],
        ),
        (
            "{I.1: null}",
            ["I.1: mong đợi trống, được 10,00. Tỷ lệ = 80%: từ 80% → 10,00 điểm (Điều 2 khoản 1)"],
        ),
        (
            "{total: 30, I: 20}",
            ["total: mong đợi 30,00, được 29,00. I: 20,00; II: 9,00; bonus: 0,00; penalty: 0,00"],
        ),
        (
            "{grade: dat}",
            ["xếp loại: mong đợi dat, được tot. Tốt: tổng điểm ≥ 20 (Tổng điểm: 29 điểm): đạt"],
        ),
        ("{gates: [DK.1]}", ["điều kiện không đạt: mong đợi DK.1, được không có."]),
        (
            "{bonus: 1, penalty: 2}",
            [
                "bonus: mong đợi 1,00, được 0,00. 0,00 = 0,00 ()",
                "penalty: mong đợi 2,00, được 0,00. 0,00 = 0,00 ()",
            ],
        ),
    ],
)
def test_failing_case_says_expected_actual_and_why(expect, mismatches):
    (case,) = cases_of(BASE, f"cases:\n  - {{name: sai, expect: {expect}}}\n")
    assert [str(one) for one in run_case(PACK, case)] == mismatches


def test_failing_gate_says_why():
    text = (
        "cases:\n  - {name: sai, given: {bat_dau: 2018-11-01}, expect: {gates: [], grade: tot}}\n"
    )
    (case,) = cases_of(BASE, text)
    assert [str(one) for one in run_case(PACK, case)] == [
        "điều kiện không đạt: mong đợi không có, được DK.1. Số tháng ≥ 6 (Số tháng: 0 tháng): không đạt",
        "xếp loại: mong đợi tot, được trống.",
    ]


@pytest.mark.parametrize(
    ("expect", "mismatch"),
    [
        (
            "{khen: []}",
            "khen: mong đợi không có, được A. A: Xếp loại Tốt, hạng 1, trong chỉ tiêu (cả huyện 3; mỗi đơn vị không quá 02)",
        ),
        ("{rank: {A: 2, B: null}}", "rank: mong đợi A: 2; B: trống, được A: 1; B: trống."),
        (
            "{outcome: {khen: {A: tied, B: chosen}}}",
            "outcome: mong đợi khen: A: tied; B: chosen, được khen: A: chosen; B: trống. A: Xếp loại Tốt, hạng 1, trong chỉ tiêu (cả huyện 3; mỗi đơn vị không quá 02)",
        ),
    ],
)
def test_failing_season_says_expected_actual_and_why(expect, mismatch):
    text = (
        f"cases:\n  - {{name: sai, season: {{A: {{}}, B: {{ro_viec: false}}}}, expect: {expect}}}\n"
    )
    (case,) = cases_of(BASE, text)
    assert [str(one) for one in run_case(PACK, case)] == [mismatch]


def one_case(given="{}", expect="{total: 1}", more=""):
    return f"cases:\n  - {{name: một ca, given: {given}, expect: {expect}{more}}}\n"


def season_case(expect):
    return f"cases:\n  - {{name: một mùa, season: {{A: {{}}}}, expect: {expect}}}\n"


@pytest.mark.parametrize(
    ("text", "piece", "code", "told"),
    [
        (
            one_case("{so_hộ: 1}"),
            "1}, expect",
            "name",
            "Không có số liệu “so_hộ”. Ý bạn là “so_ho”?",
        ),
        (one_case("{ty_le: 80}"), "80", "name", "Đây là số tính được; ghi các số liệu tạo ra nó."),
        (one_case("{so_ho: 0}"), "0}, expect", "fact", "0 nhỏ hơn 1."),
        (one_case("{cap: xa}"), "xa}", "fact", "Không có lựa chọn “xa”."),
        (one_case("{phieu: [8, 11]}"), "[8, 11]", "fact", "11 lớn hơn 10."),
        (one_case("{bat_dau: hôm qua}"), "hôm qua", "fact", "“hôm qua” không phải là ngày."),
        (one_case("[so_ho]"), "[so_ho]", "bad-type", "Ở đây cần các dòng “khóa: giá trị”."),
        (one_case("5"), "5, expect", "bad-type", "Ở đây cần các dòng “khóa: giá trị”."),
        (one_case(expect="{I.9: 1}"), "1}}", "name", "Không có kết quả “I.9”."),
        (one_case(expect="{totl: 1}"), "1}}", "name", "Ý bạn là “total”?"),
        (one_case(expect='{total: "29"}'), '"29"', "bad-type", "Điểm mong đợi là một số"),
        (one_case(expect="{total: true}"), "true", "bad-type", "Điểm mong đợi là một số"),
        (
            one_case(expect="{grade: giỏi}"),
            "giỏi",
            "name",
            "Không có kết quả “giỏi”. Có: dat, khong-dat, tot.",
        ),
        (one_case(expect="{gates: DK.1}"), "DK.1", "bad-type", "Ở đây cần một danh sách"),
        (one_case(expect="{gates: [DK.2]}"), "[DK.2]", "name", "Ý bạn là “DK.1”?"),
        (one_case(expect="{rank: {A: 1}}"), "{A: 1}", "name", "Không có kết quả “rank”."),
        (one_case(expect="{}"), "{name", "case", "Một ca cần name, given (hoặc season) và expect."),
        (one_case(expect="[total]"), "{name", "case", "Một ca cần name"),
        (one_case(more=", season: {A: {}}"), "{name", "case", "Một ca cần name"),
        (one_case(more=", givn: {}"), "givn", "unknown-key", "Ý bạn là “given”?"),
        ("cases:\n  - {expect: {total: 1}}\n", "{expect", "case", "Một ca cần name"),
        ("cases:\n  - đủ điểm\n", "đủ điểm", "case", "Một ca cần name"),
        (season_case("{total: 1}"), "1}}", "name", "Không có kết quả “total”."),
        (season_case("{khn: [A]}"), "[A]", "name", "Ý bạn là “khen”?"),
        (season_case("{khen: A}"), "A}}", "bad-type", "Ở đây cần một danh sách"),
        (season_case("{khen: [B]}"), "[B]", "name", "Không có kết quả “B”. Có: A."),
        (season_case("{rank: [A]}"), "[A]", "bad-type", "Ở đây cần các dòng “khóa: giá trị”."),
        (season_case("{rank: {B: 1}}"), "{B: 1}", "name", "Không có kết quả “B”."),
        (season_case("{outcome: {khen: {A: chsen}}}"), "{A: chsen}", "name", "Ý bạn là “chosen”?"),
        (
            season_case("{outcome: {khen: []}}"),
            "[]}}",
            "bad-type",
            "Ví dụ: {M-01: chosen, M-02: beyond}.",
        ),
        (season_case("{outcome: {khn: {A: tied}}}"), "{khn", "name", "Ý bạn là “khen”?"),
        ("cases: {a: b}\n", "{a: b}", "bad-type", "Cần danh sách cases."),
        ("- a\n", "- a", "bad-type", "Cần danh sách cases."),
    ],
)
def test_case_that_cannot_be_meant_is_a_problem_at_its_place(text, piece, code, told):
    found = problems_in(BASE, text)
    assert [one[:2] for one in found] == [(place_of(text, piece, file="nho/tests/1.yaml"), code)]
    assert told in " ".join(found[0][2:])


def test_unknown_key_and_missing_cases_are_both_said():
    assert [one[:2] for one in problems_in(BASE, "case: []\ncases: []\n")] == [
        ("nho/tests/1.yaml:1:1", "unknown-key"),
        ("nho/tests/1.yaml:2:8", "bad-type"),
    ]


def test_faults_of_all_files_come_at_once():
    found = problems_in(BASE, "cases: [", one_case("{so_hộ: 1}"), one_case(expect="{I.9: 1}"))
    assert [place.split(":")[0] for place, *_ in found] == [
        f"nho/tests/{n}.yaml" for n in (1, 2, 3)
    ]


def test_second_base_is_refused():
    assert problems_in(BASE, BASE)[0][:2] == ("nho/tests/1.yaml:2:3", "duplicate")


@pytest.mark.parametrize("base", ["base: [a]\n", "base: 5\n", "base: {so_hộ: 1}\n"])
def test_base_that_is_no_set_of_facts_is_refused(base):
    assert [one[1] for one in problems_in(base, one_case())] in (["bad-type"], ["name"])


ODD = [
    "",
    "null",
    "0",
    "-1",
    "true",
    "[]",
    "{}",
    "[[a]]",
    "{a: b}",
    "{a: [b]}",
    "[{}]",
    '"x"',
    "2018-01-01",
]
PIECES = sorted({word for word in CASES.replace(",", " ").split() if CASES.count(word) == 1})


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PIECES), st.sampled_from(ODD))
def test_cases_with_any_piece_replaced_run_or_are_refused_with_places(piece, odd):
    try:
        found = cases_of(BASE, CASES.replace(piece, odd))
    except PackError as error:
        files = {one.place.file for one in error.problems}
    else:
        files = {case.place.file for case in found}
        for case in found:
            run_case(PACK, case)
    assert files <= {"nho/tests/1.yaml"}

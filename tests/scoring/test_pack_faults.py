"""One fault in a small pack: its place, its kind, and what the author is told to do."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import PACK, changed, place_of, problems_in, small_pack

from scoring.pack import parse_pack

# (what stands in the pack, what the author wrote instead, the piece the problem points at,
#  how far into that piece, code, hint or part of the message)
# fmt: off
ONE_FAULT = [
    ("title:", "titel:", "titel:", 0, "unknown-key", "Ý bạn là “title”?"),
    ("    label: Nhóm một", "    lable: Nhóm một", "lable", 0, "unknown-key", "Ý bạn là “label”?"),
    ("          of: ty_le", "          off: ty_le", "off:", 0, "unknown-key", "Ý bạn là “of”?"),
    ("{from: 80, points: 10}", "{form: 80, points: 10}", "form", 0, "unknown-key", "Ý bạn là “from”?"),
    ("type: integer, min: 1,", "type: integer, mim: 1,", "mim", 0, "unknown-key", "Ý bạn là “min”?"),
    ("label: Tỷ lệ, unit:", "label: Tỷ lệ, unitt:", "unitt", 0, "unknown-key", "Ý bạn là “unit”?"),
    ("at_most: dat", "atmost: dat", "atmost", 0, "unknown-key", "Ý bạn là “at_most”?"),
    ("most: 2, per:", "most: 2, pre:", "pre:", 0, "unknown-key", "Ý bạn là “per”?"),
    ("label: Trừ, max: 2", "label: Trừ, zzz: 2", "zzz", 0, "unknown-key", "Ở đây dùng được: id, label, max, min, basis, note, applies, not_applicable, needs, scale, take, parts, yes_no, each_yes, tiers, ratio, count, steps, choice, judged, branches, points."),
    ("title: Bộ quy tắc nhỏ\n", "", "id: nho", 0, "missing-key", "Thiếu khóa “title”."),
    ("{document: Quy định nhỏ}", "{}", "{}\neff", 0, "missing-key", "Thiếu khóa “document”."),
    ("label: Tốt, when", "when", "{id: tot", 0, "missing-key", "Thiếu khóa “label”."),
    ("title: Bộ", "title: A\ntitle: Bộ", "title: Bộ", 0, "duplicate-key", "Khóa “title” viết hai lần."),
    ("version: 1.0.0", "version: 1.0", "1.0\n", 0, "bad-type", 'Đặt trong nháy: "1.0"'),
    ("version: 1.0.0", "version: 1.0.x", "1.0.x", 0, "bad-id", "1.0.0"),
    ("max: 20", 'max: "20"', '"20"', 0, "bad-number", "“max”: “20” không phải là số."),
    ("max: 20", "max: 20,5", "20,5", 0, "bad-number", "phần lẻ sau dấu chấm: 1.5"),
    ("max: 20", "max: true", "true\n    basis", 0, "bad-number", "“max”: true không phải là số."),
    ("points: 4}", "points: }", "points: }", 8, "bad-number", "“points”: chỗ để trống không phải là số."),
    ("points: 4}", "points: [4]}", "[4]", 0, "bad-number", "một danh sách không phải là số."),
    ("most: 3,", "most: 2.5,", "2.5", 0, "quota", "Chỉ tiêu 2.5 không phải số chỗ."),
    ("most: 3,", "most: -1,", "-1,", 0, "quota", "Chỉ tiêu -1 không phải số chỗ."),
    ("most: 3,", "mots: 3,", "mots", 0, "unknown-key", "Ý bạn là “most”?"),
    ("most: 3,", "most: so_hoo,", "so_hoo", 0, "name", "Không có số liệu “so_hoo”."),
    ("most: 3,", "share: {percent: 20, of: [totl]},", "totl", 0, "grade", "Không có mức xếp loại “totl”."),
    ("most: 3,", "most: 3, share: {percent: 20, of: participants},", "{most: 3", 0, "quota", "đúng một trong most và share"),
    ("step: 0.5", "step: 0", "step: 0,", 6, "bad-value", "“step” phải lớn hơn 0."),
    ("optional: true", "optional: yes", "yes}", 0, "bad-type", "true hoặc false"),
    ("value: 2018-11-30", 'value: "2018-11-30"', '"2018-11-30"', 0, "bad-type", "không phải một hằng số"),
    ("from: 2018-01-01, to", "from: 2018-13-01, to", "2018-13-01", 0, "date", "Không có ngày 2018-13-01."),
    ("from: 2018-01-01, to", "from: 0, to", "0, to: 2018", 0, "bad-type", "“from” phải là ngày"),
    ("to: 2018-12-31", "to: 2017-12-31", "2017-12-31", 0, "dates", "đứng trước ngày có hiệu lực"),
    ("label: Nhóm một", 'label: ""', '""', 0, "empty", "“label” không được để trống."),
    ("label: Nhóm một", "label: 5", "5\n    max", 0, "bad-type", 'Đặt trong nháy: "5"'),
    ("order: [total, I, tham_gia]", "order: []", "[]", 0, "empty", "“order” không được để trống."),
    ("order: [total, I, tham_gia]", "order: total", "total\nsel", 0, "bad-type", "“order” phải là một danh sách"),
    ("  - {document: Quy định nhỏ}", "  - Quy định", "Quy định", 0, "bad-type", "mục 1 của “basis” phải là"),
    ("type: integer, min: 1,", "type: intger, min: 1,", "intger", 0, "bad-choice", "Ý bạn là “integer”?"),
    ("ask: council", "ask: concil", "concil", 0, "bad-choice", "Ý bạn là “council”?"),
    ("ask: council", "ask: 7", "7}", 0, "bad-choice", "Chọn một trong: register, report, appraise, council."),
    ("  ro_viec: {", "  rõ_việc: {", "rõ_việc", 0, "bad-id", "“rõ_việc” không phải một mã hợp lệ."),
    ("{id: LT.1,", '{id: "LT 1",', '"LT 1"', 0, "bad-id", "“LT 1” không phải một mã hợp lệ."),
    ("derived:\n", "derived:\n  so_ho: {label: A, value: 1}\n", "so_ho: {label", 0, "duplicate", "Tên “so_ho” đã dùng"),
    ("constants:\n", "  measure: {type: text, label: A}\nconstants:\n", "measure: {", 0, "reserved", "Đặt tên khác."),
    ("constants:\n", "constants:\n  else: {label: A, value: 1}\n", "else: {", 0, "reserved", "Đặt tên khác."),
    ("id: I.3", "id: I.2", "I.2\n        label: Đưa", 0, "duplicate", "Mã “I.2” đã dùng ở nho/pack.yaml:40:9."),
    ("id: T.1", "id: DK.1", "DK.1\n", 0, "duplicate", "Mã “DK.1” đã dùng ở nho/pack.yaml:22:5."),
    ("id: I.3", "id: I_2", "I_2", 0, "duplicate", "Điểm của I_2 đọc bằng tên “I_2”, trùng với tiêu chí I.2."),
    ("id: I.3", "id: so_ho", "so_ho\n", 0, "duplicate", "trùng với số liệu “so_ho”"),
    ("id: I.3", "id: penalty", "penalty\n", 0, "reserved", "Đặt mã khác."),
    ("label: Đơn vị}", "label: Đơn vị, choices: {a: A}}", "{a: A}", 0, "choices", "Chỉ type: choice mới có choices."),
    ("tinh: Cấp tỉnh}", "tinh: không}", "{khong: Không", 0, "choices", "Hai lựa chọn viết giống nhau."),
    (", ask: council", "", "{type: marks", 0, "ask", "Ghi ask: council."),
    ("min: 1,", "min: 1, max: 0,", "1, max", 0, "range", "min lớn hơn max."),
    ("label: Đơn vị}", "label: Đơn vị, max: 3}", "3}\n  bat", 0, "range", "Chỉ số liệu là số mới có max."),
    ("label: Đơn vị}", "label: Đơn vị, entry: started_on}", "started_on", 0, "entry", "entry: started_on cần type: date, đang là text."),
    ("          of: ty_le", "          of: ti_le", "ti_le", 0, "name", "Ý bạn là “ty_le”?"),
    ("require: thang >= 6", "require: thang >= sau", "sau,", 0, "name", "Không có số liệu “sau”."),
    ("require: thang >= 6", "require: thang", "thang, basis", 0, "type", "Ở đây cần đúng/sai, biểu thức này cho số."),
    ("require: thang >= 6", "require: total >= 6", "total >= 6", 0, "name", "Điểm chỉ đọc được trong grades, veto, caps và ranking."),
    ("when: total >= 20", "when: grade_rank >= 2", "grade_rank >= 2", 0, "name", "Mức xếp loại bằng số chỉ đọc được trong order của ranking và selections."),
    ("  so_ho: {type", "  grade_rank: {type: integer, label: Hạng}\n  so_ho: {type", "grade_rank: {type", 0, "reserved", "Đặt tên khác."),
    ("value: tham_gia / so_ho * 100", "value: thang + 1", "thang + 1", 0, "name", "“thang” viết ở phía dưới; đưa nó lên trên chỗ này."),
    ("value: tham_gia / so_ho * 100", "value: ty_le + 1", "ty_le + 1", 0, "name", "“ty_le” viết ở phía dưới"),
    ('"months_between(bat_dau, han)"', '"months_between(bat_dau, hạn)"', "hạn)", 1, "expression", "Không dùng được “ạ”"),
    ('"months_between(bat_dau, han)"', '"month_between(bat_dau, han)"', "month_between", 0, "function", "Ý bạn là “months_between”?"),
    ('"months_between(bat_dau, han)"', '"months_between(bat_dau, so_ho)"', "so_ho)", 0, "type", "Ở đây cần ngày, không phải số."),
    ("(them ?? 0) >= 10", "them >= 10", "them >= 10", 0, "null", "Nói rõ khi trống thì sao: (them ?? 0)."),
    ('cap == "khong"', 'cap == "khongg"', '"khongg"', 0, "choice", "Ý bạn là “khong”?"),
    ('cap == "khong"', "cap == 3", "cap == 3", 0, "never", "Lựa chọn chỉ so được với một giá trị trong nháy"),
    ('cap == "khong"', "ro_viec == 1", "ro_viec == 1", 0, "never", "không bao giờ đúng"),
    ("total >= 20", "totl >= 20", "totl", 0, "name", "Ý bạn là “total”?"),
    ("total >= 20", "total >= 20 %", "%, basis", 0, "expression", "Phần trăm viết “/ … * 100”."),
    ("max: 20", "max: 21", "21", 0, "max-sum", "Nhóm I ghi tối đa 21, các tiêu chí con cộng lại 20."),
    ("        yes_no: {when: ro_viec, points: 4}\n", "", "id: I.2", 0, "shape", "đang có: chưa có gì"),
    ("yes_no: {when: ro_viec, points: 4}", "yes_no: {when: ro_viec, points: 4}\n        points: 3", "id: I.2", 0, "shape", "đang có: yes_no, points"),
    ("{from: 80, points: 10}", "{points: 10}", "{points: 10}", 0, "band", "một đầu dưới"),
    ("{from: 80, points: 10}", "{from: 80, above: 79, points: 10}", "{from: 80", 0, "band", "một đầu dưới"),
    ("{from: 50, below: 80, points: 5}", "{from: 50, below: 80, to: 80, points: 5}", "{from: 50", 0, "band", "một đầu trên"),
    ("{tinh: 6, khong: 0}", "{tinh: 6}", "{tinh: 6}", 0, "choice", "Chưa cho điểm lựa chọn: khong."),
    ("{of: cap, points", "{of: capp, points", "capp", 0, "name", "Ý bạn là “cap”?"),
    ("{of: cap, points", "{of: so_ho, points", "so_ho, points", 0, "type", "“so_ho” phải có type: choice, đang là integer."),
    ("marks: phieu", "marks: so_ho", "so_ho, at_least", 0, "type", "“so_ho” phải có type: marks"),
    ("{from: 5, highest: 1, lowest: 1}", "{from: 2, highest: 1, lowest: 1}", "{from: 2, hi", 0, "trim", "from phải lớn hơn highest + lowest"),
    ("        - {points: 0, label: Còn lại}\n", "", "{when: (them", 0, "branch", "Chỉ nhánh cuối cùng không có when"),
    ("when: total >= 10, ", "", "{id: dat, label: Đạt", 0, "grade", "Chỉ mức cuối cùng không có when"),
    ("label: Không đạt, basis", "label: Không đạt, when: total > 0, basis", "{id: khong-dat", 0, "grade", "Chỉ mức cuối cùng không có when"),
    ("grade: khong-dat", "grade: khong-dta", "khong-dta", 0, "grade", "Ý bạn là “khong-dat”?"),
    ("from: [tot, dat]\n    basis", "from: [tot, dta]\n    basis", "dta", 0, "grade", "Ý bạn là “dat”?"),
    ("from: [tot, dat]\n    basis", "from: [tot, khong-dat]\n    basis", "khong-dat]", 0, "not-ranked", "Thêm mức này vào ranking.among."),
    ("per: don_vi", "per: donvi", "donvi", 0, "name", "Ý bạn là “don_vi”?"),
]
# fmt: on


@pytest.mark.parametrize(
    ("old", "new", "piece", "shift", "code", "told"),
    ONE_FAULT,
    ids=[f"{one[4]}: {one[1][:40]!r}" for one in ONE_FAULT],
)
def test_pack_with_one_fault_names_place_kind_and_remedy(old, new, piece, shift, code, told):
    text = changed(old, new)
    found = problems_in(text)
    assert [(place, kind) for place, kind, _, _ in found] == [
        (place_of(text, piece, shift=shift), code)
    ]
    assert told in f"{found[0][2]} {found[0][3]}"


def test_small_pack_has_no_problem():
    assert problems_in(PACK) == []


def test_choice_with_a_misspelt_point_lacks_the_right_one_too():
    text = changed("{tinh: 6, khong: 0}", "{tnh: 6, khong: 0}")
    assert problems_in(text) == [
        (
            place_of(text, "{tnh"),
            "choice",
            "Chưa cho điểm lựa chọn: tinh.",
            "Ghi 0 nếu không có điểm.",
        ),
        (
            place_of(text, "tnh: ", shift=5),
            "choice",
            "“cap” không có lựa chọn “tnh”.",
            "Ý bạn là “tinh”?",
        ),
    ]


def test_faults_of_several_kinds_come_all_at_once_in_the_order_of_the_file():
    text = PACK
    for old, new in (
        ("max: 20", "max: 19"),
        ("of: ty_le", "of: ti_le"),
        ("total >= 20", "totl >= 20"),
    ):
        text = text.replace(old, new)
    assert [(place, code) for place, code, _, _ in problems_in(text)] == [
        (place_of(text, "19"), "max-sum"),
        (place_of(text, "ti_le"), "name"),
        (place_of(text, "totl"), "name"),
    ]


def test_faults_of_structure_come_all_at_once_in_the_order_of_the_file():
    text = PACK
    for old, new in (("title:", "titel:"), ("step: 0.5", "step: nửa"), ("max: 20", "max: hai")):
        text = text.replace(old, new)
    assert [(place, code) for place, code, _, _ in problems_in(text)] == [
        (place_of(text, "titel"), "unknown-key"),
        (place_of(text, "nửa"), "bad-number"),
        (place_of(text, "hai\n"), "bad-number"),
    ]


@pytest.mark.parametrize("text", ["", "# chưa viết gì\n", "- một\n- hai\n", "chữ"])
def test_pack_file_that_is_no_mapping_is_refused_at_its_place(text):
    column = "1:1"
    assert [(place, code) for place, code, _, _ in problems_in(text)] == [
        (f"nho/pack.yaml:{column}", "bad-type")
    ]


def test_folder_without_a_pack_file_is_refused():
    assert problems_in({"criteria/a.yaml": "criteria: []"}) == [
        ("nho/pack.yaml:1:1", "no-pack", "Không có tệp pack.yaml.", "Chỉ đúng thư mục bộ quy tắc.")
    ]


MORE = """\
criteria:
  - id: III
    label: Nhóm ba
    max: 5
    yes_no: {when: ro_viec, points: 5}
"""


def test_criteria_files_are_added_in_order_of_name_after_those_of_the_pack():
    first = MORE.replace("III", "IV").replace("ba", "bốn")
    pack = parse_pack(
        {"pack.yaml": PACK, "criteria/b.yaml": MORE, "criteria/a.yaml": first}, name="x"
    )
    assert [one.id for one in pack.criteria] == ["I", "II", "IV", "III"]


def test_fault_in_a_criteria_file_is_placed_in_that_file():
    first, second = MORE.replace("III", "IV"), MORE.replace("ro_viec", "ro_vec")
    assert problems_in(
        {"pack.yaml": PACK, "criteria/a.yaml": first, "criteria/b.yaml": second}
    ) == [
        (
            place_of(second, "ro_vec", file="nho/criteria/b.yaml"),
            "name",
            "Không có số liệu “ro_vec”.",
            "Ý bạn là “ro_viec”?",
        )
    ]


def test_misspelt_key_in_a_criteria_file_is_placed_in_that_file():
    text = MORE.replace("max:", "mx:")
    assert problems_in({"pack.yaml": PACK, "criteria/a.yaml": text}) == [
        (
            place_of(text, "mx:", file="nho/criteria/a.yaml"),
            "unknown-key",
            "Không có khóa “mx”.",
            "Ý bạn là “max”?",
        )
    ]


def test_all_criteria_may_stand_in_files_of_their_own():
    start, end = PACK.index("criteria:"), PACK.index("bonus:")
    rest = PACK[:start] + PACK[end:]
    assert (
        problems_in(
            {
                "pack.yaml": rest.replace("total, I, tham_gia", "total"),
                "criteria/a.yaml": PACK[start:end],
            }
        )
        == []
    )
    assert (
        small_pack().criteria
        == parse_pack({"pack.yaml": rest, "criteria/a.yaml": PACK[start:end]}, name="x").criteria
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "criteria: []\n",
        "criteria: {}\n",
        "criteria:\n",
        "- id: III\n",
        "id: x\ncriteria: [a]\n",
    ],
)
def test_criteria_file_without_a_list_of_criteria_is_refused(text):
    assert problems_in({"pack.yaml": PACK, "criteria/a.yaml": text}) == [
        (
            "nho/criteria/a.yaml:1:1",
            "criteria-file",
            "Cần danh sách criteria.",
            "Tệp trong criteria/ chỉ có một khóa: criteria: [...]",
        )
    ]


@pytest.mark.parametrize("wrong", ["abc", "5", "{a: 1}", "2018-01-01"])
def test_criteria_of_the_pack_that_are_no_list_are_refused_beside_criteria_files(wrong):
    text = changed("criteria:\n", f"criteria: {wrong}\nnote: |\n")
    found = problems_in({"pack.yaml": text, "criteria/a.yaml": MORE})
    assert found[0][:2] == (place_of(text, f"criteria: {wrong}", shift=10), "bad-type")


def test_unreadable_files_are_all_reported():
    found = problems_in({"pack.yaml": "a: [", "criteria/a.yaml": "b: {", "criteria/b.yaml": "x"})
    assert [(place.split(":")[0], code) for place, code, _, _ in found] == [
        ("nho/criteria/a.yaml", "yaml"),
        ("nho/criteria/b.yaml", "criteria-file"),
        ("nho/pack.yaml", "yaml"),
    ]


def test_digest_counts_content_and_not_layout():
    same = "# ghi chú\n" + PACK.replace("{from: 80, points: 10}", "{from: 80,   points: 10}")
    split = parse_pack(
        {"pack.yaml": PACK, "tests/a.yaml": "cases: []", "CHANGELOG.md": "x"}, name="y"
    )
    assert small_pack(same).digest == small_pack().digest == split.digest
    assert (
        small_pack(changed("from: 80, points: 10", "from: 81, points: 10")).digest
        != small_pack().digest
    )


LINES = PACK.splitlines()


@settings(max_examples=150, deadline=None)
@given(
    at=st.integers(0, len(LINES) - 1),
    new=st.one_of(
        st.just(""),
        st.sampled_from(LINES),
        st.text("abI.12{}[]:,-\"'?! \tạ", max_size=30),
    ),
)
def test_pack_with_any_line_replaced_is_read_or_refused_with_places_in_the_file(at, new):
    text = "\n".join([*LINES[:at], new, *LINES[at + 1 :]])
    places = [place for place, _, _, _ in problems_in(text)]
    assert all(re.fullmatch(r"nho/pack\.yaml:\d+:\d+", place) for place in places)
    assert all(1 <= int(place.split(":")[1]) <= len(LINES) + 1 for place in places)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_pack_with_any_value_replaced_is_read_or_refused(data):
    piece = data.draw(
        st.sampled_from(
            sorted(
                {w for line in LINES for w in line.replace(",", " ").split() if PACK.count(w) == 1}
            )
        )
    )
    new = data.draw(
        st.sampled_from(
            [
                "",
                "null",
                "0",
                "-1",
                "1.5",
                "true",
                "[]",
                "{}",
                "[a]",
                "{a: b}",
                "2018-01-01",
                '""',
                '"x"',
                "1e9",
                "999999999999999999",
                "tot",
            ]
        )
    )
    places = [place for place, _, _, _ in problems_in(PACK.replace(piece, new))]
    assert all(re.fullmatch(r"nho/pack\.yaml:\d+:\d+", place) for place in places)

"""Headings: what is recognised, what is missing, what nobody knows."""

import pytest
from intake_books import EXAMPLE, HEADINGS, book, pack, problems, read, registration, season

from registry.intake.columns import count_known_headings, lay_out
from registry.intake.sheets import Cell, Sheet, read_workbook
from scoring.pack import parse_pack

TWO_COUNCILS = """
id: hai-hoi-dong
version: 1.0.0
title: Hai hội đồng
basis: [{document: Thử}]
effective: {from: 2018-01-01}
rounding: {criterion: 0.01, mode: half-up}
facts:
  phieu_a: {type: marks, min: 0, max: 10, step: 0.5, label: Phiếu nội dung, ask: council}
  phieu_b: {type: marks, min: 0, max: 10, step: 0.5, label: Phiếu trình bày, ask: council}
  so_ho: {type: integer, min: 1, unit: hộ, label: Số hộ (hộ), ask: report}
criteria:
  - {id: I.1, label: Nội dung, max: 10, basis: Điều 1, judged: {marks: phieu_a, at_least: 1}}
  - {id: I.2, label: Trình bày, max: 10, basis: Điều 1, judged: {marks: phieu_b, at_least: 1}}
grades:
  - {id: dat, label: Đạt}
ranking: {among: [dat], order: [total]}
"""


def sheet(title, *rows):
    return Sheet(
        title,
        tuple(
            tuple(Cell(text, f"{title}!{chr(65 + x)}{y}") for x, text in enumerate(row))
            for y, row in enumerate(rows, 1)
        ),
    )


def test_results_without_their_columns_are_refused_with_every_one_named():
    faults = problems(season(columns=[("Kết quả", 10), ("Kết quả", 3)]))

    assert faults == [
        ("Kết quả!A1", "missing-column", "Thiếu cột “Rõ việc”.", "Thêm cột có tiêu đề “Rõ việc”."),
        (
            "Kết quả!A1",
            "missing-column",
            "Thiếu cột “Số hộ tham gia”.",
            "Thêm cột có tiêu đề “Số hộ tham gia”.",
        ),
    ]


def test_misspelt_heading_is_pointed_at():
    assert problems(season({"Kết quả!J1": "Số hộ thm gia", "Đăng ký!D1": "Lĩnh vựt"})) == [
        (
            "Đăng ký!D1",
            "missing-column",
            "Thiếu cột “Lĩnh vực”.",
            "Ý bạn là cột “Lĩnh vựt”? Đổi tiêu đề thành “Lĩnh vực”.",
        ),
        (
            "Kết quả!J1",
            "missing-column",
            "Thiếu cột “Số hộ tham gia”.",
            "Ý bạn là cột “Số hộ thm gia”? Đổi tiêu đề thành “Số hộ tham gia”.",
        ),
    ]


def test_registration_without_its_columns_is_refused_with_every_one_named():
    assert [message for _, _, message, _ in problems(book(Đăng_ký=[["Họ tên", "Quê"], ["a", "b"]]))] == [
        f"Thiếu cột “{name}”."
        for name in (
            "Mã", "Tên mô hình", "Đơn vị đăng ký", "Lĩnh vực", "Cấp đăng ký", "Loại hình",
            "Địa chỉ thực hiện", "Ngày bắt đầu", "Ngày đăng ký",
        )
    ]  # fmt: skip


def test_marks_without_members_are_refused():
    data = book(Hội_đồng_chấm=[["Mã", "Điểm"], ["HL-1", 8]])

    assert [message for _, _, message, _ in problems(data, registered=["HL-1"])] == [
        "Thiếu cột “Ủy viên 1”."
    ]


def test_list_of_a_unit_in_its_own_wording_is_recognised():
    heads = (
        "Mã số", "Tên mô hình, điển hình", "Tên đơn vị", "Thuộc lĩnh vực", "Cấp", "Tập thể/cá nhân",
        "Đơn vị chủ trì", "Họ và tên người phụ trách", "Địa bàn thực hiện", "Chỉ tiêu, kết quả",
        "NGÀY BẮT ĐẦU", "Thoi gian dang ky",
    )  # fmt: skip

    assert (
        read(book(S=[heads, registration()])).entries
        == read(book(S=[HEADINGS, registration()])).entries
    )


def test_facts_are_recognised_by_label_id_and_label_without_unit():
    heads = {
        "Kết quả!U1": "Vốn xã hội hóa",
        "Kết quả!J1": "so_ho_tham_gia",
        "Kết quả!B1": "RÕ NGƯỜI",
    }

    assert read(season(heads)).facts == read(season()).facts


def test_order_of_columns_does_not_matter():
    backwards = [row[::-1] for row in (list(HEADINGS), registration("HL-1"))]

    assert read(book(S=backwards)).entries == read(book(S=[HEADINGS, registration("HL-1")])).entries


def test_table_that_nobody_recognises_is_refused():
    data = book(Đăng_ký=[HEADINGS, registration()], Kinh_phí=[["Khoản", "Tiền"], ["Cờ", 12]])

    assert problems(data) == [
        (
            "Kinh phí",
            "unknown-sheet",
            "Không nhận ra bảng này (hàng đầu: “Khoản”, “Tiền”).",
            "Đặt tiêu đề cột như mẫu (Mã, Tên mô hình, …). Chữ gõ phông cũ (.VnTime, VNI) thì chuyển sang Unicode trước. Trang không cần nhập thì xóa.",
        )
    ]


def test_notes_and_empty_sheets_are_no_tables():
    data = book(Đăng_ký=[HEADINGS, registration()], Ghi_chú=[["một"], ["hai"]], Sheet3=[])

    assert [(n.place, n.code) for n in read(data).notices] == [("Ghi chú", "not-a-table")]


def test_columns_nobody_knows_are_named_and_not_read():
    rows = [
        [*HEADINGS, "Điện thoại", "Fax", None, "STT", "Ghi chú"],
        [*registration(), "0912", None, "x", 1, "gấp"],
    ]

    assert [str(notice) for notice in read(book(Đăng_ký=rows)).notices] == [
        "Đăng ký!M1: Cột “Điện thoại” không được đọc. [unread-column]",
        "Đăng ký!O1: Cột không có tiêu đề không được đọc. [unread-column]",
        "Đăng ký!Q1: Cột “Ghi chú” không được đọc. [unread-column]",
    ]


def test_rows_sorted_above_their_headings_are_refused_not_lost():
    rows = [registration("HL-1"), HEADINGS, registration("HL-2")]

    assert [(place, code) for place, code, _, _ in problems(book(Đăng_ký=rows))] == [
        ("Đăng ký!A1", "above-headings")
    ]


def test_headings_decide_when_the_title_misleads():
    marks = [["Mã", "Ủy viên 1", "Ủy viên 2"], ["HL-1", 8, "vắng"]]

    intake = read(book(Kết_quả_chấm=marks), registered=["HL-1"])

    assert intake.marks == {("HL-1", "phieu_iii_3"): {"Ủy viên 1": "8", "Ủy viên 2": ""}}


def test_two_columns_of_one_meaning_are_refused():
    rows = [[*HEADINGS, "Địa bàn thực hiện"], [*registration(), "x"]]

    assert problems(book(Đăng_ký=rows)) == [
        (
            "Đăng ký!M1",
            "duplicate-column",
            "Cột “Địa bàn thực hiện” đã có ở Đăng ký!I1.",
            "Giữ một cột.",
        )
    ]


def test_results_may_stand_on_several_sheets():
    whole = read(season())
    cells = [
        [c.text for c in row] for row in read_workbook(EXAMPLE.read_bytes(), file="a.xlsx")[1].rows
    ]
    parts = {
        "Kết_quả_1": [row[:10] for row in cells],
        "Kết_quả_2": [row[:1] + row[10:] for row in cells],
    }

    assert read(book(**parts), registered=None).facts == whole.facts


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("Hội đồng chấm I.1", "phieu_a"),
        ("Hội đồng chấm I.2", "phieu_b"),
        ("Hội đồng: phiếu trình bày", "phieu_b"),
        ("Hội đồng", ""),
        ("Hội đồng chấm I.1 và I.2", ""),
    ],
)
def test_sheet_of_marks_is_for_the_criterion_in_its_title(title, marks):
    two = parse_pack({"pack.yaml": TWO_COUNCILS}, name="hai-hoi-dong")

    layouts = lay_out((sheet(title, ("Mã", "Ủy viên 1"), ("HL-1", "8")),), two)

    assert [layout.marks for layout in layouts.found] == [marks]
    assert [problem.code for problem in layouts.problems] == ([] if marks else ["unknown-marks"])


def test_pack_is_known_by_the_headings_it_explains():
    sheets = read_workbook(EXAMPLE.read_bytes(), file=EXAMPLE.name)
    other = parse_pack({"pack.yaml": TWO_COUNCILS}, name="hai-hoi-dong")

    assert (count_known_headings(sheets, pack()), count_known_headings(sheets, other)) == (29, 0)

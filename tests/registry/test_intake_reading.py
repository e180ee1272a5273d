"""Sheets to entries, facts and marks; everything a person can get wrong in them."""

import datetime as dt

import pytest
from intake_books import HEADINGS, book, problems, read, registration, season

from registry.entry import Entry

FIELDS = (
    "Kinh tế; Văn hóa - xã hội và chỉnh trang đô thị; An ninh - quốc phòng; "
    "Xây dựng Đảng, xây dựng chính quyền"
)


def test_season_workbook_is_read_whole():
    intake = read(season())

    assert (len(intake.entries), len(intake.facts), len(intake.marks)) == (112, 112, 112)
    assert intake.entries[4] == Entry(
        code="HL-2018-005",
        season="hl-2018",
        name="Cải tạo vườn tạp thành vườn mẫu tổ dân phố 8",
        unit="Phường Nam Hồng",
        field="kinh-te",
        level="thi-xa",
        kind="tap-the",
        host="Chi hội Phụ nữ",
        person="Hoàng Ngọc Hạnh",
        address="Tổ dân phố 8, Phường Nam Hồng",
        expected="178 hộ tăng thu nhập",
        started_on=dt.date(2018, 1, 21),
        registered_on=dt.date(2018, 2, 5),
    )
    assert intake.facts["HL-2018-008"] == {
        "ro_nguoi": "1", "ro_viec": "1", "ro_dia_chi": "1", "ro_ket_qua": "0",
        "so_ngay_ke_hoach_cham": "45", "so_to_chuc_phoi_hop": "0", "so_ho_dia_ban": "235",
        "so_ho_tuyen_truyen": "109", "so_ho_tham_gia": "86", "so_buoi_doi_thoai": "3",
        "dan_biet": "1", "dan_ban": "0", "dan_lam": "0", "dan_kiem_tra": "0",
        "chi_tieu_dang_ky": "39", "ket_qua_dat_duoc": "38", "so_phieu_khao_sat": "50",
        "so_phieu_hai_long": "38", "so_dia_ban_nhan_rong": "1", "von_xa_hoi_hoa": "19.9",
        "cap_dua_tin": "huyen", "duoc_cap_tinh_khen": "0", "co_sang_kien_moi": "0",
        "so_ngay_nop_muon": "9", "so_vu_khieu_nai_dung": "0", "ky_luat": "khong",
        "mat_doan_ket": "0", "da_tu_cham": "1", "cap_uy_xac_nhan": "1",
    }  # fmt: skip
    assert intake.marks["HL-2018-001", "phieu_iii_3"] == {
        "Ủy viên 1": "", "Ủy viên 2": "9", "Ủy viên 3": "9", "Ủy viên 4": "7.5", "Ủy viên 5": "9",
    }  # fmt: skip
    assert [str(notice) for notice in intake.notices] == [
        "Ghi chú: Trang này không phải bảng số liệu, không đọc. [not-a-table]"
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"Đăng ký!D5": "Nông nghiệp công nghệ"},
            (
                "Đăng ký!D5",
                "value",
                "Không có lĩnh vực “Nông nghiệp công nghệ”.",
                f"Chọn một trong: {FIELDS}.",
            ),
        ),
        (
            {"Đăng ký!D5": "Kinh tế biển"},
            (
                "Đăng ký!D5",
                "value",
                "Không có lĩnh vực “Kinh tế biển”.",
                f"Ý bạn là “Kinh tế”? Chọn một trong: {FIELDS}.",
            ),
        ),
        (
            {"Đăng ký!E5": "Cấp tình nguyện"},
            (
                "Đăng ký!E5",
                "value",
                "Không có cấp đăng ký “Cấp tình nguyện”.",
                "Ý bạn là “Cấp tỉnh”? Chọn một trong: Cấp tỉnh; Cấp thị xã.",
            ),
        ),
        (
            {"Đăng ký!F5": "Dòng họ"},
            (
                "Đăng ký!F5",
                "value",
                "Không có loại hình “Dòng họ”.",
                "Chọn một trong: Tập thể; Cá nhân; Mô hình tự quản.",
            ),
        ),
        (
            {"Đăng ký!E5": None},
            (
                "Đăng ký!E5",
                "missing-level",
                "HL-2018-004 thiếu “Cấp đăng ký”.",
                "Điền “Cấp đăng ký” cho HL-2018-004.",
            ),
        ),
        (
            {"Đăng ký!C5": "  "},
            (
                "Đăng ký!C5",
                "missing-unit",
                "HL-2018-004 thiếu “Đơn vị đăng ký”.",
                "Điền “Đơn vị đăng ký” cho HL-2018-004.",
            ),
        ),
        (
            {"Đăng ký!L7": "31/02/2018"},
            (
                "Đăng ký!L7",
                "value",
                "Ngày đăng ký: Không có ngày 31/02/2018 trên lịch.",
                "Viết ngày/tháng/năm, ví dụ 31/03/2018.",
            ),
        ),
        (
            {"Đăng ký!K7": "đầu năm"},
            (
                "Đăng ký!K7",
                "value",
                "Ngày bắt đầu: “đầu năm” không phải là ngày.",
                "Viết ngày/tháng/năm, ví dụ 31/03/2018.",
            ),
        ),
        (
            {"Hội đồng chấm III.3!D17": 10.3},
            (
                "Hội đồng chấm III.3!D17",
                "value",
                "Ủy viên 3: 10,3 lớn hơn 10.",
                "Phiếu chấm III.3: nhận từ 0 đến 10, bước 0,5.",
            ),
        ),
        (
            {"Hội đồng chấm III.3!D17": "8;9"},
            (
                "Hội đồng chấm III.3!D17",
                "value",
                "Ủy viên 3: Mỗi ô chỉ ghi điểm của một ủy viên.",
                "Tách ra từng cột.",
            ),
        ),
        (
            {"Kết quả!J9": "tám mươi"},
            (
                "Kết quả!J9",
                "value",
                "Số hộ tham gia: “tám mươi” không phải là số.",
                "Viết số, ví dụ 12 hoặc 12,5.",
            ),
        ),
        (
            {"Kết quả!J9": "1.200"},
            (
                "Kết quả!J9",
                "value",
                "Số hộ tham gia: Không rõ “1.200” là số có dấu ngăn nghìn hay số thập phân.",
                "Gõ số không có dấu ngăn nghìn, ví dụ 1000.",
            ),
        ),
        (
            {"Kết quả!B9": "chắc là có"},
            (
                "Kết quả!B9",
                "value",
                "Rõ người: “chắc là có” không phải Có hay Không.",
                "Ghi Có hoặc Không (hay 1, 0).",
            ),
        ),
        (
            {"Kết quả!V9": "Cấp xã"},
            (
                "Kết quả!V9",
                "value",
                "Cấp báo, đài đưa tin: Không có lựa chọn “Cấp xã”.",
                "Chọn một trong: Không, Cấp huyện, Cấp tỉnh.",
            ),
        ),
        (
            {"Kết quả!U9": 200 / 3},
            (
                "Kết quả!U9",
                "value",
                "Vốn xã hội hóa (triệu đồng): 66.6666666666667 có quá nhiều chữ số thập phân.",
                "Làm tròn trong bảng tính, ví dụ =ROUND(…; 2).",
            ),
        ),
        (
            {"Kết quả!A9": "hl-2018-8"},
            (
                "Kết quả!A9",
                "unregistered",
                "Mã hl-2018-8 chưa được đăng ký.",
                "Ý bạn là HL-2018-008? Sửa mã, hoặc thêm hồ sơ vào trang Đăng ký.",
            ),
        ),
        (
            {"Hội đồng chấm III.3!A9": "X9"},
            (
                "Hội đồng chấm III.3!A9",
                "unregistered",
                "Mã X9 chưa được đăng ký.",
                "Sửa mã, hoặc thêm hồ sơ vào trang Đăng ký.",
            ),
        ),
        (
            {"Kết quả!A9": "HL-2018-003"},
            (
                "Kết quả!A9",
                "duplicate-code",
                "Mã HL-2018-003 đã có ở Kết quả!A4.",
                "Giữ một hàng, hoặc sửa lại mã.",
            ),
        ),
        (
            {"Kết quả!A9": None},
            (
                "Kết quả!A9",
                "missing-code",
                "Hàng này thiếu mã.",
                "Ghi mã hồ sơ, hoặc xóa hàng này.",
            ),
        ),
        (
            {"Kết quả!A9": "HL 2018 008"},
            (
                "Kết quả!A9",
                "value",
                "Mã “HL 2018 008” không dùng được.",
                "Mã gồm chữ, số, gạch nối; không có dấu cách; dài tối đa 40.",
            ),
        ),
        (
            {"Đăng ký!C5": "Phòng Giáo dục và đào tạo"},
            (
                "Đăng ký!C21",
                "unit-spelling",
                "",
                "Viết tên đơn vị một kiểu.",
            ),
        ),
        (
            {"Kết quả!J9": "=SUM(1,2)"},
            (
                "Kết quả!J9",
                "error-cell",
                "Số hộ tham gia: Ô là công thức chưa được tính.",
                "Mở tệp bằng Excel cho tính lại rồi lưu, hoặc gõ thẳng giá trị vào ô.",
            ),
        ),
        (
            {"Đăng ký!B9": "Đường hoa " * 60},
            (
                "Đăng ký!B9",
                "value",
                "Tên mô hình: Ô dài 599 chữ, quá 500.",
                "Rút gọn, ghi chi tiết vào báo cáo.",
            ),
        ),
    ],
)
def test_one_bad_cell_is_refused_by_its_place(cells, expected):
    (place, code, message, hint), *others = problems(season(cells))

    if code == "unit-spelling":
        assert message.startswith("Đơn vị “Phòng Giáo dục và Đào tạo” ở trên viết là")
        assert {other[1] for other in others} == {"unit-spelling"}
    else:
        assert ((place, code, message, hint), others) == (expected, [])


def test_every_problem_of_every_sheet_comes_at_once():
    cells = {
        "Đăng ký!D3": "Nông nghiệp",
        "Đăng ký!K3": "31/02/2018",
        "Đăng ký!A9": "HL-2018-001",
        "Kết quả!J4": "nhiều",
        "Kết quả!A5": "HL-2018-999",
        "Hội đồng chấm III.3!C6": -1,
        "Ghi chú!A1": None,
    }

    assert [(place, code) for place, code, _, _ in problems(season(cells))] == [
        ("Đăng ký!D3", "value"),
        ("Đăng ký!K3", "value"),
        ("Đăng ký!A9", "duplicate-code"),
        ("Kết quả!J4", "value"),
        ("Hội đồng chấm III.3!C6", "value"),
        ("Kết quả!A5", "unregistered"),
        ("Kết quả!A9", "unregistered"),
    ]


def test_error_cell_is_refused_by_its_name():
    workbook = season({"Kết quả!J9": "#N/A"})

    assert problems(workbook)[0][:3] == (
        "Kết quả!J9",
        "error-cell",
        "Số hộ tham gia: Ô báo lỗi #N/A (không tìm thấy).",
    )


def test_results_alone_need_the_season_to_know_the_code():
    results = season(drop=("Đăng ký",))

    assert len(problems(results)) == 112
    codes = [f"HL-2018-{number:03}" for number in range(1, 113)]
    assert len(read(results, registered=codes).facts) == 112
    assert len(read(results, registered=None).places) == 112


def test_blank_cells_that_the_regulation_judges_are_taken_with_a_notice():
    cells = {f"Đăng ký!{column}3": None for column in "BDFIKL"} | {
        "Kết quả!J3": None,
        "Kết quả!J4": "",
    }

    intake = read(season(cells))

    assert intake.entries[1] == Entry(
        code="HL-2018-002",
        season="hl-2018",
        name="",
        unit="Thị đoàn Hồng Lĩnh",
        field="",
        level="thi-xa",
        kind="",
        host="Chi hội Cựu chiến binh",
        person="Đặng Thu Ý",
        expected="71 hộ thực hiện",
    )
    assert intake.facts["HL-2018-002"]["so_ho_tham_gia"] == ""
    assert [(n.place, n.message) for n in intake.notices if n.code == "blank"] == [
        ("Đăng ký!B1", "“Tên mô hình” để trống ở 1 hồ sơ: HL-2018-002."),
        ("Đăng ký!D1", "“Lĩnh vực” để trống ở 1 hồ sơ: HL-2018-002."),
        ("Đăng ký!F1", "“Loại hình” để trống ở 1 hồ sơ: HL-2018-002."),
        ("Đăng ký!I1", "“Địa chỉ thực hiện” để trống ở 1 hồ sơ: HL-2018-002."),
        ("Đăng ký!K1", "“Ngày bắt đầu” để trống ở 1 hồ sơ: HL-2018-002."),
        ("Đăng ký!L1", "“Ngày đăng ký” để trống ở 1 hồ sơ: HL-2018-002."),
        ("Kết quả!J1", "“Số hộ tham gia” để trống ở 2 hồ sơ: HL-2018-002, HL-2018-003."),
    ]


def test_titles_numbers_totals_and_signatures_around_a_list_are_passed_over():
    rows = [
        ["PHƯỜNG BẮC HỒNG"],
        ["DANH SÁCH ĐĂNG KÝ MÔ HÌNH “DÂN VẬN KHÉO” NĂM 2018"],
        [],
        ["STT", *HEADINGS, "Ghi chú"],
        [f"({number})" for number in range(1, 15)],
        [1, *registration("HL-1")],
        [],
        [2, *registration("HL-2", D="VHXH", E="TX", F="Tự quản", K=dt.date(2018, 3, 2), B="Cầu")],
        [3],
        [None, None, "Tổng cộng: 2 mô hình"],
        [None, None, None, None, None, None, None, "Người lập biểu"],
    ]

    intake = read(book(Sheet1=rows))

    assert [(e.code, e.field, e.level, e.kind, e.started_on) for e in intake.entries] == [
        ("HL-1", "kinh-te", "tinh", "tap-the", dt.date(2018, 3, 2)),
        ("HL-2", "van-hoa-xa-hoi", "thi-xa", "tu-quan", dt.date(2018, 3, 2)),
    ]
    assert [(notice.place, notice.code) for notice in intake.notices] == [
        ("Sheet1!N4", "unread-column"),
        ("Sheet1!B5", "aside"),
        ("Sheet1!B10", "aside"),
        ("Sheet1!B11", "aside"),
    ]


def test_csv_list_is_read_like_a_sheet():
    rows = [HEADINGS, registration("HL-1")]
    text = "\r\n".join(";".join(row) for row in rows)

    intake = read(("\ufeff" + text).encode(), file="Thị đoàn.csv")

    assert [(entry.code, entry.name) for entry in intake.entries] == [("HL-1", "Đường hoa phụ nữ")]


def test_same_code_on_two_registration_sheets_is_refused():
    data = book(
        Đăng_ký_1=[HEADINGS, registration("HL-1")], Đăng_ký_2=[HEADINGS, registration("HL-1")]
    )

    assert [(place, code) for place, code, _, _ in problems(data)] == [
        ("Đăng ký 2!A2", "duplicate-code")
    ]


def test_same_member_on_two_sheets_of_marks_is_refused():
    marks = [["Mã", "Ủy viên 1"], ["HL-1", 8]]
    data = book(Hội_đồng_1=marks, Hội_đồng_2=marks)

    assert [(place, code) for place, code, _, _ in problems(data, registered=["HL-1"])] == [
        ("Hội đồng 2!B2", "duplicate-mark")
    ]


def test_choice_and_yes_no_are_read_without_accents_and_in_any_case():
    cells = {
        "Kết quả!V9": "CAP TINH",
        "Kết quả!B9": "khong",
        "Kết quả!C9": True,
        "Kết quả!AA9": "cảnh  cáo",
    }

    facts = read(season(cells)).facts["HL-2018-008"]

    assert [facts[name] for name in ("cap_dua_tin", "ro_nguoi", "ro_viec", "ky_luat")] == [
        "tinh", "0", "1", "canh-cao",
    ]  # fmt: skip


def test_formula_text_in_a_name_stays_text():
    intake = read(book(Đăng_ký=[HEADINGS, registration("HL-1", H="@SUM(1)", J="+84 912")]))

    assert (intake.entries[0].person, intake.entries[0].expected) == ("@SUM(1)", "+84 912")


def test_workbook_with_nothing_to_take_in_is_refused():
    assert problems(book(Đăng_ký=[HEADINGS])) == [
        (
            "mùa 2018.xlsx",
            "nothing",
            "Không có hàng số liệu nào để nhập.",
            "Tệp cần có trang Đăng ký, Kết quả hoặc Hội đồng chấm với cột Mã.",
        )
    ]

"""One list of a unit: where its heading stands, how it is encoded, what is no entry."""

import datetime as dt

import pytest
from unit_lists import (
    FILE,
    FIRST,
    HEAD,
    READ,
    SECOND,
    csv_file,
    in_tcvn3,
    in_vni,
    old_workbook,
    refusals,
    told,
    unit_list,
    word_file,
    workbook,
)

from registry.intake.answers import Answers

TITLE = ("PHƯỜNG ĐẬU LIÊU",)
LIST = ("DANH SÁCH ĐĂNG KÝ MÔ HÌNH NĂM 2018",)
WHOLE = (TITLE, LIST, (), HEAD, FIRST, SECOND)


@pytest.mark.parametrize("above", range(12))
def test_heading_is_found_wherever_it_stands(above):
    rows = [TITLE, LIST, *[(f"(dòng {n})",) for n in range(above)]][:above]

    one = unit_list(workbook(*rows, HEAD, FIRST, SECOND))

    assert told(one) == READ
    assert one.sheets[0].heading_row == len(rows) + 1
    assert one.sheets[0].unit == "Phường Đậu Liêu"


@pytest.mark.parametrize(
    ("data", "file"),
    [
        (workbook(*WHOLE, font=".VnTime", convert=in_tcvn3), "a.xlsx"),
        (workbook(*WHOLE, font="VNI-Times", convert=in_vni), "a.xlsx"),
        (workbook(*WHOLE, font="VNI-Times"), "a.xlsx"),
        (old_workbook(*WHOLE), "a.xls"),
        (old_workbook(*WHOLE, font=".VnArial", convert=in_tcvn3), "a.xls"),
        (old_workbook(*WHOLE, font="VNI-Helve", convert=in_vni), "a.xls"),
        (word_file(HEAD, FIRST, SECOND, above=("PHƯỜNG ĐẬU LIÊU",)), "a.docx"),
        (
            word_file(
                HEAD,
                FIRST,
                SECOND,
                above=("PHƯỜNG ĐẬU LIÊU".lower(),),
                font=".VnTimeH",
                convert=lambda text: in_tcvn3(text.lower()),
            ),
            "hoa.docx",
        ),
        (csv_file(*WHOLE), "a.csv"),
        (csv_file(*WHOLE, delimiter=",", encoding="utf-8"), "a.csv"),
        (csv_file(*WHOLE, delimiter="\t", encoding="utf-16"), "a.tsv"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_same_list_is_read_from_every_form(data, file):
    one = unit_list(data, file=file)

    capitals = [tuple(v.upper() if at in (0, 4) else v for at, v in enumerate(r)) for r in READ]
    assert told(one) == (capitals if file == "hoa.docx" else READ)
    assert [sheet.unit for sheet in one.sheets] == ["Phường Đậu Liêu"]


def test_windows_1258_is_decoded_and_composed():
    text = "Tên mô hình;Lĩnh vực;Cấp đăng ký\nĐường hoa phụ nữ;Kinh tế;Cấp tỉnh\n"
    decomposed = text
    for letter, parts in {"ĩ": "i\u0303", "ự": "ư\u0323", "ấ": "â\u0301", "ờ": "ơ\u0300", "ụ": "u\u0323",
                          "ữ": "ư\u0303", "ế": "ê\u0301", "ỉ": "i\u0309", "ý": "y\u0301", "ì": "i\u0300"}.items():  # fmt: skip
        decomposed = decomposed.replace(letter, parts)

    one = unit_list(decomposed.encode("cp1258"), file="05 Phường Đậu Liêu.csv")

    assert [line.name for line in one.lines] == ["Đường hoa phụ nữ"]
    assert one.lines[0].values["level"] == "tinh"


@pytest.mark.parametrize(("convert", "encoding"), [(in_tcvn3, "tcvn3"), (in_vni, "vni")])
def test_encoding_without_a_font_is_guessed_and_waits_for_a_person(convert, encoding):
    data = csv_file(HEAD, FIRST, SECOND, encoding="cp1252", convert=convert)
    file = "05 Phường Đậu Liêu.csv"

    asked = unit_list(data, file=file)
    answered = unit_list(data, file=file, answers=Answers(encodings={file: encoding}))

    assert asked.lines == ()
    assert {code for _, code, _ in refusals(asked)} == {"encoding-guess"}
    assert {q.wording for row in asked.refused for q in row.questions} == {encoding}
    assert told(answered) == READ


def test_mixed_fonts_are_followed_cell_by_cell():
    import io

    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.load_workbook(io.BytesIO(workbook(HEAD, FIRST, SECOND)))
    for row, font, convert in ((2, ".VnTime", in_tcvn3), (3, "VNI-Times", in_vni)):
        for cell in book.active[row]:
            if isinstance(cell.value, str):
                cell.value, cell.font = convert(cell.value), Font(name=font)
    stream = io.BytesIO()
    book.save(stream)

    assert told(unit_list(stream.getvalue())) == READ


def test_two_line_heading_is_joined():
    upper = ("STT", "Tên mô hình", "Đăng ký", None, None, "Người", "Thời gian")
    lower = (None, None, "Lĩnh vực", "Cấp", "Loại hình", "phụ trách", "bắt đầu")

    one = unit_list(workbook(TITLE, upper, lower, FIRST, SECOND, merged=("C2:E2",)))

    assert told(one) == READ


def test_merged_value_belongs_to_every_row_it_covers():
    rows = [HEAD, FIRST, (2, "Tiếng mõ an ninh", None, None, "Tập thể", "Lê Nam", "2018-01-21")]

    one = unit_list(workbook(*rows, merged=("C2:C3", "D2:D3")))

    assert [(v[1], v[2]) for v in told(one)] == [("kinh-te", "thi-xa")] * 2


def test_groups_say_the_field_of_the_rows_below_them():
    head = ("STT", "Tên mô hình", "Cấp đăng ký", "Người phụ trách")
    rows = [
        head,
        ("I", "LĨNH VỰC KINH TẾ"),
        (1, "Đường hoa", "TX", "Lê An"),
        ("II", "Quốc phòng - an ninh"),
        (1, "Tiếng mõ", "tỉnh", "Lê Bình"),
    ]

    one = unit_list(workbook(*rows))

    assert [(line.name, line.values["field"]) for line in one.lines] == [
        ("Đường hoa", "kinh-te"),
        ("Tiếng mõ", "an-ninh-quoc-phong"),
    ]


@pytest.mark.parametrize(
    "aside",
    [
        (None, "Tổng cộng: 2 mô hình"),
        (None, "Cộng", 2),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
        HEAD,
        (3,),
        (None, None, None, None, None, "Hồng Lĩnh, ngày 25 tháng 3 năm 2018"),
        (None, None, None, None, None, "NGƯỜI LẬP BIỂU"),
    ],
)
def test_what_is_no_entry_is_passed_over(aside):
    one = unit_list(workbook(TITLE, HEAD, FIRST, aside, SECOND))

    assert (told(one), one.refused) == (READ, ())


def test_names_under_a_signature_are_no_entries():
    end = [(None, "Tổng cộng: 2"), (), (None, "NGƯỜI LẬP BIỂU"), (), (None, "Nguyễn Văn A")]

    one = unit_list(workbook(TITLE, HEAD, FIRST, SECOND, *end))

    assert (told(one), one.refused) == (READ, ())


def test_model_called_a_community_is_no_total():
    row = (None, "Cộng đồng tự quản", "KT", "TX", "Tập thể", "Lê An", "3/2018")

    one = unit_list(workbook(TITLE, HEAD, row))

    assert [line.name for line in one.lines] == ["Cộng đồng tự quản"]
    assert [str(n) for n in one.notices] == [
        "DS!G3: “3/2018” chỉ có tháng, lấy ngày 01/03/2018. [day]"
    ]


def test_formulas_dragged_down_are_told_once():
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(TITLE, HEAD, FIRST, SECOND)))
    for row in range(5, 550):
        cell = book.active.cell(row, 3, "#N/A")
        cell.data_type = "e"
    stream = io.BytesIO()
    book.save(stream)

    one = unit_list(stream.getvalue())

    assert (told(one), one.refused) == (READ, ())
    assert [n.message for n in one.notices] == ["545 hàng chỉ có công thức báo lỗi, bỏ qua."]


def test_row_is_refused_with_every_cell_that_is_wrong():
    rows = [
        (1, "Đường hoa", "Nông nghiệp", "TX", "Tập thể", "Lê An", "31/02/2018"),
        (2, None, "KT", None, "Dòng họ", "Lê Bình", "đầu năm"),
    ]

    one = unit_list(workbook(TITLE, HEAD, *rows))

    assert one.lines == ()
    assert [[p.code for p in row.problems] for row in one.refused] == [
        ["unknown-field", "value"],
        ["missing-name", "missing-level", "unknown-kind", "value"],
    ]
    assert next(cell for cell, _, _ in refusals(one)) == f"{FILE}:DS!C3"


def test_unknown_heading_is_asked_while_something_is_missing():
    head = ("STT", "Tên mô hình", "Lĩnh vực", "Cấp", "Đ/c chịu trách nhiệm chính")
    row = (1, "Đường hoa", "KT", "TX", "Lê An")
    data = workbook(TITLE, head, row)

    asked = unit_list(data)
    answered = unit_list(data, answers=Answers(headings={"d-c-chiu-trach-nhiem-chinh": "person"}))
    left_out = unit_list(data, answers=Answers(headings={"d-c-chiu-trach-nhiem-chinh": "bo-qua"}))

    assert [code for _, code, _ in refusals(asked)] == ["unknown-heading"]
    assert [q.wording for q in asked.refused[0].questions] == ["Đ/c chịu trách nhiệm chính"]
    assert answered.lines[0].values["person"] == "Lê An"
    assert ("phuong-dau-lieu", "heading", "d-c-chiu-trach-nhiem-chinh", "person") in answered.learnt
    assert "person" not in left_out.lines[0].values


def test_memory_answers_for_its_own_unit_only():
    row = (1, "Đường hoa", "ĐTH", "TX", "Tập thể", "Lê An", "2018-03-02")
    memory = {("phuong-dau-lieu", "field", "dth"): "van-hoa-xa-hoi"}

    own = unit_list(workbook(TITLE, HEAD, row), memory=memory)
    other = unit_list(
        workbook(("XÃ THUẬN LỘC",), HEAD, row), memory=memory, file="06 Xã Thuận Lộc.xlsx"
    )

    assert own.lines[0].values["field"] == "van-hoa-xa-hoi"
    assert [code for _, code, _ in refusals(other)] == ["unknown-field"]


def test_extra_columns_are_told_and_left_out():
    head = (*HEAD[:6], "Bắt đầu", "Đơn vị chủ trì", "Địa chỉ", "Kết quả", "Chỉ tiêu", "Ý kiến khác")
    row = (*FIRST, "Chi bộ", "Tổ 3", "10 hộ", "12 hộ", "hay")

    one = unit_list(workbook(TITLE, head, row))

    assert one.refused == ()
    assert [n.message for n in one.notices] == [
        "Cột “Kết quả” không nhập.",
        "Cột “Ý kiến khác” không nhập.",
    ]


def test_missing_level_may_be_filled_for_all():
    head, row = ("Tên mô hình", "Lĩnh vực", "Người phụ trách"), ("Đường hoa", "KT", "Lê An")
    data = workbook(TITLE, head, row)

    asked = unit_list(data)
    filled = unit_list(data, answers=Answers(fills={"level": "Cấp thị xã"}))

    assert [message for _, _, message in refusals(asked)] == ["Thiếu cột “Cấp đăng ký”."]
    assert filled.lines[0].values["level"] == "thi-xa"


@pytest.mark.parametrize(
    ("title", "file", "unit"),
    [
        ("PHƯỜNG BẮC HỒNG", "ds.xlsx", "Phường Bắc Hồng"),
        ("Đơn vị: P. Bắc Hồng", "ds.xlsx", "Phường Bắc Hồng"),
        ("ĐẢNG ỦY CÔNG AN THỊ XÃ", "07 Đảng ủy Công an thị xã.xlsx", "Đảng ủy Công an thị xã"),
        ("DANH SÁCH NĂM 2018", "3. Xã Thuận Lộc.xlsx", "Xã Thuận Lộc"),
        ("DANH SÁCH NĂM 2018", "Hoi_Nong dan.xlsx", "Hoi Nong dan"),
        ("DANH SÁCH MÔ HÌNH TRƯỜNG TIỂU HỌC NAM HỒNG", "ds.xlsx", "Trường Tiểu học Nam Hồng"),
    ],
)
def test_unit_is_found_in_the_title_or_the_name_of_the_file(title, file, unit):
    units = {"truong-tieu-hoc-nam-hong": "Trường Tiểu học Nam Hồng"}

    one = unit_list(workbook((title,), HEAD, FIRST), file=file, units=units)

    assert [line.unit for line in one.lines] == [unit]


def test_list_of_nobody_is_asked_about():
    asked = unit_list(workbook(HEAD, FIRST), file="danh sách.xlsx")
    answered = unit_list(
        workbook(HEAD, FIRST),
        file="danh sách.xlsx",
        answers=Answers(units={"danh sách.xlsx": "Xã Thuận Lộc"}),
    )

    assert [code for _, code, _ in refusals(asked)] == ["unknown-unit"]
    assert [line.unit for line in answered.lines] == ["Xã Thuận Lộc"]


def test_hidden_sheet_is_told_and_not_read():
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(TITLE, HEAD, FIRST, SECOND)))
    hidden = book.create_sheet("cũ")
    hidden.append(HEAD)
    hidden.append(FIRST)
    hidden.sheet_state = "hidden"
    book["DS"].row_dimensions[4].hidden = True
    stream = io.BytesIO()
    book.save(stream)

    one = unit_list(stream.getvalue())

    assert told(one) == READ
    assert [n.message for n in one.notices] == [
        "1 hàng đang ẩn vẫn được đọc.",
        "Trang ẩn “cũ” không đọc.",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21/01/2018", dt.date(2018, 1, 21)),
        ("2-3-18", dt.date(2018, 3, 2)),
        ("2018-03-02", dt.date(2018, 3, 2)),
        ("2.3.2018", dt.date(2018, 3, 2)),
        ("ngày 2 tháng 3 năm 2018", dt.date(2018, 3, 2)),
        ("tháng 3/2018", dt.date(2018, 3, 1)),
        (43101, dt.date(2018, 1, 1)),
        ("43101", dt.date(2018, 1, 1)),
        (dt.datetime(2018, 3, 2, 8, 30), dt.date(2018, 3, 2)),  # noqa: DTZ001
        (None, None),
    ],
)
def test_days_are_read_as_they_are_written(text, day):
    one = unit_list(workbook(TITLE, HEAD, (*FIRST[:6], text), SECOND))

    assert one.lines[0].values["started_on"] == day

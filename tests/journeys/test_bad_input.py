"""Workbooks with faults: each told with its place and what to do, and nothing written."""

import io
import re

import openpyxl
import pytest
from command_line import SEASON, WORKBOOK, ask, ask_all, english_in, files_in

ENTRIES, RESULTS, MARKS = "Đăng ký", "Kết quả", "Hội đồng chấm III.3"
ROWS = 9


@pytest.fixture(scope="module")
def small():
    """The real workbook, its first eight entries."""
    book = openpyxl.load_workbook(WORKBOOK)
    for title in (ENTRIES, RESULTS, MARKS):
        book[title].delete_rows(ROWS + 1, book[title].max_row)
    return _bytes(book)


@pytest.fixture
def altered(small, tmp_path):
    """``altered(change)``: the path of the small workbook after *change* was made to it."""

    def alter(change, name="sửa.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(small))
        change(book)
        path = tmp_path / name
        path.write_bytes(_bytes(book))
        return path

    return alter


def _bytes(book):
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def refused(folder, *words):
    """The answer to a command line that has to be refused and to leave *folder* as it was."""
    before = files_in(folder)
    answer = ask(*words)

    assert answer.code == 2, answer
    assert answer.out == ""
    assert "→" in answer.err
    assert re.search(r"[ăâđêôơưàáảãạ]", answer.err)
    assert english_in(answer.err) == []
    assert files_in(folder) == before
    return answer


def intake(db, path):
    return ("--db", db, "intake", "apply", path, "--season", SEASON, "--yes")


def put(title, cell, value):
    def change(book):
        book[title][cell].value = value

    return change


def drop(title, heading):
    def change(book):
        headings = [cell.value for cell in book[title][1]]
        book[title].delete_cols(headings.index(heading) + 1)

    return change


def without(*titles):
    def change(book):
        for title in titles:
            del book[title]

    return change


def repeat_a_code(book):
    book[ENTRIES]["A3"].value = book[ENTRIES]["A2"].value


CELLS = {
    "unknown field": (put(ENTRIES, "D5", "Kinh tê biển"), "Đăng ký!D5"),
    "unknown level": (put(ENTRIES, "E5", "Cấp huyện đảo"), "Đăng ký!E5"),
    "unknown kind": (put(ENTRIES, "F5", "Tập đoàn"), "Đăng ký!F5"),
    "31/02": (put(ENTRIES, "K7", "31/02/2018"), "Đăng ký!K7"),
    "31/02 without zero": (put(ENTRIES, "L7", "31/2/2018"), "Đăng ký!L7"),
    "mark 10,3": (put(MARKS, "B4", "10,3"), "Hội đồng chấm III.3!B4"),
    "mark 10.3": (put(MARKS, "C4", 10.3), "Hội đồng chấm III.3!C4"),
    "mark off its step": (put(MARKS, "D4", 7.3), "Hội đồng chấm III.3!D4"),
    "mark below nought": (put(MARKS, "D4", -0.5), "Hội đồng chấm III.3!D4"),
    "text for a number": (put(RESULTS, "J4", "nhiều"), "Kết quả!J4"),
    "negative number": (put(RESULTS, "J4", -3), "Kết quả!J4"),
    "half a household": (put(RESULTS, "J4", 3.5), "Kết quả!J4"),
    "neither yes nor no": (put(RESULTS, "B4", "Rồi"), "Kết quả!B4"),
    "unknown choice": (put(RESULTS, "V4", "Cấp tỉn"), "Kết quả!V4"),
    "formula without a value": (put(RESULTS, "J4", "=1/0"), "Kết quả!J4"),
    "result for a stranger": (put(RESULTS, "A9", "HL-2018-999"), "Kết quả!A9"),
    "marks for a stranger": (put(MARKS, "A9", "HL-2018-999"), "Hội đồng chấm III.3!A9"),
    "row without a code": (put(RESULTS, "A6", None), "Kết quả!A6"),
    "one column missing": (drop(RESULTS, "Số hộ tham gia"), "Kết quả!A1"),
    "unit column missing": (drop(ENTRIES, "Đơn vị đăng ký"), "Đăng ký!A1"),
    "code column missing": (drop(RESULTS, "Mã"), "Kết quả!A1"),
    "heading misspelt": (put(RESULTS, "J1", "Số hộ thma gia"), "Kết quả!J1"),
    "column twice": (put(RESULTS, "AE1", "Số hộ tham gia"), "Kết quả!AE1"),
}


@pytest.mark.parametrize(("change", "place"), CELLS.values(), ids=CELLS)
def test_fault_is_told_with_its_place(register, altered, tmp_path, change, place):
    answer = refused(tmp_path, *intake(register("opened"), altered(change)))

    assert [where for where, _ in answer.problems] == [place]
    assert "1 chỗ cần sửa, chưa ghi gì." in answer.err


def test_code_registered_twice_is_told_with_its_place(register, altered, tmp_path):
    answer = refused(tmp_path, *intake(register("opened"), altered(repeat_a_code)))

    assert "Đăng ký!A3" in [where for where, _ in answer.problems]


def test_all_faults_are_told_at_once(register, altered, tmp_path):
    single = [
        CELLS[name]
        for name in ("unknown field", "31/02", "mark 10,3", "neither yes nor no", "unknown choice")
    ]

    def all_of_them(book):
        for change, _ in single:
            change(book)

    answer = refused(tmp_path, *intake(register("opened"), altered(all_of_them)))

    assert sorted(where for where, _ in answer.problems) == sorted(place for _, place in single)
    assert "5 chỗ cần sửa" in answer.err


def test_sheets_without_their_headings_are_told_column_by_column(register, altered, tmp_path):
    def rename(book):
        for title in (ENTRIES, RESULTS, MARKS):
            for number, cell in enumerate(book[title][1], 1):
                cell.value = f"Cột {number}"

    answer = refused(tmp_path, *intake(register("opened"), altered(rename)))

    assert {where for where, _ in answer.problems} == {
        f"{one}!A1" for one in (ENTRIES, RESULTS, MARKS)
    }
    assert "Thiếu cột “Số hộ tham gia”" in answer.err


def test_results_without_a_register_are_told_row_by_row(register, altered, tmp_path):
    answer = refused(tmp_path, *intake(register("opened"), altered(without(ENTRIES))))

    assert [where for where, _ in answer.problems][:2] == ["Kết quả!A2", "Kết quả!A3"]
    assert {check for _, check in answer.problems} == {"unregistered"}


def test_workbook_without_any_table_is_refused(register, altered, tmp_path):
    path = altered(without(ENTRIES, RESULTS, MARKS), name="ghi chú.xlsx")
    answer = refused(tmp_path, *intake(register("opened"), path))

    assert [where for where, _ in answer.problems] == ["ghi chú.xlsx"]


def test_register_alone_is_taken_in(register, altered):
    path = altered(without(RESULTS, MARKS))

    assert ask_all(register("opened"), intake("", path)[2:])[0].out == (
        "sửa.xlsx: 8 mới, 0 giống hệt, 0 thay đổi.\n"
    )


def test_same_workbook_twice_plans_all_the_same(register, tmp_path):
    db = register("registered")
    planned = ask_all(db, ("intake", "plan", WORKBOOK, "--season", SEASON))[0]
    before = files_in(tmp_path)
    again = ask(*intake(db, WORKBOOK))

    assert planned.out == "hong-linh-2018.xlsx: 0 mới, 112 giống hệt, 0 thay đổi.\n"
    assert (again.code, again.out) == (2, "")
    assert again.err.startswith("112 hồ sơ giống hệt")
    assert files_in(tmp_path) == before


def test_changed_cell_is_planned_before_it_is_written(register, altered, tmp_path):
    db = register("registered")
    before = files_in(db.parent)
    path = altered(put(RESULTS, "J4", 1))
    planned = ask_all(db, ("intake", "plan", path, "--season", SEASON))[0]

    assert "1 thay đổi" in planned.out
    assert "HL-2018-003" in planned.out
    assert files_in(db.parent) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rỗng.xlsx", b""),
        ("cụt.xlsx", WORKBOOK.read_bytes()[:20_000]),
        ("ảnh.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("đời cũ.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("zip thường.xlsx", b"PK\x05\x06" + bytes(18)),
        ("rỗng.csv", b""),
        ("mã cũ.csv", "Mã;Tên\nA;Mô hình\n".encode("cp1258", "ignore") + b"\xe3\xff\n"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_file_that_is_no_workbook_is_refused(register, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    answer = refused(tmp_path, *intake(register("opened"), path))

    assert name in answer.err


@pytest.mark.parametrize("name", ["không có.xlsx", "-x.xlsx", "a'b “c” d.xlsx"])
def test_missing_file_is_refused(register, tmp_path, name):
    db = register("opened")
    answer = refused(
        tmp_path, "--db", db, "intake", "apply", "--season", SEASON, "--yes", "--", tmp_path / name
    )

    assert "không có tệp hoặc thư mục này" in answer.err


def test_folder_without_any_list_is_refused(register, tmp_path):
    answer = refused(tmp_path, *intake(register("opened"), tmp_path))

    assert "không có tệp nào để nhập" in answer.err


@pytest.mark.parametrize(
    "name", ["-bảng 'lạ' “của” ông.xlsx", " ; rm -rf $HOME.xlsx", "a!b:c.xlsx"]
)
def test_odd_names_are_read_as_they_are(register, altered, tmp_path, monkeypatch, name):
    altered(without(), name=name)
    db = register("opened")
    monkeypatch.chdir(tmp_path)
    answer = ask("--db", db, "intake", "apply", "--season", SEASON, "--yes", "--", name)

    assert (answer.code, answer.out) == (0, f"{name}: 8 mới, 0 giống hệt, 0 thay đổi.\n")


def test_without_consent_nothing_is_written(register, tmp_path):
    db = register("opened")
    before = files_in(tmp_path)
    answer = ask("--db", db, "intake", "apply", WORKBOOK, "--season", SEASON)

    assert answer.code == 2
    assert answer.err.endswith(
        "Chưa nhập: cần người đồng ý.\n    → Thêm --yes để nhập không hỏi.\n"
    )
    assert files_in(tmp_path) == before

"""Bytes to sheets: what is read, and what hostile workbooks come to."""

import datetime as dt
import importlib.util
import io
import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from intake_books import EXAMPLE, book, saved
from openpyxl.styles import PatternFill

from registry.errors import IntakeRefused
from registry.intake import sheets as sheets_module
from registry.intake.sheets import Cell, letters, read_csv, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{MAIN}">'


def with_part(data, name, content):
    """The workbook *data* with one of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        with new.open(name, "w", force_zip64=True) as stream:
            for piece in content:
                stream.write(piece.encode() if isinstance(piece, str) else piece)
    return out.getvalue()


def with_sheet(content):
    return with_part(book(S=[["x"]]), "xl/worksheets/sheet1.xml", content)


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


def refusal(data, file="mau.xlsx"):
    with pytest.raises(IntakeRefused) as refused:
        read_workbook(data, file=file)
    (problem,) = refused.value.problems
    return str(problem.place), problem.code


def test_season_workbook_is_read_sheet_by_sheet():
    sheets = read_workbook(EXAMPLE.read_bytes(), file=EXAMPLE.name)

    assert [(sheet.title, len(sheet.rows), len(sheet.rows[0])) for sheet in sheets] == [
        ("Đăng ký", 113, 12),
        ("Kết quả", 113, 30),
        ("Hội đồng chấm III.3", 113, 6),
        ("Ghi chú", 1, 1),
    ]
    assert sheets[1].rows[8][20] == Cell("19.9", "Kết quả!U9", is_number=True)
    assert sheets[0].rows[1][10] == Cell("2017-12-02", "Đăng ký!K2")
    assert sheets[2].rows[1][1] == Cell("", "Hội đồng chấm III.3!B2")


def test_values_become_the_text_a_reader_would_write():
    day, moment = dt.date(2018, 3, 31), dt.datetime(2018, 3, 31, 10, 30)  # noqa: DTZ001
    row = [12.0, 19.9, 1e-7, 1e21, 0.1 + 0.2, -3, True, day, moment, " Đường\n hoa ", "012"]

    (sheet,) = read_workbook(book(S=[row]), file="a.xlsx")

    assert texts(sheet) == [
        [
            "12", "19.9", "0.0000001", "1000000000000000000000", "0.3", "-3",
            "TRUE", "2018-03-31", "2018-03-31T10:30:00", "Đường hoa", "012",
        ]
    ]  # fmt: skip
    assert [cell.is_number for cell in sheet.rows[0]] == [True] * 6 + [False] * 5


def test_blank_rows_are_left_out_and_places_keep_their_row_numbers():
    (sheet,) = read_workbook(book(S=[["a"], [None], [" \u200b "], [None, "b"]]), file="a.xlsx")

    assert [[cell.place for cell in row] for row in sheet.rows] == [
        ["S!A1", "S!B1"],
        ["S!A4", "S!B4"],
    ]


def test_errors_and_uncalculated_formulas_are_faults_not_blanks():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "S"
    sheet["A1"], sheet["B1"], sheet["C1"] = "#N/A", "=SUM(1,2)", "x"
    sheet["A1"].data_type = "e"

    (sheet,) = read_workbook(saved(workbook), file="a.xlsx")

    assert [(cell.text, cell.fault) for cell in sheet.rows[0]] == [
        ("", "#N/A"),
        ("", "#FORMULA!"),
        ("x", ""),
    ]


def test_calculated_formulas_give_their_values():
    cells = (
        '<c r="A1"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c>'
    )
    data = with_sheet([f'{SHEET}<sheetData><row r="1">{cells}</row></sheetData></worksheet>'])

    (sheet,) = read_workbook(data, file="a.xlsx")

    assert [(cell.text, cell.fault) for cell in sheet.rows[0]] == [("0.3", ""), ("a", "")]


def test_text_that_looks_like_a_formula_stays_text():
    row = ["=cmd|'/c calc'!A0", "+1+1", "@SUM(1)", "-2+3"]
    workbook = openpyxl.Workbook()
    workbook.active.title = "S"
    for column, text in enumerate(row, 1):
        cell = workbook.active.cell(1, column, text)
        cell.data_type = "s"

    (sheet,) = read_workbook(saved(workbook), file="a.xlsx")

    assert texts(sheet) == [row]


def test_control_and_direction_characters_do_not_come_in():
    cell = '<c r="A1" t="inlineStr"><is><t>_x001B_[31m&#x202E;Lộc&#x200B;&#x9;An</t></is></c>'
    data = with_sheet([f'{SHEET}<sheetData><row r="1">{cell}</row></sheetData></worksheet>'])

    (sheet,) = read_workbook(data, file="a.xlsx")

    assert texts(sheet) == [["[31mLộc An"]]


def test_far_cell_is_refused_by_its_place():
    near, far = '<c r="A1"><v>1</v></c>', '<c r="XFD1048576"><v>2</v></c>'
    rows = f'<row r="1">{near}</row><row r="1048576">{far}</row>'
    data = with_sheet([f"{SHEET}<sheetData>{rows}</sheetData></worksheet>"])

    assert refusal(data) == ("S!XFD1048576", "far")


def test_row_beyond_excels_last_is_refused():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c><v>2</v></c></row>'
    data = with_sheet([f"{SHEET}<sheetData>{rows}</sheetData></worksheet>"])

    assert refusal(data) == ("99999999999", "far")


def test_reader_keeps_to_its_memory():
    formats = "".join(f'<xf numFmtId="{n % 97}" fontId="{n}"/>' for n in range(200_000))
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'
    data = with_part(book(S=[["x"]]), "xl/styles.xml", [styles])
    script = "import registry.intake.reader as r; r.MEMORY = 160 << 20; r.main()"

    done = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, check=False
    )

    # Windows lets a process set itself no limit: there the sizes of the parts are all there is.
    limited = importlib.util.find_spec("resource") is not None
    gave_up = done.returncode != 0 or json.loads(done.stdout).get("refused") == "memory"
    assert gave_up is limited


def test_reader_that_dies_is_a_refusal(monkeypatch, tmp_path):
    dying = tmp_path / "dying.py"
    dying.write_text("raise SystemExit(9)")
    monkeypatch.setattr(sheets_module.reader, "__file__", str(dying))

    assert refusal(book(S=[["x"]])) == ("mau.xlsx", "crashed")


def test_pictures_are_not_read():
    picture = with_part(book(S=[["x"]]), "xl/media/scan.jpg", [bytes(1 << 20)] * 18)

    assert texts(read_workbook(picture, file="a.xlsx")[0]) == [["x"]]


@pytest.mark.slow
def test_sheet_styled_to_the_last_row_is_accepted():
    def rows():
        yield f'{SHEET}<dimension ref="A1:J1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        for start in range(2, 1048577, 1000):
            stop = min(start + 1000, 1048577)
            yield "".join(
                f'<row r="{r}" s="1" customFormat="1"><c r="A{r}" s="0"/><c r="B{r}" s="0"></c></row>'
                for r in range(start, stop)
            )
        yield "</sheetData></worksheet>"

    (sheet,) = read_workbook(with_sheet(rows()), file="a.xlsx")

    assert texts(sheet) == [["1"]]


def test_formatted_but_empty_cells_are_nothing():
    workbook = openpyxl.Workbook()
    for row in range(1, 30):
        workbook.active.cell(row, 5).fill = PatternFill("solid", fgColor="FFFF00")
    workbook.active["B7"] = "x"

    (sheet,) = read_workbook(saved(workbook), file="a.xlsx")

    assert [[cell.place for cell in row] for row in sheet.rows] == [["Sheet!A7", "Sheet!B7"]]


@pytest.mark.slow
def test_zip_bombs_are_refused():
    def packed(megabytes):
        yield f'{SHEET}<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
        for _ in range(megabytes):
            yield b"A" * (1 << 20)
        yield "</t></is></c></row></sheetData></worksheet>"

    assert refusal(with_sheet(packed(60))) == ("mau.xlsx", "ratio")
    assert refusal(with_sheet(packed(450))) == ("mau.xlsx", "unpacked")
    assert refusal(with_part(book(S=[["x"]]), "xl/sharedStrings.xml", packed(18))) == (
        "mau.xlsx",
        "unpacked",
    )


def test_endless_row_is_refused():
    cells = "".join(f'<c r="A1"><v>{number}</v></c>' for number in range(300_000))
    data = with_sheet([f'{SHEET}<sheetData><row r="1">{cells}</row></sheetData></worksheet>'])

    assert refusal(data)[1] == "too-many"


def test_wide_and_long_sheet_is_refused():
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 6000))
    wide = '<row r="6000"><c r="IV6000"><v>1</v></c></row>'
    data = with_sheet([f"{SHEET}<sheetData>{rows}{wide}</sheetData></worksheet>"])

    assert refusal(data) == ("S", "too-many")


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"]
)
def test_declared_entities_are_refused(part):
    laughs = "".join(
        f'<!ENTITY {n} "{f"&{b};" * 10}">' for b, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "AAAAAAAAAA">{laughs}]><sst><si><t>&i;</t></si></sst>'

    assert refusal(with_part(book(S=[["x"]]), part, [bomb])) == ("mau.xlsx", "entities")


def test_many_parts_are_refused():
    out = io.BytesIO(book(S=[["x"]]))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2001):
            archive.writestr(f"xl/media/{number}.png", b"")

    assert refusal(out.getvalue()) == ("mau.xlsx", "parts")


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(book(S=[["x"]]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/worksheets/sheet1.xml", b"<worksheet/>")

    assert refusal(out.getvalue()) == ("mau.xlsx", "not-a-workbook")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-workbook"),
        (b"Ma;Ten", "not-a-workbook"),
        (b"PK\x03\x04 cut short", "not-a-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-excel"),
        (bytes(41 << 20), "too-large"),
    ],
)
def test_what_is_no_workbook_is_refused(data, code):
    assert refusal(data) == ("mau.xlsx", code)


def test_damaged_sheet_is_refused():
    assert refusal(with_sheet([f"{SHEET}<sheetData><row"])) == ("mau.xlsx", "not-a-workbook")


def test_missing_sheet_part_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    assert refusal(out.getvalue()) == ("mau.xlsx", "not-a-workbook")


def test_slow_reading_is_cut_off(monkeypatch):
    monkeypatch.setattr(sheets_module, "SECONDS", 0.01)

    assert refusal(book(S=[["x"]])) == ("mau.xlsx", "timeout")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_either_delimiter(encoding, delimiter):
    text = f'Mã{delimiter}Tên\r\n\r\nHL-1{delimiter}"a{delimiter}""b"""\r\n'

    sheet = read_csv(text.encode(encoding), file="danh sách.csv")

    between = " " if delimiter == "\t" else delimiter
    assert sheet.rows == (
        (Cell("Mã", "danh sách!A1"), Cell("Tên", "danh sách!B1")),
        (Cell("HL-1", "danh sách!A3"), Cell(f'a{between}"b"', "danh sách!B3")),
    )
    assert read_workbook(text.encode(encoding), file="danh sách.csv") == (sheet,)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"M\xe3;T\x81n\nHL-1;\xff\xfe\x8d", "not-utf-8"),
        (b'a;b\n"c;d', "csv"),
        (b"a;" * 300, "too-many"),
    ],
)
def test_faulty_csv_is_refused(data, code):
    assert refusal(data, "a.csv") == ("a.csv", code)


def test_letters_count_columns_as_excel_does():
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703, 16384)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_csv_of_one_list_column_is_split_by_its_headings():
    sheet = read_csv(b"code,phieu_iii_3\nA,8;8.5;;9;7\n", file="FACTS.csv")

    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["code", "phieu_iii_3"],
        ["A", "8;8.5;;9;7"],
    ]

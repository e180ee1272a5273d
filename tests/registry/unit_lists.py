"""Lists as units send them, for the tests of intake: drawn workbooks, and the twelve of 2018."""

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import xlwt
from intake_books import catalogue
from openpyxl.styles import Font

from registry.intake.answers import NO_ANSWERS
from registry.intake.list_words import read_list_words
from registry.intake.sheets import read_workbook
from registry.intake.unit_list import ListReader
from registry.intake.unit_plan import plan_lists
from registry.legacy import _TCVN3, _VNI
from registry.rulebook import RULES_DIR

TWELVE = Path(__file__).parents[2] / "examples" / "dang-ky-tu-don-vi"
FILE = "05 Phường Đậu Liêu.xlsx"
HEAD = ("STT", "Tên mô hình", "Lĩnh vực", "Cấp đăng ký", "Loại hình", "Người phụ trách", "Bắt đầu")
FIRST = (1, "Đường hoa phụ nữ tổ 3", "KT", "TX", "Tập thể", "Lê Thị Hoà", "02/03/2018")
SECOND = (
    2,
    "Tiếng trống học bài tổ 4",
    "VH-XH",
    "cấp tỉnh",
    "CN",
    "Võ Văn Yên",
    dt.date(2017, 4, 16),
)
READ = [
    ("Đường hoa phụ nữ tổ 3", "kinh-te", "thi-xa", "tap-the", "Lê Thị Hoà", dt.date(2018, 3, 2)),
    (
        *("Tiếng trống học bài tổ 4", "van-hoa-xa-hoi", "tinh", "ca-nhan", "Võ Văn Yên"),
        dt.date(2017, 4, 16),
    ),
]
ATTRIBUTES = ("name", "field", "level", "kind", "person", "started_on")

_TO_TCVN3 = {letter: chr(code) for code, letter in _TCVN3.items()}
_TO_VNI: dict[str, str] = {}
for piece, letter in _VNI.items():
    if letter not in _TO_VNI or piece.isupper() or piece.islower():
        _TO_VNI[letter] = piece


def in_tcvn3(text):
    """*text* as it is typed in .VnTime; capitals with a tone only exist in .VnTimeH."""
    return "".join(_TO_TCVN3.get(c, _TO_TCVN3.get(c.lower(), c)) for c in text)


def in_vni(text):
    return "".join(_TO_VNI.get(c, c) for c in text)


def workbook(*rows, font=None, title="DS", merged=(), convert=str):
    """An .xlsx list; *font* and *convert* for text in an old encoding."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            cell = sheet.cell(number, column, convert(value) if isinstance(value, str) else value)
            if font:
                cell.font = Font(name=font)
    for area in merged:
        sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def old_workbook(*rows, font="Arial", convert=str):
    """The same as an .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("DS")
    style, dated = xlwt.XFStyle(), xlwt.XFStyle()
    style.font.name = dated.font.name = font
    dated.num_format_str = "dd/mm/yyyy"
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write(number, column, convert(value), style)
            elif value is not None:
                sheet.write(number, column, value, dated if isinstance(value, dt.date) else style)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_file(*rows, encoding="utf-8-sig", delimiter=";", convert=str):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    for row in rows:
        told = [f"{v:%d/%m/%Y}" if isinstance(v, dt.date) else v for v in row]
        writer.writerow([convert(v) if isinstance(v, str) else v for v in told])
    return stream.getvalue().encode(encoding)


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(*rows, above=(), font="", convert=str, body=None):
    """A .docx with one table; ``body`` replaces everything in it."""
    run = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""

    def paragraph(text):
        return f"<w:p><w:r>{run}<w:t>{text}</w:t></w:r></w:p>"

    def cell(value):
        text = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value or "")
        return f"<w:tc>{paragraph(convert(text))}</w:tc>"

    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    titles = "".join(paragraph(convert(title)) for title in above)
    content = body if body is not None else f"{titles}<w:tbl>{lines}</w:tbl>"
    document = f'<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", document)
    return stream.getvalue()


def unit_list(data, *, file=FILE, answers=NO_ANSWERS, memory=None, units=None):
    """What one file says."""
    reader = ListReader(
        words=read_list_words(RULES_DIR / "catalogue"),
        catalogue=catalogue(),
        answers=answers,
        memory=memory or {},
        units=units or {},
    )
    sheets = read_workbook(data, file=file, encoding=answers.encoding_of(file))
    return reader.read(sheets, file=file)


def planned(*lists, stored=None, answers=NO_ANSWERS, season="hl-2018"):
    """What lists come to, beside the entries *stored*."""
    stored = stored or {}
    return plan_lists(
        lists,
        season=season,
        stored=stored,
        taken=tuple(stored),
        answers=answers,
        catalogue=catalogue(),
    )


def told(one):
    """The lines of a list, as tuples of what ATTRIBUTES names."""
    return [tuple(line.values.get(name) for name in ATTRIBUTES) for line in one.lines]


def refusals(one):
    """Its refusals: cell, code, message."""
    return [(row.cell, p.code, p.message) for row in one.refused for p in row.problems]

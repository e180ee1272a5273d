"""Workbooks for the tests of intake: small ones from rows, and the season's own with cells changed."""

import functools
import io
from pathlib import Path

import openpyxl

from registry.catalogue import read_catalogue
from registry.errors import IntakeRefused
from registry.intake.plan import read_intake
from registry.intake.sheets import read_workbook
from registry.rulebook import RULES_DIR, load_pack

EXAMPLE = Path(__file__).parents[2] / "examples" / "hong-linh-2018.xlsx"


@functools.cache
def catalogue():
    return read_catalogue(RULES_DIR / "catalogue")


@functools.cache
def pack():
    return load_pack(RULES_DIR / "dan-van-kheo-minh-hoa")


def saved(workbook):
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def book(**sheets):
    """A workbook of *sheets*: title to rows; a dash in a title stands as ``_``."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    return saved(workbook)


def season(cells=None, *, drop=(), columns=()):
    """The season's workbook with *cells* changed, sheets dropped, and columns deleted."""
    workbook = openpyxl.load_workbook(EXAMPLE)
    for place, value in (cells or {}).items():
        title, _, coordinate = place.partition("!")
        workbook[title][coordinate] = value
    for title, number in columns:
        workbook[title].delete_cols(number)
    for title in drop:
        del workbook[title]
    return saved(workbook)


def read(data, *, file="mùa 2018.xlsx", registered=()):
    """What the workbook says, read for the season ``hl-2018``."""
    sheets = read_workbook(data, file=file)
    return read_intake(
        sheets, catalogue=catalogue(), pack=pack(), season="hl-2018", registered=registered
    )


def problems(data, **how):
    """The problems a workbook is refused with, as (place, code, message, hint)."""
    try:
        read(data, **how)
    except IntakeRefused as refused:
        return [(str(p.place), p.code, p.message, p.hint) for p in refused.problems]
    return []


HEADINGS = (
    "Mã", "Tên mô hình", "Đơn vị đăng ký", "Lĩnh vực", "Cấp đăng ký", "Loại hình",
    "Tổ chức chủ trì", "Người phụ trách", "Địa chỉ thực hiện", "Kết quả đăng ký",
    "Ngày bắt đầu", "Ngày đăng ký",
)  # fmt: skip


def registration(code="HL-1", **changes):
    """One row of registrations under HEADINGS, with *changes* by column letter."""
    row = {
        "A": code, "B": "Đường hoa phụ nữ", "C": "Xã Thuận Lộc", "D": "Kinh tế", "E": "Cấp tỉnh",
        "F": "Tập thể", "G": "Chi bộ", "H": "Lê Bình", "I": "Thôn Chùa", "J": "10 hộ",
        "K": "02/03/2018", "L": "2018-02-06",
    }  # fmt: skip
    return list((row | changes).values())

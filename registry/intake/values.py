"""A cell to the canonical text that the register stores, or the reason it cannot be."""

from __future__ import annotations

import datetime as dt
import re

from registry.catalogue import Term, find_term, nearest_term
from registry.intake.sheets import Cell
from registry.vietnamese import slug
from scoring.facts import Fact, FactRefused, FactType, cell_of, read_fact

MOST_TEXT = 500
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)

_NUMBERS = frozenset({FactType.INTEGER, FactType.DECIMAL, FactType.MARKS})
_THOUSANDS = re.compile(r"[-+]?\d{1,3}([.,]\d{3})+")
_ENDLESS = re.compile(r"\.\d{10}")
_CODE = re.compile(r"[^\W_][\w./-]{0,39}")
_ABSENT = frozenset({"vang", "vang-mat"})
_EXCEL_FAULTS = {
    "#FORMULA!": "Ô là công thức chưa được tính.",
    "#N/A": "Ô báo lỗi #N/A (không tìm thấy).",
    "#DIV/0!": "Ô báo lỗi #DIV/0! (chia cho 0).",
}


def check_readable(cell: Cell) -> None:
    """Raises FactRefused when the cell holds an error of Excel's, or an endless text."""
    if cell.fault:
        message = _EXCEL_FAULTS.get(cell.fault, f"Ô báo lỗi {cell.fault}.")
        hint = "Mở tệp bằng Excel cho tính lại rồi lưu, hoặc gõ thẳng giá trị vào ô."
        raise FactRefused(message, hint)
    if len(cell.text) > MOST_TEXT:
        message = f"Ô dài {len(cell.text)} chữ, quá {MOST_TEXT}."
        raise FactRefused(message, "Rút gọn, ghi chi tiết vào báo cáo.")


def read_value(fact: Fact, cell: Cell) -> str:
    """The canonical text of *cell* for *fact*, ``""`` when empty. Raises FactRefused."""
    check_readable(cell)
    if fact.type in _NUMBERS and not cell.is_number and _THOUSANDS.fullmatch(cell.text):
        message = f"Không rõ “{cell.text}” là số có dấu ngăn nghìn hay số thập phân."
        raise FactRefused(message, "Gõ số không có dấu ngăn nghìn, ví dụ 1000.")
    if fact.type in _NUMBERS and cell.is_number and _ENDLESS.search(cell.text):
        hint = "Làm tròn trong bảng tính, ví dụ =ROUND(…; 2)."
        raise FactRefused(f"{cell.text} có quá nhiều chữ số thập phân.", hint)
    value = read_fact(fact, _as_choice(fact, cell.text))
    return "" if value is None else cell_of(value)


def read_mark(fact: Fact, cell: Cell) -> str:
    """One council member's mark, ``""`` when absent. Raises FactRefused."""
    if slug(cell.text) in _ABSENT:
        return ""
    if ";" in cell.text:
        raise FactRefused("Mỗi ô chỉ ghi điểm của một ủy viên.", "Tách ra từng cột.")
    return read_value(fact, cell)


def read_date(cell: Cell) -> dt.date | None:
    """The day in *cell*: a real date, ISO, or dd/mm/yyyy. Raises FactRefused."""
    text = read_value(Fact(id="", label="", type=FactType.DATE), cell)
    day = dt.date.fromisoformat(text) if text else None
    if day and not EARLIEST <= day <= LATEST:
        message = f"Năm {day.year} không thể đúng."
        raise FactRefused(message, "Ghi năm đủ bốn chữ số, ví dụ 31/03/2018.")
    return day


def read_code(cell: Cell) -> str:
    """The code (mã) of an entry as it stands. Raises FactRefused."""
    check_readable(cell)
    if cell.text and not _CODE.fullmatch(cell.text):
        message = f"Mã “{cell.text}” không dùng được."
        raise FactRefused(message, "Mã gồm chữ, số, gạch nối; không có dấu cách; dài tối đa 40.")
    return cell.text


def read_term(terms: tuple[Term, ...], cell: Cell, *, noun: str) -> str:
    """The id of the field, level or kind that *cell* names. Raises FactRefused."""
    check_readable(cell)
    if not cell.text:
        return ""
    if found := find_term(terms, cell.text):
        return found.id
    near = nearest_term(terms, cell.text)
    meant = f"Ý bạn là “{near.label}”? " if near else ""
    listed = "; ".join(term.label for term in terms)
    raise FactRefused(f"Không có {noun} “{cell.text}”.", f"{meant}Chọn một trong: {listed}.")


def _as_choice(fact: Fact, text: str) -> str:
    """The id of the choice whose label differs from *text* in nothing but typing, else *text*."""
    if fact.type is not FactType.CHOICE or text in fact.choices:
        return text
    same = [key for key, label in fact.choices.items() if slug(label) == slug(text) != ""]
    return same[0] if len(same) == 1 else text

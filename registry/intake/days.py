"""Days as units write them (ngày tháng): real dates, serial numbers, and many kinds of text."""

from __future__ import annotations

import datetime as dt
import re

from registry.intake.sheets import Cell
from registry.intake.values import EARLIEST, LATEST, check_readable
from registry.vietnamese import fold
from scoring.facts import FactRefused

_DAY = re.compile(
    r"(?:ngay )?(\d{1,2})\s*(?:[/.\-]|thang|/\s*thang)\s*(\d{1,2})\s*(?:[/.\-]|nam)\s*(\d{4}|\d{2})"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ][\d:.]+)?")
_MONTH = re.compile(r"(?:tu )?(?:thang )?(\d{1,2})\s*(?:[/.\-]|nam|,)\s*(?:nam )?(\d{4})")
_SINCE = dt.date(1899, 12, 30)
"""Day 0 of Excel's count, which takes 1900 for a leap year."""
_SERIALS = range(18_000, 73_051)
"""Serial numbers from 1949 to 2099: smaller ones are counts of something else."""
_HINT = "Viết ngày/tháng/năm, ví dụ 31/03/2018."


def read_day(cell: Cell) -> tuple[dt.date | None, str]:
    """The day in *cell*, and what was taken for granted about it. Raises FactRefused.

    A month alone counts from its first day, which is said, not hidden.
    """
    check_readable(cell)
    if not cell.text:
        return None, ""
    text = " ".join(fold(cell.text).split())
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    if serial and int(serial[1]) in _SERIALS:
        day = _SINCE + dt.timedelta(days=int(serial[1]))
        told = "" if cell.is_number else f"“{cell.text}” đọc là số ngày của Excel: {day:%d/%m/%Y}"
        return day, told
    if found := _DAY.fullmatch(text):
        return _date(found[3], found[2], found[1], cell.text), ""
    if found := _ISO.fullmatch(text):
        return _date(found[1], found[2], found[3], cell.text), ""
    if found := _MONTH.fullmatch(text):
        day = _date(found[2], found[1], "1", cell.text)
        return day, f"“{cell.text}” chỉ có tháng, lấy ngày {day:%d/%m/%Y}"
    raise FactRefused(f"“{cell.text}” không phải là ngày.", _HINT)


def _date(year: str, month: str, day: str, shown: str) -> dt.date:
    whole = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        found = dt.date(whole, int(month), int(day))
    except ValueError:
        raise FactRefused(f"Không có ngày {shown} trên lịch.", _HINT) from None
    if not EARLIEST <= found <= LATEST:
        raise FactRefused(f"Năm {found.year} không thể đúng.", _HINT)
    return found

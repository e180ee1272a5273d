"""Facts (số liệu): what a pack declares, and how a cell of text becomes a value and back."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scoring.numbers import format_number, with_unit
from scoring.problems import Place
from scoring.sheet import Value


class FactType(StrEnum):
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    TEXT = "text"
    MARKS = "marks"


_WHOSE = {
    "unit": "của cùng đơn vị",
    "members": "do chính hồ sơ này đăng ký với tư cách đơn vị",
    "self": "của chính mô hình này",
}
_SEASONS = {
    "same-year": "các đợt khác cùng năm",
    "previous-year": "các đợt năm trước",
    "earlier": "các đợt những năm trước",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRegister:
    """What a fact is counted from in the register itself (số lấy từ sổ), never typed."""

    whose: str
    """``unit``, ``members`` or ``self``: which entries of other seasons belong to this one."""
    seasons: str
    """``same-year``, ``previous-year`` or ``earlier``."""
    take: str = "count"
    """``count`` how many there are, or the last ``grade`` one got."""
    selection: str = ""
    grades: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """``số hồ sơ của cùng đơn vị ở các đợt khác cùng năm, được chọn ở lượt cong-nhan``."""
        what = "số hồ sơ" if self.take == "count" else "mức xếp loại gần nhất"
        told = [f"{what} {_WHOSE[self.whose]} ở {_SEASONS[self.seasons]}"]
        told += [f"được chọn ở lượt {self.selection}"] if self.selection else []
        for word, ids in (
            ("xếp loại", self.grades),
            ("cấp", self.levels),
            ("lĩnh vực", self.fields),
            ("loại hình", self.kinds),
        ):
            told += [f"{word} {' hoặc '.join(ids)}"] if ids else []
        return ", ".join(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact (số liệu) a pack asks for: what it is called, what it may be, who fills it in."""

    id: str
    label: str
    type: FactType
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    ask: str = "report"
    """Who fills it in: ``register`` (đăng ký, sổ), ``report`` (báo cáo), ``council`` (hội đồng)."""
    entry: str = ""
    """The attribute of the registered entry it is taken from; empty when it is reported."""
    register: FromRegister | None = None
    """What it is counted from in the register; None when somebody reports it."""
    optional: bool = False
    place: Place = field(default=Place("?"), compare=False)


class FactRefused(ValueError):
    """A cell does not hold what the fact declares."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} {hint}".strip())


_NUMBER = re.compile(r"[-+]?\d{1,15}([.,]\d{1,9})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YES = frozenset({"1", "có", "co", "x", "true", "đúng"})
_NO = frozenset({"0", "không", "khong", "false", "chưa"})


def read_fact(fact: Fact, cell: str) -> Value | None:
    """The value of *cell* (tidied text), None when it is empty. Raises FactRefused."""
    text = cell.strip()
    if not text:
        return None
    match fact.type:
        case FactType.INTEGER | FactType.DECIMAL:
            return _read_number(fact, text)
        case FactType.YES_NO:
            return _read_yes_no(text)
        case FactType.CHOICE:
            return _read_choice(fact, text)
        case FactType.DATE:
            return _read_date(text)
        case FactType.MARKS:
            marks = tuple(
                _read_number(fact, one.strip()) if one.strip() else None for one in text.split(";")
            )
            return marks if any(mark is not None for mark in marks) else None
        case FactType.TEXT:
            return text


def _read_number(fact: Fact, text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        hint = "Viết số, ví dụ 12 hoặc 12,5."
        if fact.type is FactType.MARKS:
            hint += " Nhiều phiếu cách nhau bằng dấu chấm phẩy: 8;8,5;;9, trống là vắng."
        raise FactRefused(f"“{text}” không phải là số.", hint)
    number = Decimal(text.replace(",", "."))
    if fact.type is FactType.INTEGER and number != number.to_integral_value():
        raise FactRefused(f"{_worded(number)} phải là số nguyên.", "Bỏ phần lẻ.")
    if fact.minimum is not None and number < fact.minimum:
        raise FactRefused(f"{_worded(number)} nhỏ hơn {_worded(fact.minimum)}.", _range_words(fact))
    if fact.maximum is not None and number > fact.maximum:
        raise FactRefused(f"{_worded(number)} lớn hơn {_worded(fact.maximum)}.", _range_words(fact))
    if fact.step is not None and (number - (fact.minimum or 0)) % fact.step:
        raise FactRefused(
            f"{_worded(number)} không theo bước {_worded(fact.step)}.", _range_words(fact)
        )
    return number.to_integral_value() if fact.type is FactType.INTEGER else number


def _range_words(fact: Fact) -> str:
    least = f"từ {_worded(fact.minimum)}" if fact.minimum is not None else ""
    most = f"đến {_worded(fact.maximum)}" if fact.maximum is not None else ""
    step = f", bước {_worded(fact.step)}" if fact.step is not None else ""
    words = " ".join(word for word in (least, most) if word)
    return f"{fact.label}: nhận {words or 'mọi số'}{step}."


def _worded(number: Decimal) -> str:
    return format_number(number, 9)


def _read_yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise FactRefused(f"“{text}” không phải Có hay Không.", "Ghi Có hoặc Không (hay 1, 0).")
    return word in _YES


def _read_choice(fact: Fact, text: str) -> str:
    if text in fact.choices:
        return text
    by_label = {label.casefold(): key for key, label in fact.choices.items()}
    if found := by_label.get(text.casefold()):
        return found
    near = difflib.get_close_matches(text.casefold(), by_label, n=1)
    listed = ", ".join(fact.choices.values())
    meant = f"Ý bạn là “{fact.choices[by_label[near[0]]]}”? " if near else ""
    raise FactRefused(f"Không có lựa chọn “{text}”.", f"{meant}Chọn một trong: {listed}.")


def _read_date(text: str) -> dt.date:
    hint = "Viết ngày/tháng/năm, ví dụ 31/03/2018."
    try:
        if found := _DAY_FIRST.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        return dt.date.fromisoformat(text[:10]) if _is_iso(text) else _no_date(text, hint)
    except ValueError as error:
        if isinstance(error, FactRefused):
            raise
        raise FactRefused(f"Không có ngày {text} trên lịch.", hint) from None


def _is_iso(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}([ T]00:00(:00)?)?", text) is not None


def _no_date(text: str, hint: str) -> dt.date:
    raise FactRefused(f"“{text}” không phải là ngày.", hint)


def cell_of(value: Value) -> str:
    """The canonical text of *value*: what the database, snapshots and FACTS.csv hold."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return _short(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ";".join("" if mark is None else _short(mark) for mark in value)
    return value


def _short(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def show(fact: Fact, value: Value | None) -> str:
    """*value* as a Vietnamese reader expects it, with its unit."""
    if value is None:
        return "chưa có"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Decimal):
        return with_unit(_worded(value), fact.unit)
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return "; ".join("vắng" if mark is None else _worded(mark) for mark in value)
    return fact.choices.get(value, value)

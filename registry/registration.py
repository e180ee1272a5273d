"""What a registration must state (phiếu đăng ký): the four clears, and what the pack asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from registry.audit import Json
from registry.catalogue import Catalogue, Term
from registry.entry import Entry
from registry.errors import RegistryError
from registry.intake.headings import CODE, HEADINGS
from registry.intake.sheets import Cell
from registry.intake.values import check_readable, read_date, read_term
from registry.vietnamese import slug, tidy
from scoring.facts import FactRefused
from scoring.problems import Problem
from scoring.rules import Pack

LABELS: Mapping[str, str] = {name: words[0] for name, words in HEADINGS.items() if name != CODE}
"""The fields of the form by attribute, worded as the headings of a workbook are."""

_FIELDS: Mapping[str, str] = {
    slug(wording): name for name in LABELS for wording in (name, *HEADINGS[name])
}

CLEARS: Mapping[str, tuple[str, str]] = {
    "person": ("Chưa rõ người", "Ghi họ tên người phụ trách."),
    "name": ("Chưa rõ việc", "Ghi tên mô hình: làm việc gì."),
    "address": ("Chưa rõ địa chỉ", "Ghi nơi thực hiện: tổ dân phố, thôn, trường, chợ nào."),
    "expected": ("Chưa rõ kết quả", "Ghi kết quả sẽ đạt, tốt nhất bằng con số."),
}
"""Bốn rõ: what every registration states, whatever the pack."""

_PLACED = ("unit", "field", "level", "kind")
_DAYS = frozenset({"started_on", "registered_on"})


class RegistrationUnfit(RegistryError):
    """A registration lacks something or says what cannot be. Carries every problem."""

    def __init__(self, problems: tuple[Problem, ...], *, what: str) -> None:
        self.problems = problems
        super().__init__(
            f"{what}: {len(problems)} chỗ cần sửa, chưa ghi gì.",
            hint="Sửa các chỗ nêu trên rồi làm lại; chưa đủ thì lưu bản nháp.",
        )


def read_form(
    given: Mapping[str, str], catalogue: Catalogue
) -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    """The values of a form's fields (ô của phiếu), and a problem for each that is not one.

    Fields are named by attribute or as a heading of a list words them, accents or not.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, text in given.items():
        name = _FIELDS.get(slug(field))
        if name is None:
            known = ", ".join(LABELS.values())
            message = f"Phiếu không có ô “{tidy(field)}”."
            problems.append(Problem(tidy(field), "unknown", message, f"Có: {known}."))
            continue
        try:
            values[name] = _reader(name, catalogue)(Cell(tidy(text), LABELS[name]))
        except FactRefused as refused:
            problems.append(Problem(LABELS[name], "unfit", refused.message, refused.hint))
    return values, tuple(problems)


def registration_problems(entry: Entry, pack: Pack | None) -> tuple[Problem, ...]:
    """Everything *entry* lacks to be registered; *pack* is the season's, where one is pinned."""
    return tuple(_problems(entry, pack))


def entry_changes(before: Entry, after: Entry, label_of: Callable[[str], str]) -> list[Json]:
    """What of the form differs (chỗ sửa): code, field, before and after, as the log tells it."""
    changes: list[Json] = []
    for name, label in LABELS.items():
        old, new = (_worded(name, getattr(one, name), label_of) for one in (before, after))
        if old != new:
            changes.append([after.code, label, old, new])
    return changes


def _worded(name: str, value: str | dt.date | None, label_of: Callable[[str], str]) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return label_of(value) if value and name in ("field", "level", "kind") else value or ""


def _problems(entry: Entry, pack: Pack | None) -> Iterator[Problem]:
    for name in _PLACED:
        if not getattr(entry, name):
            hint = f"Ghi {LABELS[name].lower()}."
            yield Problem(LABELS[name], "missing", f"Chưa có {LABELS[name].lower()}.", hint)
    for name, (lack, hint) in CLEARS.items():
        if not any(char.isalnum() for char in getattr(entry, name)):
            yield Problem(LABELS[name], "not-clear", f"{lack}: ô {LABELS[name]} trống.", hint)
    if pack is not None:
        yield from _pack_problems(entry, pack)


def _pack_problems(entry: Entry, pack: Pack) -> Iterator[Problem]:
    for fact in pack.facts.values():
        name = fact.entry
        if not name or name in _PLACED or name in CLEARS or fact.optional:
            continue
        if getattr(entry, name) is None:
            message = f"Chưa có {fact.label.lower()}; bộ quy tắc {pack.id} cần để xét."
            yield Problem(LABELS[name], "missing", message, "Ghi ngày/tháng/năm.")
    for fact in pack.facts.values():
        if fact.entry == "field" and entry.field and fact.choices.get(entry.field) is None:
            known = "; ".join(fact.choices.values())
            message = f"Bộ quy tắc {pack.id} không có lĩnh vực này."
            yield Problem(LABELS["field"], "unfit", message, f"Chọn một trong: {known}.")


def _reader(name: str, catalogue: Catalogue) -> Callable[[Cell], Any]:
    if name in _DAYS:
        return read_date
    terms: dict[str, tuple[Term, ...]] = {
        "field": catalogue.fields,
        "level": catalogue.levels,
        "kind": catalogue.kinds,
    }
    if name in terms:
        return lambda cell: read_term(terms[name], cell, noun=LABELS[name].lower())
    return _read_text


def _read_text(cell: Cell) -> str:
    check_readable(cell)
    return cell.text

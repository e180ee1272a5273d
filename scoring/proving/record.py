"""Real entries frozen as cases (ghi lại hồ sơ thật làm ca kiểm thử), with the names taken out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.case_runs import run_case
from scoring.cases import Case
from scoring.facts import Fact, FactType
from scoring.numbers import format_points
from scoring.problems import Place
from scoring.proving.case_text import difference, item
from scoring.proving.proposals import Proposal, points_of
from scoring.rules import Pack
from scoring.score import score
from scoring.sheet import Facts, ScoreSheet, Value
from scoring.source import read_source

HEAD = "# Hồ sơ thật của các đợt, đã bỏ tên, ghi bằng dvk rules record.\ncases:\n"
_NEUTRAL = {"name": "Mô hình A", "address": "Địa chỉ A", "unit": "Đơn vị A"}


class NotAppended(ValueError):
    """A case cannot be written at the end of the file as it stands."""


def without_names(pack: Pack, facts: Facts) -> dict[str, Value]:
    """*facts* with every text replaced by a neutral one: nobody is recognised by it."""
    return {name: _neutral(pack.facts[name], value) for name, value in facts.items()}


def _neutral(fact: Fact, value: Value) -> Value:
    return _NEUTRAL.get(fact.entry, "Nội dung A") if fact.type is FactType.TEXT else value


def record(
    pack: Pack, facts: Facts, *, base: Facts, peers: Mapping[str, Fraction], number: int
) -> tuple[Proposal, bool]:
    """The entry as a case, and whether it comes out without its names as it did with them."""
    sheet = score(pack, "", facts, peers=peers)
    kept = without_names(pack, facts)
    grade = pack.grade(sheet.grade)
    told = grade.label if grade is not None else "không xét"
    # A name must not look like a number to YAML, nor carry anything of the entry's own.
    name = f"thực tế {number}: {format_points(sheet.total)} điểm, {told}"
    expect = _expected(sheet)
    seen = {name: _settled(value) for name, value in peers.items()}
    case = Case(
        name=name,
        expect=expect,
        facts=kept,
        at=pack.on,
        peers={name: Fraction(value) for name, value in seen.items()},
        place=Place("?"),
    )
    given = difference(kept, base)
    text = item(name, {"at": pack.on, "given": given, "peers": seen, "expect": expect})
    return Proposal(text, case), not run_case(pack, case)


def _settled(value: Fraction) -> Decimal:
    return round(Decimal(value.numerator) / Decimal(value.denominator), 9)


def _expected(sheet: ScoreSheet) -> dict[str, Any]:
    """Everything a case can hold an entry to: every criterion, total, grade, failed gates."""
    lines = {line.id: line.points for line in points_of(sheet) if line.is_leaf}
    lines |= {one.id: one.points for one in (sheet.bonus, sheet.penalty)}
    return {
        **lines,
        "total": sheet.total,
        "grade": sheet.grade,
        "gates": list(sheet.failed_gates),
    }


def appended(text: str, case: str) -> str:
    """The file *text* with *case* as the last of its cases; not a letter of the rest is touched.

    Raises:
        NotAppended: the list of cases is not the last thing in the file.
        PackError: the file cannot be read.
    """
    if not text.strip():
        return HEAD + _indented(case, 2)
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    end = "\r\n" if "\r\n" in text else "\n"
    before = read_source(text, file="tests")
    listed = before.value.get("cases") if isinstance(before.value, dict) else None
    if not isinstance(listed, list) or not listed or [*before.value][-1] != "cases":
        raise NotAppended
    indent = before.place(("cases", 0)).column - 3
    whole = text if text.endswith("\n") else text + end
    whole += _indented(case, max(indent, 0)).replace("\n", end)
    after = read_source(whole, file="tests").value
    added = read_source(f"cases:\n{_indented(case, 2)}", file="case").value["cases"]
    if after != {**before.value, "cases": [*listed, *added]}:
        raise NotAppended
    return mark + whole


def _indented(case: str, width: int) -> str:
    return "".join(f"{' ' * width}{line}\n" for line in case.splitlines())

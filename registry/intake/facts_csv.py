"""FACTS.csv: one row of facts an entry, column ``code``; no register needed (bảng số liệu)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from registry.errors import IntakeRefused
from registry.intake.sheets import Cell, Sheet
from registry.intake.values import check_readable
from registry.vietnamese import slug
from scoring.facts import Fact, FactRefused, read_fact
from scoring.problems import Problem
from scoring.rules import Pack
from scoring.sheet import Facts, Value

CODE = ("code", "mã")


@dataclass(frozen=True, slots=True)
class FactTable:
    """Facts by code, and what was odd about the table without being wrong."""

    season: Mapping[str, Facts]
    notices: tuple[Problem, ...]


def read_facts_csv(sheet: Sheet, pack: Pack) -> FactTable:
    """The facts of every entry in *sheet*. Raises IntakeRefused with every problem, by cell.

    A column is named by a fact's id or by its label. Cells are canonical: decimals with a point
    or a comma, dates ISO or dd/mm/yyyy, yes/no 1/0, choices by id, marks ``8;8.5;;9;7``.
    """
    if not sheet.rows:
        problem = Problem(sheet.file, "empty", "Tệp không có dòng nào.", "Hàng đầu là tên cột.")
        raise IntakeRefused((problem,), file=sheet.file)
    problems: list[Problem] = []
    notices: list[Problem] = []
    columns = columns_of(sheet.rows[0], pack, problems, notices)
    season: dict[str, dict[str, Value]] = {}
    for row in sheet.rows[1:] if -1 in columns.values() else ():
        code = row[next(at for at, fact in columns.items() if fact == -1)]
        fault = _fault_of(code, season)
        problems += fault
        facts = _facts(row, columns, problems)
        if not fault:
            season[code.text] = facts
    if problems:
        raise IntakeRefused(tuple(problems), file=sheet.file)
    return FactTable(season, tuple(notices))


def _fault_of(code: Cell, season: Mapping[str, Facts]) -> list[Problem]:
    """What is wrong with a row's code. Any text will do: nothing is kept under it."""
    if not code.text:
        hint = "Ghi mã vào cột code, hoặc xóa hàng này."
        return [Problem(code.place, "no-code", "Hàng này không có mã.", hint)]
    if code.text in season:
        message = f"Mã {code.text} đã có ở hàng trên."
        return [Problem(code.place, "duplicate", message, "Mỗi mã chỉ một hàng: bỏ bớt.")]
    return []


def columns_of(
    head: tuple[Cell, ...], pack: Pack, problems: list[Problem], notices: list[Problem]
) -> dict[int, Fact | int]:
    """What each column holds by its index: a fact, or -1 for the code."""
    by_name: dict[str, Fact | int] = {slug(fact.label): fact for fact in pack.facts.values()}
    by_name |= {slug(fact.id): fact for fact in pack.facts.values()}
    by_name |= {slug(name): -1 for name in CODE}
    found: dict[int, Fact | int] = {}
    for at, cell in enumerate(head):
        held = by_name.get(slug(cell.text))
        if held is None:
            near = difflib.get_close_matches(cell.text, [*pack.facts, "code"], n=1)
            hint = f"Ý bạn là “{near[0]}”?" if near else "Cột này bị bỏ qua."
            notices.append(
                Problem(cell.place, "unknown-column", f"Không có số liệu “{cell.text}”.", hint)
            )
        elif held in found.values():
            problems.append(
                Problem(cell.place, "duplicate", f"Cột “{cell.text}” có hai lần.", "Giữ một.")
            )
        else:
            found[at] = held
    missing = [
        fact.id for fact in pack.facts.values() if fact not in found.values() and not fact.optional
    ]
    if -1 not in found.values():
        missing.insert(0, "code")
    if missing:
        message = f"Thiếu {len(missing)} cột: {', '.join(missing)}."
        problems.append(
            Problem(head[0].place, "no-column", message, "Thêm cột; chưa có số liệu thì để trống.")
        )
    return found


def _facts(
    row: tuple[Cell, ...], columns: Mapping[int, Fact | int], problems: list[Problem]
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for at, fact in columns.items():
        if isinstance(fact, int):
            continue
        cell = row[at]
        try:
            check_readable(cell)
            value = read_fact(fact, cell.text)
        except FactRefused as refused:
            problems.append(
                Problem(cell.place, "fact", f"{fact.label}: {refused.message}", refused.hint)
            )
            continue
        if value is not None:
            found[fact.id] = value
    return found

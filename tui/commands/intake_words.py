"""A plan of taking files in, as a secretary reads it and as a program does (dự kiến nhập)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from registry.errors import IntakeRefused
from tui.commands import say

if TYPE_CHECKING:
    from registry.intake.batch import BatchPlan
    from registry.intake.list_rows import LineRefused
    from registry.intake.plan import IntakePlan
    from registry.intake.unit_plan import LookAlike, PlannedLine
    from scoring.problems import Problem

MOST_SHOWN = 20


def show_plan(plan: BatchPlan, *, as_json: bool) -> None:
    """The plan on stdout; what is only worth knowing, on stderr."""
    for office in plan.offices:
        for notice in office.notices:
            say.note(f"Lưu ý {notice}")
    for file, notice in plan.lists.notices:
        say.note(f"Lưu ý {file}:{notice}" if str(notice.place) != file else f"Lưu ý {notice}")
    if as_json:
        say.out_json(_json(plan))
        return
    for office in plan.offices:
        _show_office(office)
    if plan.lists.sheets or plan.lists.refused:
        _show_lists(plan)
    _show_refused((*plan.refused, *plan.lists.refused))
    _show_look_alikes(plan.lists.look_alike)


def show_problems(plan: BatchPlan) -> None:
    """What would be left out, on stderr."""
    for row in (*plan.refused, *plan.lists.refused):
        for problem in row.problems:
            say.note(_placed(row, problem))
    for pair in plan.lists.look_alike:
        say.note(f"{pair.line.cell}: nghi trùng với {_other_of(pair)}. [look-alike]")


def as_json_of(refused: IntakeRefused) -> dict[str, Any]:
    """A file that is refused whole, in the form every plan has."""
    file = refused.file
    rows = [_problem_item(file, problem) for problem in refused.problems]
    empty: dict[str, Any] = {"files": [file], "new": [], "same": [], "changed": []}
    return empty | {"refused": rows, "look_alike": [], "notices": []}


# For a reader --------------------------------------------------------------------------------


def _show_office(office: IntakePlan) -> None:
    codes = office.changed_codes
    say.out(
        f"{office.file}: {len(office.new)} mới, {len(office.same)} giống hệt, "
        f"{len(codes)} thay đổi."
    )
    _show_changes(office.changed)


def _show_lists(plan: BatchPlan) -> None:
    lists = plan.lists
    refused = len(lists.refused) + len(plan.refused)
    files = {file for file, _ in lists.sheets} | {row.file for row in lists.refused}
    parts = [
        f"{len(lists.new)} mới",
        f"{len(lists.same)} giống hệt",
        f"{len({one.entry.code for one in lists.changed})} thay đổi",
        f"{refused} từ chối",
        f"{len(lists.look_alike)} nghi trùng",
    ]
    name = next(iter(files)) if len(files) == 1 else f"{len(files)} tệp"
    say.out(f"{name}: {', '.join(parts)}.")
    if lists.sheets:
        say.out()
        say.out(say.table(_sheet_rows(plan), right=frozenset({3, 4, 5})))
    _show_changes([change for one in lists.changed for change in one.changes])


def _sheet_rows(plan: BatchPlan) -> Iterator[tuple[str, ...]]:
    lists = plan.lists
    new = Counter(one.line.file for one in lists.new)
    there = Counter(one.line.file for one in (*lists.same, *lists.changed))
    left = Counter(row.file for row in lists.refused)
    left += Counter(pair.line.file for pair in lists.look_alike)
    yield ("Tệp", "Đơn vị", "Bảng", "Mới", "Đã có", "Để lại", "Mã")
    codes: dict[str, list[str]] = {}
    for one in lists.new:
        codes.setdefault(one.line.file, []).append(one.entry.code)
    for file, sheet in lists.sheets:
        letters = f", chữ {', '.join(sheet.encodings)}" if sheet.encodings else ""
        where = f"{sheet.title}, tiêu đề hàng {sheet.heading_row}{letters}"
        given = codes.get(file, [])
        span = f"{given[0]} … {given[-1]}" if len(given) > 1 else "".join(given)
        yield (
            file, sheet.unit, where, str(new[file]), str(there[file]), str(left[file]), span
        )  # fmt: skip


def _show_changes(changes: Iterable[Any]) -> None:
    changes = tuple(changes)
    for change in changes[:MOST_SHOWN]:
        say.out(f"  {change}")
    if len(changes) > MOST_SHOWN:
        say.out(f"  … và {len(changes) - MOST_SHOWN} chỗ khác (xem đủ bằng --json)")


def _show_refused(rows: tuple[LineRefused, ...]) -> None:
    if not rows:
        return
    say.out()
    say.out(f"Từ chối ({len(rows)}), không vào sổ:")
    for row in rows[:MOST_SHOWN]:
        if row.name:
            say.out(f"  “{row.name}”")
        for problem in row.problems:
            say.out(f"  {_placed(row, problem)}")
    if len(rows) > MOST_SHOWN:
        say.out(f"  … và {len(rows) - MOST_SHOWN} hàng khác (xem đủ bằng --json)")


def _placed(row: LineRefused, problem: Problem) -> str:
    place = str(problem.place)
    where = place if place == row.file else f"{row.file}:{place}"
    hint = f"\n      → {problem.hint}" if problem.hint else ""
    return f"{where}: {problem.message} [{problem.code}]{hint}"


def _show_look_alikes(pairs: tuple[LookAlike, ...]) -> None:
    if not pairs:
        return
    say.out()
    say.out(f"Nghi trùng ({len(pairs)}), để lại chờ quyết:")
    for pair in pairs[:MOST_SHOWN]:
        say.out(f"  {pair.line.cell}: giống {_other_of(pair)}")
        say.out(say.table(side_by_side(pair)))
        say.out(f'      → Hai mô hình khác nhau: --accept-look-alike "{pair.line.cell}"')
        say.out(f'      → Là một: --same-look-alike "{pair.line.cell}"')
    if len(pairs) > MOST_SHOWN:
        say.out(f"  … và {len(pairs) - MOST_SHOWN} cặp khác (xem đủ bằng --json)")


def side_by_side(pair: LookAlike) -> Iterator[tuple[str, ...]]:
    """What the two say, line beside line; where they differ is marked."""
    yield ("      ", "", "hàng này", "mô hình kia")
    for name, label in (
        ("name", "Tên"),
        ("person", "Phụ trách"),
        ("host", "Chủ trì"),
        ("address", "Địa chỉ"),
        ("expected", "Kết quả"),
    ):
        mine, its = pair.line.values.get(name) or "", pair.other.get(name) or ""
        if mine or its:
            yield ("      ", label, str(mine), str(its) if mine != its else "như trên")


def _other_of(pair: LookAlike) -> str:
    where = f" ({pair.other_cell})" if pair.other_cell else " trong sổ"
    return f"{pair.other_code}{where}"


# For a program -------------------------------------------------------------------------------


def _json(plan: BatchPlan) -> dict[str, Any]:
    lists = plan.lists
    files = dict.fromkeys(file for file, _ in lists.sheets)
    files |= dict.fromkeys(row.file for row in (*plan.refused, *lists.refused))
    files |= dict.fromkeys(office.file for office in plan.offices)
    return {
        "files": sorted(files),
        "new": [*map(_line_item, lists.new), *_office_items(plan, "new")],
        "same": [*map(_line_item, lists.same), *_office_items(plan, "same")],
        "changed": [*map(_changed_item, lists.changed), *_office_changed(plan)],
        "refused": [_refused_item(row) for row in (*plan.refused, *lists.refused)],
        "look_alike": [_pair_item(pair) for pair in lists.look_alike],
        "notices": [
            {"file": file, "place": str(one.place), "code": one.code, "message": one.message}
            for file, one in _notices(plan)
        ],
    }


def _notices(plan: BatchPlan) -> Iterator[tuple[str, Problem]]:
    yield from plan.lists.notices
    for office in plan.offices:
        for notice in office.notices:
            yield office.file, notice


def _line_item(one: PlannedLine) -> dict[str, Any]:
    line, entry = one.line, one.entry
    return {
        "code": entry.code,
        "name": entry.name,
        "unit": entry.unit,
        "file": line.file,
        "cell": line.cell,
        "person": entry.person,
        "field": entry.field,
        "level": entry.level,
        "kind": entry.kind,
        "started_on": entry.started_on.isoformat() if entry.started_on else None,
    }


def _changed_item(one: PlannedLine) -> dict[str, Any]:
    changes = [{"what": c.what, "before": c.before, "after": c.after} for c in one.changes]
    return _line_item(one) | {"changes": changes}


def _office_item(office: IntakePlan, code: str) -> dict[str, Any]:
    entry, place = office.told[code], office.places.get(code, "")
    return {
        "code": code,
        "name": entry.name,
        "unit": entry.unit,
        "file": office.file,
        "cell": f"{office.file}:{place}" if place else office.file,
    }


def _office_items(plan: BatchPlan, which: str) -> Iterator[dict[str, Any]]:
    for office in plan.offices:
        codes = office.new if which == "new" else office.same
        yield from (_office_item(office, code) for code in codes)


def _office_changed(plan: BatchPlan) -> Iterator[dict[str, Any]]:
    for office in plan.offices:
        told: dict[str, list[Mapping[str, str]]] = {}
        for c in office.changed:
            change = {"what": c.what, "before": c.before, "after": c.after}
            told.setdefault(c.code, []).append(change)
        for code, changes in told.items():
            yield _office_item(office, code) | {"changes": changes}


def _refused_item(row: LineRefused) -> dict[str, Any]:
    first = row.problems[0]
    return {
        "code": first.code,
        "name": row.name,
        "unit": row.unit,
        "file": row.file,
        "cell": row.cell,
        "reason": " ".join(problem.message for problem in row.problems),
        "hint": " ".join(dict.fromkeys(one.hint for one in row.problems if one.hint)),
        "problems": [_problem_item(row.file, problem) for problem in row.problems],
    }


def _problem_item(file: str, problem: Problem) -> dict[str, Any]:
    place = str(problem.place)
    return {
        "code": problem.code,
        "file": file,
        "cell": file if place in ("", file) else f"{file}:{place}",
        "reason": problem.message,
        "hint": problem.hint,
    }


def _pair_item(pair: LookAlike) -> dict[str, Any]:
    line = pair.line
    other = {
        "code": pair.other_code,
        "name": pair.other.get("name", ""),
        "person": pair.other.get("person", ""),
        "cell": pair.other_cell,
    }
    return {
        "code": "look-alike",
        "name": line.name,
        "unit": line.unit,
        "file": line.file,
        "cell": line.cell,
        "person": line.values.get("person", ""),
        "reason": f"Giống {_other_of(pair)}.",
        "hint": f'Hai mô hình khác nhau: --accept-look-alike "{line.cell}"; '
        f'là một: --same-look-alike "{line.cell}".',
        "other": other,
    }

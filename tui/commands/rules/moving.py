"""Moves as lines of text (ai đổi kết quả): one sentence an entry, then counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from scoring.comparing.changes import RuleChange
from scoring.comparing.moves import Comparison, Move, SelectionMoved, tally, tally_causes
from scoring.facts import show
from scoring.numbers import format_number, format_points
from scoring.rules import Pack
from scoring.sheet import Facts, Outcome

_OUTCOMES = {
    "": "không thuộc diện xét",
    Outcome.CHOSEN: "được chọn",
    Outcome.DISPLACED: "vướng chỉ tiêu",
    Outcome.BEYOND: "hết chỉ tiêu",
    Outcome.TIED: "chờ bỏ phiếu",
    Outcome.WAITING: "chờ người xếp trên",
    Outcome.UNMET: "không đạt yêu cầu",
}


def change_lines(changes: tuple[RuleChange, ...]) -> list[str]:
    """What changed in the rules, then how much in wording only."""
    rules = [f"  {one.text()}" for one in changes if not one.wording]
    words = [one for one in changes if one.wording]
    if words and rules:
        rules.append(f"  lời văn: {len(words)} chỗ, không ảnh hưởng kết quả")
    elif words:
        rules += [f"  lời văn, {one.text()}" for one in words]
        if any(one.section == "facts" for one in words):
            rules.append("  (tên số liệu là tên cột khi nhập bảng tính: đổi cột cho khớp)")
    return rules


def move_lines(found: Comparison, before: Pack, after: Pack) -> list[str]:
    """One sentence an entry, best first under the second pack."""
    selections = {one.id: one.label.lower() for pack in (before, after) for one in pack.selections}
    grades = {one.id: one.label for pack in (before, after) for one in pack.grades}
    return [f"  {move.code}  {_sentence(move, found, selections, grades)}" for move in found.moves]


def _sentence(
    move: Move, found: Comparison, selections: Mapping[str, str], grades: Mapping[str, str]
) -> str:
    said = [*_standing(move, grades)]
    said += [_selection(one, selections) for one in move.selections]
    if move.causes:
        said.append(f"vì {', '.join(one.name for one in move.causes)}")
    elif move.rank[0] != move.rank[1]:
        said.append("do hồ sơ khác đổi kết quả")
    pushed = list(dict.fromkeys(one.code for one in found.pushed_out_by(move.code)))
    return ", ".join(said) + (f"; đẩy {', '.join(pushed)} ra" if pushed else "")


def _standing(move: Move, grades: Mapping[str, str]) -> Iterator[str]:
    old, new = move.rank
    if old != new:
        yield f"hạng {_rank(old)} → {_rank(new)}"
    if move.points:
        told = "; ".join(
            f"{one.id} {_points(one.before)} → {_points(one.after)}" for one in move.points
        )
        total = f"{format_points(move.total[0])} → {format_points(move.total[1])} điểm"
        yield f"{total} ({told})"
    elif move.total[0] != move.total[1]:
        yield f"{format_points(move.total[0])} → {format_points(move.total[1])} điểm"
    if move.grade[0] != move.grade[1]:
        yield " → ".join(grades.get(one or "", "không xét") for one in move.grade)
    failed, fails = map(set, move.gates)
    if fails - failed:
        yield f"không đạt {', '.join(sorted(fails - failed))}"
    if failed - fails:
        yield f"đã đạt {', '.join(sorted(failed - fails))}"


def _rank(rank: int | None) -> str:
    return "không xếp" if rank is None else str(rank)


def _points(points: Decimal | None) -> str:
    return "chưa có" if points is None else format_number(points)


def _selection(moved: SelectionMoved, labels: Mapping[str, str]) -> str:
    label = labels.get(moved.selection, moved.selection)
    if moved.enters:
        place = f" thế chỗ {', '.join(moved.because_of)}" if moved.because_of else ""
        return f"vào {label}{place}"
    if moved.leaves and moved.after in (Outcome.DISPLACED, Outcome.BEYOND):
        if moved.because_of:
            newcomers = ", ".join(moved.because_of)
            return f"bị {newcomers} đẩy khỏi {label}, chỉ tiêu {moved.quota}"
        return f"ra khỏi {label}, chỉ tiêu {moved.quota}: đã có {', '.join(moved.holders)}"
    if moved.leaves and not moved.after:
        return f"ra khỏi {label}"
    return f"{label}: {_OUTCOMES[moved.before]} → {_OUTCOMES[moved.after]}"


def count_lines(found: Comparison, facts: Mapping[str, Facts], pack: Pack) -> list[str]:
    """How many entries each clause moves; how many move in each unit and field."""
    lines = []
    if causes := tally_causes(found.moves):
        lines.append("Theo điều khoản:")
        lines += [
            f"  {cause.name}{f' ({cause.basis})' if cause.basis else ''}: {many} hồ sơ"
            for cause, many in causes
        ]
    for entry, heading in (("unit", "Theo đơn vị:"), ("field", "Theo lĩnh vực:")):
        if group := group_of(facts, pack, entry):
            lines.append(heading)
            lines += [f"  {label}: {many} hồ sơ" for label, many in tally(found.moves, group)]
    return lines


def group_of(facts: Mapping[str, Facts], pack: Pack, entry: str) -> dict[str, str]:
    """The unit or field of every entry, worded; empty when the pack does not ask for it."""
    fact = next((one for one in pack.facts.values() if one.entry == entry), None)
    if fact is None:
        return {}
    return {code: show(fact, own.get(fact.id)) for code, own in facts.items()}


def summary(found: Comparison, pack: Pack) -> str:
    """``Đổi 12 kết quả trong 112 hồ sơ: 9 đổi hạng, 3 đổi xếp loại, biểu dương +1 −1.``"""
    if not found.moves:
        return f"Không hồ sơ nào trong {found.entries} hồ sơ đổi kết quả."
    counts = (
        ("đổi điểm", sum(bool(one.points) for one in found.moves)),
        ("đổi hạng", sum(one.rank[0] != one.rank[1] for one in found.moves)),
        ("đổi xếp loại", sum(one.grade[0] != one.grade[1] for one in found.moves)),
    )
    said = [f"{many} {what}" for what, many in counts if many]
    for one in pack.selections:
        into, out = len(found.entering(one.id)), len(found.leaving(one.id))
        if into or out:
            said.append(f"{one.label.lower()} vào {into}, ra {out}")
    tail = f": {', '.join(said)}" if said else ""
    return f"Đổi {len(found.moves)} kết quả trong {found.entries} hồ sơ{tail}."


def comparison_json(found: Comparison, facts: Mapping[str, Facts], pack: Pack) -> dict[str, object]:
    """The comparison for other programs."""
    return {
        "entries": found.entries,
        "changed": len(found.moves),
        "moves": found.moves,
        "displaced": found.displaced,
        "by_clause": [
            {"id": cause.id, "basis": cause.basis, "entries": many}
            for cause, many in tally_causes(found.moves)
        ],
        "by_unit": dict(tally(found.moves, group_of(facts, pack, "unit"))),
        "by_field": dict(tally(found.moves, group_of(facts, pack, "field"))),
    }

"""Dòng phiếu điểm: a score sheet as rows of a table, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from textual.content import Content

from registry.views import EntrySheet
from scoring.explain import verdict_sentences
from scoring.numbers import format_points
from scoring.sheet import Award, Finding, Line, Outcome, Reading, ScoreSheet
from tui.widgets.line_table import Column, Row, Tone
from tui.widgets.literal import literal


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet, and what Enter on it tells: sentences, values read, clause."""

    id: str
    label: str
    maximum: str = ""
    points: str = ""
    sentences: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    basis: str = ""
    tone: Tone = "plain"

    @property
    def key(self) -> str:
        """What makes the row the same one on the next sheet."""
        return f"{self.id} {self.label.partition(':')[0]}"

    @property
    def score(self) -> str:
        """The points, against the maximum where there is one."""
        return f"{self.points} / {self.maximum}" if self.maximum else self.points


SHEET_COLUMNS = (
    Column("Mục", 5, tone="muted"),
    Column("Nội dung"),
    Column("Tối đa", 6, "right", tone="muted"),
    Column("Điểm", 9, "right", tone="strong"),
)

OUTCOMES = {
    Outcome.CHOSEN: "đạt",
    Outcome.DISPLACED: "bị vướng chỉ tiêu",
    Outcome.BEYOND: "hết chỉ tiêu",
    Outcome.TIED: "đồng hạng ở mốc, chờ biểu quyết",
    Outcome.UNMET: "không đạt yêu cầu",
    Outcome.WAITING: "chờ biểu quyết phía trên",
}


def present(row: SheetRow) -> Row:
    """The cells of *row*."""
    return Row((row.id, row.label, row.maximum, row.points), row.tone)


def header_text(view: EntrySheet, place: str, selections: dict[str, str]) -> Content:
    """Who and what is scored, and how it came out; *place* is where in the list it stands."""
    entry = view.entry
    where = entry.address if entry.unit in entry.address else f"{entry.unit} · {entry.address}"
    who = (entry.person, entry.host, where.removesuffix(" · "))
    what = (view.field_label, view.level_label, view.kind_label)
    return Content.assemble(
        (f"{literal(entry.code)}  ", "$foreground 60%"),
        (literal(entry.name), "bold"),
        (f"  {place}", "$foreground 60%"),
        "\n",
        " · ".join(literal(each) for each in who if each),
        "\n",
        (" · ".join(literal(each) for each in what if each), "$foreground 60%"),
        "\n",
        *_outcome(view, selections),
    )


def _outcome(view: EntrySheet, selections: dict[str, str]) -> tuple[tuple[str, str], ...]:
    if view.sheet is None:
        return (("Chưa chấm điểm.", "$text-warning"),)
    stale = (("   Số liệu đã đổi sau lần chấm này.", "$text-warning"),) if view.stale else ()
    if view.sheet.failed_gates:
        gates = ", ".join(view.sheet.failed_gates)
        return ((f"Không xét: không đủ điều kiện {gates}", "bold $text-warning"), *stale)
    rank = "" if view.rank is None else f"   hạng {view.rank}"
    words = f"{format_points(view.sheet.total)} điểm   {view.grade_label}{rank}"
    taken = "".join(
        f"   ✓ {selections.get(award.selection, award.selection)}"
        for award in view.awards
        if award.outcome is Outcome.CHOSEN
    )
    return ((words, "bold $accent"), (taken, "$success"), *stale)


def sheet_rows(view: EntrySheet, selections: dict[str, str]) -> tuple[SheetRow, ...]:
    """Every row of the sheet. Conditions that fail come first, those met come last."""
    sheet = view.sheet
    if sheet is None:
        return ()
    gates = tuple(_gate(gate) for gate in sheet.gates)
    body = (
        *(row for line in sheet.lines for row in _lines(line, depth=0)),
        *_lines(sheet.bonus, depth=0, id_="Cộng"),
        *_lines(sheet.penalty, depth=0, id_="Trừ", sign="−"),
        _total(sheet),
        _verdict(view, sheet),
        *(_award(award, selections) for award in view.awards),
    )
    return (*gates, *body) if sheet.failed_gates else (*body, *gates)


def _lines(line: Line, *, depth: int, id_: str = "", sign: str = "") -> Iterator[SheetRow]:
    lost = line.points is None or (line.is_leaf and not line.points and not sign and depth)
    earned = "không tính" if line.excluded else _points(line.points, sign)
    yield SheetRow(
        id_ or line.id,
        "  " * depth + line.label,
        "" if line.maximum is None else _maximum(line.maximum),
        earned,
        (line.reason,),
        line.readings,
        line.basis,
        "plain" if line.excluded else "warn" if lost else "strong" if depth == 0 else "plain",
    )
    for part in line.parts:
        yield from _lines(part, depth=depth + 1, sign=sign)


def _points(points: Decimal | None, sign: str = "") -> str:
    if points is None:
        return "thiếu"
    return (sign if points else "") + format_points(abs(points))


def _maximum(points: Decimal) -> str:
    """A maximum without needless zeros: ``15``, ``1,5``."""
    return f"{points.normalize():f}".replace(".", ",")


def _total(sheet: ScoreSheet) -> SheetRow:
    criteria = sum((line.points or Decimal(0) for line in sheet.lines), Decimal(0))
    bonus, penalty = sheet.bonus.points or Decimal(0), abs(sheet.penalty.points or Decimal(0))
    added = f"{format_points(criteria)} + {format_points(bonus)} − {format_points(penalty)}"
    return SheetRow(
        "Tổng",
        "Tổng điểm = tiêu chí + thưởng − phạt",
        points=format_points(sheet.total),
        sentences=(f"{added} = {format_points(sheet.total)}",),
        tone="strong",
    )


def _verdict(view: EntrySheet, sheet: ScoreSheet) -> SheetRow:
    deciding = sheet.verdict[-1] if sheet.verdict else None
    return SheetRow(
        "Loại",
        "Xếp loại",
        points=view.grade_label or "không xét",
        sentences=tuple(verdict_sentences(sheet)),
        readings=deciding.readings if deciding else (),
        basis=deciding.basis if deciding else "",
        tone="strong",
    )


def _gate(gate: Finding) -> SheetRow:
    words = {True: "đủ", False: "không đủ", None: "thiếu"}[gate.holds]
    tone: Tone = "muted" if gate.holds else "warn"
    return SheetRow(gate.id, gate.label, "", words, (gate.reason,), gate.readings, gate.basis, tone)


def _award(award: Award, selections: dict[str, str]) -> SheetRow:
    chosen = award.outcome is Outcome.CHOSEN
    holders = f"Đang giữ chỗ: {', '.join(award.holders)}." if award.holders else ""
    return SheetRow(
        "Xét",
        f"{selections.get(award.selection, award.selection)}: {OUTCOMES[award.outcome]}",
        sentences=tuple(each for each in (award.reason, holders) if each),
        basis=award.basis,
        tone="good" if chosen else "plain",
    )

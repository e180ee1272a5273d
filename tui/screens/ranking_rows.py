"""Dòng xếp hạng: a ranking as rows of a table, with the lines where the lists end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from registry.views import EntryLine, Ranking, RankingLine
from scoring.numbers import format_points
from scoring.sheet import Award, Outcome
from tui.screens.sheet_rows import OUTCOMES
from tui.widgets.line_table import Column, Row, Rule

COMMENDED, RECOGNISED, DISPLACED, VOTE = "★", "✓", "◇", "?"
_MEANINGS = {
    COMMENDED: "biểu dương",
    RECOGNISED: "công nhận",
    DISPLACED: "vướng chỉ tiêu",
    VOTE: "chờ biểu quyết",
}


def ranking_columns(groups: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a ranking; the points of each group *groups* where there is room."""
    return (
        Column("Hạng", 5, "right"),
        Column("", 1, tone="mark"),
        Column("Mã", 11, tone="muted"),
        Column("Tên mô hình"),
        Column("Đơn vị", 25, from_width=112),
        Column("Lĩnh vực", 24, from_width=184),
        *(Column(group, 6, "right", from_width=138) for group in groups),
        Column("Thưởng", 6, "right", from_width=150),
        Column("Phạt", 6, "right", from_width=150),
        Column("Tổng", 6, "right", tone="strong"),
        Column("Xếp loại", 10),
    )


def present(ranked: RankingLine, groups: Sequence[str]) -> Row:
    """The cells of one entry, matching ``ranking_columns``."""
    line, points = ranked.line, dict(ranked.group_points)
    rank = "–" if line.rank is None else f"{line.rank}{'=' if ranked.tie_reason else ''}"
    return Row(
        (
            rank,
            mark(ranked),
            line.code,
            line.name,
            line.unit,
            line.field,
            *(format_points(points[group]) if group in points else "" for group in groups),
            _signed("+", ranked.bonus),
            _signed("−", ranked.penalty),
            _total(line),
            line.grade or "không xét",
        ),
        "muted" if line.rank is None else "warn" if is_displaced(ranked) else "plain",
    )


def mark(ranked: RankingLine) -> str:
    """The sign that says what the selections made of an entry."""
    if ranked.line.commended:
        return COMMENDED
    if any(award.outcome in (Outcome.TIED, Outcome.WAITING) for award in ranked.awards):
        return VOTE
    if is_displaced(ranked):
        return DISPLACED
    return RECOGNISED if ranked.line.recognised else ""


def legend(ranking: Ranking) -> str:
    """What the signs in use mean."""
    used = {mark(ranked) for ranked in ranking.lines}
    return "  ".join(f"{sign} {meaning}" for sign, meaning in _MEANINGS.items() if sign in used)


def is_displaced(ranked: RankingLine) -> bool:
    """Whether a quota of its own group kept the entry out of a selection (bị vướng)."""
    return any(award.outcome is Outcome.DISPLACED for award in ranked.awards)


def ranking_items(ranking: Ranking, *, displaced_only: bool) -> tuple[RankingLine | Rule, ...]:
    """The entries in order, with a line where each list ends and where ranking ends."""
    if displaced_only:
        return tuple(ranked for ranked in ranking.lines if is_displaced(ranked))
    ends = _list_ends(ranking)
    items: list[RankingLine | Rule] = []
    ranking_ended = False
    for ranked in ranking.lines:
        if ranked.line.rank is None and not ranking_ended:
            ranking_ended = True
            items.append(Rule("không xếp hạng: không đạt, hoặc không đủ điều kiện xét"))
        items.append(ranked)
        items.extend(Rule(words) for words in ends.get(ranked.line.code, ()))
    return tuple(items)


def _list_ends(ranking: Ranking) -> dict[str, list[str]]:
    """After which entry each list ends, and the words of the line drawn there."""
    ends: dict[str, list[str]] = {}
    for selection in ranking.pack.selections:
        chosen = [
            ranked.line.code
            for ranked in ranking.lines
            for award in ranked.awards
            if award.selection == selection.id and award.outcome is Outcome.CHOSEN
        ]
        if chosen:
            words = f"hết danh sách {selection.label}: {len(chosen)} mô hình"
            ends.setdefault(chosen[-1], []).append(words)
    return ends


def standing_sentences(ranked: RankingLine, ranking: Ranking) -> tuple[str, ...]:
    """What the selections made of an entry, why, and who holds the places it missed.

    What kept it out comes first: on a small screen that is what is read without scrolling.
    """
    labels = {selection.id: selection.label for selection in ranking.pack.selections}
    names = {each.line.code: each.line.name for each in ranking.lines}
    awards = sorted(ranked.awards, key=lambda award: award.outcome is Outcome.CHOSEN)
    told = [
        sentence
        for award in awards
        for sentence in _award(award, labels.get(award.selection, award.selection), names)
    ]
    tie = (f"Đồng điểm: {ranked.tie_reason}.",) if ranked.tie_reason else ()
    standing = (_standing(ranked),)
    if is_displaced(ranked):
        return (*told, *standing, *tie)
    return (*standing, *tie, *told)


def _standing(ranked: RankingLine) -> str:
    line = ranked.line
    if line.rank is None:
        gates = ", ".join(line.failed_gates)
        why = f"không đủ điều kiện {gates}" if gates else f"{line.grade} ({_total(line)} điểm)"
        return f"Không xếp hạng: {why}."
    parts = [f"{group} {format_points(points)}" for group, points in ranked.group_points]
    parts.extend(
        f"{word} {format_points(abs(points))}"
        for word, points in (("thưởng", ranked.bonus), ("phạt", ranked.penalty))
        if points
    )
    return f"Hạng {line.rank} · {_total(line)} điểm · {line.grade} ({' · '.join(parts)})"


def _total(line: EntryLine) -> str:
    return "" if line.total is None else format_points(line.total)


def _award(award: Award, label: str, names: dict[str, str]) -> tuple[str, ...]:
    clause = f" ({award.basis})" if award.basis else ""
    if award.outcome is Outcome.CHOSEN:
        return (f"{label}: {OUTCOMES[award.outcome]}. {award.reason}{clause}",)
    held = tuple(f"  · {code} {names.get(code, '')}".rstrip() for code in award.holders)
    return (f"{label}: {award.reason}{clause}", *held)


def _signed(sign: str, points: Decimal) -> str:
    return sign + format_points(abs(points)) if points else ""

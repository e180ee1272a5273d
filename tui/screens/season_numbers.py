"""Số liệu của đợt: the funnel, groups and grades as lines to draw. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from registry.views import Count, Funnel
from tui.widgets.bars import Bar, bar, bar_lines, share
from tui.widgets.line_table import fit

_HEADS = (("Đăng ký", 9), ("Công nhận", 11), ("Biểu dương", 12))
_NUMBERS = sum(width for _, width in _HEADS)
_LEAST_BAR = 8


def funnel_lines(funnel: Funnel, width: int) -> Content:
    """From what was registered to what was commended (phễu)."""
    steps = (
        ("Đăng ký", funnel.registered),
        ("Có kết quả", funnel.with_results),
        ("Đủ điều kiện", funnel.considered),
        ("Công nhận", funnel.recognised),
        ("Biểu dương", funnel.commended),
    )
    bars = tuple(
        Bar(label, number, "" if number is None else share(number, funnel.registered))
        for label, number in steps
    )
    return bar_lines(bars, of=funnel.registered, width=width)


def grade_lines(funnel: Funnel, width: int) -> Content:
    """How many entries have each grade (xếp loại), and how many were not considered."""
    if funnel.considered is None:
        return Content.styled("Chưa chấm điểm.", "$foreground 60%")
    out = funnel.registered - funnel.considered
    bars = (*(Bar(label, number) for label, number in funnel.by_grade), Bar("Không xét", out))
    return bar_lines(bars, of=max(1, *(each.number or 0 for each in bars)), width=width)


def group_lines(
    title: str, counts: Sequence[Count], width: int, *, label_width: int = 0
) -> Content:
    """Registered, recognised and commended of each group, with a bar where there is room."""
    labels = label_width or label_room(counts)
    labels = min(labels, width - _NUMBERS)
    room = width - labels - _NUMBERS - 2
    room = room if room >= _LEAST_BAR else 0
    most = max((count.registered for count in counts), default=0)
    head = Content.styled(
        fit(title, labels) + "".join(fit(head, width, "right") for head, width in _HEADS), "bold"
    )
    return Content("\n").join((head, *(_group(each, labels, room, most) for each in counts)))


def label_room(counts: Sequence[Count]) -> int:
    """Cells the longest label of *counts* takes."""
    return max((len(count.label) for count in counts), default=0)


def _group(count: Count, labels: int, room: int, most: int) -> Content:
    numbers = (count.registered, count.recognised, count.commended)
    return Content.assemble(
        fit(count.label, labels),
        "".join(
            fit("–" if number is None else str(number), width, "right")
            for number, (_, width) in zip(numbers, _HEADS, strict=True)
        ),
        "  " if room else "",
        (bar(count.recognised or 0, most, room), "$primary"),
        (_rest(count, most, room), "$foreground 60%"),
    )


def _rest(count: Count, most: int, room: int) -> str:
    """What of the group was registered and not recognised, as a paler tail of its bar."""
    done = len(bar(count.recognised or 0, most, room))
    return "░" * max(0, len(bar(count.registered, most, room)) - done)

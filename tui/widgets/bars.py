"""Thanh khối: counts drawn with block characters, the same on every terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.widgets.line_table import fit

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its number (None when not known yet), and a note behind it."""

    label: str
    number: int | None
    note: str = ""


def bar(number: int, of: int, width: int) -> str:
    """*number* as a bar of at most *width* cells, to an eighth of a cell; never nothing for one."""
    if number <= 0 or of <= 0 or width <= 0:
        return ""
    eighths = max(1, min(number, of) * width * 8 // of)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]


def share(number: int, of: int) -> str:
    """A share as people write it: ``58,0 %``."""
    return f"{number * 100 / of:.1f} %".replace(".", ",") if of else ""


def bar_lines(bars: Sequence[Bar], *, of: int, width: int, style: str = "$primary") -> Content:
    """Bars below each other: label, number, bar, note."""
    labels = max((len(each.label) for each in bars), default=0)
    labels = min(labels, max(8, width // 2))
    notes = max((len(each.note) for each in bars), default=0)
    numbers = max((len(_number(each)) for each in bars), default=0)
    room = width - labels - numbers - notes - 3
    return Content("\n").join(
        Content.assemble(
            fit(each.label, labels) + " ",
            (fit(_number(each), numbers, "right"), "bold"),
            " ",
            (fit(bar(each.number or 0, of, room), room), style),
            " ",
            (each.note.rjust(notes), "$foreground 60%"),
        )
        for each in bars
    )


def _number(each: Bar) -> str:
    return "–" if each.number is None else str(each.number)


class Drawing(Widget):
    """A framed block whose lines are drawn anew for the width there is."""

    ALLOW_SELECT = False

    def __init__(self, title: str, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self.border_title = title
        self._draw: Callable[[int], Content] = lambda _width: Content("")

    def show(self, draw: Callable[[int], Content]) -> None:
        """Show what *draw* gives for the width of the block."""
        self._draw = draw
        self.refresh(layout=True)

    def render(self) -> Content:
        return self._draw(max(20, self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return self._draw(max(20, width)).plain.count("\n") + 1

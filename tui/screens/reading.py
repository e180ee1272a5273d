"""Hộp đọc: a text over the screen below, closed with any of the usual keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static


class ReadingScreen(ModalScreen[None]):
    """Shows one text in full, e.g. why a criterion has its points (vì sao)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1,space", "dismiss", "Đóng", id="reading.close"),
        Binding("down,j", "scroll(1)", "Xuống", id="reading.down", show=False),
        Binding("up,k", "scroll(-1)", "Lên", id="reading.up", show=False),
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="reading", can_focus=False) as box:
            box.border_title = self._title
            box.border_subtitle = "Esc đóng"
            yield Static(self._text, markup=False)
        yield Footer(show_command_palette=False)

    def action_scroll(self, lines: int) -> None:
        """Move the text by *lines*."""
        self.query_one("#reading").scroll_relative(y=lines, animate=False)

"""Tổng quan: the season in numbers, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from registry.errors import RegistryError
from registry.season import Season
from registry.views import Funnel
from tui.screens.next_step import next_step
from tui.screens.refused import Refused
from tui.screens.season_numbers import funnel_lines, grade_lines, group_lines, label_room
from tui.widgets.bars import Drawing
from tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from registry.desk import Desk

_BREAKPOINTS = [(0, "-narrow"), (200, "-wide")]


class OverviewScreen(Screen[None]):
    """Shows the funnel (phễu) of the season; starts scoring when asked to."""

    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9,c", "score", "Chấm điểm", id="overview.score"),
        Binding("f5,r", "read", "Đọc lại", id="overview.read"),
        Binding("down,j", "scroll(1)", "Xuống", id="overview.down", show=False),
        Binding("up,k", "scroll(-1)", "Lên", id="overview.up", show=False),
    ]

    @dataclass
    class Read(Message):
        """The desk's answer."""

        funnel: Funnel

    @dataclass
    class Scored(Message):
        """Scoring ended: the funnel afterwards, or why it could not be done."""

        answer: Funnel | RegistryError

    def __init__(self, desk: Desk, season: Season) -> None:
        super().__init__()
        self._desk, self._season = desk, season
        self._funnel: Funnel | None = None
        self._scoring = False

    def compose(self) -> ComposeResult:
        yield TopBar(self._season.title, place="overview")
        yield Static("", id="step", markup=False)
        with VerticalScroll(id="numbers", can_focus=False), Container(id="blocks"):
            yield Drawing("Từ đăng ký đến biểu dương", id="funnel")
            yield Drawing("Xếp loại", id="grades")
            yield Drawing("Theo lĩnh vực và cấp", id="groups")
            yield Drawing("Theo đơn vị", id="units")
        yield Footer(show_command_palette=False)

    def on_screen_resume(self) -> None:
        self.action_read()

    def action_scroll(self, lines: int) -> None:
        """Move the blocks by *lines*, where they do not fit."""
        self.query_one("#numbers").scroll_relative(y=lines, animate=False)

    @work(thread=True, exclusive=True, group="funnel")
    def action_read(self) -> None:
        """Ask the desk for the numbers."""
        try:
            answer: Message = self.Read(self._desk.funnel(self._season.id))
        except RegistryError as refusal:
            answer = Refused(refusal)
        if not get_current_worker().is_cancelled:
            self.post_message(answer)

    @on(Read)
    def _show(self, message: Read) -> None:
        self._funnel = funnel = message.funnel
        self.query_one("#funnel", Drawing).show(partial(funnel_lines, funnel))
        self.query_one("#grades", Drawing).show(partial(grade_lines, funnel))
        self.query_one("#groups", Drawing).show(partial(_groups, funnel))
        self.query_one("#units", Drawing).show(partial(group_lines, "Đơn vị", funnel.by_unit))
        self.query_one("#blocks").display = funnel.registered > 0
        if not self._scoring:
            self._show_step(funnel)

    def _show_step(self, funnel: Funnel) -> None:
        step = next_step(funnel)
        panel = self.query_one("#step", Static)
        panel.set_class(step.tone == "todo", "-todo")
        panel.update(Content.assemble(step.state, "\n", ("→ ", "bold $accent"), step.advice))

    def action_score(self) -> None:
        """Score the season from here."""
        if self._scoring or self._funnel is None:
            return
        step = next_step(self._funnel)
        if not step.may_score:
            self.app.notify(step.advice, title=step.state, severity="warning", markup=False)
            return
        self._scoring = True
        self.query_one("#step", Static).update("Đang chấm điểm…")
        self._score()

    @work(thread=True, exclusive=True, group="score")
    def _score(self) -> None:
        try:
            answer: Funnel | RegistryError = self._desk.score(self._season.id)
        except RegistryError as refusal:
            answer = refusal
        if not get_current_worker().is_cancelled:
            self.post_message(self.Scored(answer))

    @on(Scored)
    def _scored(self, message: Scored) -> None:
        self._scoring = False
        if isinstance(message.answer, RegistryError):
            self.post_message(Refused(message.answer))
            self.action_read()
        else:
            self._show(self.Read(message.answer))
            self.app.notify(f"Đã chấm {message.answer.registered} hồ sơ.", markup=False)


def _groups(funnel: Funnel, width: int) -> Content:
    labels = max(label_room(funnel.by_field), label_room(funnel.by_level))
    return Content("\n").join(
        (
            group_lines("Lĩnh vực", funnel.by_field, width, label_width=labels),
            group_lines("Cấp", funnel.by_level, width, label_width=labels),
        )
    )

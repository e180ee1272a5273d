"""Chọn đợt: the seasons of the register, or how to open the first one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from registry.errors import RegistryError
from registry.season import Season, SeasonState
from tui.screens.next_step import NO_SEASON
from tui.screens.refused import Refused
from tui.widgets.line_table import Column, LineTable, Row

if TYPE_CHECKING:
    from registry.desk import Desk

_STATES = {
    SeasonState.OPEN: "đang nhận hồ sơ",
    SeasonState.PINNED: "đã ghim bộ quy tắc",
    SeasonState.SCORED: "đã chấm điểm",
    SeasonState.DECIDED: "đã có quyết định",
}


@dataclass
class SeasonEntered(Message):
    """A person, or there being only one, has chosen the season to work in."""

    season: Season


class SeasonsScreen(Screen[None]):
    """Lists the seasons (đợt); goes straight in when there is one, or one was asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "Vào đợt", id="seasons.enter"),
        Binding("f5,r", "read", "Đọc lại sổ", id="seasons.read"),
    ]

    @dataclass
    class Read(Message):
        """The desk's answer."""

        seasons: tuple[Season, ...]

    def __init__(self, desk: Desk, wanted: str | None = None) -> None:
        super().__init__()
        self._desk, self._wanted = desk, wanted
        # Only ever once, and not when coming back from a season that was asked for by name.
        self._straight_in = wanted is None

    def compose(self) -> ComposeResult:
        yield Static("Dân vận khéo · Chọn đợt thi đua", id="plain-title", markup=False)
        yield Static("Đang mở sổ…", id="no-season", markup=False)
        yield LineTable[Season](
            (
                Column("Mã đợt", 16, tone="muted"),
                Column("Tên đợt"),
                Column("Năm", 5, "right"),
                Column("Tình trạng", 20),
            ),
            present=lambda season: Row(
                (season.id, season.title, str(season.year), _STATES[season.state])
            ),
            key_of=lambda season: season.id,
            id="seasons",
        )
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#seasons").display = False

    def on_screen_resume(self) -> None:
        self.action_read()

    @work(thread=True, exclusive=True, group="seasons")
    def action_read(self) -> None:
        """Ask the desk which seasons there are."""
        try:
            answer: Message = self.Read(self._desk.seasons())
            if self._wanted:
                answer = SeasonEntered(self._desk.season(self._wanted))
        except RegistryError as refusal:
            self.post_message(self.Read(self._desk.seasons()))
            answer = Refused(refusal)
        self._wanted = None
        if not get_current_worker().is_cancelled:
            self.post_message(answer)

    @on(Read)
    def _show(self, message: Read) -> None:
        table = self.query_one("#seasons", LineTable)
        table.display = bool(message.seasons)
        empty = self.query_one("#no-season", Static)
        empty.display = not message.seasons
        empty.update(NO_SEASON)
        table.show(message.seasons)
        if len(message.seasons) == 1 and self._straight_in:
            self.post_message(SeasonEntered(message.seasons[0]))
        elif message.seasons:
            self.set_focus(table)
        self._straight_in = False

    @on(LineTable.Chosen)
    def action_enter(self) -> None:
        """Go into the season the cursor is on."""
        season: Season | None = self.query_one("#seasons", LineTable).current
        if season is not None:
            self.post_message(SeasonEntered(season))

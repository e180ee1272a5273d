"""Ứng dụng: the screens of one register in a terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

# With the kitty protocol some terminals drop the text an input method commits. Textual reads this
# when it is imported.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.theme import Theme

from registry.season import Season
from tui.keys import key_name, shortcuts
from tui.screens.entries import EntriesScreen
from tui.screens.help import help_text
from tui.screens.overview import OverviewScreen
from tui.screens.ranking import RankingScreen
from tui.screens.reading import ReadingScreen
from tui.screens.refused import Refused
from tui.screens.seasons import SeasonEntered, SeasonsScreen
from tui.widgets.literal import LiteralLines

if TYPE_CHECKING:
    from registry.desk import Desk

NIGHT = Theme(
    name="dvk-toi",
    primary="#2f6f9f",
    secondary="#8c2f2a",
    accent="#e0b040",
    foreground="#dfe3e8",
    background="#12161b",
    surface="#12161b",
    panel="#20272f",
    success="#7fb069",
    warning="#e08e45",
    error="#d9534f",
    dark=True,
)
DAY = Theme(
    name="dvk-sang",
    primary="#2f6f9f",
    secondary="#8c2f2a",
    accent="#8a5a00",
    foreground="#1c2126",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#e8e5de",
    success="#2f7d32",
    warning="#b3541e",
    error="#b3261e",
    dark=False,
)
_THEMES = (NIGHT.name, DAY.name, "ansi-dark", "ansi-light")
_PLACES = {"overview": OverviewScreen, "entries": EntriesScreen, "ranking": RankingScreen}


class DvkApp(App[None]):
    """The screens a secretary works in; asks the desk, decides nothing."""

    TITLE = "Dân vận khéo"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "Trợ giúp", id="app.help"),
        Binding("f2,1", "go('overview')", "Tổng quan", id="go.place.overview", show=False),
        Binding("f3,2", "go('entries')", "Danh sách", id="go.place.entries", show=False),
        Binding("f4,3", "go('ranking')", "Xếp hạng", id="go.place.ranking", show=False),
        Binding("ctrl+o,0", "seasons", "Đợt khác", id="go.seasons", show=False),
        Binding("f10,ctrl+t", "theme", "Đổi màu", id="app.theme", show=False),
        Binding("tab", "focus_next", "Sang ô kế tiếp", id="app.next", show=False),
        Binding("ctrl+q", "quit", "Thoát", id="app.quit", priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(self, desk: Desk, season: str | None = None) -> None:
        super().__init__()
        self._desk, self._wanted = desk, season
        self._season: Season | None = None
        for theme in (NIGHT, DAY):
            self.register_theme(theme)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = NIGHT.name

    def on_mount(self) -> None:
        self.push_screen(SeasonsScreen(self._desk, self._wanted))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The last step before the terminal also takes steering characters out."""
        return [*super().get_line_filters(), LiteralLines()]

    def get_key_display(self, binding: Binding) -> str:
        """Keys as printed on the keyboard."""
        return binding.key_display or key_name(binding.key)

    @on(SeasonEntered)
    def enter_season(self, message: SeasonEntered) -> None:
        """Make the screens of the season, once, and go to its overview."""
        self._season = message.season
        for place, screen in _PLACES.items():
            name = self._screen_name(place)
            if not self.is_screen_installed(name):
                self.install_screen(screen(self._desk, message.season), name)
        self.action_go("overview")

    def _screen_name(self, place: str) -> str:
        return f"{self._season.id if self._season else ''}/{place}"

    def action_go(self, place: str) -> None:
        """Go to a place of the season, from wherever one is in it."""
        if self._season is None:
            self.bell()
            return
        name = self._screen_name(place)
        if self.screen is self.get_screen(name):
            return
        with self.batch_update():
            self._close_down_to(2)
            self.push_screen(name)

    def action_seasons(self) -> None:
        """Back to the list of seasons."""
        self._close_down_to(2)

    def _close_down_to(self, depth: int) -> None:
        """Close screens until *depth* are left: the blank one and the seasons are always there."""
        while len(self.screen_stack) > depth:
            self.pop_screen()

    def action_help(self) -> None:
        """The keys that work where one is."""
        bound = [
            (active.binding.id, active.binding.description, key)
            for key, active in self.screen.active_bindings.items()
            if active.binding.id and active.binding.description
        ]
        bound.sort(key=lambda each: each[0].startswith("table."))
        pairs = [(what, key) for _, what, key in bound]
        self.push_screen(ReadingScreen("Phím dùng được ở đây", help_text(shortcuts(pairs))))

    def action_help_quit(self) -> None:
        """Ctrl+C copies; who wants to leave is told how."""
        self.notify("Nhấn Ctrl+Q để thoát.", markup=False)

    def action_theme(self) -> None:
        """The next set of colours: dark, light, the terminal's own."""
        at = _THEMES.index(self.theme) if self.theme in _THEMES else -1
        self.theme = _THEMES[(at + 1) % len(_THEMES)]

    @on(Refused)
    def show_refusal(self, message: Refused) -> None:
        """Say what cannot be done and what can."""
        refusal = message.refusal
        self.notify(
            refusal.hint or refusal.message,
            title=refusal.message if refusal.hint else "Không làm được",
            severity="error",
            timeout=10,
            markup=False,
        )

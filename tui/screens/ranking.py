"""Xếp hạng: who stands where, where the lists end, and who was displaced by which quota."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from registry.errors import RegistryError
from registry.season import Season
from registry.views import Ranking, RankingLine
from tui.screens.ranking_rows import (
    is_displaced,
    legend,
    present,
    ranking_columns,
    ranking_items,
    standing_sentences,
)
from tui.screens.reading import ReadingScreen
from tui.screens.sheet import SheetScreen
from tui.widgets.line_table import LineTable
from tui.widgets.reason import ReasonPanel, reason_text
from tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from registry.desk import Desk


class RankingScreen(Screen[None]):
    """The ranking (xếp hạng) of the last run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Phiếu điểm", id="ranking.open"),
        Binding("f5,v", "displaced", "Chỉ bị vướng", id="ranking.displaced"),
        Binding("f6,w,ư", "why", "Vì sao", id="ranking.why"),
    ]

    @dataclass
    class Read(Message):
        """The desk's answer."""

        ranking: Ranking

    @dataclass
    class Missing(Message):
        """There is no ranking yet."""

        refusal: RegistryError

    def __init__(self, desk: Desk, season: Season) -> None:
        super().__init__()
        self._desk, self._season = desk, season
        self._ranking: Ranking | None = None
        self._displaced_only = False

    def compose(self) -> ComposeResult:
        yield TopBar(self._season.title, place="ranking")
        with Horizontal(id="ranking-head"):
            yield Static("", id="legend", markup=False)
            yield Static("", id="ranking-state", markup=False)
        yield LineTable[RankingLine](
            ranking_columns(()),
            present=partial(present, groups=()),
            key_of=lambda ranked: ranked.line.code,
            empty="Đang đọc…",
            id="ranking",
        )
        yield ReasonPanel(id="standing")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.set_focus(self._table)

    def on_screen_resume(self) -> None:
        self.read()

    @property
    def _table(self) -> LineTable[RankingLine]:
        return self.query_one("#ranking", LineTable)

    @work(thread=True, exclusive=True, group="ranking")
    def read(self) -> None:
        """Ask the desk for the ranking."""
        try:
            answer: Message = self.Read(self._desk.ranking(self._season.id))
        except RegistryError as refusal:
            answer = self.Missing(refusal)
        if not get_current_worker().is_cancelled:
            self.post_message(answer)

    @on(Read)
    def _show(self, message: Read) -> None:
        self._ranking = ranking = message.ranking
        groups = next((tuple(g for g, _ in each.group_points) for each in ranking.lines), ())
        self._table.draw_as(ranking_columns(groups), partial(present, groups=groups))
        self._draw()

    @on(Missing)
    def _show_missing(self, message: Missing) -> None:
        self._ranking = None
        self.query_one("#ranking-state", Static).update("")
        self._table.show((), empty=f"{message.refusal.message} Việc tiếp theo: xem Tổng quan (F2).")

    def _draw(self) -> None:
        ranking = self._ranking
        if ranking is None:
            return
        items = ranking_items(ranking, displaced_only=self._displaced_only)
        self._table.show(items, empty="Không có mô hình nào bị vướng chỉ tiêu.")
        self.query_one("#legend", Static).update(legend(ranking))
        self.query_one("#ranking-state", Static).update(self._state(ranking))

    def _state(self, ranking: Ranking) -> Content:
        displaced = sum(map(is_displaced, ranking.lines))
        if self._displaced_only:
            return Content.styled(f"Chỉ xem bị vướng ({displaced})", "bold $text-warning")
        if ranking.stale:
            return Content.styled("Số liệu đã đổi, cần chấm lại", "bold $text-warning")
        return Content(f"Lần chấm {ranking.run}")

    @on(LineTable.Moved, "#ranking")
    def _moved(self, event: LineTable.Moved) -> None:
        self.query_one("#standing", ReasonPanel).show(self._why(event.item))

    def _why(self, ranked: RankingLine | None) -> Content:
        if ranked is None or self._ranking is None:
            return Content("")
        title = f"{ranked.line.code}  {ranked.line.name}"
        return reason_text(title, standing_sentences(ranked, self._ranking))

    def action_why(self) -> None:
        """Show in full why the entry stands where it does."""
        if self._table.current is not None:
            self.app.push_screen(ReadingScreen("Vì sao", self._why(self._table.current)))

    @on(LineTable.Chosen)
    def action_open(self) -> None:
        """Open the score sheet of the entry the cursor is on."""
        ranked = self._table.current
        if ranked is not None:
            codes = tuple(each.line.code for each in self._table.items)
            index = codes.index(ranked.line.code)
            self.app.push_screen(
                SheetScreen(self._desk, self._season, codes, index), self._back_from_sheet
            )

    def _back_from_sheet(self, code: str | None) -> None:
        if code is not None:
            self._table.move_to(code)

    def action_displaced(self) -> None:
        """Show only those a quota displaced, or everyone again."""
        self._displaced_only = not self._displaced_only
        self._draw()

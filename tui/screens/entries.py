"""Danh sách: every entry of the season, searched with or without accents, narrowed by group."""

from __future__ import annotations

import time
from dataclasses import dataclass
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
from registry.views import EntryLine
from tui.inputs import VnInput
from tui.screens.choice import ChoiceScreen
from tui.screens.entry_rows import COLUMNS, entry_text, present
from tui.screens.facets import Facet, Filters, groups, narrowed
from tui.screens.refused import Refused
from tui.screens.sheet import SheetScreen
from tui.widgets.facet_box import FacetBox
from tui.widgets.line_table import LineTable
from tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from registry.desk import Desk

_PAUSE = 0.08
"""Seconds to wait for the next letter before the desk is asked."""


class EntriesScreen(Screen[None]):
    """The list of entries (danh sách). Cursor, filters and place survive coming back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", "Tìm", id="entries.search"),
        Binding("f5,l", "narrow('field')", "Lọc lĩnh vực", id="entries.field", show=False),
        Binding("f6,c", "narrow('level')", "Lọc cấp", id="entries.level", show=False),
        Binding("f7,d,đ", "narrow('unit')", "Lọc đơn vị", id="entries.unit", show=False),
        Binding("f8,x", "clear", "Bỏ lọc", id="entries.clear"),
        Binding("enter", "open", "Phiếu điểm", id="entries.open"),
        Binding("down", "table", "Từ ô tìm xuống bảng", id="entries.table", show=False),
        Binding("escape", "leave_search", "Xóa ô tìm", id="entries.leave", show=False),
    ]

    @dataclass
    class Found(Message):
        """The desk's answer to a search."""

        text: str
        lines: tuple[EntryLine, ...]

    def __init__(self, desk: Desk, season: Season) -> None:
        super().__init__()
        self._desk, self._season = desk, season
        self._lines: tuple[EntryLine, ...] = ()
        self._in_season = 0
        self._filters = Filters()

    def compose(self) -> ComposeResult:
        yield TopBar(self._season.title, place="entries")
        with Horizontal(id="search-row"):
            yield Static("/ Tìm ", id="search-label", markup=False)
            yield VnInput(
                placeholder="tên, mã, người phụ trách, đơn vị; có dấu hoặc không",
                id="search",
                compact=True,
            )
            yield Static("", id="found", markup=False)
        with Horizontal(id="facets"):
            for facet in Facet:
                yield FacetBox(facet.label, f"narrow('{facet}')", id=f"facet-{facet}")
        yield LineTable[EntryLine](
            COLUMNS, present=present, key_of=lambda line: line.code, id="entries"
        )
        yield Static("", id="entry", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.set_focus(self._table)

    def on_screen_resume(self) -> None:
        self.find(self.query_one("#search", VnInput).value, pause=0)

    @property
    def _table(self) -> LineTable[EntryLine]:
        return self.query_one("#entries", LineTable)

    @on(VnInput.Changed, "#search")
    def _search_changed(self, event: VnInput.Changed) -> None:
        self.find(event.value, pause=_PAUSE)

    @work(thread=True, exclusive=True, group="find")
    def find(self, text: str, *, pause: float) -> None:
        """Ask the desk for what matches *text*, unless another letter follows within *pause*."""
        worker = get_current_worker()
        time.sleep(pause)
        if worker.is_cancelled:
            return
        try:
            answer: Message = self.Found(text, self._desk.entry_lines(self._season.id, text=text))
        except RegistryError as refusal:
            answer = Refused(refusal)
        if not worker.is_cancelled:
            self.post_message(answer)

    @on(Found)
    def _show(self, message: Found) -> None:
        self._lines = message.lines
        self._in_season = max(self._in_season, len(message.lines))
        if not message.text:
            self._in_season = len(message.lines)
        self._draw()

    def _draw(self) -> None:
        shown = narrowed(self._lines, self._filters)
        empty = "Không có mô hình nào khớp. F8 bỏ lọc, Esc xóa ô tìm."
        if not self._in_season:
            empty = "Đợt chưa có hồ sơ nào: nhập bảng tính bằng dvk intake apply."
        self._table.show(shown, empty=empty)
        self.query_one("#found", Static).update(f"{len(shown)} / {self._in_season} mô hình")
        for facet in Facet:
            self.query_one(f"#facet-{facet}", FacetBox).show(self._filters.chosen(facet))

    @on(LineTable.Moved, "#entries")
    def _moved(self, event: LineTable.Moved) -> None:
        line: EntryLine | None = event.item
        self.query_one("#entry", Static).update(entry_text(line) if line else Content(""))

    @on(LineTable.Chosen)
    def action_open(self) -> None:
        """Open the score sheet of the entry the cursor is on."""
        line = self._table.current
        if line is not None:
            codes = tuple(each.code for each in self._table.items)
            sheet = SheetScreen(self._desk, self._season, codes, codes.index(line.code))
            self.app.push_screen(sheet, self._back_from_sheet)

    def _back_from_sheet(self, code: str | None) -> None:
        if code is not None:
            self._table.move_to(code)

    def action_search(self) -> None:
        """Go to the search box."""
        self.set_focus(self.query_one("#search", VnInput))

    def action_table(self) -> None:
        """From the search box down to the table."""
        self.set_focus(self._table)

    @on(VnInput.Submitted, "#search")
    def _submitted(self, event: VnInput.Submitted) -> None:
        event.stop()
        self.set_focus(self._table)

    def action_leave_search(self) -> None:
        """Empty the search box; from an empty one go back to the table."""
        box = self.query_one("#search", VnInput)
        if not box.value:
            self.set_focus(self._table)
        box.value = ""

    def action_clear(self) -> None:
        """Show the whole season again."""
        self._filters = Filters()
        self.query_one("#search", VnInput).value = ""
        self._draw()
        self.set_focus(self._table)

    def action_narrow(self, facet_id: str) -> None:
        """Choose a group of a facet."""
        facet = Facet(facet_id)

        def narrow(group: str | None) -> None:
            if group is not None:
                self._filters = self._filters.having(facet, group)
                self._draw()
                self.set_focus(self._table)

        offered = groups(self._lines, self._filters, facet)
        chosen = self._filters.chosen(facet)
        self.app.push_screen(ChoiceScreen(facet.label, offered, chosen), narrow)

"""Phiếu điểm: one entry, every point with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from registry.errors import RegistryError
from registry.season import Season
from registry.views import EntrySheet
from tui.screens.reading import ReadingScreen
from tui.screens.refused import Refused
from tui.screens.sheet_rows import SHEET_COLUMNS, SheetRow, header_text, present, sheet_rows
from tui.widgets.line_table import LineTable
from tui.widgets.reason import ReasonPanel, reason_text
from tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from registry.desk import Desk

_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]


class SheetScreen(Screen[str]):
    """The score sheet (phiếu điểm); answers with the code of the entry last looked at."""

    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Trở về", id="sheet.back"),
        Binding("enter", "why", "Vì sao", id="sheet.why"),
        Binding("f7,p,left_square_bracket,left", "turn(-1)", "Trước", id="sheet.previous"),
        Binding("f8,n,right_square_bracket,right", "turn(1)", "Sau", id="sheet.next"),
    ]

    @dataclass
    class Read(Message):
        """The desk's answer."""

        view: EntrySheet
        selections: dict[str, str]

    def __init__(self, desk: Desk, season: Season, codes: tuple[str, ...], index: int) -> None:
        super().__init__()
        self._desk, self._season = desk, season
        self._codes, self._index = codes, index

    def compose(self) -> ComposeResult:
        yield TopBar(self._season.title, place="")
        yield Static("", id="entry-head", markup=False)
        with Container(id="sheet-body"):
            yield LineTable[SheetRow](
                SHEET_COLUMNS,
                present=present,
                key_of=lambda row: row.key,
                empty="Đợt chưa chấm điểm. Về Tổng quan (F2), nhấn F9 để chấm.",
                id="sheet",
            )
            yield ReasonPanel(id="why")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.set_focus(self._table)
        self.read(self._codes[self._index])

    @property
    def _table(self) -> LineTable[SheetRow]:
        return self.query_one("#sheet", LineTable)

    @work(thread=True, exclusive=True, group="sheet")
    def read(self, code: str) -> None:
        """Ask the desk for the sheet of *code*, and what the selections are called."""
        try:
            view = self._desk.entry_sheet(code)
            labels = {}
            if view.sheet is not None:
                pack = self._desk.pack_of(self._season.id)
                labels = {selection.id: selection.label for selection in pack.selections}
            answer: Message = self.Read(view, labels)
        except RegistryError as refusal:
            answer = Refused(refusal)
        if not get_current_worker().is_cancelled:
            self.post_message(answer)

    @on(Read)
    def _show(self, message: Read) -> None:
        place = f"{self._index + 1}/{len(self._codes)}" if len(self._codes) > 1 else ""
        self.query_one("#entry-head", Static).update(
            header_text(message.view, place, message.selections)
        )
        self._table.show(sheet_rows(message.view, message.selections))

    @on(LineTable.Moved, "#sheet")
    def _moved(self, event: LineTable.Moved) -> None:
        row: SheetRow | None = event.item
        self.query_one("#why", ReasonPanel).show(_why(row) if row else Content(""))

    @on(LineTable.Chosen)
    def action_why(self) -> None:
        """Show the whole reason for the row the cursor is on."""
        row = self._table.current
        if row is not None:
            self.app.push_screen(ReadingScreen("Vì sao", _why(row)))

    def action_turn(self, step: int) -> None:
        """Go to the sheet of the entry before or after, in the order of the list."""
        index = self._index + step
        if 0 <= index < len(self._codes):
            self._index = index
            self.read(self._codes[index])
        else:
            self.app.bell()

    def action_back(self) -> None:
        """Back to the list, onto the entry last looked at."""
        self.dismiss(self._codes[self._index])


def _why(row: SheetRow) -> Content:
    return reason_text(
        f"{row.id}  {row.label.strip()}",
        row.sentences,
        score=row.score,
        readings=row.readings,
        basis=row.basis,
    )

"""Chọn nhóm: one group out of a list, each with its count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer

from registry.vietnamese import fold
from tui.inputs import VnInput
from tui.screens.facets import Group
from tui.widgets.line_table import Column, LineTable, Row

_LONG = 12
"""From this many groups on, a list gets a box to search it."""


class ChoiceScreen(ModalScreen[str]):
    """Asks for a group of a facet; answers its label, empty for all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "Chọn", id="choice.pick"),
        Binding("escape", "dismiss", "Thôi", id="choice.close"),
        Binding("down", "table", "Xuống danh sách", id="choice.table", show=False),
        Binding("slash", "search", "Tìm", id="choice.search", show=False),
    ]

    def __init__(self, title: str, groups: Sequence[Group], chosen: str) -> None:
        super().__init__()
        self._title, self._groups, self._chosen = title, tuple(groups), chosen

    def compose(self) -> ComposeResult:
        with Vertical(id="choice") as box:
            box.border_title = self._title
            box.border_subtitle = "Enter chọn · Esc thôi"
            if len(self._groups) > _LONG:
                yield VnInput(
                    placeholder="Gõ để tìm, có dấu hoặc không", id="choice-search", compact=True
                )
            yield LineTable[Group](
                (Column("Nhóm"), Column("Hồ sơ", 6, "right", tone="strong")),
                present=lambda group: Row((group.label or "Tất cả", str(group.count))),
                key_of=lambda group: group.label,
                empty="Không có nhóm nào khớp.",
                id="choice-table",
            )
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        table = self._table
        table.show(self._groups)
        table.move_to(self._chosen)
        table.styles.height = min(len(self._groups) + 1, max(6, self.app.size.height - 8))
        boxes = self.query(VnInput)
        self.set_focus(boxes.first() if boxes else table)

    @property
    def _table(self) -> LineTable[Group]:
        return self.query_one("#choice-table", LineTable)

    def action_table(self) -> None:
        """From the search box down into the list."""
        self.set_focus(self._table)
        self._table.action_move(1)

    def action_search(self) -> None:
        """Back to the search box, where there is one."""
        for box in self.query(VnInput):
            self.set_focus(box)

    @on(VnInput.Changed, "#choice-search")
    def _searched(self, event: VnInput.Changed) -> None:
        wanted = fold(event.value)
        self._table.show([group for group in self._groups if wanted in fold(group.label)])

    @on(VnInput.Submitted)
    @on(LineTable.Chosen)
    def action_pick(self) -> None:
        """Answer with the group the cursor is on."""
        group = self._table.current
        if group is not None:
            self.dismiss(group.label)

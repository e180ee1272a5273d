"""Ô lọc: the group a list is narrowed to, and the key that changes it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.widgets.line_table import fit
from tui.widgets.literal import literal

_ROOM = 24


class FacetBox(Static):
    """A filter as ``F5 Lĩnh vực: tất cả``; a click opens the choice."""

    ALLOW_SELECT = False

    def __init__(self, label: str, action: str, *, id: str) -> None:  # noqa: A002
        super().__init__("", markup=False, id=id)
        self._label, self._action = label, action

    def show(self, group: str) -> None:
        """Show the group chosen, empty for all."""
        self.set_class(bool(group), "-narrowed")
        shown = literal(group) if len(group) <= _ROOM else fit(group, _ROOM)
        self.update(
            Content.assemble(
                (f"{self._key()} ", "bold"), f"{self._label}: ", (shown or "tất cả", "bold")
            )
        )

    def _key(self) -> str:
        for key, active in self.screen.active_bindings.items():
            if active.binding.action == self._action and key.startswith("f"):
                return self.app.get_key_display(active.binding)
        return ""

    async def on_click(self) -> None:
        await self.screen.run_action(self._action)

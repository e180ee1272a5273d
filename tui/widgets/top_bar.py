"""Thanh đầu màn hình: where one is, and the places one can go to, clickable."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tui.widgets.literal import literal


class PlaceTab(Static):
    """One place of the season; a click goes there."""

    ALLOW_SELECT = False

    def __init__(self, label: Content, action: str, *, here: bool) -> None:
        super().__init__(label, classes="-here" if here else "")
        self._action = action

    async def on_click(self) -> None:
        await self.app.run_action(self._action)


class TopBar(Horizontal):
    """The title of the season, and the places bound to keys on the app (id ``go.…``)."""

    def __init__(self, title: str, *, place: str) -> None:
        super().__init__()
        self._title, self._place = title, place

    def compose(self) -> ComposeResult:
        yield Static(literal(self._title), id="season-title", markup=False)
        for key, binding in self.app.active_bindings.items():
            if not (binding.binding.id or "").startswith("go.place.") or not key.startswith("f"):
                continue
            name = self.app.get_key_display(binding.binding)
            yield PlaceTab(
                Content.assemble((name, "bold"), f" {binding.binding.description}"),
                binding.binding.action,
                here=binding.binding.id == f"go.place.{self._place}",
            )

"""Ô gõ chữ: text inputs that keep Vietnamese typing in order.

Textual inserts printable keys at once, but runs backspace and arrows as bindings that travel
through message queues. A Vietnamese input method sends "backspace, ê" in one burst, which would
come out as "ê, backspace" and eat the letter. Here every key of a focused widget is worked off
where it arrives, bindings included, so that nothing overtakes anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from registry.vietnamese import nfc, tidy

_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"
"""Combining marks (dấu rời) as keyboards send them that type a letter and its mark apart."""


if TYPE_CHECKING:
    _Mixed = Widget
else:
    # Textual looks for styles and bindings along one line of widget classes: a mixin must not be
    # one, or those of Input would be lost.
    _Mixed = object


class OrderedKeys(_Mixed):
    """A widget whose keys take effect in the order they were typed."""

    async def _on_key(self, event: events.Key) -> None:
        here = self.app.screen
        target = here.focused or here
        if target is not self:
            # Typed ahead: the focus moved while this key still waited in our queue.
            event.stop()
            event.prevent_default()
            target._forward_event(events.Key(event.key, event.character))  # noqa: SLF001
        elif self.takes_key(event) or (not self.inserts(event) and await self._bound(event.key)):
            event.stop()
            event.prevent_default()

    async def _bound(self, key: str) -> bool:
        """Do what *key* is bound to, here or further up; False when it is not bound."""
        return await self.app._check_bindings(key)  # noqa: SLF001

    def inserts(self, event: events.Key) -> bool:  # noqa: ARG002
        """Whether this key is text for the widget rather than a command."""
        return False

    def takes_key(self, event: events.Key) -> bool:  # noqa: ARG002
        """Whether the widget has dealt with this key in a way of its own."""
        return False


class VnInput(OrderedKeys, Input):
    """A one-line input for Vietnamese (ô gõ tiếng Việt): ordered, composed, tidy on paste."""

    def inserts(self, event: events.Key) -> bool:
        return event.is_printable

    def takes_key(self, event: events.Key) -> bool:
        """A mark typed after its letter becomes one letter with it."""
        mark, at = event.character or "", self.cursor_position
        if not (mark and _FIRST_MARK <= mark <= _LAST_MARK and self.selection.is_empty and at):
            return False
        letter = nfc(self.value[at - 1] + mark)
        if len(letter) > 1:
            return False
        self.replace(letter, at - 1, at)
        return True

    def _on_paste(self, event: events.Paste) -> None:
        event.text = tidy(event.text)

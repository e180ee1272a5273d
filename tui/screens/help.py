"""Trợ giúp: the keys that work here, read from the bindings themselves."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tui.keys import Shortcut


def help_text(commands: Sequence[Shortcut]) -> Content:
    """Every command with the keys that lead to it."""
    room = max((len(" · ".join(each.keys)) for each in commands), default=0) + 3
    lines = [
        Content.assemble((" · ".join(each.keys).ljust(room), "bold $accent"), each.what)
        for each in commands
    ]
    closing = Content.styled(
        "Mỗi dòng có nhiều phím thì phím nào cũng được. Chuột bấm được vào thanh trên, thanh dưới,"
        " ô lọc và các dòng.",
        "$foreground 60%",
    )
    return Content("\n").join((*lines, Content(""), closing))

"""Lý do: why a number is what it is, as a text to read."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from scoring.sheet import Reading
from tui.widgets.literal import literal


def reason_text(
    title: str,
    sentences: Sequence[str],
    *,
    score: str = "",
    readings: Sequence[Reading] = (),
    basis: str = "",
) -> Content:
    """A heading with its points, sentences, the values read, and the clause it rests on."""
    blocks = [
        Content.assemble((literal(title), "bold"), ("   " + score if score else "", "bold $accent"))
    ]
    blocks.extend(Content(literal_lines(sentence)) for sentence in sentences)
    if readings:
        values = " · ".join(reading.told for reading in readings)
        blocks.append(Content.assemble(("Số liệu đã đọc  ", "$foreground 60%"), literal(values)))
    if basis:
        blocks.append(Content.assemble(("Căn cứ  ", "$foreground 60%"), literal(basis)))
    return Content("\n").join(blocks)


def literal_lines(text: str) -> str:
    """*text* line by line, each made literal."""
    return "\n".join(literal(line) for line in text.split("\n"))


class ReasonPanel(VerticalScroll, can_focus=False):
    """Shows the reason for the row the cursor is on."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = Static("", markup=False)

    def compose(self) -> ComposeResult:
        yield self._text

    def show(self, text: Content) -> None:
        """Show *text* from its beginning."""
        self._text.update(text)
        self.scroll_home(animate=False)

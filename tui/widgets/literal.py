"""Chữ nguyên văn: stored text reaches the terminal as letters, never as commands."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Control characters (escape sequences begin with one), and what hides or turns text around."""


def literal(text: str) -> str:
    """*text* on one line, without characters that steer a terminal or hide others."""
    return _UNSAFE.sub("", text.replace("\n", " ").replace("\t", " "))


class LiteralLines(LineFilter):
    """The last step before the terminal: takes steering characters out of every line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [
            segment
            if segment.control or not _UNSAFE.search(segment.text)
            else Segment(_UNSAFE.sub("", segment.text), segment.style)
            for segment in segments
        ]

"""The typeface of every printed paper (phông chữ): Liberation Serif 2.1.5, as wide as Times."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NewType

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from registry.errors import RegistryError
from registry.vietnamese import tidy

FONTS = Path(__file__).parent / "fonts"

LEADING = 1.24
"""Line height in ems: a bold Ẵ reaches 0.916 em, so less would let lines touch."""

Ink = NewType("Ink", str)
"""Text that is tidied and known to be printable. Only ink reaches the paper."""


class Face(StrEnum):
    """A face of the typeface; the value names its file and, for reportlab, the font."""

    REGULAR = "LiberationSerif-Regular"
    BOLD = "LiberationSerif-Bold"
    ITALIC = "LiberationSerif-Italic"
    BOLD_ITALIC = "LiberationSerif-BoldItalic"


class GlyphMissing(RegistryError):
    """A letter the typeface cannot show: printed, it would be an empty box or a displaced mark."""

    def __init__(self, record: str, letter: str, *, text: str) -> None:
        self.record, self.letter = record, letter
        super().__init__(
            f"Không in được {record}: phông chữ không có ký tự “{letter}” "
            f"(U+{ord(letter):04X}) trong “{_excerpt(text, letter)}”.",
            hint="Gõ lại chỗ đó bằng chữ thường dùng rồi in lại.",
        )


def ink(text: str, *, record: str) -> Ink:
    """*text* on one line, composed, literal. Raises GlyphMissing, which names *record*."""
    tidied = tidy(text)
    for letter in tidied:
        if ord(letter) not in _printable():
            raise GlyphMissing(record, letter, text=tidied)
    return Ink(tidied)


@lru_cache(maxsize=50_000)
def width(text: str, face: Face, size: float) -> float:
    """How wide *text* prints. Unit: points."""
    load_faces()
    return float(pdfmetrics.stringWidth(text, face, size))


@cache
def load_faces() -> tuple[TTFont, ...]:
    """Register the four faces, each read from its own file."""
    fonts = tuple(TTFont(str(face), str(FONTS / f"{face}.ttf")) for face in Face)
    for font in fonts:
        pdfmetrics.registerFont(font)
        # registerFont keeps an older font of the same PostScript name without a word, and
        # Liberation 1 bears that name but lacks most Vietnamese letters (reportlab 5.1).
        if pdfmetrics.getFont(font.fontName) is not font:
            raise AssertionError(f"another font is already registered as {font.fontName}")
    return fonts


@cache
def _printable() -> frozenset[int]:
    """Code points every face has and that stand alone on the line.

    Left out: combining marks that found no letter to compose with, and Hebrew. The typeface
    has both, but nothing here would place or order them.
    """
    shared = frozenset.intersection(*(frozenset(f.face.charToGlyph) for f in load_faces()))
    alone = (c for c in shared if c >= 0x20 and not 0x300 <= c < 0x370 and not 0x590 <= c < 0x600)
    return frozenset(c for c in alone if not 0x2000 <= c < 0x2010 and c < 0xE000)


def _excerpt(text: str, letter: str) -> str:
    at = text.index(letter)
    start, end = max(0, at - 20), at + 20
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"

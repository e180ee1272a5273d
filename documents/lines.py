"""Text into lines: wrapping, balancing, and fitting a stack of lines into a box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from documents.typeface import LEADING, Face, Ink, width
from registry.errors import RegistryError

SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)


class TextTooLong(RegistryError):
    """A text that would have to be cut or made too small to read; neither is done."""

    def __init__(self, record: str, *, text: str, room: str) -> None:
        self.record = record
        super().__init__(
            f"Không in được {record}: “{text[:60]}{'…' if len(text) > 60 else ''}” "
            f"({len(text)} ký tự) không vừa {room}.",
            hint="Rút gọn chỗ đó rồi in lại.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it prints. Unit of ``size`` and ``height``: points."""

    text: Ink
    face: Face
    size: float

    @property
    def height(self) -> float:
        return self.size * LEADING

    @property
    def width(self) -> float:
        return width(self.text, self.face, self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text of a stack: set at ``size``, shrunk to ``floor`` at most, then on two lines."""

    text: Ink
    face: Face
    size: float
    floor: float
    gap: float = 0
    """Space above it, in points; none above the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Lines placed under one another, each with the space above it."""

    lines: tuple[tuple[float, Line], ...]

    @property
    def height(self) -> float:
        return sum(gap + line.height for gap, line in self.lines)


@lru_cache(maxsize=20_000)
def wrap(text: Ink, face: Face, size: float, room: float) -> tuple[Line, ...]:
    """*text* in lines no wider than *room*; a word wider than that is broken between letters."""
    lines: list[str] = []
    for word in _pieces(text, face, size, room):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(Line(text=Ink(line), face=face, size=size) for line in lines)


def balanced(text: Ink, face: Face, size: float) -> tuple[Line, ...]:
    """*text* on two lines as equal as its words allow; on one when it is a single word."""
    words = _words(text)
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    best = min(halves, key=lambda pair: max(width(half, face, size) for half in pair), default=())
    return tuple(Line(text=Ink(half), face=face, size=size) for half in best or (text,))


def fit_stack(items: Sequence[Item], *, room: float, box: float, record: str, place: str) -> Stack:
    """*items* in a box *room* wide and *box* high. Raises TextTooLong, which names *record*.

    Each item shrinks to its floor, then takes two lines; then the whole stack shrinks.
    """
    for scale in SCALES:
        stack = _stack_at(items, scale, room)
        if stack is not None and stack.height <= box:
            return stack
    longest = max(items, key=lambda item: len(item.text))
    raise TextTooLong(record, text=longest.text, room=place)


def _stack_at(items: Sequence[Item], scale: float, room: float) -> Stack | None:
    lines: list[tuple[float, Line]] = []
    for item in items:
        fitted = _fit(item, scale, room)
        if fitted is None:
            return None
        gap = item.gap * scale if lines else 0
        lines += [(gap if number == 0 else 0, line) for number, line in enumerate(fitted)]
    return Stack(lines=tuple(lines))


def _fit(item: Item, scale: float, room: float) -> tuple[Line, ...] | None:
    """One line, else two, at no less than the item's floor; None when neither is enough."""
    size, floor = item.size * scale, item.floor * scale
    for lines in (
        (Line(text=item.text, face=item.face, size=size),),
        balanced(item.text, item.face, size),
    ):
        needed = size * min(1, room / max(line.width for line in lines or ()))
        if needed >= floor:
            return tuple(Line(text=line.text, face=line.face, size=needed) for line in lines)
    return None


def _pieces(text: Ink, face: Face, size: float, room: float) -> Iterator[str]:
    for word in _words(text):
        piece = ""
        for letter in word if width(word, face, size) > room else ():
            if piece and width(piece + letter, face, size) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece or word


def _words(text: str) -> list[str]:
    """The words of *text* between which a line may end: not before a number or a dash.

    ``tổ dân phố 9`` never leaves its 9 alone on the next line.
    """
    words: list[str] = []
    for word in text.split():
        if words and (word.strip(",.;:()").isdigit() or word in {"-", "–", "—"}):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words

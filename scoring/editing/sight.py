"""What the cursor points at (chỗ con trỏ): a key of the format, a name, a function, a choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.editing.names import Declared, Names
from scoring.editing.slots import Refers, Slot, slot_at
from scoring.editing.tokens import Token, read_tokens, token_at
from scoring.functions import FUNCTIONS
from scoring.source import Path

_WORD = re.compile(r"[^\W\d]\w*")
_PLAIN = re.compile(r"[\w.\-]+")
_STRING = re.compile(r"d?\"[^\"]*\"?|'[^']*'?")
_COMPARED = re.compile(r"([^\W\d]\w*)[\s)]*(?:\?\?[^=!]*)?(?:[=!]=|in\s*\[[^\]]*)\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a line, from 0, in characters."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A file of a pack as the author sees it: its name inside the pack, its words."""

    file: str
    tokens: tuple[Token, ...]

    def value(self, path: Path) -> str:
        """What is written at *path* on one line; empty when nothing is."""
        found = (one for one in self.tokens if not one.is_key and one.path == path)
        token = next(found, None)
        return token.text.strip("\"'") if token else ""

    def keys(self, path: Path) -> frozenset[str]:
        """The keys written in the mapping at *path*."""
        return frozenset(
            one.text.strip("\"'") for one in self.tokens if one.is_key and one.path == path
        )


@dataclass(frozen=True, slots=True)
class Sight:
    """What is pointed at: exactly one of the four is set."""

    span: Span
    slot: Slot
    name: Declared | None = None
    function: str = ""
    key: tuple[str, str] = ("", "")
    """Part of the format and key in it, e.g. ``("TiersFile", "bands")``."""
    choice: tuple[Declared, str] | None = None


def sight_at(file: str, text: str, row: int, column: int, names: Names) -> Sight | None:
    """What stands at the cursor in *file* (its name inside the pack); None when nothing known."""
    page = Page(file, read_tokens(text))
    token = token_at(page.tokens, row, column)
    if token is None:
        return None
    found = [one for one in sights_of(page, token, names) if one.span.row == row]
    inside = [one for one in found if one.span.start <= column < one.span.end]
    return next(iter(inside or [one for one in found if one.span.end == column]), None)


def sights_of(page: Page, token: Token, names: Names) -> Iterator[Sight]:
    """Everything known that *token* says, left to right."""
    slot = slot_at(page.file, token.path)
    if token.is_key:
        yield from _key(page, slot, token, names)
    elif slot.is_expression:
        yield from _expression(slot, token, names)
    elif token.path and token.path[-1] == "id":
        yield from _id(page.file, slot, token, names)
    elif slot.refers is not Refers.NOTHING:
        span, word = _plain(token)
        if slot.refers is Refers.CHOICE:
            fact = filled_fact(token.path, names)
            if fact is not None and word in fact.choices:
                yield Sight(span, slot, choice=(fact, word))
        elif (name := names.find(slot.refers, word)) is not None:
            yield Sight(span, slot, name=name)


def _key(page: Page, slot: Slot, token: Token, names: Names) -> Iterator[Sight]:
    span, word = _plain(token)
    name = None
    if slot.keys_refer is Refers.CHOICE:
        fact = names.find("fact", page.value((*token.path[:-1], "of")))
        if fact is not None and word in fact.choices:
            yield Sight(span, slot, choice=(fact, word))
        return
    if slot.keys_refer is not Refers.NOTHING:
        name = names.find(slot.keys_refer, word)
    elif len(token.path) == 1:
        sorts = {"facts": "fact", "constants": "constant", "derived": "derived", "peers": "peer"}
        name = names.find(sorts.get(str(token.path[0]), ""), word)
    if name is not None:
        yield Sight(span, slot, name=name)
    elif (model := slot.mapping) is not None:
        known = {field.alias or key for key, field in model.model_fields.items()}
        if word in known:
            yield Sight(span, slot, key=(model.__name__, word))


def filled_fact(path: Path, names: Names) -> Declared | None:
    """The fact a case gives a value at *path*; marks are given one by one."""
    return names.find("fact", next((str(one) for one in path[::-1] if isinstance(one, str)), ""))


def _id(file: str, slot: Slot, token: Token, names: Names) -> Iterator[Sight]:
    span, word = _plain(token)
    for one in names.all:
        at = (one.place.file, one.place.line - 1, one.place.column - 1)
        if one.id == word and at == (file, span.row, token.pieces[0].start):
            yield Sight(span, slot, name=one)


def _plain(token: Token) -> tuple[Span, str]:
    piece = token.pieces[0]
    word = _PLAIN.search(token.text.split("\n")[0])
    start = piece.start + (word.start() if word else 0)
    text = word[0] if word else ""
    return Span(piece.row, start, start + len(text)), text


def _expression(slot: Slot, token: Token, names: Names) -> Iterator[Sight]:
    words = names.words(scores=True)
    before = ""
    for piece, text in zip(token.pieces, inside(token), strict=True):
        for start, end, is_string in _parts(text):
            span = Span(piece.row, piece.start + start, piece.start + end)
            part = text[start:end]
            if is_string:
                fact = compared_fact(before + text[: start - 1], names)
                if fact is not None and part in fact.choices:
                    yield Sight(span, slot, choice=(fact, part))
            elif part in FUNCTIONS and text[end:].lstrip().startswith("("):
                yield Sight(span, slot, function=part)
            elif part in words:
                yield Sight(span, slot, name=words[part])
        before += text + "\n"


def inside(token: Token) -> tuple[str, ...]:
    """The lines of a value, its own quotes blanked out so that columns stay true."""
    text = token.text
    if text[:1] in ("'", '"'):
        end = text[-1] == text[0] and len(text) > 1
        text = " " + (text[1:-1] + " " if end else text[1:])
    return tuple(text.replace('\\"', ' "').split("\n"))


def _parts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Words of an expression, and what stands between quotes in it."""
    at = 0
    while at < len(text):
        if quoted := _STRING.match(text, at):
            inner = re.search(r"[\w.\-]+", quoted[0].lstrip("d")) if quoted[0][0] != "d" else None
            if inner:
                yield at + inner.start(), at + inner.end(), True
            at = quoted.end()
        elif word := _WORD.match(text, at):
            yield word.start(), word.end(), False
            at = word.end()
        else:
            at += 1


def compared_fact(before: str, names: Names) -> Declared | None:
    """The choice a quoted value right behind *before* is compared with."""
    compared = _COMPARED.search(before.rstrip("\"'"))
    fact = names.find("fact", compared[1]) if compared else None
    return fact if fact is not None and fact.choices else None

"""Where a name is declared and used (nơi khai, nơi dùng), and the outline of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoring.editing.names import Declared, Names
from scoring.editing.sight import Page, Sight, Span, sights_of
from scoring.editing.tokens import read_tokens


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word of a file that stands for something."""

    file: str
    span: Span


@dataclass(frozen=True, slots=True)
class Symbol:
    """A line of a file's outline: what is declared there, and the last row that belongs to it."""

    name: Declared
    span: Span
    last_row: int
    parts: tuple[Symbol, ...] = ()


def declaration(sight: Sight) -> Declared | None:
    """The declaration behind what is pointed at; None for keys, functions and scores."""
    name = sight.name or (sight.choice[0] if sight.choice else None)
    return name if name is not None and name.place.file else None


def declared_at(name: Declared) -> Occurrence:
    """Where *name* is declared."""
    row, column = name.place.line - 1, name.place.column - 1
    return Occurrence(name.place.file, Span(row, column, column + len(name.id)))


def occurrences(files: Mapping[str, str], name: Declared, names: Names) -> tuple[Occurrence, ...]:
    """Every place that says *name*, its declaration among them."""
    return tuple(
        Occurrence(file, sight.span)
        for file, text in sorted(files.items())
        if name.id in text or name.word in text
        for sight in _sights(file, text, names, (name.id, name.word))
        if sight.name == name
    )


def _sights(file: str, text: str, names: Names, words: tuple[str, str]) -> Iterator[Sight]:
    page = Page(file, read_tokens(text))
    for token in page.tokens:
        if any(word in token.text for word in words):
            yield from sights_of(page, token, names)


def outline(file: str, text: str, names: Names) -> tuple[Symbol, ...]:
    """What *file* declares, criteria with their parts, in order of the file."""
    mine = sorted((one for one in names.all if one.place.file == file), key=lambda one: one.place)
    groups = {part: one for one in mine for part in _part_ids(one)}
    ends = {
        one: (mine[at + 1].place.line - 2 if at + 1 < len(mine) else text.count("\n"))
        for at, one in enumerate(mine)
    }

    def symbol(one: Declared) -> Symbol:
        parts = tuple(symbol(part) for part in mine if groups.get(part.id) == one != part)
        last = max((ends[one], *(part.last_row for part in parts)))
        return Symbol(one, declared_at(one).span, max(last, one.place.line - 1), parts)

    return tuple(symbol(one) for one in mine if one.sort != "criterion" or one.id not in groups)


def _part_ids(one: Declared) -> Iterator[str]:
    parts = one.said.get("parts")
    if one.sort == "criterion" and isinstance(parts, list):
        for part in parts:
            if isinstance(part, dict) and str(part.get("id", one.id)) != one.id:
                yield str(part["id"])

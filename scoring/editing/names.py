"""Everything a pack gives a name, with its place (tên đã khai), also while the pack has faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from scoring.declarations import SCORES
from scoring.problems import PackError, Place
from scoring.rules import score_name
from scoring.source import Path, Source, read_source

_BLOCKS: Mapping[str, str] = MappingProxyType(
    {"criteria": "criteria", "bonus": "parts", "penalty": "parts"}
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A name: what kind of thing it is, where it is declared, what is said of it there."""

    sort: str
    """``fact``, ``constant``, ``derived``, ``peer``, ``criterion``, ``grade``, ``gate``,
    ``selection`` or ``score``."""
    id: str
    place: Place
    said: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def word(self) -> str:
        """How an expression reads it."""
        return score_name(self.id) if self.sort == "criterion" else self.id

    @property
    def label(self) -> str:
        return self.text("label") or SCORES.get(self.id, "")

    def text(self, key: str) -> str:
        """What is written under *key*, as text; empty when nothing is."""
        value = self.said.get(key)
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None or isinstance(value, dict | list) else str(value)

    @property
    def choices(self) -> dict[str, str]:
        """Code and label of everything a choice may be."""
        found = self.said.get("choices")
        return {str(key): str(one) for key, one in found.items()} if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Names:
    """What a pack declares. ``read`` remembers how each file last read."""

    all: tuple[Declared, ...] = ()
    read: Mapping[str, Source] = field(default_factory=dict)

    def words(self, *, scores: bool) -> dict[str, Declared]:
        """What an expression may read, by the word for it."""
        sorts = ("fact", "constant", "derived", "peer", *(("criterion", "score") if scores else ()))
        found: dict[str, Declared] = {}
        for one in self.all:
            if one.sort in sorts:
                found.setdefault(one.word, one)
        return found

    def find(self, sort: str, id_: str) -> Declared | None:
        """The first thing of that sort with this id."""
        return next((one for one in self.all if one.sort == sort and one.id == id_), None)

    def of(self, sort: str) -> tuple[Declared, ...]:
        return tuple(one for one in self.all if one.sort == sort)


def read_names(files: Mapping[str, str], before: Names | None = None) -> Names:
    """The names of a pack; a file that does not parse counts as it last did (*before*)."""
    read = {}
    for file, text in files.items():
        if file == "pack.yaml" or file.startswith("criteria/"):
            found = _parsed(text, file)
            old = before.read.get(file) if before else None
            read[file] = found or old or _salvaged(text, file)
    names = [one for source in read.values() for one in _declared(source)]
    scores = [Declared("score", name, Place("")) for name in SCORES]
    return Names((*names, *scores), read)


def _parsed(text: str, file: str) -> Source | None:
    try:
        return read_source(text, file=file)
    except PackError:
        return None


def _salvaged(text: str, file: str) -> Source:
    """What is left of a file nobody has seen whole: without its sections that do not parse."""
    sections: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line[:1].isalpha():
            sections.append([])
        sections[-1].append(line)
    value: dict[str, Any] = {}
    places: dict[Path, Place] = {}
    keys: dict[Path, Place] = {}
    above = 0
    for lines in sections:
        # Empty lines stand for the sections above, so that places stay true.
        found = _parsed("\n" * above + "\n".join(lines), file)
        above += len(lines)
        if found is not None and isinstance(found.value, dict):
            value.update(found.value)
            places.update(found.places)
            keys.update(found.keys)
    return Source(value, places, keys)


def _declared(source: Source) -> Iterator[Declared]:
    for key, sort in (
        ("facts", "fact"),
        ("constants", "constant"),
        ("derived", "derived"),
        ("peers", "peer"),
    ):
        for id_, said in _mapping(_mapping(source.value).get(key)).items():
            yield Declared(sort, id_, source.key_place((key, id_)), _mapping(said))
    for key, sort in (("gates", "gate"), ("grades", "grade"), ("selections", "selection")):
        for path, said in _items((key,), _mapping(source.value).get(key)):
            yield Declared(sort, str(said["id"]), source.place((*path, "id")), said)
    for key, below in _BLOCKS.items():
        found = _mapping(source.value).get(key)
        if below == key:
            yield from _criteria(source, (key,), found)
        else:
            yield from _criteria(source, (key, below), _mapping(found).get(below))


def _criteria(source: Source, path: Path, value: Any) -> Iterator[Declared]:
    for at, said in _items(path, value):
        yield Declared("criterion", str(said["id"]), source.place((*at, "id")), said)
        yield from _criteria(source, (*at, "parts"), said.get("parts"))


def _items(path: Path, value: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    for at, said in enumerate(value if isinstance(value, list) else ()):
        if isinstance(said, dict) and isinstance(said.get("id"), str | int):
            yield (*path, at), said


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

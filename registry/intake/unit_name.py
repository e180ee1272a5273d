"""Which unit sent a list (đơn vị gửi): its title rows, its file's name, or a person's word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from registry.intake.list_words import ListWords
from registry.intake.sheets import Cell
from registry.vietnamese import slug, tidy

_LABELLED = re.compile(r"^(?:tên )?đơn vị(?: đăng ký| gửi)?\s*:\s*(.+)$", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"^[\d\s._()-]+")


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit's name as the register will write it, and where it was found."""

    name: str
    place: str


def unit_of(
    titles: Iterable[Cell],
    *,
    file: str,
    words: ListWords,
    known: Mapping[str, str],
    texts: Iterable[str] = (),
) -> UnitFound | None:
    """The unit a list is from, None when nothing says so.

    *known* are the units of the register, by slug; *texts* is what the list says elsewhere:
    a title in capitals is written as it is found there.
    """
    titles = tuple(titles)
    named = unit_in_name(file)
    spellings = (*known.values(), named, *texts)
    if told := next(_labelled(titles), None):
        return UnitFound(spelt(told.text, words, spellings), told.place)
    # The body that sends stands below the bodies above it.
    for cell in reversed([cell for cell in titles if words.is_unit(cell.text)]):
        return UnitFound(spelt(cell.text, words, spellings), cell.place)
    for cell in titles:
        for name, spelling in known.items():
            if f"-{name}-" in f"-{slug(cell.text)}-":
                return UnitFound(spelling, cell.place)
    if words.is_unit(named) or slug(named) in known:
        return UnitFound(spelt(named, words, spellings), "tên tệp")
    return None


def unit_in_name(file: str) -> str:
    """What the name of a file says of its unit: ``03 Phường Trung Lương.xlsx``."""
    stem = PurePath(file).stem.replace("_", " ")
    return tidy(_NUMBER_BEFORE.sub("", stem))


def spelt(text: str, words: ListWords, spellings: Iterable[str]) -> str:
    """*text* as the register, or else something that is not all capitals, spells it."""
    name = words.spelt_out(tidy(text))
    wanted = slug(name)
    for spelling in spellings:
        if slug(spelling) == wanted:
            return spelling if not spelling.isupper() else _titled(spelling)
        if name.isupper() and (found := _within(spelling, name)):
            return found
    return _titled(name) if name.isupper() else name


def _within(text: str, name: str) -> str:
    at = text.upper().find(name) if len(text.upper()) == len(text) else -1
    found = text[at : at + len(name)] if at >= 0 else ""
    return "" if found.isupper() else found


def _titled(name: str) -> str:
    """A name in capitals, written as the names of communes are."""
    return " ".join(word.capitalize() for word in name.split())


def _labelled(titles: Iterable[Cell]) -> Iterator[Cell]:
    for cell in titles:
        if found := _LABELLED.match(cell.text):
            yield Cell(found[1], cell.place)

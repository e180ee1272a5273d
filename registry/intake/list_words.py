"""Words of the lists that units send (cách ghi trong danh sách đơn vị), kept as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from registry.intake.headings import HEADINGS
from registry.vietnamese import slug, tidy
from scoring.problems import PackError, Problem
from scoring.source import read_source

_LISTS = ("order", "ignored", "unit_words", "not_units", "totals", "signatures")
_NUMBERING = re.compile(r"^(?:[0-9]{1,3}|[ivx]{1,4}|[a-z])-(?=.)")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")


@dataclass(frozen=True, kw_only=True)
class ListWords:
    """How units word what stands around and above their entries."""

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit_short: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ("STT", "TT")
    ignored: tuple[str, ...] = ("Ghi chú",)
    unit_words: tuple[str, ...] = ("Phường", "Xã")
    not_units: tuple[str, ...] = ("Danh sách",)
    totals: tuple[str, ...] = ("Tổng cộng",)
    signatures: tuple[str, ...] = ("Người lập",)

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """Which attribute of an entry a heading stands for, by the heading's slug."""
        ours = {slug(head): name for name, heads in HEADINGS.items() for head in heads}
        theirs = {slug(head): name for name, heads in self.headings.items() for head in heads}
        return theirs | ours

    @cached_property
    def passed_over(self) -> frozenset[str]:
        """Headings of columns that are known and hold nothing to take."""
        return frozenset(map(slug, (*self.order, *self.ignored)))

    @cached_property
    def numbering(self) -> frozenset[str]:
        """Headings of the column that counts the rows."""
        return frozenset(slug(word) or word for word in self.order)

    def attribute_of(self, heading: str) -> str:
        """The attribute *heading* stands for: as it is, without brackets, without its number."""
        for text in (heading, _IN_BRACKETS.sub(" ", heading)):
            name = slug(text)
            for form in (name, _NUMBERING.sub("", name)):
                if found := self.attributes.get(form):
                    return found
        return ""

    def is_unit(self, text: str) -> bool:
        """Whether *text* begins as the names of units do."""
        name = slug(self.spelt_out(text))
        return _begins(name, self.unit_words) and not _begins(name, self.not_units)

    def spelt_out(self, unit: str) -> str:
        """*unit* with the abbreviation at its beginning written out: ``P. Bắc Hồng``."""
        for short, full in self.unit_short.items():
            found = re.match(rf"{re.escape(short)}(?:\.\s*|\s+)(?=\w)", unit)
            if found:
                return f"{full} {unit[found.end() :]}"
        return unit

    def is_total(self, text: str) -> bool:
        name = slug(text)
        for word in map(slug, self.totals):
            # A model may be called "Cộng đồng …": a lone word counts with a number or nothing.
            rest = name.removeprefix(word) if name.startswith(word) else None
            if rest is not None and (
                not rest or (rest[0] == "-" and ("-" in word or rest[1:2].isdigit()))
            ):
                return True
        return False

    def is_signature(self, text: str) -> bool:
        name = slug(text)
        dated = re.search(r"(^|-)ngay-[0-9]*-?thang(-|$)", name) is not None
        return dated or _begins(name, self.signatures)


def read_list_words(folder: Path) -> ListWords:
    """The words of ``lists.yaml`` in *folder*; ours alone where there is no such file.

    Raises:
        PackError: the file is not what it should be, with the place.
    """
    path = folder / "lists.yaml"
    if not path.is_file():
        return ListWords()
    source = read_source(path.read_text("utf-8"), file=f"{folder.name}/{path.name}")
    told: Any = source.value
    if fault := _fault_of(told):
        hint = "Xem mẫu trong rules/catalogue/lists.yaml."
        raise PackError((Problem(source.place(()), "catalogue", fault, hint),))
    return ListWords(
        headings={name: tuple(map(tidy, heads)) for name, heads in told["headings"].items()},
        unit_short={tidy(short): tidy(full) for short, full in told["unit_short"].items()},
        **{name: tuple(map(tidy, told[name])) for name in _LISTS},
    )


def _fault_of(told: Any) -> str:
    wanted = {"headings", "unit_short", *_LISTS}
    if not isinstance(told, dict) or set(told) != wanted:
        return f"Tệp phải có đúng các khóa: {', '.join(sorted(wanted))}."
    texts: list[Any] = [told[name] for name in _LISTS]
    if not isinstance(told["headings"], dict) or not isinstance(told["unit_short"], dict):
        return "“headings” và “unit_short” phải gồm các khóa và giá trị."
    if unknown := set(told["headings"]) - set(HEADINGS):
        return f"“headings” không có cột “{min(unknown)}”; có: {', '.join(HEADINGS)}."
    texts += told["headings"].values()
    good = all(isinstance(one, list) and all(isinstance(t, str) for t in one) for one in texts)
    shorts = all(isinstance(full, str) for full in told["unit_short"].values())
    return "" if good and shorts else "Mỗi mục phải là danh sách chữ."


def _begins(name: str, words: Iterable[str]) -> bool:
    return any(f"{name}-".startswith(f"{slug(word)}-") for word in words)

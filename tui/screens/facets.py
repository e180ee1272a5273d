"""Bộ lọc: narrowing a list of entries by field, level and unit, with live counts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from registry.vietnamese import sort_key
from registry.views import EntryLine


class Facet(StrEnum):
    """What a list may be narrowed by; the value is the attribute of a line."""

    FIELD = "field"
    LEVEL = "level"
    UNIT = "unit"

    @property
    def label(self) -> str:
        return _LABELS[self]

    def of(self, line: EntryLine) -> str:
        """The group *line* belongs to, as people read it."""
        value: str = getattr(line, self.value)
        return value


_LABELS = {Facet.FIELD: "Lĩnh vực", Facet.LEVEL: "Cấp", Facet.UNIT: "Đơn vị"}


@dataclass(frozen=True, slots=True)
class Filters:
    """The groups a list is narrowed to; empty text stands for all."""

    field: str = ""
    level: str = ""
    unit: str = ""

    def chosen(self, facet: Facet) -> str:
        value: str = getattr(self, facet.value)
        return value

    def having(self, facet: Facet, group: str) -> Filters:
        """These filters with another group for *facet*."""
        return replace(self, **{facet.value: group})

    def pass_(self, line: EntryLine, *, but: Facet | None = None) -> bool:
        """Whether *line* is in every group chosen, leaving the facet *but* aside."""
        return all(facet is but or self.chosen(facet) in ("", facet.of(line)) for facet in Facet)


@dataclass(frozen=True, slots=True)
class Group:
    """A group to choose, and how many lines choosing it would leave."""

    label: str
    count: int


def narrowed(lines: Sequence[EntryLine], filters: Filters) -> tuple[EntryLine, ...]:
    """The lines that pass every filter, in the order given."""
    return tuple(line for line in lines if filters.pass_(line))


def groups(lines: Sequence[EntryLine], filters: Filters, facet: Facet) -> tuple[Group, ...]:
    """The groups of *facet* in dictionary order, counted under the other filters; all first."""
    within = [line for line in lines if filters.pass_(line, but=facet)]
    counts = Counter(facet.of(line) for line in within)
    if filters.chosen(facet):
        counts.setdefault(filters.chosen(facet), 0)
    ordered = sorted(counts, key=sort_key)
    return (Group("", len(within)), *(Group(label, counts[label]) for label in ordered))

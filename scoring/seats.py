"""Places and who holds them (chỉ tiêu và chỗ): how full each quota is while a selection goes on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scoring.contest import Group, contested
from scoring.facts import cell_of
from scoring.interpret import NoValue, Scope, number, truth
from scoring.numbers import round_half_up
from scoring.rules import Quota, Selection, Share
from scoring.sheet import Facts, ScoreSheet


@dataclass
class Seats:
    """How many places each quota of a selection has given, and to whom."""

    selection: Selection
    season: Mapping[str, Facts]
    sheets: Mapping[str, ScoreSheet]
    scopes: Mapping[str, Scope]
    holders: dict[Group, list[str]] = field(default_factory=lambda: defaultdict(list))
    _places: dict[Group, int] = field(default_factory=dict)
    _groups: dict[str, tuple[Group, ...]] = field(default_factory=dict)

    def groups(self, code: str) -> tuple[Group, ...]:
        """The quotas that *code* counts against, each with its group."""
        if code not in self._groups:
            self._groups[code] = tuple(
                (at, self._value(quota, code))
                for at, quota in enumerate(self.selection.quotas)
                if self._concerns(quota, code)
            )
        return self._groups[code]

    def _value(self, quota: Quota, code: str) -> str:
        value = self.season[code].get(quota.per) if quota.per else None
        return "" if value is None else cell_of(value)

    def _concerns(self, quota: Quota, code: str) -> bool:
        try:
            return quota.only is None or truth(quota.only.node, self.scopes[code])
        except NoValue:
            return True

    def places(self, group: Group, code: str) -> int:
        """How many places *group* has; *code* is one of it, whose facts may say how many."""
        if group not in self._places:
            quota = self.selection.quotas[group[0]]
            try:
                self._places[group] = max(0, self._counted(quota, group, code))
            except NoValue:
                self._places[group] = 0
        return self._places[group]

    def _counted(self, quota: Quota, group: Group, code: str) -> int:
        scope = self.scopes[code]
        asked = quota.share.percent if quota.share else quota.most
        assert asked is not None  # noqa: S101 (a checked quota has one of the two)
        population = self._population(quota.share, group) if quota.share else 0
        return whole_places(quota.share, number(asked.node, scope), population)

    def _population(self, share: Share, group: Group) -> int:
        """How many of *group* take part, or hold one of the grades the share is of."""
        return sum(
            group in self.groups(code) and (not share.of or self.sheets[code].grade in share.of)
            for code in self.season
        )

    def left(self, group: Group, code: str) -> int:
        return self.places(group, code) - len(self.holders[group])

    def full(self, code: str) -> list[Group]:
        """The quotas with no place left for *code*."""
        return [group for group in self.groups(code) if self.left(group, code) <= 0]

    def give(self, code: str) -> None:
        for group in self.groups(code):
            self.holders[group].append(code)

    def contested(self, codes: Sequence[str]) -> set[str]:
        """Those of *codes*, equal in standing, who cannot all have a place."""
        groups = {code: self.groups(code) for code in codes}
        left = {group: self.left(group, code) for code in codes for group in groups[code]}
        return contested(groups, left)


def whole_places(share: Share | None, value: Fraction, population: int) -> int:
    """How many places a quota of *value* has: so many, or so many percent of *population*."""
    if share is None:
        return math.floor(value)
    places = value * population / 100
    if share.rounding == "up":
        return math.ceil(places)
    return (
        math.floor(places) if share.rounding == "down" else int(round_half_up(places, Decimal(1)))
    )

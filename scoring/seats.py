"""Places and who holds them (chỉ tiêu và chỗ): how full each quota is while a selection goes on."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from scoring.facts import cell_of
from scoring.interpret import NoValue, Scope, number, truth
from scoring.numbers import round_half_up
from scoring.rules import Quota, Selection, Share
from scoring.sheet import Facts, ScoreSheet

MOST_TRIES = 500

Group: TypeAlias = tuple[int, str]
"""A quota by its index, and the value of the fact it is counted by."""


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
        if quota.most is not None:
            return math.floor(number(quota.most.node, scope))
        assert quota.share is not None  # noqa: S101 (a checked quota has one of the two)
        whole = self._population(quota.share, group)
        return _rounded(number(quota.share.percent.node, scope) * whole / 100, quota.share.rounding)

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

    def take_back(self, code: str) -> None:
        for group in self.groups(code):
            self.holders[group].remove(code)

    def contested(self, codes: Sequence[str]) -> set[str]:
        """Those of *codes*, equal in standing, who cannot all have a place."""
        found: set[str] = set()
        members: dict[Group, list[str]] = defaultdict(list)
        for code in codes:
            for group in self.groups(code):
                members[group].append(code)
        for group, alike in members.items():
            left = self.left(group, alike[0])
            if len(alike) > left:
                found.update(self._losers(alike, left))
        return found

    def _losers(self, group: Sequence[str], left: int) -> Iterator[str]:
        """Those of *group* before whom the others can take all *left* places.

        Someone who has a place in every order a vote could give needs no vote.
        """
        alike: dict[tuple[Group, ...], list[str]] = defaultdict(list)
        for code in group:
            alike[self.groups(code)].append(code)
        for keys, codes in alike.items():
            others = [
                one
                for other, ones in alike.items()
                for one in (ones[1:] if other == keys else ones)[:left]
            ]
            if self._can_seat(others, left, [MOST_TRIES]):
                yield from codes

    def _can_seat(self, codes: Sequence[str], wanted: int, tries: list[int]) -> bool:
        """Whether *wanted* of *codes* fit in together; True when that takes too long to tell.

        Asking for a vote that turns out not to matter is safe, the other way round is not.
        """
        tries[0] -= 1
        if wanted == 0 or tries[0] < 0:
            return True
        if len(codes) < wanted or self._room(codes) < wanted:
            return False
        first, rest = codes[0], codes[1:]
        if not self.full(first):
            self.give(first)
            seated = self._can_seat(rest, wanted - 1, tries)
            self.take_back(first)
            if seated:
                return True
        # Without *first*, one of the same groups would fare no better.
        mine = self.groups(first)
        return self._can_seat([one for one in rest if self.groups(one) != mine], wanted, tries)

    def _room(self, codes: Sequence[str]) -> int:
        """At most so many of *codes* can have a place, looking at each quota on its own."""
        room = len(codes)
        for at in range(len(self.selection.quotas)):
            mine = {code: group for code in codes for group in self.groups(code) if group[0] == at}
            sizes = Counter(mine.values())
            free = len(codes) - len(mine)
            one_of = {group: code for code, group in mine.items()}
            left = (min(n, max(0, self.left(g, one_of[g]))) for g, n in sizes.items())
            room = min(room, free + sum(left))
        return room


def _rounded(places: Fraction, how: str) -> int:
    if how == "up":
        return math.ceil(places)
    return math.floor(places) if how == "down" else int(round_half_up(places, Decimal(1)))

"""Who of several equal entries cannot be sure of a place (tranh chỗ): those a vote is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

MOST_TRIES = 500

Group: TypeAlias = tuple[int, str]
"""A quota by its index, and the value of the fact it is counted by."""


def contested(groups: Mapping[str, tuple[Group, ...]], left: Mapping[Group, int]) -> set[str]:
    """Those of equal standing who cannot all have a place.

    *groups* names, for each of them, the quotas it counts against; *left* how many places each
    of those has.
    """
    return _Contest(groups, left).contested()


class _Contest:
    def __init__(self, groups: Mapping[str, tuple[Group, ...]], left: Mapping[Group, int]) -> None:
        self.groups, self.left = groups, Counter(left)

    def contested(self) -> set[str]:
        found: set[str] = set()
        members: dict[Group, list[str]] = defaultdict(list)
        for code, groups in self.groups.items():
            for group in groups:
                members[group].append(code)
        for group, alike in members.items():
            if len(alike) > self.left[group]:
                found.update(self._losers(alike, self.left[group]))
        return found

    def _losers(self, group: Sequence[str], left: int) -> Iterator[str]:
        """Those of *group* before whom the others can take all *left* places.

        Someone who has a place in every order a vote could give needs no vote.
        """
        alike: dict[tuple[Group, ...], list[str]] = defaultdict(list)
        for code in group:
            alike[self.groups[code]].append(code)
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
        mine = self.groups[first]
        if all(self.left[group] > 0 for group in mine):
            self.left.subtract(mine)
            seated = self._can_seat(rest, wanted - 1, tries)
            self.left.update(mine)
            if seated:
                return True
        # Without *first*, one of the same groups would fare no better.
        return self._can_seat([one for one in rest if self.groups[one] != mine], wanted, tries)

    def _room(self, codes: Sequence[str]) -> int:
        """At most so many of *codes* can have a place, looking at each quota on its own."""
        room = len(codes)
        for at in {group[0] for code in codes for group in self.groups[code]}:
            mine = [group for code in codes for group in self.groups[code] if group[0] == at]
            free = len(codes) - len(mine)
            taken = (min(n, max(0, self.left[group])) for group, n in Counter(mine).items())
            room = min(room, free + sum(taken))
        return room

"""What differs between two results, as values (thay đổi kết quả), and how they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.sheet import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A rule that made the difference (vì điều khoản nào)."""

    id: str
    name: str
    """As a sentence names it: ``II.2``, ``chỉ tiêu mỗi đơn vị không quá 02``."""
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsMoved:
    """The points of one criterion under both packs; None: no score, or no such criterion."""

    id: str
    basis: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionMoved:
    """What a selection makes of an entry under both packs; empty: not a candidate."""

    selection: str
    before: str
    after: str
    quota: str = ""
    """The quota that keeps it out now, or kept it out before."""
    basis: str = ""
    holders: tuple[str, ...] = ()
    """Who holds the places of that quota."""
    because_of: tuple[str, ...] = ()
    """Those of them who have come to hold, or have given up, the place this entry lost or won."""

    @property
    def enters(self) -> bool:
        return self.after == Outcome.CHOSEN and self.before != Outcome.CHOSEN

    @property
    def leaves(self) -> bool:
        return self.before == Outcome.CHOSEN and self.after != Outcome.CHOSEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One entry whose result is not the same under both packs (hồ sơ đổi kết quả)."""

    code: str
    rank: tuple[int | None, int | None]
    total: tuple[Decimal, Decimal]
    grade: tuple[str | None, str | None]
    gates: tuple[tuple[str, ...], tuple[str, ...]]
    """The gates that failed."""
    points: tuple[PointsMoved, ...] = ()
    selections: tuple[SelectionMoved, ...] = ()
    causes: tuple[Cause, ...] = ()
    """The rules that moved it by themselves; empty when only others' results moved it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement:
    """Who takes whose place, by which quota (ai đẩy ai)."""

    selection: str
    code: str
    by: tuple[str, ...]
    """Those who have come to hold a place; empty when the quota itself grew tighter."""
    holders: tuple[str, ...]
    """Everyone who holds the places of that quota."""
    quota: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs between two results; no moves: nobody notices the new rules."""

    entries: int
    moves: tuple[Move, ...]
    """By rank under the second pack, then under the first, then by code."""
    displaced: tuple[Displacement, ...] = ()

    def entering(self, selection: str) -> tuple[str, ...]:
        return tuple(
            move.code
            for move in self.moves
            for one in move.selections
            if one.selection == selection and one.enters
        )

    def leaving(self, selection: str) -> tuple[str, ...]:
        return tuple(
            move.code
            for move in self.moves
            for one in move.selections
            if one.selection == selection and one.leaves
        )

    def pushed_out_by(self, code: str) -> tuple[Displacement, ...]:
        return tuple(one for one in self.displaced if code in one.by)


def tally(moves: tuple[Move, ...], group: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """How many of *moves* fall in each group of *group* (code → unit, field …), most first."""
    counted = Counter(group.get(move.code, "") for move in moves)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def tally_causes(moves: tuple[Move, ...]) -> tuple[tuple[Cause, int], ...]:
    """How many entries each rule moves by itself, most first."""
    counted = Counter(cause for move in moves for cause in move.causes)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0].id)))

"""Units in time (đơn vị): what they are called, what lies below them, and what became of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from registry.vietnamese import fold, tidy

ORGANISATION = "to-chuc"
"""The kind of every unit whose name does not say that it is an administrative one."""

_KINDS = (
    ("thanh pho", "thanh-pho"),
    ("thi tran", "thi-tran"),
    ("thi xa", "thi-xa"),
    ("dac khu", "dac-khu"),
    ("phuong", "phuong"),
    ("huyen", "huyen"),
    ("quan", "quan"),
    ("tinh", "tinh"),
    ("xa", "xa"),
)

# "Quân đội", "Xã hội học", "Tỉnh ủy", "Thị xã đoàn" begin as an administrative name does.
_NOT_A_PLACE = re.compile(
    r"(?:quan (?:doi|su|khu|y|chung|nhan|doan)|xa (?:hoi|doan|doi)"
    r"|(?:tinh|huyen|quan|thi xa|thanh pho|phuong|dac khu) (?:uy|doan|doi))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit under one name (đơn vị): a new name or a new parent makes a new unit.

    It is in force from *from_on* until the day before *to_on*; an end that is None is open.
    """

    id: int
    name: str
    kind: str
    official_code: str = ""
    parent: int | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    revision: int = 1

    def is_in_force(self, day: dt.date) -> bool:
        has_begun = self.from_on is None or self.from_on <= day
        return has_begun and not self.is_dissolved(day)

    def is_dissolved(self, day: dt.date) -> bool:
        return self.to_on is not None and self.to_on <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """That *new* took over from *old* (kế thừa), since when and by which document."""

    old: int
    new: int
    succeeded_on: dt.date
    basis: str


@dataclass(frozen=True, slots=True)
class UnitTree:
    """All units of a register and how they follow each other (cây đơn vị)."""

    units: Mapping[int, Unit]
    children: Mapping[int, tuple[int, ...]] = field(repr=False)
    later: Mapping[int, tuple[Succession, ...]] = field(repr=False)
    earlier: Mapping[int, tuple[Succession, ...]] = field(repr=False)


def tree_of(units: Iterable[Unit], successions: Iterable[Succession]) -> UnitTree:
    """*units* and *successions*, put in order for asking."""
    by_id = {unit.id: unit for unit in units}
    children: dict[int, tuple[int, ...]] = {}
    for unit in by_id.values():
        if unit.parent is not None:
            children[unit.parent] = (*children.get(unit.parent, ()), unit.id)
    later: dict[int, tuple[Succession, ...]] = {}
    earlier: dict[int, tuple[Succession, ...]] = {}
    for one in successions:
        later[one.old] = (*later.get(one.old, ()), one)
        earlier[one.new] = (*earlier.get(one.new, ()), one)
    return UnitTree(by_id, children, later, earlier)


def kind_of(name: str) -> str:
    """What kind of unit *name* says it is: ``Phường Bắc Hồng`` is a ``phuong``."""
    words = " ".join(fold(tidy(name)).split())
    if _NOT_A_PLACE.match(words):
        return ORGANISATION
    for prefix, kind in _KINDS:
        if words.startswith(prefix + " "):
            return kind
    return ORGANISATION


def units_below(tree: UnitTree, unit: int) -> tuple[Unit, ...]:
    """Every unit below *unit*, at any depth and of any time."""
    return tuple(tree.units[one] for one in _reached(unit, lambda at: tree.children.get(at, ())))


def successors_on(tree: UnitTree, unit: int, day: dt.date) -> tuple[Unit, ...]:
    """What *unit* has become by *day*, through as many steps as it took.

    A unit that nothing has followed by *day* is its own and only successor, dissolved or not.
    """
    found: dict[int, Unit] = {}
    seen: set[int] = set()
    waiting = [unit]
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        steps = [one.new for one in tree.later.get(at, ()) if one.succeeded_on <= day]
        # A part given away leaves the rest in force: it stands beside what took the part.
        if not steps or tree.units[at].is_in_force(day):
            found[at] = tree.units[at]
        waiting += steps
    return tuple(found.values())


def predecessors_of(tree: UnitTree, unit: int) -> tuple[Unit, ...]:
    """All that *unit* came from, nearest first."""
    came_from = _reached(unit, lambda at: tuple(one.old for one in tree.earlier.get(at, ())))
    return tuple(tree.units[one] for one in came_from)


def name_on(tree: UnitTree, unit: int, day: dt.date) -> str:
    """What *unit* is called on *day*; where it was split, all the names that stand for it."""
    return ", ".join(one.name for one in successors_on(tree, unit, day))


def named_on(tree: UnitTree, name: str, day: dt.date | None) -> tuple[Unit, ...]:
    """The units called *name*, however it is typed, in force on *day* (None: at any time)."""
    wanted = fold(tidy(name))
    return tuple(
        unit
        for unit in tree.units.values()
        if fold(unit.name) == wanted and (day is None or unit.is_in_force(day))
    )


def _reached(start: int, step: Callable[[int], tuple[int, ...]]) -> Iterator[int]:
    seen = {start}
    waiting = list(step(start))
    while waiting:
        at = waiting.pop(0)
        if at not in seen:
            seen.add(at)
            yield at
            waiting += step(at)

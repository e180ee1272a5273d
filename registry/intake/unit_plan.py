"""What taking units' lists in would change (dự kiến nhập danh sách): compared, nothing written."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from registry.catalogue import Catalogue
from registry.entry import Entry
from registry.intake.answers import TERM_KINDS, Answers
from registry.intake.headings import HEADINGS
from registry.intake.likeness import Key, are_near, match_key, traces
from registry.intake.list_rows import DAYS, Line, LineRefused
from registry.intake.plan import Change
from registry.intake.unit_list import SheetRead, UnitList
from registry.vietnamese import slug, spelling_key
from scoring.problems import Problem

_LEAST_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """One row and the entry it is or becomes (hàng và hồ sơ của nó)."""

    line: Line
    entry: Entry
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """A row that looks like another model (nghi trùng): held until a person decides."""

    line: Line
    other: Mapping[str, Any]
    """What the other says, by attribute."""
    other_code: str
    other_cell: str
    """Where the other stands when it is a row; empty when the register holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """What taking lists in would do (dự kiến nhập danh sách), row by row."""

    new: tuple[PlannedLine, ...] = ()
    same: tuple[PlannedLine, ...] = ()
    changed: tuple[PlannedLine, ...] = ()
    refused: tuple[LineRefused, ...] = ()
    look_alike: tuple[LookAlike, ...] = ()
    dropped: tuple[LookAlike, ...] = ()
    """Rows that a person said are another row again."""
    notices: tuple[tuple[str, Problem], ...] = ()
    """What is told besides, by file."""
    sheets: tuple[tuple[str, SheetRead], ...] = ()
    learnt: frozenset[tuple[str, str, str, str]] = frozenset()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What there is to write: new entries, and changed ones with what they replace."""
        return tuple(one.entry for one in (*self.new, *self.changed))


def plan_lists(
    lists: Sequence[UnitList],
    *,
    season: str,
    stored: Mapping[str, Entry],
    taken: Collection[str],
    answers: Answers,
    catalogue: Catalogue,
) -> ListPlan:
    """Compare the rows of *lists* with the entries *stored* in the season.

    *taken* are all codes of the register: none of them is given again.
    """
    matching = _Matching(season, stored, answers, catalogue)
    for line in (line for one in lists for line in one.lines):
        matching.claim(line)
    for line in matching.waiting:
        matching.place(line)
    codes = new_codes(season, taken)
    new = tuple(
        PlannedLine(line=line, entry=_entry_of(line, next(codes), season)) for line in matching.new
    )
    return ListPlan(
        new=new,
        same=tuple(matching.same),
        changed=tuple(matching.changed),
        refused=tuple(one for each in lists for one in each.refused),
        look_alike=tuple(_with_codes(matching.held, new)),
        dropped=tuple(matching.dropped),
        notices=tuple((each.file, notice) for each in lists for notice in each.notices),
        sheets=tuple((each.file, sheet) for each in lists for sheet in each.sheets),
        learnt=frozenset(one for each in lists for one in each.learnt),
    )


def new_codes(season: str, taken: Collection[str]) -> Iterator[str]:
    """Codes for entries without one: the season's id in capitals and the next number.

    They follow the highest number given so far, in the order of files and rows: the same lists
    get the same codes, and no code comes a second time.
    """
    prefix = season.upper()
    numbered = re.compile(rf"{re.escape(prefix)}-(\d+)")
    found = [match for code in taken if (match := numbered.fullmatch(code))]
    number = max((int(match[1]) for match in found), default=0)
    while True:
        number += 1
        yield f"{prefix}-{number:0{_LEAST_DIGITS}}"


@dataclass(slots=True)
class _Matching:
    """Finds for every row the entry it is, in two rounds: those that are certain come first."""

    season: str
    stored: Mapping[str, Entry]
    answers: Answers
    catalogue: Catalogue
    same: list[PlannedLine] = field(default_factory=list)
    changed: list[PlannedLine] = field(default_factory=list)
    new: list[Line] = field(default_factory=list)
    held: list[LookAlike] = field(default_factory=list)
    dropped: list[LookAlike] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    _free: dict[Key, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _traced: dict[tuple[str, str], list[Entry | Line]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for entry in self.stored.values():
            self._free[match_key(entry.unit, entry.name, entry.person)].append(entry)
            self._trace(entry, entry.unit, entry.name)

    def claim(self, line: Line) -> None:
        """First round: the row says exactly what an entry says."""
        free = self._free[_key(line)]
        exact = (entry for entry in free if not _changes(entry, line, self.catalogue))
        entry = next(exact, None)
        if entry is None:
            self.waiting.append(line)
            return
        free.remove(entry)
        self.same.append(PlannedLine(line=line, entry=entry))

    def place(self, line: Line) -> None:
        """Second round: an entry by its unit, name and person; else a look-alike; else new."""
        if free := self._free[_key(line)]:
            self._change(free.pop(0), line)
            return
        other = self._like(line)
        if other is None or line.cell in self.answers.different:
            self.new.append(line)
            self._trace(line, line.unit, line.name)
        elif line.cell in self.answers.alike:
            self._unite(line, other)
        else:
            self.held.append(_held(line, other))

    def _change(self, entry: Entry, line: Line) -> None:
        changes = _changes(entry, line, self.catalogue)
        changed = replace(entry, **{name: line.values[name] for name, _ in changes})
        told = tuple(change for _, change in changes)
        self.changed.append(PlannedLine(line=line, entry=changed, changes=told))

    def _unite(self, line: Line, other: Entry | Line) -> None:
        """A person said the row is the other: it brings changes, unless that is spoken for."""
        free = self._free[match_key(other.unit, other.name, _person(other))]
        if isinstance(other, Entry) and other in free:
            free.remove(other)
            self._change(other, line)
        else:
            self.dropped.append(_held(line, other))

    def _like(self, line: Line) -> Entry | Line | None:
        unit = slug(line.unit)
        for trace in traces(line.name):
            for other in self._traced.get((unit, trace), ()):
                if are_near(line.name, other.name):
                    return other
        return None

    def _trace(self, one: Entry | Line, unit: str, name: str) -> None:
        for trace in traces(name):
            self._traced[slug(unit), trace].append(one)


def _key(line: Line) -> Key:
    return match_key(line.unit, line.name, line.values.get("person", ""))


def _person(other: Entry | Line) -> str:
    return other.person if isinstance(other, Entry) else other.values.get("person", "")


def _changes(entry: Entry, line: Line, catalogue: Catalogue) -> list[tuple[str, Change]]:
    """What *line* says otherwise. An empty cell says nothing: it takes nothing away."""
    changes = []
    for name, value in line.values.items():
        before = getattr(entry, name)
        if value in (None, "") or _equal(name, before, value):
            continue
        words = _worded(name, catalogue)
        change = Change(
            code=entry.code, what=HEADINGS[name][0], before=words(before), after=words(value)
        )
        changes.append((name, change))
    return changes


def _equal(name: str, before: Any, after: Any) -> bool:
    if before == after:
        return True
    is_text = name not in TERM_KINDS and name not in DAYS
    return is_text and spelling_key(before) == spelling_key(after)


def _worded(name: str, catalogue: Catalogue) -> Callable[[Any], str]:
    if name in DAYS:
        return lambda day: f"{day:%d/%m/%Y}" if isinstance(day, dt.date) else ""
    return catalogue.label_of if name in TERM_KINDS else str


def _entry_of(line: Line, code: str, season: str) -> Entry:
    blank = {"name": "", "field": "", "level": "", "kind": ""}
    return Entry(code=code, season=season, unit=line.unit, **(blank | dict(line.values)))


def _held(line: Line, other: Entry | Line) -> LookAlike:
    if isinstance(other, Entry):
        said = {name: getattr(other, name) for name in HEADINGS}
        return LookAlike(line=line, other=said, other_code=other.code, other_cell="")
    return LookAlike(line=line, other=other.values, other_code="", other_cell=other.cell)


def _with_codes(held: Sequence[LookAlike], new: Sequence[PlannedLine]) -> Iterator[LookAlike]:
    """The look-alikes, with the codes that the rows they look like are going to have."""
    codes = {planned.line.cell: planned.entry.code for planned in new}
    for one in held:
        yield replace(one, other_code=codes.get(one.other_cell, one.other_code))

"""What taking a workbook in would change (dự kiến nhập): compared, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from registry.catalogue import Catalogue
from registry.entry import Entry
from registry.errors import IntakeRefused
from registry.intake.headings import HEADINGS
from registry.intake.reading import Intake, read_intake, unregistered
from registry.intake.rows import listed
from registry.vietnamese import slug
from scoring.facts import read_fact, show
from scoring.pack import Pack
from scoring.problems import Problem

__all__ = ["Change", "Intake", "IntakePlan", "RegisterState", "plan_intake", "read_intake"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterState:
    """What a season already holds: entries, facts and marks by code, in canonical text."""

    season: str
    entries: Mapping[str, Entry] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between the register and the workbook, worded for a reader."""

    code: str
    what: str
    """``Tên mô hình``, ``Số hộ tham gia``, ``Ủy viên 2``."""
    before: str
    after: str

    def __str__(self) -> str:
        before, after = self.before or "(trống)", self.after or "(trống)"
        return f"{self.code}: {self.what}: {before} → {after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePlan:
    """What taking the workbook in would do: codes new and same, changes of the others.

    ``entries``, ``facts`` and ``marks`` are what there is to write: new or changed values only,
    entries with the season and the revision they replace, ``""`` for what is emptied, and all
    members' marks of an entry when one of them changed.
    """

    file: str
    new: tuple[str, ...]
    same: tuple[str, ...]
    changed: tuple[Change, ...]
    notices: tuple[Problem, ...] = ()
    entries: tuple[Entry, ...] = ()
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    told: Mapping[str, Entry] = field(default_factory=dict)
    """Every entry the workbook speaks of, as it will be, by code."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Where the workbook speaks of it."""

    @property
    def changed_codes(self) -> tuple[str, ...]:
        """The codes that have changes, each once."""
        return tuple(dict.fromkeys(change.code for change in self.changed))

    @property
    def is_empty(self) -> bool:
        """Whether the register already says all the workbook says."""
        return not self.new and not self.changed


def plan_intake(intake: Intake, existing: RegisterState) -> IntakePlan:
    """Compare *intake* with what the season holds.

    Raises:
        IntakeRefused: results or marks for a code that neither of them registers, or a unit
            spelt in another way than on entries the workbook leaves alone.
    """
    stored = existing.entries
    read = {entry.code: replace(entry, season=existing.season) for entry in intake.entries}
    known = stored.keys() | read.keys()
    problems = (*unregistered(intake.places, known), *_unit_spellings(intake, read, stored))
    if problems:
        raise IntakeRefused(problems, file=intake.file)
    merged = {
        code: _merged(stored[code], entry, intake.attributes) if code in stored else entry
        for code, entry in read.items()
    }
    facts = _different_facts(intake.facts, existing.facts)
    marks = _different_marks(intake.marks, existing.marks)
    changed = tuple(_changes(intake, existing, merged))
    codes = tuple(dict.fromkeys((*read, *intake.facts, *(code for code, _ in intake.marks))))
    differing = {change.code for change in changed}
    return IntakePlan(
        file=intake.file,
        new=tuple(code for code in codes if code not in stored),
        same=tuple(code for code in codes if code in stored and code not in differing),
        changed=changed,
        notices=(*intake.notices, *_absent(intake, stored)),
        entries=tuple(e for code, e in merged.items() if stored.get(code) != e),
        facts=facts,
        marks=marks,
        told={code: merged.get(code) or stored[code] for code in codes},
        places=intake.places,
    )


def _unit_spellings(
    intake: Intake, read: Mapping[str, Entry], stored: Mapping[str, Entry]
) -> Iterator[Problem]:
    """Quotas count by unit: one unit spelt in two ways would count as two."""
    spelt = {slug(entry.unit): entry.unit for code, entry in stored.items() if code not in read}
    for code, entry in read.items():
        known = spelt.get(slug(entry.unit), entry.unit)
        if known != entry.unit:
            message = f"Đơn vị “{entry.unit}” của {code} trong sổ viết là “{known}”."
            yield Problem(intake.places[code], "unit-spelling", message, f"Viết là “{known}”.")


def _merged(stored: Entry, read: Entry, attributes: frozenset[str]) -> Entry:
    """*stored* with the attributes that the workbook has columns for."""
    return replace(stored, **{name: getattr(read, name) for name in attributes})


def _different_facts(
    read: Mapping[str, Mapping[str, str]], stored: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    different = {
        code: {
            fact: cell for fact, cell in cells.items() if cell != stored.get(code, {}).get(fact, "")
        }
        for code, cells in read.items()
    }
    return {code: cells for code, cells in different.items() if cells}


def _different_marks(
    read: Mapping[tuple[str, str], Mapping[str, str]],
    stored: Mapping[tuple[str, str], Mapping[str, str]],
) -> dict[tuple[str, str], dict[str, str]]:
    return {
        key: dict(marks)
        for key, marks in read.items()
        if any(mark != stored.get(key, {}).get(member, "") for member, mark in marks.items())
    }


def _changes(
    intake: Intake, existing: RegisterState, merged: Mapping[str, Entry]
) -> Iterator[Change]:
    """Every difference on entries that are registered already."""
    for code, entry in merged.items():
        if before := existing.entries.get(code):
            yield from _entry_changes(before, entry, intake.catalogue)
    for code, cells in _different_facts(intake.facts, existing.facts).items():
        if code in existing.entries:
            stored = existing.facts.get(code, {})
            for fact, cell in cells.items():
                yield _fact_change(code, fact, stored.get(fact, ""), cell, intake.pack)
    for (code, fact), marks in _different_marks(intake.marks, existing.marks).items():
        if code in existing.entries:
            given = existing.marks.get((code, fact), {})
            for member, mark in marks.items():
                if mark != given.get(member, ""):
                    before_mark = _point_to_comma(given.get(member, ""))
                    after = _point_to_comma(mark)
                    yield Change(code=code, what=member, before=before_mark, after=after)


def _entry_changes(before: Entry, after: Entry, catalogue: Catalogue) -> Iterator[Change]:
    for name, (heading, *_) in HEADINGS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            words = (_attribute_words(name, value, catalogue) for value in (old, new))
            yield Change(code=after.code, what=heading, before=next(words), after=next(words))


def _attribute_words(name: str, value: str | dt.date | None, catalogue: Catalogue) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    text = value or ""
    return catalogue.label_of(text) if name in ("field", "level", "kind") else text


def _fact_change(code: str, fact_id: str, before: str, after: str, pack: Pack) -> Change:
    fact = pack.facts[fact_id]
    old, new = ("" if not cell else show(fact, read_fact(fact, cell)) for cell in (before, after))
    return Change(code=code, what=fact.label, before=old, after=new)


def _point_to_comma(mark: str) -> str:
    return mark.replace(".", ",")


def _absent(intake: Intake, stored: Mapping[str, Entry]) -> Iterator[Problem]:
    """A notice when registered entries are not in a workbook that registers."""
    read = {entry.code for entry in intake.entries}
    absent = [code for code in stored if code not in read]
    if read and absent:
        message = f"{len(absent)} hồ sơ trong sổ không có trong tệp, giữ nguyên: {listed(absent)}"
        yield Problem(intake.file, "absent", message)

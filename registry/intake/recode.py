"""Codes of an office's workbook beside those of the register (đối chiếu mã)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from registry.entry import Entry
from registry.errors import IntakeRefused
from registry.intake.likeness import Key, are_near, match_key, traces
from registry.intake.reading import Intake
from registry.vietnamese import slug
from scoring.problems import Problem


def recoded(intake: Intake, stored: Mapping[str, Entry]) -> Intake:
    """*intake* under the codes of the register, where both register the same models.

    A list without codes was given codes by the register; a workbook that numbers the same models
    in another way means the same entries. They are known by unit, name and person.

    Raises:
        IntakeRefused: the workbook numbers in another way, and one of its codes is not clear.
    """
    renamed = _renamed(intake, stored)
    if not renamed:
        return intake
    if problems := tuple(_unclear(intake, stored, renamed)):
        raise IntakeRefused(problems, file=intake.file)
    message = (
        f"{len(renamed)} hồ sơ mang mã khác trong sổ: nhận ra theo đơn vị, tên, người phụ trách; "
        "giữ mã của sổ."
    )
    return replace(
        intake,
        entries=tuple(
            replace(entry, code=renamed.get(entry.code, entry.code)) for entry in intake.entries
        ),
        facts={renamed.get(code, code): cells for code, cells in intake.facts.items()},
        marks={
            (renamed.get(code, code), fact): marks for (code, fact), marks in intake.marks.items()
        },
        places={renamed.get(code, code): place for code, place in intake.places.items()},
        notices=(*intake.notices, Problem(intake.file, "codes-matched", message)),
    )


def _renamed(intake: Intake, stored: Mapping[str, Entry]) -> dict[str, str]:
    """Codes of the workbook to codes of the register, for models that have another there."""
    by_key: dict[Key, list[str]] = defaultdict(list)
    for code, entry in stored.items():
        by_key[_key(entry)].append(code)
    own = {entry.code for entry in intake.entries if entry.code in by_key.get(_key(entry), ())}
    found: dict[str, str] = {}
    for entry in intake.entries:
        free = [code for code in by_key.get(_key(entry), ()) if code not in own]
        if entry.code not in own and len(free) == 1 and free[0] not in found.values():
            found[entry.code] = free[0]
    return found


def _unclear(
    intake: Intake, stored: Mapping[str, Entry], renamed: Mapping[str, str]
) -> Iterator[Problem]:
    """Codes of a workbook with its own numbers that may mean one entry or another."""
    listed = {entry.code: entry for entry in intake.entries}
    near = _Near(entry for code, entry in stored.items() if code not in renamed.values())
    for code, place in intake.places.items():
        entry = listed.get(code)
        if code in renamed or (entry and code in stored and _key(entry) == _key(stored[code])):
            continue
        if code in stored:
            message = f"Mã {code} trong sổ là “{stored[code].name}”; tệp này đánh số khác sổ."
            hint = "Ghi tên, đơn vị, người phụ trách đúng như sổ, hoặc dùng mã chưa có trong sổ."
            yield Problem(place, "code-elsewhere", message, hint)
        elif entry and (other := near.to(entry)):
            message = f"“{entry.name}” giống “{other.name}” ({other.code}) trong sổ."
            hint = f"Cùng một mô hình thì ghi như sổ; khác thì đổi tên, hoặc ghi mã {other.code}."
            yield Problem(place, "look-alike", message, hint)


class _Near:
    """Entries by what their names share with others."""

    def __init__(self, among: Iterator[Entry]) -> None:
        self._traced: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in among:
            for trace in traces(entry.name):
                self._traced[slug(entry.unit), trace].append(entry)

    def to(self, entry: Entry) -> Entry | None:
        found = (
            other
            for trace in traces(entry.name)
            for other in self._traced.get((slug(entry.unit), trace), ())
            if are_near(entry.name, other.name)
        )
        return next(found, None)


def _key(entry: Entry) -> Key:
    return match_key(entry.unit, entry.name, entry.person)

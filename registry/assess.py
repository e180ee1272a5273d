"""From what is registered to what is scored (chốt số liệu): snapshot, facts, result digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from registry.audit import Json, canonical_json
from registry.counting import Found, FoundByCode
from registry.entry import Entry
from registry.errors import RegistryError
from scoring.facts import Fact, FactRefused, FactType, read_fact
from scoring.numbers import plain
from scoring.problems import Problem
from scoring.rules import Pack
from scoring.sheet import Facts, Finding, Line, Reading, ScoreSheet, SeasonResult, Value

Cells: TypeAlias = Mapping[str, Mapping[str, str]]
"""{code: {fact: cell}}"""

_SOURCES = "@sources"
"""Stands beside the entries of a snapshot; no code begins like that."""

MarksGiven: TypeAlias = Mapping[tuple[str, str], Mapping[str, str]]
"""{(code, fact): {member: mark}}"""


class Stage(StrEnum):
    """Who vouches for a fact (giai đoạn của số liệu), the weakest first."""

    SELF = "self"
    APPRAISED = "appraised"
    FINAL = "final"


class FactsUnfit(RegistryError):
    """Stored facts do not fit the pinned pack. Carries every one, by entry and fact."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(
            f"Không chấm được: {len(problems)} số liệu không hợp với bộ quy tắc đã ghim.",
            hint="Sửa các số liệu nêu trên rồi nhập lại, hoặc ghim bộ quy tắc khác.",
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts a season is scored on, frozen (số liệu đã chốt). ``body`` is canonical JSON."""

    body: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def cells(self) -> Cells:
        cells: dict[str, dict[str, str]] = json.loads(self.body)
        cells.pop(_SOURCES, None)
        return cells

    @property
    def sources(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """{code: {fact: codes it was counted from}}, for facts taken from the register."""
        told: dict[str, dict[str, list[str]]] = json.loads(self.body).get(_SOURCES, {})
        return {
            code: {fact: tuple(codes) for fact, codes in of_entry.items()}
            for code, of_entry in told.items()
        }


def snapshot_of(
    pack: Pack,
    *,
    entries: Iterable[Entry],
    stages: Mapping[Stage, Cells],
    marks: MarksGiven,
    found: FoundByCode = MappingProxyType({}),
) -> Snapshot:
    """Freeze what *pack* asks for. Of several stages the highest counts: final, appraised, self.

    *found* is what the register says of facts counted from it; it is frozen with its evidence.
    """
    frozen: dict[str, Json] = {
        entry.code: {
            fact.id: cell
            for fact in pack.facts.values()
            if (cell := _cell(fact, entry, told, marks, found.get(entry.code, {})))
        }
        for entry in entries
        for told in (_vouched(entry.code, stages),)
    }
    if found:
        frozen[_SOURCES] = {
            code: {fact: list(one.codes) for fact, one in of_entry.items()}
            for code, of_entry in found.items()
        }
    return Snapshot(canonical_json(frozen))


def reported(pack: Pack, snapshot: Snapshot) -> Cells:
    """The cells of *snapshot* without those counted from the register, whose seasons go on."""
    kept = [fact.id for fact in pack.facts.values() if fact.register is None]
    return {
        code: {fact: cells[fact] for fact in kept if fact in cells}
        for code, cells in snapshot.cells.items()
    }


def facts_of(pack: Pack, cells: Cells) -> Mapping[str, Facts]:
    """The values of a snapshot's cells. Raises FactsUnfit with every cell the pack refuses."""
    found, problems = read_facts(pack, cells)
    if problems:
        raise FactsUnfit(problems)
    return found


def read_facts(pack: Pack, cells: Cells) -> tuple[Mapping[str, Facts], tuple[Problem, ...]]:
    """The values of a snapshot's cells that *pack* takes, and a problem for each it does not."""
    problems: list[Problem] = []
    read: dict[tuple[str, str], Value | FactRefused | None] = {}  # a season repeats itself
    found = {
        code: _values(pack, code, of_entry, problems, read) for code, of_entry in cells.items()
    }
    return found, tuple(problems)


def result_digest(result: SeasonResult, *, pack_digest: str, snapshot_digest: str) -> str:
    """The digest of everything a run decided, and of what it was decided from.

    Wordings are left out: a better explanation of the same points is the same result.
    """
    ranks = {placing.code: placing.rank for placing in result.placings}
    told: Json = {
        "pack": pack_digest,
        "snapshot": snapshot_digest,
        "sheets": {code: _told(sheet, ranks[code]) for code, sheet in result.sheets.items()},
        "awards": [[a.selection, a.code, a.outcome.value] for a in result.awards],
    }
    return hashlib.sha256(canonical_json(told).encode()).hexdigest()


def with_sources(sheet: ScoreSheet, sources: Mapping[str, tuple[str, ...]]) -> ScoreSheet:
    """*sheet* with what its readings were counted from, where that is the register."""
    if not sources:
        return sheet
    told = {
        fact: f"lấy từ sổ: {', '.join(codes) or 'không có hồ sơ nào'}"
        for fact, codes in sources.items()
    }

    def read(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        return tuple(replace(one, source=told.get(one.name, one.source)) for one in readings)

    def line(one: Line) -> Line:
        return replace(one, readings=read(one.readings), parts=tuple(map(line, one.parts)))

    def finding(one: Finding) -> Finding:
        return replace(one, readings=read(one.readings))

    return replace(
        sheet,
        gates=tuple(map(finding, sheet.gates)),
        lines=tuple(map(line, sheet.lines)),
        bonus=line(sheet.bonus),
        penalty=line(sheet.penalty),
        verdict=tuple(map(finding, sheet.verdict)),
    )


def _told(sheet: ScoreSheet, rank: int | None) -> Json:
    points: dict[str, Json] = {line.id: _points(line) for line in sheet.leaves()}
    return {
        "rank": rank,
        "total": plain(sheet.total),
        "grade": sheet.grade,
        "gates": list(sheet.failed_gates),
        "points": points,
        "bonus": _points(sheet.bonus),
        "penalty": _points(sheet.penalty),
    }


def _points(line: Line) -> str | None:
    return None if line.points is None else plain(line.points)


def _vouched(code: str, stages: Mapping[Stage, Cells]) -> dict[str, str]:
    """For each fact of an entry the cell of the highest stage that has one."""
    told: dict[str, str] = {}
    for stage in Stage:
        told |= {fact: cell for fact, cell in stages.get(stage, {}).get(code, {}).items() if cell}
    return told


def _cell(
    fact: Fact,
    entry: Entry,
    told: Mapping[str, str],
    marks: MarksGiven,
    found: Mapping[str, Found],
) -> str:
    if fact.register is not None:
        return found[fact.id].cell if fact.id in found else ""
    if fact.entry:
        return _text_of(getattr(entry, fact.entry))
    if fact.type is FactType.MARKS:
        given = marks.get((entry.code, fact.id), {}).values()
        return ";".join(given) if any(given) else ""
    return told.get(fact.id, "")


def _text_of(attribute: str | dt.date | None) -> str:
    return attribute.isoformat() if isinstance(attribute, dt.date) else attribute or ""


def _values(
    pack: Pack,
    code: str,
    cells: Mapping[str, str],
    problems: list[Problem],
    read: dict[tuple[str, str], Value | FactRefused | None],
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for told in cells.items():
        fact = pack.facts[told[0]]
        if told not in read:
            read[told] = _read(fact, told[1])
        value = read[told]
        if isinstance(value, FactRefused):
            place = f"{code} · {fact.label}"
            problems.append(Problem(place, "unfit-fact", value.message, value.hint))
        elif value is not None:
            values[fact.id] = value
    return values


def _read(fact: Fact, cell: str) -> Value | FactRefused | None:
    try:
        return read_fact(fact, cell)
    except FactRefused as refused:
        return refused

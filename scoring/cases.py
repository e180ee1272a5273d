"""Cases beside rules (ca kiểm thử): facts in, expected points out, written by the rule author.

Shape of ``tests/*.yaml``: ``base`` is a whole entry (one file of the folder may hold it for all),
each of ``cases`` has ``name``, ``given`` (facts that differ from the base) or ``season`` (several
entries by code), and ``expect``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scoring.facts import FactRefused, cell_of, read_fact
from scoring.language import meant
from scoring.numbers import format_points
from scoring.problems import PackError, Place, Problem
from scoring.rules import Criterion, Pack
from scoring.score import score, score_season
from scoring.sheet import Facts, Line, ScoreSheet, SeasonResult, Value
from scoring.source import Path, Source, read_source

WHOLE = ("total", "grade", "gates", "bonus", "penalty")
OUTCOMES = ("chosen", "displaced", "beyond", "tied", "waiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: either one entry (``facts``) or a whole season of them."""

    name: str
    expect: Mapping[str, Any]
    facts: Facts = field(default_factory=dict)
    season: Mapping[str, Facts] = field(default_factory=dict)
    place: Place


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a case expected, what it got, and the reasoning that led there."""

    what: str
    expected: str
    actual: str
    because: str = ""

    def __str__(self) -> str:
        return f"{self.what}: mong đợi {self.expected}, được {self.actual}. {self.because}".strip()


def parse_cases(files: Mapping[str, str], pack: Pack, *, name: str) -> tuple[Case, ...]:
    """Every case in ``tests/*.yaml``, in order of file. Raises PackError with every fault."""
    reader = _Cases(pack)
    sources: list[Source] = []
    for file in sorted(f for f in files if f.startswith("tests/") and f.endswith(".yaml")):
        try:
            sources.append(read_source(files[file], file=f"{name}/{file}"))
        except PackError as error:
            reader.problems += error.problems
    for source in sources:
        reader.read_base(source)
    found = [case for source in sources for case in reader.read(source)]
    if reader.problems:
        raise PackError(tuple(reader.problems))
    return tuple(found)


class _Cases:
    """Reads cases against a pack, collecting faults."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.problems: list[Problem] = []
        self.base: dict[str, Value] = {}
        groups = [*pack.criteria, pack.bonus, pack.penalty]
        self.known = {one.id for group in groups for one in _all(group)}

    def problem(self, source: Source, path: Path, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(source.place(path), code, message, hint))

    def read_base(self, source: Source) -> None:
        if isinstance(source.value, dict) and isinstance(source.value.get("base"), dict):
            self.base = self._facts(source, ("base",), source.value["base"], {})

    def read(self, source: Source) -> list[Case]:
        value = source.value if isinstance(source.value, dict) else {}
        for key in value:
            if key not in ("base", "cases"):
                self.problem(
                    source,
                    (key,),
                    "unknown-key",
                    f"Không có khóa “{key}”.",
                    "Chỉ có base và cases.",
                )
        cases = value.get("cases", [])
        if not isinstance(cases, list) or not (cases or "base" in value):
            self.problem(source, ("cases",), "bad-type", "Cần danh sách cases.")
            return []
        return [
            case for at, one in enumerate(cases) if (case := self._case(source, ("cases", at), one))
        ]

    def _case(self, source: Source, path: Path, value: Any) -> Case | None:
        if (
            not isinstance(value, dict)
            or not isinstance(value.get("expect"), dict)
            or not value.get("name")
        ):
            self.problem(source, path, "case", "Một ca cần name, given (hoặc season) và expect.")
            return None
        for key in value:
            if key not in ("name", "note", "given", "season", "expect"):
                self.problem(
                    source,
                    (*path, key),
                    "unknown-key",
                    f"Không có khóa “{key}”.",
                    meant(key, ("name", "note", "given", "season", "expect")),
                )
        season = value.get("season")
        self._check_expected(source, (*path, "expect"), value["expect"], whole_season=bool(season))
        place = source.place(path)
        name, expect = str(value["name"]), value["expect"]
        if isinstance(season, dict):
            entries = {
                code: self._facts(source, (*path, "season", code), given or {}, self.base)
                for code, given in season.items()
            }
            return Case(name=name, expect=expect, season=entries, place=place)
        facts = self._facts(source, (*path, "given"), value.get("given") or {}, self.base)
        return Case(name=name, expect=expect, facts=facts, place=place)

    def _facts(
        self, source: Source, path: Path, given: Mapping[str, Any], base: Mapping[str, Value]
    ) -> dict[str, Value]:
        found = dict(base)
        for id_, value in given.items():
            fact = self.pack.facts.get(id_)
            if fact is None:
                hint = meant(id_, self.pack.facts)
                if id_ in self.pack.derived:
                    hint = "Đây là số tính được; ghi các số liệu tạo ra nó."
                self.problem(source, (*path, id_), "name", f"Không có số liệu “{id_}”.", hint)
                continue
            try:
                read = read_fact(fact, _cell(value))
            except FactRefused as refused:
                self.problem(source, (*path, id_), "fact", refused.message, refused.hint)
                continue
            found.pop(id_, None)
            if read is not None:
                found[id_] = read
        return found

    def _check_expected(
        self, source: Source, path: Path, expect: Any, *, whole_season: bool
    ) -> None:
        known = {*self.known, *WHOLE}
        if whole_season:
            known = {"rank", "outcome", *(one.id for one in self.pack.selections)}
        for key in expect:
            if key not in known:
                hint = meant(key, known) or f"Có: {', '.join(sorted(known))}."
                self.problem(source, (*path, key), "name", f"Không có kết quả “{key}”.", hint)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ";".join(_cell(one) for one in value)
    return cell_of(value) if isinstance(value, Decimal | dt.date) else str(value)


def _all(criterion: Criterion) -> list[Criterion]:
    return [criterion, *(below for part in criterion.parts for below in _all(part))]


def run_case(pack: Pack, case: Case) -> tuple[Mismatch, ...]:
    """What of *case* does not come out as expected; empty when all is well."""
    if case.season:
        return _season_mismatches(score_season(pack, case.season), case.expect)
    return _mismatches(score(pack, case.name, case.facts), case.expect)


def _mismatches(sheet: ScoreSheet, expect: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    lines = {
        line.id: line for top in (*sheet.lines, sheet.bonus, sheet.penalty) for line in _lines(top)
    }
    found = []
    for key, wanted in expect.items():
        if key == "grade":
            if sheet.grade != wanted:
                because = "; ".join(f"{one.label}: {one.reason}" for one in sheet.verdict)
                found.append(Mismatch("xếp loại", _shown(wanted), _shown(sheet.grade), because))
        elif key == "gates":
            if list(sheet.failed_gates) != wanted:
                because = "; ".join(gate.reason for gate in sheet.gates if not gate.holds)
                found.append(
                    Mismatch(
                        "điều kiện không đạt",
                        _shown(wanted),
                        _shown(list(sheet.failed_gates)),
                        because,
                    )
                )
        else:
            actual = sheet.total if key == "total" else lines[key].points
            if actual != wanted or (actual is None) != (wanted is None):
                line = lines.get(key)
                because = f"{line.reason} ({line.basis})" if line else ""
                found.append(Mismatch(key, _shown(wanted), _shown(actual), because))
    return tuple(found)


def _lines(line: Line) -> list[Line]:
    return [line, *(below for part in line.parts for below in _lines(part))]


def _season_mismatches(result: SeasonResult, expect: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    found = []
    ranks = {one.code: one.rank for one in result.placings}
    for key, wanted in expect.items():
        if key == "rank":
            actual: Any = {code: ranks.get(code) for code in wanted}
        elif key == "outcome":
            actual = {
                selection: {
                    award.code: str(award.outcome)
                    for award in result.awards
                    if award.selection == selection and award.code in codes
                }
                for selection, codes in wanted.items()
            }
        else:
            actual = list(result.chosen(key))
        if actual != wanted:
            reasons = "; ".join(
                f"{a.code}: {a.reason}" for a in result.awards if a.selection == key
            )
            found.append(Mismatch(key, _shown(wanted), _shown(actual), reasons))
    return tuple(found)


def _shown(value: Any) -> str:
    if value is None:
        return "trống"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format_points(Decimal(value))
    return str(value)

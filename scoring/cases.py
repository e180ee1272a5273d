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
from fractions import Fraction
from typing import Any

from scoring.accepted import Accepted, read_accepted
from scoring.expectations import check_entry, check_season, read_day
from scoring.facts import FactRefused, cell_of, read_fact
from scoring.language import meant
from scoring.pack import read_sources
from scoring.problems import PackError, Place, Problem, ProblemList, first_of
from scoring.rules import Pack
from scoring.sheet import Facts, Value
from scoring.source import Path, Source, read_source

FILE_KEYS = ("base", "cases", "accepted")
CASE_KEYS = ("name", "note", "at", "given", "peers", "season", "expect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: either one entry (``facts``) or a whole season of them."""

    name: str
    expect: Mapping[str, Any]
    facts: Facts = field(default_factory=dict)
    peers: Mapping[str, Fraction] = field(default_factory=dict)
    """Values of the peer group that the entry is scored with."""
    season: Mapping[str, Facts] = field(default_factory=dict)
    at: dt.date | None = None
    """The day the pack is read at; None: as it is given, with the newest values."""
    place: Place


def parse_cases(files: Mapping[str, str], pack: Pack, *, name: str) -> tuple[Case, ...]:
    """Every case in ``tests/*.yaml``, in order of file. Raises PackError with every fault."""
    reader = _Cases(pack)
    read, problems = read_sources(files, _case_files(files), name=name)
    reader.problems.extend(problems)
    for source in read.values():
        reader.read_base(source)
    found = [case for source in read.values() for case in reader.read(source)]
    if reader.problems:
        raise PackError(first_of(reader.problems))
    return tuple(found)


def _case_files(files: Mapping[str, str]) -> list[str]:
    return sorted(one for one in files if one.startswith("tests/") and one.endswith(".yaml"))


def parse_base(files: Mapping[str, str], pack: Pack, *, name: str) -> Facts:
    """The entry the cases start from (``base``); empty when no file has one. Raises PackError."""
    reader = _Cases(pack)
    for file in _case_files(files):
        reader.read_base(read_source(files[file], file=f"{name}/{file}"))
    if reader.problems:
        raise PackError(tuple(reader.problems))
    return reader.base


class _Cases:
    """Reads cases against a pack, collecting faults."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.problems = ProblemList()
        self.base: dict[str, Value] = {}
        self.accepted: dict[str, Accepted] = {}

    def problem(self, source: Source, path: Path, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(source.place(path), code, message, hint))

    def read_base(self, source: Source) -> None:
        if not isinstance(source.value, dict) or "base" not in source.value:
            return
        if self.base:
            message = "Một bộ quy tắc chỉ có một base, ở đây là base thứ hai."
            self.problem(source, ("base",), "duplicate", message, "Ghi chỗ khác nhau vào given.")
            return
        self.base = self._facts(source, ("base",), source.value["base"], {})

    def read(self, source: Source) -> list[Case]:
        value = source.value if isinstance(source.value, dict) else {}
        self._check_keys(source, (), value, FILE_KEYS)
        self._accepted(source)
        cases = value.get("cases", [])
        if not isinstance(cases, list) or not (cases or {"base", "accepted"} & {*value}):
            self.problem(source, ("cases",), "bad-type", "Cần danh sách cases.")
            return []
        return [
            case for at, one in enumerate(cases) if (case := self._case(source, ("cases", at), one))
        ]

    def _accepted(self, source: Source) -> None:
        """What the author lets be is for ``dvk rules mutate``; here it only has to be in order."""
        for one in read_accepted(self, source):
            first = self.accepted.setdefault(one.change, one)
            if first is not one:
                message = f"Đột biến này đã chấp nhận ở {first.place}."
                self.problems.append(Problem(one.place, "duplicate", message, "Giữ một mục."))

    def _case(self, source: Source, path: Path, value: Any) -> Case | None:
        if (
            not isinstance(value, dict)
            or not isinstance(value.get("expect"), dict)
            or not value["expect"]
            or not value.get("name")
            or ("given" in value and "season" in value)
        ):
            self.problem(source, path, "case", "Một ca cần name, given (hoặc season) và expect.")
            return None
        self._check_keys(source, path, value, CASE_KEYS)
        place = source.place(path)
        name, expect = str(value["name"]), value["expect"]
        on = read_day(self, source, (*path, "at"), value.get("at"))
        if "season" in value:
            season = self._mapping(source, (*path, "season"), value["season"])
            check_season(self, source, (*path, "expect"), expect, season)
            entries = {
                code: self._facts(source, (*path, "season", code), given, self.base)
                for code, given in season.items()
            }
            return Case(name=name, expect=expect, season=entries, at=on, place=place)
        check_entry(self, source, (*path, "expect"), expect)
        facts = self._facts(source, (*path, "given"), value.get("given"), self.base)
        peers = self._peers(source, (*path, "peers"), value.get("peers"))
        return Case(name=name, expect=expect, facts=facts, peers=peers, at=on, place=place)

    def _peers(self, source: Source, path: Path, given: Any) -> dict[str, Fraction]:
        found = {}
        for name, value in self._mapping(source, path, given).items():
            if name not in self.pack.peers:
                hint = meant(name, self.pack.peers)
                message = f"Không có số liệu của cụm “{name}”."
                self.problem(source, (*path, name), "name", message, hint)
            elif isinstance(value, bool) or not isinstance(value, int | Decimal):
                self.problem(source, (*path, name), "bad-number", f"“{value}” không phải là số.")
            else:
                found[name] = Fraction(value)
        return found

    def _check_keys(
        self, source: Source, path: Path, value: Mapping[str, Any], known: tuple[str, ...]
    ) -> None:
        for key in value:
            if key not in known:
                hint = meant(key, known) or f"Có: {', '.join(known)}."
                place = source.key_place((*path, key))
                self.problems.append(Problem(place, "unknown-key", f"Không có khóa “{key}”.", hint))

    def _mapping(self, source: Source, path: Path, value: Any) -> Mapping[str, Any]:
        if value is None or isinstance(value, dict):
            return value or {}
        self.problem(source, path, "bad-type", "Ở đây cần các dòng “khóa: giá trị”.")
        return {}

    def _facts(
        self, source: Source, path: Path, given: Any, base: Mapping[str, Value]
    ) -> dict[str, Value]:
        found = dict(base)
        for id_, value in self._mapping(source, path, given).items():
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


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ";".join(_cell(one) for one in value)
    return cell_of(value) if isinstance(value, Decimal | dt.date) else str(value)

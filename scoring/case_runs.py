"""Runs cases (chạy ca kiểm thử): what comes out otherwise than expected, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.cases import Case
from scoring.dated import pack_at
from scoring.numbers import format_points
from scoring.rules import Pack
from scoring.score import Tally, score, score_season, tally
from scoring.sheet import Line, ScoreSheet, SeasonResult


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a case expected, what it got, and the reasoning that led there."""

    what: str
    expected: str
    actual: str
    because: str = ""

    def __str__(self) -> str:
        return f"{self.what}: mong đợi {self.expected}, được {self.actual}. {self.because}".strip()


def pack_of(pack: Pack, case: Case) -> Pack:
    """*pack* as it reads on the day of *case*."""
    return pack if case.at is None else pack_at(pack, case.at)


def run_case(pack: Pack, case: Case) -> tuple[Mismatch, ...]:
    """What of *case* does not come out as expected; empty when all is well."""
    pack = pack_of(pack, case)
    if case.season:
        return _season_mismatches(score_season(pack, case.season), case.expect)
    if _comes_out(tally(pack, case.facts, peers=case.peers), case.expect):
        return ()
    sheet = score(pack, case.name, case.facts, peers=case.peers)
    return _entry_mismatches(sheet, case.expect)


def _comes_out(found: Tally, expect: Mapping[str, Any]) -> bool:
    """Whether everything is as expected; the sentences are needed only when it is not."""
    points = {one.id: one.points for one in found.whole()}
    points |= {"total": found.total}
    said = {"grade": found.grade, "gates": list(found.failed_gates)}
    return all((said[key] if key in said else points.get(key)) == expect[key] for key in expect)


def _entry_mismatches(sheet: ScoreSheet, expect: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    """What of *expect* the sheet does not say."""
    tops = (*sheet.lines, sheet.bonus, sheet.penalty)
    lines = {line.id: line for top in tops for line in _lines(top)}
    found = []
    for key, wanted in expect.items():
        actual: Any
        if key == "grade":
            what, actual = "xếp loại", sheet.grade
            because = "; ".join(f"{one.label}: {one.reason}" for one in sheet.verdict)
        elif key == "gates":
            what, actual = "điều kiện không đạt", list(sheet.failed_gates)
            because = "; ".join(gate.reason for gate in sheet.gates if not gate.holds)
        elif key == "total":
            what, actual = key, sheet.total
            because = "; ".join(f"{top.id}: {_shown(top.points)}" for top in tops)
        else:
            # Nothing is scored inside a group that does not apply to the entry.
            line = lines.get(key)
            what, actual = key, line.points if line is not None else None
            because = f"{line.reason} ({line.basis})" if line is not None else "Không áp dụng"
        if actual != wanted:
            found.append(Mismatch(what, _shown(wanted), _shown(actual), because))
    return tuple(found)


def _season_mismatches(result: SeasonResult, expect: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    """What of *expect* the season's result does not say."""
    found = []
    ranks = {one.code: one.rank for one in result.placings}
    for key, wanted in expect.items():
        actual: Any
        selections = (key,)
        if key == "rank":
            actual = {code: ranks[code] for code in wanted}
        elif key == "outcome":
            selections = tuple(wanted)
            actual = {one: _outcomes(result, one, codes) for one, codes in wanted.items()}
        else:
            actual = list(result.chosen(key))
        if actual != wanted:
            reasons = "; ".join(
                f"{one.code}: {one.reason}" for one in result.awards if one.selection in selections
            )
            found.append(Mismatch(key, _shown(wanted), _shown(actual), reasons))
    return tuple(found)


def _outcomes(
    result: SeasonResult, selection: str, codes: Mapping[str, Any]
) -> dict[str, str | None]:
    found = {one.code: str(one.outcome) for one in result.awards if one.selection == selection}
    return {code: found.get(code) for code in codes}


def _lines(line: Line) -> list[Line]:
    return [line, *(below for part in line.parts for below in _lines(part))]


def _shown(value: Any) -> str:
    match value:
        case None:
            return "trống"
        case int() | Decimal():
            return format_points(value)
        case list():
            return ", ".join(map(str, value)) or "không có"
        case dict():
            return "; ".join(f"{key}: {_shown_whole(one)}" for key, one in value.items())
    return str(value)


def _shown_whole(value: Any) -> str:
    return str(value) if isinstance(value, int) else _shown(value)

"""What a case may expect (kết quả mong đợi): names and kinds of values, checked before it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from scoring.language import meant
from scoring.rules import Pack
from scoring.sheet import Outcome
from scoring.source import Path, Source

OF_AN_ENTRY = ("total", "grade", "gates", "bonus", "penalty")
OF_A_SEASON = ("rank", "outcome")


class Notes(Protocol):
    """Where faults in an expectation are noted."""

    @property
    def pack(self) -> Pack: ...

    def problem(
        self, source: Source, path: Path, code: str, message: str, hint: str = ""
    ) -> None: ...


def read_day(notes: Notes, source: Source, path: Path, given: Any) -> dt.date | None:
    """The day a case is read at; None when it names none, or nothing that is one."""
    if given is None:
        return None
    if not isinstance(given, dt.date):
        hint = "Ngày viết không nháy: at: 2026-07-01."
        notes.problem(source, path, "bad-type", f"at: “{given}” không phải là ngày.", hint)
        return None
    if not notes.pack.is_in_force(given):
        message = f"Ngày {given:%d/%m/%Y} bộ quy tắc không có hiệu lực."
        notes.problem(source, path, "dates", message, "Chọn ngày trong effective.")
    return given


def check_entry(notes: Notes, source: Source, path: Path, expect: Mapping[str, Any]) -> None:
    """Expectations about one entry: points of criteria, total, grade, failed gates."""
    pack = notes.pack
    groups = [*pack.criteria, pack.bonus, pack.penalty]
    points = {one.id for group in groups for one in group.whole()} | {"total"}
    for key, wanted in expect.items():
        here = (*path, key)
        if key == "grade":
            grades = [grade.id for grade in pack.grades]
            _check_known(notes, source, here, [] if wanted is None else [wanted], grades)
        elif key == "gates":
            gates = [gate.id for gate in pack.gates]
            _check_known(notes, source, here, wanted, gates)
        elif key not in points:
            _unknown(notes, source, here, key, [*OF_AN_ENTRY, *points])
        elif isinstance(wanted, bool) or not isinstance(wanted, int | Decimal | None):
            notes.problem(
                source, here, "bad-type", "Điểm mong đợi là một số, hoặc null khi chưa có điểm."
            )


def check_season(
    notes: Notes, source: Source, path: Path, expect: Mapping[str, Any], season: Mapping[str, Any]
) -> None:
    """Expectations about a season: ranks, who a selection takes, what it made of the others."""
    selections = [one.id for one in notes.pack.selections]
    for key, wanted in expect.items():
        here = (*path, key)
        if key in selections:
            _check_known(notes, source, here, wanted, season)
        elif key not in OF_A_SEASON:
            _unknown(notes, source, here, key, [*OF_A_SEASON, *selections])
        elif not isinstance(wanted, dict):
            notes.problem(source, here, "bad-type", "Ở đây cần các dòng “khóa: giá trị”.")
        elif key == "rank":
            _check_known(notes, source, here, [*wanted], season)
        else:
            _check_known(notes, source, here, [*wanted], selections)
            for selection, codes in wanted.items():
                _check_outcomes(notes, source, (*here, selection), codes, season)


def _check_outcomes(
    notes: Notes, source: Source, path: Path, codes: Any, season: Mapping[str, Any]
) -> None:
    """What a selection is to make of some entries: one word for each code."""
    if not isinstance(codes, dict):
        hint = "Ví dụ: {M-01: chosen, M-02: beyond}."
        notes.problem(source, path, "bad-type", "Ở đây cần mỗi mã một kết quả.", hint)
        return
    _check_known(notes, source, path, [*codes], season)
    told = [one for one in codes.values() if one is not None]
    _check_known(notes, source, path, told, [*Outcome])


def _check_known(
    notes: Notes, source: Source, path: Path, given: Any, known: Iterable[str]
) -> None:
    if not isinstance(given, list):
        notes.problem(source, path, "bad-type", "Ở đây cần một danh sách, ví dụ [DK.1, DK.2].")
        return
    names = [*known]
    for one in given:
        if one not in names:
            _unknown(notes, source, path, one, names)


def _unknown(notes: Notes, source: Source, path: Path, given: Any, known: Iterable[str]) -> None:
    hint = meant(str(given), known) or f"Có: {', '.join(sorted(set(known)))}."
    notes.problem(source, path, "name", f"Không có kết quả “{given}”.", hint)

"""Sheets to canonical values (đọc bảng): entries, facts, marks, or every problem at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from registry.catalogue import Catalogue
from registry.entry import Entry
from registry.errors import IntakeRefused
from registry.intake.columns import SheetKind, lay_out
from registry.intake.headings import CODE
from registry.intake.rows import Reading
from registry.intake.sheets import Sheet
from registry.vietnamese import slug
from scoring.pack import Pack
from scoring.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a workbook says (nội dung bảng nhập), in canonical text. ``""`` is an empty cell."""

    file: str
    season: str
    pack: Pack
    catalogue: Catalogue
    entries: tuple[Entry, ...]
    attributes: frozenset[str]
    """The attributes of an entry the workbook has a column for."""
    facts: Mapping[str, Mapping[str, str]]
    marks: Mapping[tuple[str, str], Mapping[str, str]]
    notices: tuple[Problem, ...]
    places: Mapping[str, str]
    """For each code, the place where it is registered, else the first where it stands."""


def read_intake(
    sheets: tuple[Sheet, ...],
    *,
    catalogue: Catalogue,
    pack: Pack,
    season: str = "",
    registered: Collection[str] | None = None,
) -> Intake:
    """Read a workbook for *season*, whose codes *registered* so far (None: checked later).

    Raises:
        IntakeRefused: with every problem of every sheet, each with its cell.
    """
    file = sheets[0].file if sheets else ""
    reading = Reading(catalogue, pack, season)
    layouts = lay_out(sheets, pack)
    for kind in SheetKind:
        for layout in layouts.found:
            if layout.kind is kind and any(c.attribute == CODE for c in layout.columns):
                reading.sheet(layout)
    problems = [*layouts.problems, *reading.problems]
    if registered is not None:
        problems += unregistered(reading.places, {*registered, *reading.codes})
    if not problems and not (reading.codes or reading.places):
        message = "Không có hàng số liệu nào để nhập."
        hint = "Tệp cần có trang Đăng ký, Kết quả hoặc Hội đồng chấm với cột Mã."
        problems.append(Problem(file, "nothing", message, hint))
    if problems:
        raise IntakeRefused(tuple(problems), file=file)
    return Intake(
        file=file,
        season=season,
        pack=pack,
        catalogue=catalogue,
        entries=tuple(reading.entries),
        attributes=frozenset(reading.attributes),
        facts=reading.facts,
        marks=reading.marks,
        notices=(*layouts.notices, *reading.notices, *reading.blank_notices()),
        places=reading.places | reading.codes,
    )


def unregistered(places: Mapping[str, str], known: Collection[str]) -> Iterator[Problem]:
    """A problem for each code that has results or marks and nobody registered."""
    spellings = {_spelling(code): code for code in known}
    for code, place in places.items():
        if code in known:
            continue
        meant = spellings.get(_spelling(code))
        message = f"Mã {code} chưa được đăng ký."
        hint = "Sửa mã, hoặc thêm hồ sơ vào trang Đăng ký."
        yield Problem(
            place, "unregistered", message, f"Ý bạn là {meant}? {hint}" if meant else hint
        )


def _spelling(code: str) -> tuple[str, ...]:
    """What two ways of writing one code share: ``HL-2018-008`` and ``hl 2018/8``.

    A code with another number is another entry: nearness of numbers suggests nothing.
    """
    parts = re.findall(r"[a-z]+|[0-9]+", slug(code))
    return tuple(part.lstrip("0") or "0" for part in parts)

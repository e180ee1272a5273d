"""Many files taken in at once (đợt nhập nhiều tệp): what was read, and what it would change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from registry.errors import IntakeRefused
from registry.intake.headings import CODE, HEADINGS
from registry.intake.list_rows import LineRefused
from registry.intake.plan import IntakePlan
from registry.intake.sheets import Sheet, read_workbook
from registry.intake.unit_plan import ListPlan
from registry.vietnamese import slug

Progress = Callable[[str, int, int], None]
"""Called with the file that is being read, how many of its rows were, and of how many; with no
file: how many files were."""

_CODES = frozenset(map(slug, HEADINGS[CODE]))
_OFFICE_TITLES = ("ket-qua", "hoi-dong", "phieu-cham")
_HEADING_WITHIN = 10
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file as it came (tệp gửi đến)."""

    file: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file read (tệp đã đọc): its sheets, or why it cannot be."""

    file: str
    digest: str
    sheets: tuple[Sheet, ...] = ()
    refused: IntakeRefused | None = None

    @property
    def is_office(self) -> bool:
        """Whether it is the office's own workbook: it has codes, results or marks."""
        return any(_has_codes(sheet) or _is_titled(sheet) for sheet in self.sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """What taking all files in would do (dự kiến nhập các tệp)."""

    lists: ListPlan = field(default_factory=ListPlan)
    offices: tuple[IntakePlan, ...] = ()
    refused: tuple[LineRefused, ...] = ()
    """Files that are not taken at all, beside the rows that ``lists`` refuses."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.lists.entries and all(office.is_empty for office in self.offices)

    @property
    def left_out(self) -> int:
        """How many rows and files would stay outside."""
        return len(self.refused) + len(self.lists.refused) + len(self.lists.look_alike)


def read_file(
    incoming: Incoming, *, digest: str, encoding: str, told: Progress | None = None
) -> FileRead:
    """Read one file in a limited process. Never raises: a refusal is part of what was read."""
    file = incoming.file
    tell = None if told is None else (lambda done, total: told(file, done, total))
    try:
        sheets = read_workbook(incoming.data, file=file, encoding=encoding, told=tell)
    except IntakeRefused as refused:
        return FileRead(file=file, digest=digest, refused=refused)
    return FileRead(file=file, digest=digest, sheets=sheets)


def in_order(files: tuple[Incoming, ...]) -> tuple[Incoming, ...]:
    """*files* by name, numbers by their size: the order they were given in says nothing."""
    return tuple(sorted(files, key=lambda one: (_natural(one.file), one.data)))


def _natural(name: str) -> str:
    return _DIGITS.sub(lambda found: found[0].zfill(12), slug(name))


def _has_codes(sheet: Sheet) -> bool:
    """Whether a column is headed as codes are and holds any."""
    for at, row in enumerate(sheet.rows[:_HEADING_WITHIN]):
        for index, cell in enumerate(row):
            if slug(cell.text) in _CODES and sum(bool(c.text) for c in row) > 1:
                return any(below[index].text for below in sheet.rows[at + 1 :])
    return False


def _is_titled(sheet: Sheet) -> bool:
    return any(slug(sheet.title).startswith(word) for word in _OFFICE_TITLES)

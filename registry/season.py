"""A season of emulation (đợt thi đua)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from registry.errors import RegistryError
from registry.vietnamese import tidy

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_YEARS = range(1945, 2101)


class SeasonState(StrEnum):
    OPEN = "open"
    PINNED = "pinned"
    SCORED = "scored"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A season (đợt thi đua): opened once, scored under one pinned pack."""

    id: str
    title: str
    year: int
    body: str = ""
    """The body that issues the decision (cơ quan ban hành), as it stands on paper."""
    superior: str = ""
    """The body above it (cơ quan chủ quản), first line of the letterhead; may be empty."""
    place: str = ""
    """Place name before the date on paper (địa danh)."""
    state: SeasonState = SeasonState.OPEN
    pack_digest: str = ""
    revision: int = 0

    @property
    def scored_at(self) -> dt.date:
        """The day its pack is read at: the last of its year, whenever it is scored or again."""
        return dt.date(self.year, 12, 31)


class SeasonUnfit(RegistryError):
    """A season cannot be opened as described."""


def new_season(
    season: str, *, title: str, year: int, body: str = "", superior: str = "", place: str = ""
) -> Season:
    """A season as it is opened, its words tidied. Raises SeasonUnfit."""
    opened = Season(
        id=season,
        title=tidy(title),
        year=year,
        body=tidy(body),
        superior=tidy(superior),
        place=tidy(place),
    )
    _check(opened)
    return opened


def _check(season: Season) -> None:
    if not _ID.fullmatch(season.id):
        raise SeasonUnfit(
            f"Mã đợt “{season.id}” không dùng được.",
            hint="Dùng chữ không dấu, số, dấu gạch, tối đa 40 ký tự; ví dụ hl-2018.",
        )
    if not season.title:
        raise SeasonUnfit("Đợt chưa có tên.", hint="Ghi tên đợt, ví dụ “Hồng Lĩnh 2018”.")
    if season.year not in _YEARS:
        raise SeasonUnfit(
            f"Năm {season.year} không dùng được.",
            hint=f"Năm từ {_YEARS.start} đến {_YEARS.stop - 1}.",
        )

"""A season of emulation (đợt thi đua)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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

"""What is registered in a season (mô hình, điển hình, tổ tự quản)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class EntryState(StrEnum):
    """Where an entry stands (trạng thái của hồ sơ)."""

    DRAFT = "draft"
    REGISTERED = "registered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    REPORTED = "reported"
    APPRAISED = "appraised"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not-recognised"
    COMMENDED = "commended"


OUTSIDE = frozenset(
    {EntryState.DRAFT, EntryState.RETURNED, EntryState.WITHDRAWN, EntryState.MERGED}
)
"""Who is not in the running: nobody scores, counts or ranks them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the register (mô hình "Dân vận khéo").

    Frozen: every change makes a new value, so the one before is still there for the audit
    log to compare with. ``field``, ``level`` and ``kind`` are ids of ``rules/catalogue``.
    """

    code: str
    season: str
    name: str
    unit: str
    field: str
    level: str
    kind: str
    host: str = ""
    """Tổ chức chủ trì."""
    person: str = ""
    """Người phụ trách."""
    address: str = ""
    expected: str = ""
    """Kết quả đăng ký."""
    started_on: dt.date | None = None
    registered_on: dt.date | None = None
    state: EntryState = EntryState.REGISTERED
    state_reason: str = ""
    """Why it was returned, withdrawn, merged."""
    merged_into: str = ""
    """The code of the entry it went into; empty unless merged."""
    created_by: str = ""
    appraised_by: str = ""
    approved_by: str = ""
    revision: int = 0

    @property
    def is_standing(self) -> bool:
        """Whether it is in the running (còn trong đợt)."""
        return self.state not in OUTSIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilMark:
    """One council member's mark (phiếu chấm của ủy viên) for a fact of type ``marks``."""

    code: str
    fact: str
    member: str
    mark: str
    """Plain decimal text, e.g. ``8.5``."""

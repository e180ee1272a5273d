"""The decision a list is annexed to (quyết định)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A signed decision: until one exists, everything printed is a draft (DỰ THẢO)."""

    season: str
    number: str
    """As on paper: ``05/QĐ-UBND``."""
    signed_on: dt.date
    signer_post: str
    """E.g. ``CHỦ TỊCH`` or ``TM. BAN CHỈ ĐẠO|TRƯỞNG BAN``; ``|`` breaks the line."""
    signer_name: str
    run: int
    """The run whose result was decided on."""

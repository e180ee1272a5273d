"""What persons confirmed of units' lists (bảng ghi nhớ cách ghi): headings and wordings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from registry.store.tables import heading_memory

Wording = tuple[str, str, str]
"""Folded name of the unit, what is worded, and the folded wording."""


def all_meanings(connection: sa.Connection) -> dict[Wording, str]:
    """Everything that was ever confirmed, of every unit."""
    c = heading_memory.c
    query = sa.select(c.unit, c.about, c.wording, c.meaning)
    rows = connection.execute(query)
    return {(unit, about, wording): meaning for unit, about, wording, meaning in rows}


def remember(
    connection: sa.Connection,
    learnt: Iterable[tuple[str, str, str, str]],
    *,
    officer: str,
    at: dt.datetime,
) -> int:
    """Keep what was confirmed, instead of what was before; how many wordings were new."""
    known = all_meanings(connection)
    rows = [
        {"unit": unit, "about": about, "wording": wording, "meaning": meaning}
        for unit, about, wording, meaning in sorted(learnt)
        if known.get((unit, about, wording)) != meaning
    ]
    c = heading_memory.c
    for row in rows:
        connection.execute(
            sa.delete(heading_memory).where(
                c.unit == row["unit"], c.about == row["about"], c.wording == row["wording"]
            )
        )
    if rows:
        told = [row | {"officer": officer, "at": at} for row in rows]
        connection.execute(sa.insert(heading_memory), told)
    return len(rows)

"""Decisions in the database (bảng quyết định)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, fields

import sqlalchemy as sa

from registry.decision import Decision
from registry.store.tables import decisions


def add(
    connection: sa.Connection,
    decision: Decision,
    *,
    reason: str,
    at: dt.datetime,
    officer: str,
) -> None:
    row = {**asdict(decision), "reason": reason, "at": at, "officer": officer}
    connection.execute(sa.insert(decisions), row)


def latest(connection: sa.Connection, *, season: str) -> Decision | None:
    """The decision that stands: the one written last."""
    columns = [decisions.c[field.name] for field in fields(Decision)]
    query = sa.select(*columns).where(decisions.c.season == season)
    row = (
        connection.execute(query.order_by(decisions.c.id.desc()).limit(1)).mappings().one_or_none()
    )
    return None if row is None else Decision(**row)

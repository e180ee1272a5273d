"""Workbooks that were taken in (bảng lần nhập), each under the digest of its bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from registry.store.tables import intakes


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """One workbook taken in (lần nhập)."""

    season: str
    digest: str
    file: str
    at: dt.datetime
    officer: str
    counts: Mapping[str, int]


def add(connection: sa.Connection, taken: TakenIn) -> int:
    """Write *taken* and return its number, which the facts it brought refer to."""
    query = sa.insert(intakes).returning(intakes.c.id)
    number: int = connection.execute(query, asdict(taken)).scalar_one()
    return number


def last_with_digest(connection: sa.Connection, digest: str, *, season: str) -> TakenIn | None:
    """When these very bytes were last taken in for *season*."""
    columns = [column for column in intakes.c if column.name != "id"]
    query = sa.select(*columns).where(intakes.c.season == season, intakes.c.digest == digest)
    row = connection.execute(query.order_by(intakes.c.id.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else TakenIn(**row)

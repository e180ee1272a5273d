"""Seasons in the database (bảng đợt thi đua)."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import Any

import sqlalchemy as sa

from registry.errors import RegistryError
from registry.season import Season, SeasonState
from registry.store.tables import seasons


class SeasonChangedElsewhere(RegistryError):
    def __init__(self, season: str) -> None:
        super().__init__(
            f"Đợt {season} vừa được người khác sửa, lần này chưa ghi gì.",
            hint="Xem lại rồi làm lại.",
        )


_COLUMNS = tuple(seasons.c[field.name] for field in fields(Season))


def add(connection: sa.Connection, season: Season) -> None:
    connection.execute(sa.insert(seasons), _row(season))


def save(connection: sa.Connection, season: Season) -> Season:
    """Write *season* unless someone saved it since it was read (SeasonChangedElsewhere)."""
    saved = replace(season, revision=season.revision + 1)
    query = sa.update(seasons).where(
        seasons.c.id == season.id, seasons.c.revision == season.revision
    )
    if connection.execute(query.values(_row(saved))).rowcount != 1:
        raise SeasonChangedElsewhere(season.id)
    return saved


def find(connection: sa.Connection, season: str) -> Season | None:
    row = (
        connection.execute(sa.select(*_COLUMNS).where(seasons.c.id == season))
        .mappings()
        .one_or_none()
    )
    return None if row is None else _season_of(row)


def list_seasons(connection: sa.Connection) -> tuple[Season, ...]:
    """All seasons, newest year first."""
    query = sa.select(*_COLUMNS).order_by(seasons.c.year.desc(), seasons.c.id)
    return tuple(_season_of(row) for row in connection.execute(query).mappings())


def _row(season: Season) -> dict[str, Any]:
    return {**asdict(season), "pack_digest": season.pack_digest or None}


def _season_of(row: sa.RowMapping) -> Season:
    values = dict(row)
    state, pack_digest = SeasonState(values.pop("state")), values.pop("pack_digest") or ""
    return Season(**values, state=state, pack_digest=pack_digest)

"""Entries in the database (bảng hồ sơ đăng ký)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any

import sqlalchemy as sa

from registry.entry import Entry, EntryState
from registry.store.elsewhere import EntryChangedElsewhere, saved_since
from registry.store.tables import entries
from registry.vietnamese import fold

_COLUMNS = tuple(entries.c[field.name] for field in fields(Entry))


def add_all(connection: sa.Connection, new: Sequence[Entry]) -> None:
    if new:
        connection.execute(sa.insert(entries), [_row(entry) for entry in new])


def save(connection: sa.Connection, entry: Entry) -> Entry:
    """Write *entry* unless someone saved it since it was read (EntryChangedElsewhere)."""
    saved = replace(entry, revision=entry.revision + 1)
    query = sa.update(entries).where(
        entries.c.code == entry.code, entries.c.revision == entry.revision
    )
    if connection.execute(query.values(_row(saved))).rowcount != 1:
        between = saved_since(connection, entry.code, season=entry.season, revision=entry.revision)
        raise EntryChangedElsewhere(entry.code, between)
    return saved


def find(connection: sa.Connection, code: str) -> Entry | None:
    row = (
        connection.execute(sa.select(*_COLUMNS).where(entries.c.code == code))
        .mappings()
        .one_or_none()
    )
    return None if row is None else _entry_of(row)


def list_entries(connection: sa.Connection, *, season: str) -> tuple[Entry, ...]:
    """The entries of *season*, by code."""
    return list_found(connection, season=season)


def list_standing(connection: sa.Connection, *, season: str) -> tuple[Entry, ...]:
    """The entries of *season* that are in the running, by code."""
    return tuple(one for one in list_entries(connection, season=season) if one.is_standing)


def list_found(
    connection: sa.Connection,
    *,
    season: str,
    text: str = "",
    field: str | None = None,
    level: str | None = None,
    unit: str | None = None,
) -> tuple[Entry, ...]:
    """Entries matching every filter given, by code.

    Each word of *text* has to occur in the code, name, person or unit; accents do not matter.
    """
    c = entries.c
    query = sa.select(*_COLUMNS).where(c.season == season).order_by(c.code)
    for word in fold(text).split():
        query = query.where(c.search.contains(word, autoescape=True))
    for column, wanted in ((c.field, field), (c.level, level), (c.unit, unit)):
        if wanted is not None:
            query = query.where(column == wanted)
    return tuple(map(_entry_of, connection.execute(query).mappings()))


def list_codes(connection: sa.Connection) -> tuple[str, ...]:
    """Every code of the register, in all seasons."""
    return tuple(connection.execute(sa.select(entries.c.code).order_by(entries.c.code)).scalars())


def season_by_code(connection: sa.Connection, codes: Sequence[str]) -> dict[str, str]:
    """Where codes that are already given stand: code to season id."""
    query = sa.select(entries.c.code, entries.c.season)
    wanted = set(codes)
    return {code: season for code, season in connection.execute(query) if code in wanted}


def _row(entry: Entry) -> dict[str, Any]:
    told = (entry.code, entry.name, entry.person, entry.unit)
    # An enumeration's member is no text to every driver.
    plain = {"state": entry.state.value, "merged_into": entry.merged_into or None}
    return {**asdict(entry), **plain, "search": fold("\n".join(told))}


def _entry_of(row: sa.RowMapping) -> Entry:
    values = dict(row)
    values["state"], values["merged_into"] = (
        EntryState(values["state"]),
        values["merged_into"] or "",
    )
    return Entry(**values)

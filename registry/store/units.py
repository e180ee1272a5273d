"""Units in the database (bảng đơn vị), and which of them each entry comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields

import sqlalchemy as sa

from registry.entry import Entry
from registry.store.people_tables import unit_successions, units
from registry.store.tables import entries
from registry.unit import Succession, Unit, UnitTree, kind_of, named_on, tree_of
from registry.vietnamese import fold, tidy

_COLUMNS = tuple(units.c[field.name] for field in fields(Unit))
_STEPS = tuple(unit_successions.c[field.name] for field in fields(Succession))


def read_tree(connection: sa.Connection) -> UnitTree:
    """All units of the register, those that were and those that are."""
    listed = connection.execute(sa.select(*_COLUMNS).order_by(units.c.id)).mappings()
    steps = connection.execute(sa.select(*_STEPS).order_by(*_STEPS[:2])).mappings()
    return tree_of((Unit(**row) for row in listed), (Succession(**row) for row in steps))


def find_or_make(connection: sa.Connection, name: str, day: dt.date | None) -> int:
    """The unit called *name* in force on *day*, made when there is none (tìm hoặc lập đơn vị).

    Of several that bear the name, the one that was there first.
    """
    folded = fold(tidy(name))
    alike = sa.select(*_COLUMNS).where(units.c.folded == folded).order_by(units.c.id)
    found = (Unit(**row) for row in connection.execute(alike).mappings())
    if known := named_on(tree_of(found, ()), name, day):
        return known[0].id
    row = {"name": tidy(name), "folded": folded, "kind": kind_of(name), "official_code": ""}
    new = sa.insert(units).values(**row, revision=1).returning(units.c.id)
    return int(connection.execute(new).scalar_one())


def point_entries(connection: sa.Connection, written: Sequence[Entry]) -> None:
    """Let the entries just *written* point to their units, which are made when unknown."""
    wanted = {(entry.unit, entry.registered_on) for entry in written}
    found = {
        pair: find_or_make(connection, *pair)
        for pair in sorted(wanted, key=lambda pair: (pair[0], pair[1] or dt.date.min))
    }
    rows = [{"at": entry.code, "to": found[entry.unit, entry.registered_on]} for entry in written]
    if rows:
        query = sa.update(entries).where(entries.c.code == sa.bindparam("at"))
        connection.execute(query.values(unit_id=sa.bindparam("to")), rows)

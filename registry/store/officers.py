"""Officers and what they may do, in the database (bảng cán bộ, bảng quyền)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.officer import Grant, Officer, Role
from registry.store.people_tables import grants, officers


def list_officers(connection: sa.Connection) -> tuple[Officer, ...]:
    """Every officer by name, with their grants in the order they were given."""
    given: dict[str, list[Grant]] = {}
    for name, role, unit in connection.execute(
        sa.select(grants.c.officer, grants.c.role, grants.c.unit).order_by(grants.c.id)
    ):
        given.setdefault(name, []).append(Grant(role=Role(role), unit=unit))
    c = officers.c
    query = sa.select(c.name, c.full_name, c.is_active).order_by(c.name)
    return tuple(
        Officer(
            name=name,
            full_name=full_name,
            grants=tuple(given.get(name, ())),
            is_active=bool(is_active),
        )
        for name, full_name, is_active in connection.execute(query)
    )


def add(connection: sa.Connection, officer: Officer, *, at: dt.datetime) -> None:
    """Write a new officer with the grants it comes with."""
    row: dict[str, Any] = {
        "name": officer.name,
        "full_name": officer.full_name,
        "passphrase": "",
        "is_active": int(officer.is_active),
        "at": at,
        "revision": 1,
    }
    connection.execute(sa.insert(officers), [row])
    for given in officer.grants:
        grant(connection, officer.name, given)


def grant(connection: sa.Connection, name: str, given: Grant) -> None:
    row = {"officer": name, "role": given.role.value, "unit": given.unit}
    connection.execute(sa.insert(grants), [row])


def revoke(connection: sa.Connection, name: str, taken: Grant) -> None:
    c = grants.c
    unit = c.unit.is_(None) if taken.unit is None else c.unit == taken.unit
    connection.execute(sa.delete(grants).where(c.officer == name, c.role == taken.role.value, unit))


def deactivate(connection: sa.Connection, name: str) -> None:
    c = officers.c
    connection.execute(
        sa.update(officers).where(c.name == name).values(is_active=0, revision=c.revision + 1)
    )

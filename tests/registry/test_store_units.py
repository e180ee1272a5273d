"""Which unit an entry comes from, on both databases."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from registry.audit import Event, EventKind
from registry.desk import Desk
from registry.store import units
from registry.store.people_tables import units as units_table
from registry.store.tables import entries as entries_table
from registry.unit import Unit

NOON = dt.datetime(2025, 7, 1, 12, tzinfo=dt.UTC)


def test_taken_in_entries_point_to_units_of_their_written_name(scored_desk: Desk) -> None:
    both = sa.select(entries_table.c.unit, units_table.c.name).outerjoin(
        units_table, units_table.c.id == entries_table.c.unit_id
    )
    with scored_desk._store.read() as connection:
        rows = connection.execute(both).all()
        tree = units.read_tree(connection)
    assert rows
    assert [written for written, _ in rows] == [name for _, name in rows]
    assert {unit.name for unit in tree.units.values()} == {written for written, _ in rows}


def test_unit_in_force_is_found_again_and_a_dissolved_one_is_not(desk: Desk) -> None:
    with desk._store.work(officer="thu-ky", clock=lambda: NOON) as job:
        connection = job.connection
        job.note(Event(EventKind.SEASON_OPENED, "mau", {}))
        first = units.find_or_make(connection, "Phường  Bắc Hồng", None)
        end = sa.update(units_table).values(to_on=dt.date(2025, 7, 1))
        connection.execute(end.where(units_table.c.id == first))
        before = units.find_or_make(connection, "PHƯỜNG BẮC HỒNG", dt.date(2025, 6, 30))
        after = units.find_or_make(connection, "phường Bắc Hồng", dt.date(2025, 7, 1))
        tree = units.read_tree(connection)
    assert before == first
    assert after != first
    assert tree.units[first] == Unit(
        id=first, name="Phường Bắc Hồng", kind="phuong", to_on=dt.date(2025, 7, 1)
    )

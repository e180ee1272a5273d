"""Officers and grants as they are kept, on both databases."""

import datetime as dt

from registry.audit import Event, EventKind
from registry.officer import Grant, Officer, Role
from registry.store import officers
from registry.store.work import open_store

AT = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
HA = Officer(name="ha", full_name="Trần Thị Hà", grants=(Grant(role=Role.ADMINISTRATOR),))
LAN = Officer(name="lan", full_name="Lê Lan")


def after(where, *steps):
    """The officers a new register holds after *steps*."""
    store = open_store(where)
    with store.work(officer="ha", clock=lambda: AT) as job:
        job.note(Event(EventKind.BACKUP_MADE, "", {"file": "a", "digest": "b"}))
        officers.add(job.connection, LAN, at=AT)
        officers.add(job.connection, HA, at=AT)
        for step, *told in steps:
            step(job.connection, *told)
    with store.read() as connection:
        listed = officers.list_officers(connection)
    store.close()
    return listed


def test_officers_are_listed_by_name_with_their_grants(where):
    assert after(where) == (HA, LAN)


def test_a_grant_is_given_and_taken_without_touching_another(where):
    secretary, viewer = Grant(role=Role.SECRETARY), Grant(role=Role.VIEWER)
    steps = (
        (officers.grant, "lan", secretary),
        (officers.grant, "lan", viewer),
        (officers.grant, "ha", secretary),
        (officers.revoke, "lan", secretary),
    )

    assert after(where, *steps) == (
        Officer(name="ha", full_name=HA.full_name, grants=(*HA.grants, secretary)),
        Officer(name="lan", full_name=LAN.full_name, grants=(viewer,)),
    )


def test_a_deactivated_officer_stays_on_record(where):
    gone = Officer(name="lan", full_name=LAN.full_name, is_active=False)

    assert after(where, (officers.deactivate, "lan")) == (HA, gone)

"""The tables of who there is: dated units and their successors, officers and what they may do."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, Text

from registry.store.exact import Day, Instant
from registry.store.metadata import table

units = table(
    "units",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # The number the State gives it (mã đơn vị hành chính); empty for an office or an association.
    Column("official_code", Text, nullable=False),
    Column("parent", Integer, ForeignKey("units.id")),
    Column("from_on", Day),
    Column("to_on", Day),
    Column("revision", Integer, nullable=False),
    sa.Index(None, "folded"),
    sa.Index(None, "parent"),
)

unit_successions = table(
    "unit_successions",
    Column("old", Integer, ForeignKey(units.c.id), primary_key=True),
    Column("new", Integer, ForeignKey(units.c.id), primary_key=True),
    Column("succeeded_on", Day, nullable=False),
    Column("basis", Text, nullable=False),
)

officers = table(
    "officers",
    Column("name", Text, primary_key=True),
    Column("full_name", Text, nullable=False),
    # Argon2; empty where the server keeps the passwords.
    Column("passphrase", Text, nullable=False),
    Column("is_active", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
)

grants = table(
    "grants",
    Column("id", Integer, primary_key=True),
    Column("officer", Text, ForeignKey(officers.c.name), nullable=False),
    Column("role", Text, nullable=False),
    # Empty: for every unit of the register.
    Column("unit", Integer, ForeignKey(units.c.id)),
    sa.Index(None, "officer"),
)

"""What every table has in common: strict columns, and names for keys, indexes and checks."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *items: sa.schema.SchemaItem) -> sa.Table:
    # STRICT: SQLite otherwise keeps the text "abc" in an integer column without a word.
    return sa.Table(name, metadata, *items, sqlite_strict=True)

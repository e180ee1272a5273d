"""The record of many hands: dated units, officers, the life of an entry, evidence, bulk actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


# A server sorts by the rules of its language; a register is sorted by letters, the same anywhere.
TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def text(name: str, *, required: bool = True) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=not required)


def number(name: str, *, required: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=not required, autoincrement=False)


def serial(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def told(name: str, default: str) -> sa.Column[str]:
    """A column that older rows answer with *default*."""
    return sa.Column(name, TEXT, nullable=False, server_default=default)


def create(
    table: str, *items: sa.schema.SchemaItem, key: tuple[str, ...], **points_to: str
) -> None:
    """A strict table with its primary key and what its columns point to."""
    foreign = (
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
        for column, target in points_to.items()
    )
    primary = sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}"))
    op.create_table(table, *items, primary, *foreign, sqlite_strict=True)


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    create_units()
    create_officers()
    extend_entries()
    create_evidence()
    create_bulk_actions()
    create_intake_memory()


def create_units() -> None:
    create(
        "units",
        serial("id"),
        *map(text, ("name", "folded", "kind", "official_code")),
        number("parent", required=False),
        text("from_on", required=False),
        text("to_on", required=False),
        number("revision"),
        key=("id",),
        parent="units.id",
    )
    index("units", "folded")
    index("units", "parent")
    create(
        "unit_successions",
        number("old"),
        number("new"),
        *map(text, ("succeeded_on", "basis")),
        key=("old", "new"),
        old="units.id",
        new="units.id",
    )


def create_officers() -> None:
    create(
        "officers",
        *map(text, ("name", "full_name", "passphrase")),
        number("is_active"),
        text("at"),
        number("revision"),
        key=("name",),
    )
    create(
        "grants",
        serial("id"),
        *map(text, ("officer", "role")),
        number("unit", required=False),
        key=("id",),
        officer="officers.name",
        unit="units.id",
    )
    index("grants", "officer")


def extend_entries() -> None:
    op.add_column("seasons", told("calendar", "{}"))
    strict = {"sqlite_strict": True}
    with op.batch_alter_table("entries", table_kwargs=strict) as batch:
        batch.add_column(number("unit_id", required=False))
        batch.add_column(told("state", "registered"))
        batch.add_column(text("merged_into", required=False))
        for name in ("state_reason", "created_by", "appraised_by", "approved_by"):
            batch.add_column(told(name, ""))
        batch.create_foreign_key(op.f("fk_entries_unit_id"), "units", ["unit_id"], ["id"])
        batch.create_foreign_key(
            op.f("fk_entries_merged_into"), "entries", ["merged_into"], ["code"]
        )
        batch.create_check_constraint(
            op.f("ck_entries_approved_by_another"),
            "approved_by = '' or (approved_by <> appraised_by and approved_by <> created_by)",
        )
    index("entries", "unit_id")
    for table in ("facts", "marks"):
        with op.batch_alter_table(table, table_kwargs=strict) as batch:
            batch.alter_column("intake", existing_type=sa.Integer(), nullable=True)


def create_evidence() -> None:
    create(
        "evidence_files",
        text("digest"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key=("digest",),
    )
    create(
        "evidence",
        serial("id"),
        *map(text, ("code", "fact", "note")),
        text("digest", required=False),
        text("file"),
        number("size"),
        *map(text, ("state", "reason", "officer", "at", "checked_by")),
        sa.CheckConstraint(
            "state in ('claimed', 'verified', 'refused')", name=op.f("ck_evidence_state")
        ),
        key=("id",),
        code="entries.code",
        digest="evidence_files.digest",
    )
    index("evidence", "code")


def create_bulk_actions() -> None:
    create(
        "bulk_actions",
        serial("id"),
        *map(text, ("season", "action", "reason", "at", "officer")),
        text("undone_at", required=False),
        text("undone_by"),
        key=("id",),
        season="seasons.id",
    )
    index("bulk_actions", "season")
    create(
        "bulk_changes",
        number("bulk"),
        text("code"),
        number("revision"),
        *map(text, ("before", "after")),
        key=("bulk", "code"),
        bulk="bulk_actions.id",
        code="entries.code",
    )


def create_intake_memory() -> None:
    create(
        "heading_memory",
        *map(text, ("unit", "about", "wording", "meaning", "officer", "at")),
        key=("unit", "about", "wording"),
    )
    create(
        "look_alikes",
        *map(text, ("season", "first", "second", "verdict", "officer", "at")),
        sa.CheckConstraint("verdict in ('same', 'different')", name=op.f("ck_look_alikes_verdict")),
        key=("season", "first", "second"),
        season="seasons.id",
    )

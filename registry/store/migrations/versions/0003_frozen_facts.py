"""The facts of a run in columns, beside their canonical text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "frozen_facts",
        sa.Column("snapshot", TEXT, nullable=False),
        sa.Column("pack", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("snapshot", "pack", name=op.f("pk_frozen_facts")),
        sa.ForeignKeyConstraint(
            ["snapshot"], ["snapshots.digest"], name=op.f("fk_frozen_facts_snapshot")
        ),
        sa.ForeignKeyConstraint(["pack"], ["packs.digest"], name=op.f("fk_frozen_facts_pack")),
        sqlite_strict=True,
    )

"""The first tables: seasons, entries, facts, marks, packs, runs, decisions, the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


# A server sorts by the rules of its language; a register is sorted by letters, the same anywhere.
TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def text(name: str, *, required: bool = True) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=not required)


def number(name: str, *, required: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=not required, autoincrement=False)


def serial(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


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


def is_file() -> bool:
    """Whether the register is a file (SQLite) rather than on a server (PostgreSQL)."""
    return op.get_bind().dialect.name == "sqlite"


def upgrade() -> None:
    if is_file():
        op.execute("PRAGMA application_id = 1146506033")
    create_log()
    create_seasons()
    create_entries()
    create_runs()


def create_log() -> None:
    create(
        "audit",
        number("seq"),
        *map(text, ("at", "officer", "season", "event", "data", "previous", "digest")),
        key=("seq",),
    )
    index("audit", "season")
    if not is_file():
        op.execute(
            "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_keeps_all BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"
        )
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER audit_keeps_{event} BEFORE {event.upper()} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        )


def create_seasons() -> None:
    create("packs", *map(text, ("digest", "id", "version", "title", "files")), key=("digest",))
    create(
        "seasons",
        *map(text, ("id", "title")),
        number("year"),
        *map(text, ("body", "superior", "place", "state")),
        text("pack_digest", required=False),
        number("revision"),
        key=("id",),
        pack_digest="packs.digest",
    )
    create(
        "intakes",
        serial("id"),
        *map(text, ("season", "digest", "file", "at", "officer", "counts")),
        key=("id",),
        season="seasons.id",
    )
    index("intakes", "season", "digest")


def create_entries() -> None:
    create(
        "entries",
        *map(text, ("code", "season", "name", "unit", "field", "level", "kind")),
        *map(text, ("host", "person", "address", "expected")),
        text("started_on", required=False),
        text("registered_on", required=False),
        text("search"),
        number("revision"),
        key=("code",),
        season="seasons.id",
    )
    index("entries", "season")
    create(
        "facts",
        *map(text, ("code", "fact", "stage", "season", "cell")),
        number("intake"),
        *map(text, ("officer", "at")),
        sa.CheckConstraint("stage in ('self', 'appraised', 'final')", name=op.f("ck_facts_stage")),
        key=("code", "fact", "stage"),
        code="entries.code",
        season="seasons.id",
        intake="intakes.id",
    )
    index("facts", "season")
    create(
        "marks",
        *map(text, ("code", "fact", "member", "season")),
        number("position"),
        text("mark"),
        number("intake"),
        *map(text, ("officer", "at")),
        key=("code", "fact", "member"),
        code="entries.code",
        season="seasons.id",
        intake="intakes.id",
    )
    index("marks", "season")


def create_runs() -> None:
    create("snapshots", *map(text, ("digest", "body")), key=("digest",))
    create(
        "runs",
        serial("id"),
        *map(text, ("season", "pack_digest", "snapshot_digest", "result_digest")),
        *map(text, ("engine", "at", "officer")),
        key=("id",),
        season="seasons.id",
        pack_digest="packs.digest",
        snapshot_digest="snapshots.digest",
    )
    index("runs", "season")
    create(
        "run_sheets",
        number("run"),
        text("code"),
        number("position"),
        number("rank", required=False),
        text("total"),
        text("grade", required=False),
        *map(text, ("gates", "points", "bonus", "penalty", "tie_reason")),
        key=("run", "code"),
        run="runs.id",
        code="entries.code",
    )
    create(
        "run_awards",
        number("run"),
        *map(text, ("selection", "code")),
        number("position"),
        *map(text, ("outcome", "reason", "quota", "basis", "holders")),
        key=("run", "selection", "code"),
        run="runs.id",
        code="entries.code",
    )
    create(
        "decisions",
        serial("id"),
        *map(text, ("season", "number", "signed_on", "signer_post", "signer_name")),
        number("run"),
        *map(text, ("reason", "at", "officer")),
        key=("id",),
        season="seasons.id",
        run="runs.id",
    )
    index("decisions", "season")

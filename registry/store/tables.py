"""The tables of the register (các bảng của sổ), as the newest migration leaves them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, Text

from registry.store.exact import Day, ExactDecimal, Instant, JsonText

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *items: sa.schema.SchemaItem) -> sa.Table:
    # STRICT: SQLite otherwise keeps the text "abc" in an integer column without a word.
    return sa.Table(name, metadata, *items, sqlite_strict=True)


audit = _table(
    "audit",
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("officer", Text, nullable=False),
    Column("season", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    sa.Index(None, "season"),
)

packs = _table(
    "packs",
    Column("digest", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("files", JsonText, nullable=False),
)

seasons = _table(
    "seasons",
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("superior", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("pack_digest", Text, ForeignKey(packs.c.digest)),
    Column("revision", Integer, nullable=False),
)

intakes = _table(
    "intakes",
    Column("id", Integer, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    Column("digest", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer", Text, nullable=False),
    Column("counts", JsonText, nullable=False),
    sa.Index(None, "season", "digest"),
)

entries = _table(
    "entries",
    Column("code", Text, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("started_on", Day),
    Column("registered_on", Day),
    # Folded code, name, person and unit: SQLite's LIKE knows no Vietnamese letters.
    Column("search", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    sa.Index(None, "season"),
)

facts = _table(
    "facts",
    Column("code", Text, ForeignKey(entries.c.code), primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    Column("cell", Text, nullable=False),
    Column("intake", Integer, ForeignKey(intakes.c.id), nullable=False),
    Column("officer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sa.CheckConstraint("stage in ('self', 'appraised', 'final')", name="stage"),
    sa.Index(None, "season"),
)

marks = _table(
    "marks",
    Column("code", Text, ForeignKey(entries.c.code), primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    # The order of the ballots on the sheet: "Ủy viên 10" follows "Ủy viên 9".
    Column("position", Integer, nullable=False),
    Column("mark", Text, nullable=False),
    Column("intake", Integer, ForeignKey(intakes.c.id), nullable=False),
    Column("officer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sa.Index(None, "season"),
)

snapshots = _table(
    "snapshots",
    Column("digest", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

runs = _table(
    "runs",
    Column("id", Integer, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    Column("pack_digest", Text, ForeignKey(packs.c.digest), nullable=False),
    Column("snapshot_digest", Text, ForeignKey(snapshots.c.digest), nullable=False),
    Column("result_digest", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer", Text, nullable=False),
    sa.Index(None, "season"),
)

run_sheets = _table(
    "run_sheets",
    Column("run", Integer, ForeignKey(runs.c.id), primary_key=True),
    Column("code", Text, ForeignKey(entries.c.code), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("rank", Integer),
    Column("total", ExactDecimal, nullable=False),
    Column("grade", Text),
    Column("gates", JsonText, nullable=False),
    Column("points", JsonText, nullable=False),
    Column("bonus", ExactDecimal, nullable=False),
    Column("penalty", ExactDecimal, nullable=False),
    Column("tie_reason", Text, nullable=False),
)

run_awards = _table(
    "run_awards",
    Column("run", Integer, ForeignKey(runs.c.id), primary_key=True),
    Column("selection", Text, primary_key=True),
    Column("code", Text, ForeignKey(entries.c.code), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("quota", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("holders", JsonText, nullable=False),
)

decisions = _table(
    "decisions",
    Column("id", Integer, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    Column("number", Text, nullable=False),
    Column("signed_on", Day, nullable=False),
    Column("signer_post", Text, nullable=False),
    Column("signer_name", Text, nullable=False),
    Column("run", Integer, ForeignKey(runs.c.id), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer", Text, nullable=False),
    sa.Index(None, "season"),
)

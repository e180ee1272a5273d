"""The tables of the register (các bảng của sổ), as the newest migration leaves them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, Text

from registry.store.exact import Day, ExactDecimal, Instant, JsonText
from registry.store.metadata import metadata, table
from registry.store.people_tables import grants, officers, unit_successions, units

__all__ = [
    "audit",
    "bulk_actions",
    "bulk_changes",
    "decisions",
    "entries",
    "evidence",
    "evidence_files",
    "facts",
    "frozen_facts",
    "grants",
    "heading_memory",
    "intakes",
    "look_alikes",
    "marks",
    "metadata",
    "officers",
    "packs",
    "run_awards",
    "run_sheets",
    "runs",
    "seasons",
    "snapshots",
    "unit_successions",
    "units",
]

audit = table(
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

packs = table(
    "packs",
    Column("digest", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("files", JsonText, nullable=False),
)

seasons = table(
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
    # Deadlines and what a weekend does to them.
    Column("calendar", JsonText, nullable=False, server_default="{}"),
)

intakes = table(
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

entries = table(
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
    # The name as it was written stands in "unit"; this is which unit that is.
    Column("unit_id", Integer, ForeignKey(units.c.id)),
    Column("state", Text, nullable=False, server_default="registered"),
    Column("state_reason", Text, nullable=False, server_default=""),
    Column("merged_into", Text, ForeignKey("entries.code")),
    Column("created_by", Text, nullable=False, server_default=""),
    Column("appraised_by", Text, nullable=False, server_default=""),
    Column("approved_by", Text, nullable=False, server_default=""),
    sa.CheckConstraint(
        "approved_by = '' or (approved_by <> appraised_by and approved_by <> created_by)",
        name="approved_by_another",
    ),
    sa.Index(None, "season"),
    sa.Index(None, "unit_id"),
)

evidence_files = table(
    "evidence_files",
    Column("digest", Text, primary_key=True),
    Column("content", sa.LargeBinary, nullable=False),
)

evidence = table(
    "evidence",
    Column("id", Integer, primary_key=True),
    Column("code", Text, ForeignKey(entries.c.code), nullable=False),
    Column("fact", Text, nullable=False),
    Column("note", Text, nullable=False),
    # A file, or only a note: its name is shown, the content stands under its digest.
    Column("digest", Text, ForeignKey(evidence_files.c.digest)),
    Column("file", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("checked_by", Text, nullable=False),
    sa.CheckConstraint("state in ('claimed', 'verified', 'refused')", name="state"),
    sa.Index(None, "code"),
)

bulk_actions = table(
    "bulk_actions",
    Column("id", Integer, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    Column("action", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer", Text, nullable=False),
    Column("undone_at", Instant),
    Column("undone_by", Text, nullable=False),
    sa.Index(None, "season"),
)

bulk_changes = table(
    "bulk_changes",
    Column("bulk", Integer, ForeignKey(bulk_actions.c.id), primary_key=True),
    Column("code", Text, ForeignKey(entries.c.code), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("before", JsonText, nullable=False),
    Column("after", JsonText, nullable=False),
)

heading_memory = table(
    "heading_memory",
    # The folded name of the unit that words it so.
    Column("unit", Text, primary_key=True),
    # What is worded: a heading, or a field, level or kind of the catalogue.
    Column("about", Text, primary_key=True),
    Column("wording", Text, primary_key=True),
    Column("meaning", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

look_alikes = table(
    "look_alikes",
    Column("season", Text, ForeignKey(seasons.c.id), primary_key=True),
    # Matching keys of the two (unit, folded name and person), the smaller first.
    Column("first", Text, primary_key=True),
    Column("second", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sa.CheckConstraint("verdict in ('same', 'different')", name="verdict"),
)

facts = table(
    "facts",
    Column("code", Text, ForeignKey(entries.c.code), primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    Column("cell", Text, nullable=False),
    # Empty where a person typed it in.
    Column("intake", Integer, ForeignKey(intakes.c.id)),
    Column("officer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sa.CheckConstraint("stage in ('self', 'appraised', 'final')", name="stage"),
    sa.Index(None, "season"),
)

marks = table(
    "marks",
    Column("code", Text, ForeignKey(entries.c.code), primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("season", Text, ForeignKey(seasons.c.id), nullable=False),
    # The order of the ballots on the sheet: "Ủy viên 10" follows "Ủy viên 9".
    Column("position", Integer, nullable=False),
    Column("mark", Text, nullable=False),
    # Empty where a person typed it in.
    Column("intake", Integer, ForeignKey(intakes.c.id)),
    Column("officer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sa.Index(None, "season"),
)

snapshots = table(
    "snapshots",
    Column("digest", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

# The same facts in columns, as a pack reads them; what stands in them is told by the snapshot.
frozen_facts = table(
    "frozen_facts",
    Column("snapshot", Text, ForeignKey(snapshots.c.digest), primary_key=True),
    Column("pack", Text, ForeignKey(packs.c.digest), primary_key=True),
    Column("content", sa.LargeBinary, nullable=False),
)

runs = table(
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

run_sheets = table(
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

run_awards = table(
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

decisions = table(
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

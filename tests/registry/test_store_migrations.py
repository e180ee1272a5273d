"""Migrations: what they make is what the program expects, and a failed one changes nothing."""

import shutil
import sqlite3
import textwrap

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from small_season import desk_at

from registry.store import contents
from registry.store.schema import (
    HEAD,
    MIGRATIONS,
    MigrationRefused,
    back_up,
    bring_up_to_date,
)
from registry.store.sqlite import reading_engine
from registry.store.tables import metadata
from registry.store.work import open_store

NEXT = f"{int(HEAD) + 1:04}"


def rows(path):
    connection = sqlite3.connect(path)
    dumped = list(connection.iterdump())
    connection.close()
    return dumped


def children(path):
    """How many rows point at entries."""
    told = rows(path)
    return {name: sum(f'INTO "{name}"' in row for row in told) for name in ("facts", "marks")}


@pytest.fixture
def next_migration(tmp_path):
    """Our migrations and one after them, with the body given."""

    def written(body):
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder)
        head = f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "{NEXT}"\n'
        head += f'down_revision = "{HEAD}"\ndef upgrade():\n'
        text = head + textwrap.indent(textwrap.dedent(body), "    ")
        (folder / "versions" / f"{NEXT}_next.py").write_text(text, "utf-8")
        return folder

    return written


def test_migrated_schema_is_what_the_tables_say(path):
    open_store(path).close()

    with reading_engine(path).begin() as connection:
        differing = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differing == []


def test_every_table_is_strict_and_ours(path):
    open_store(path).close()

    found = contents.read_contents(path)
    tables = {n: sql for (kind, n), sql in found.objects.items() if kind == "table"}
    loose = {name for name, sql in tables.items() if not sql.rstrip().endswith("STRICT")}
    assert loose == {"alembic_version"}
    assert found.application_id == int.from_bytes(b"DVK1", "big")
    assert {n: s for (k, n), s in found.objects.items() if k == "trigger"} == contents.TRIGGERS


def test_head_is_the_newest_migration():
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_current_register_is_opened_without_a_backup(path):
    open_store(path).close()
    before = path.read_bytes()

    open_store(path).close()

    assert sorted(path.parent.iterdir()) == [path, path.with_name("sổ.db-journal")]
    assert path.read_bytes() == before


def test_older_register_is_backed_up_and_migrated(scored_desk, path, next_migration):
    before = rows(path)
    folder = next_migration("op.add_column('entries', sa.Column('phone', sa.Text()))")

    bring_up_to_date(path, migrations=folder, head=NEXT)

    backup = path.with_name(f"sổ.truoc-nang-cap-{HEAD}.db")
    assert sorted(rows(backup)) == sorted(before)
    found = contents.read_contents(path)
    assert found.revision == NEXT
    assert ("entries", "phone") in found.columns


def test_backup_never_overwrites_another(path):
    open_store(path).close()

    names = [back_up(path, "0001").name for _ in range(3)]

    assert names == [
        "sổ.truoc-nang-cap-0001.db",
        "sổ.truoc-nang-cap-0001-2.db",
        "sổ.truoc-nang-cap-0001-3.db",
    ]


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(scored_desk, path, next_migration):
    folder = next_migration(
        """
        with op.batch_alter_table("entries", recreate="always") as batch:
            batch.alter_column("host", new_column_name="organiser")
        """
    )
    before = children(path)

    bring_up_to_date(path, migrations=folder, head=NEXT)

    assert children(path) == before == {"facts": 87, "marks": 15}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("op.execute('DELETE FROM marks')", "bảng marks mất dòng"),
        ("op.execute('UPDATE facts SET intake = 99')", "có dòng trỏ đến dòng không còn"),
    ],
)
def test_migration_that_loses_anything_is_refused(scored_desk, path, next_migration, body, refusal):
    before = rows(path)

    with pytest.raises(MigrationRefused, match=refusal):
        bring_up_to_date(path, migrations=next_migration(body), head=NEXT)

    assert rows(path) == before


def test_failing_migration_leaves_the_register_as_it_was(scored_desk, path, next_migration):
    before = rows(path)
    folder = next_migration(
        """
        op.add_column("entries", sa.Column("phone", sa.Text()))
        op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True))
        op.execute("no such statement")
        """
    )

    with pytest.raises(sa.exc.OperationalError):
        bring_up_to_date(path, migrations=folder, head=NEXT)

    assert rows(path) == before
    desk_at(path).ranking("hl")

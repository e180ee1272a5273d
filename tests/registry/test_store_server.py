"""A register on a server: made once, brought up to date, refused in words, the same as a file."""

import contextlib
import threading

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from small_season import scored

from registry.database_url import DatabaseUrl
from registry.store import schema
from registry.store.schema import HEAD, NewerRegister
from registry.store.server import engines
from registry.store.server.engines import reading_engine, writing_engine
from registry.store.server.faults import (
    DatabaseMissing,
    ServerBusy,
    ServerForbids,
    ServerUnreachable,
)
from registry.store.server.opening import NotARegisterServer
from registry.store.tables import metadata
from registry.store.work import open_store


@pytest.fixture
def empty(databases):
    """An empty database on the server."""
    where = databases.make()
    yield where
    databases.drop(where)


@pytest.fixture
def served(databases, made_database):
    """A database with an empty register in it."""
    where = databases.make(like=made_database)
    yield where
    databases.drop(where)


@pytest.fixture
def open_at():
    """``open_at(where)``: a store that is closed after the test."""
    with contextlib.ExitStack() as closing:
        yield lambda where: closing.enter_context(contextlib.closing(open_store(where)))


def run(where, *statements):
    engine = writing_engine(where)
    try:
        with engine.begin() as connection:
            found = [connection.exec_driver_sql(statement) for statement in statements]
            return [list(one) if one.returns_rows else [] for one in found]
    finally:
        engine.dispose()


def test_migrated_schema_is_what_the_tables_say(served):
    engine = reading_engine(served)
    with engine.begin() as connection:
        differing = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert differing == []


def test_text_is_sorted_by_letters_on_any_server(served):
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE "
    query += (
        "data_type = 'text' AND table_schema = 'public' AND collation_name IS DISTINCT FROM 'C'"
    )

    assert run(served, query) == [[]]


def test_two_programs_may_make_the_same_register_at_once(empty):
    opened = []
    threads = [
        threading.Thread(target=lambda: opened.append(open_store(empty).close())) for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert opened == [None] * 4
    assert run(empty, "SELECT version_num FROM alembic_version") == [[(HEAD,)]]


def test_failing_migration_leaves_the_database_empty(empty, monkeypatch):
    real = schema._row_counts
    counts = iter([{"facts": 3}, {}])
    monkeypatch.setattr(schema, "_row_counts", lambda _connection: next(counts))

    with pytest.raises(schema.MigrationRefused, match="bảng facts mất dòng"):
        open_store(empty)

    monkeypatch.setattr(schema, "_row_counts", real)
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    assert run(empty, tables) == [[]]


def test_strange_tables_are_refused_and_left_alone(empty):
    run(empty, "CREATE TABLE khac (id int)")

    with pytest.raises(NotARegisterServer, match="có những bảng lạ"):
        open_store(empty)

    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    assert run(empty, tables) == [[("khac",)]]


def test_missing_column_is_told(served):
    run(served, "ALTER TABLE entries DROP COLUMN person")

    with pytest.raises(NotARegisterServer, match="bảng “entries” thiếu cột “person”"):
        open_store(served)


def test_newer_register_is_refused(served):
    run(served, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerRegister, match="bản 9999"):
        open_store(served)


def test_missing_database_is_told(databases):
    with pytest.raises(DatabaseMissing, match="không có cơ sở dữ liệu này"):
        open_store(databases.address("khong-co"))


def test_absent_server_is_told_without_the_password():
    with pytest.raises(ServerUnreachable) as refused:
        open_store(DatabaseUrl("postgresql://ha:bimat@127.0.0.1:9/dvk"))

    assert refused.value.message == "Không nối được máy chủ postgresql://ha@127.0.0.1:9/dvk."


def test_writer_who_waits_too_long_is_told(served, at_desk, monkeypatch):
    monkeypatch.setattr(engines, "LOCK_TIMEOUT_SECONDS", 1)
    desk = at_desk(served)
    engine = writing_engine(served)

    with engine.begin(), pytest.raises(ServerBusy, match="đang bận"):
        desk.open_season("hl", title="Hồng Lĩnh", year=2018)

    engine.dispose()
    assert desk.seasons() == ()


def test_readers_do_not_wait_for_a_writer(served, at_desk):
    desk = scored(at_desk(served))
    engine = writing_engine(served)

    with engine.begin() as writer:
        writer.exec_driver_sql("UPDATE entries SET name = 'x'")
        names = {line.name for line in desk.entry_lines("hl")}

    engine.dispose()
    assert "x" not in names


def test_reader_cannot_write(served, open_at):
    store = open_at(served)

    with pytest.raises(sa.exc.InternalError, match="read-only"), store.read() as connection:
        connection.exec_driver_sql("DELETE FROM seasons")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET officer = 'Nam'", "DELETE FROM audit", "TRUNCATE audit"],
)
def test_audit_lines_cannot_be_changed_or_removed(served, at_desk, statement):
    at_desk(served).open_season("hl", title="Hồng Lĩnh", year=2018)

    with pytest.raises(sa.exc.DatabaseError, match="append-only"):
        run(served, statement)


def read_as(store, role, statement):
    with store.read() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {role}")
        connection.exec_driver_sql(statement)


def test_what_the_server_forbids_is_told(served, open_at):
    store = open_at(served)
    run(served, "CREATE ROLE nguoi_xem", "GRANT pg_read_all_data TO nguoi_xem")
    try:
        with pytest.raises(ServerForbids, match="không cho tài khoản này"):
            read_as(store, "nguoi_xem", "SELECT pg_read_file('/etc/passwd')")
    finally:
        run(served, "DROP ROLE nguoi_xem")


def test_season_comes_out_the_same_on_a_server_as_in_a_file(scored_database, scored_file, at_desk):
    scored_desk, of_file = at_desk(scored_database), at_desk(scored_file)

    assert scored_desk.ranking_csv("hl") == of_file.ranking_csv("hl")
    assert scored_desk.ranking("hl") == of_file.ranking("hl")
    assert scored_desk.audit_lines("hl") == of_file.audit_lines("hl")
    assert scored_desk.verify("hl") == of_file.verify("hl")

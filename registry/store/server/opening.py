"""Opening a register on a server: made when the database is empty, brought up to date when old."""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa

from registry.database_url import DatabaseUrl
from registry.errors import RegistryError
from registry.store.database import Database
from registry.store.schema import HEAD, NewerRegister, run_migrations
from registry.store.server.engines import reading_engine, writing_engine
from registry.store.server.faults import told_in_words
from registry.store.tables import metadata


class NotARegisterServer(RegistryError):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"Cơ sở dữ liệu {name} không phải sổ của chương trình này: {why}.",
            hint="Chỉ đúng cơ sở dữ liệu của sổ, hoặc một cơ sở dữ liệu trống, mã hóa UTF8.",
        )


def open_server(url: DatabaseUrl) -> Database:
    """The register at *url*, made or brought up to date first. Raises RegistryError."""
    name = url.told
    writers = writing_engine(url)
    try:
        with told_in_words(name):
            _bring_up_to_date(writers, name)
    except BaseException:
        writers.dispose()  # the pool would keep its connections
        raise
    return Database(
        name=name,
        writers=writers,
        readers=reading_engine(url),
        told_in_words=partial(told_in_words, name),
    )


def _bring_up_to_date(engine: sa.Engine, name: str) -> None:
    with engine.connect() as connection:
        # A look needs no lock: most openings find everything as it should be.
        connection.execution_options(isolation_level="AUTOCOMMIT")
        found = _revision(connection, name)
        if found == HEAD:
            _check_complete(connection, name)
            return
    if found > HEAD:
        raise NewerRegister(name, found)
    with engine.begin() as connection:
        if _revision(connection, name) < HEAD:  # another program may have been first
            run_migrations(connection, name)


def _revision(connection: sa.Connection, name: str) -> str:
    """The migration that stands; empty for an empty database. Raises NotARegisterServer."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise NotARegisterServer(name, f"mã hóa là {encoding}, cần UTF8")
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return ""
    if "alembic_version" not in tables or "audit" not in tables:
        raise NotARegisterServer(name, "có những bảng lạ")
    query = sa.select(sa.table("alembic_version", sa.column("version_num")).c.version_num)
    revision: str = connection.execute(query).scalar_one()
    return revision


def _check_complete(connection: sa.Connection, name: str) -> None:
    """Raises NotARegisterServer when a table or column of ours is missing."""
    columns = sa.table(
        "columns",
        sa.column("table_name"),
        sa.column("column_name"),
        sa.column("table_schema"),
        schema="information_schema",
    )
    query = sa.select(columns.c.table_name, columns.c.column_name).where(
        columns.c.table_schema == sa.func.current_schema()
    )
    found = {(table, column) for table, column in connection.execute(query)}
    for table in metadata.sorted_tables:
        for column in table.c:
            if (table.name, column.name) not in found:
                raise NotARegisterServer(name, f"bảng “{table.name}” thiếu cột “{column.name}”")

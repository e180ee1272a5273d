"""What stands in a file, and whether it is a register of ours (nhận dạng tệp sổ)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from registry.errors import RegistryError
from registry.store.sqlite import LOCK_TIMEOUT_SECONDS
from registry.store.tables import metadata

APPLICATION_ID = 0x44564B31
"""``DVK1`` in the file's header: a register, not just any SQLite file."""

TRIGGERS: Mapping[str, str] = MappingProxyType(
    {
        f"audit_keeps_{event}": (
            f"CREATE TRIGGER audit_keeps_{event} BEFORE {event.upper()} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        )
        for event in ("update", "delete")
    }
)


_SMALLEST_PAGE = 512
_KINDS = {"table": "bảng", "index": "chỉ mục", "trigger": "trigger", "view": "khung nhìn"}


class NotARegister(RegistryError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} không phải tệp sổ của chương trình này: {why}.",
            hint="Chỉ đúng tệp sổ, hoặc một đường dẫn chưa có để mở sổ mới.",
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a file: its mark, its migration, and everything its schema names."""

    application_id: int
    revision: str
    objects: Mapping[tuple[str, str], str]
    columns: frozenset[tuple[str, str]]

    @property
    def is_empty(self) -> bool:
        return not self.objects and not self.application_id


def read_contents(path: Path) -> Contents:
    """What stands in *path*, which is left as it is. Raises NotARegister."""
    if 0 < path.stat().st_size < _SMALLEST_PAGE:
        # SQLite takes a file of a byte or two for an empty database, and would write over it.
        raise NotARegister(path, "không phải tệp SQLite")
    try:
        with opened(path) as connection:
            return _contents_of(connection)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname == "SQLITE_NOTADB":
            raise NotARegister(path, "không phải tệp SQLite") from error
        raise


def _contents_of(connection: sqlite3.Connection) -> Contents:
    objects = {
        (kind, name): sql
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")
        if not (kind in ("table", "index") and name.startswith("sqlite_"))
    }
    revision = None
    if ("table", "alembic_version") in objects:
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    tables = [name for kind, name in objects if kind == "table"]
    query = "SELECT name FROM pragma_table_info(?)"
    return Contents(
        application_id=connection.execute("PRAGMA application_id").fetchone()[0],
        revision=revision[0] if revision else "",
        objects=MappingProxyType(objects),
        columns=frozenset((t, c) for t in tables for (c,) in connection.execute(query, (t,))),
    )


def check_ours(path: Path, contents: Contents) -> None:
    """Raises NotARegister when a program other than ours had a hand in the file."""
    if contents.application_id != APPLICATION_ID or not contents.revision:
        raise NotARegister(path, "thiếu dấu của chương trình trong tệp")
    for (kind, name), sql in contents.objects.items():
        # A trigger or view from elsewhere would run with our rights at our next write.
        if kind == "view" or (kind == "trigger" and TRIGGERS.get(name) != sql):
            raise NotARegister(path, f"có {_KINDS[kind]} lạ “{name}”")


def missing_guards(path: Path) -> tuple[str, ...]:
    """Names of the triggers that keep the log, as far as somebody took them away."""
    present = read_contents(path).objects
    return tuple(name for name in TRIGGERS if ("trigger", name) not in present)


def check_complete(path: Path, contents: Contents, *, unguarded: bool = False) -> None:
    """Raises NotARegister unless the file holds the newest tables, and no others.

    *unguarded*: the triggers that keep the log may be missing.
    """
    expected = _expected_objects()
    if unguarded:
        expected -= {("trigger", name) for name in TRIGGERS} - contents.objects.keys()
    for kind, name in sorted(expected - contents.objects.keys()):
        raise NotARegister(path, f"thiếu {_KINDS[kind]} “{name}”")
    for kind, name in sorted(contents.objects.keys() - expected):
        raise NotARegister(path, f"có {_KINDS[kind]} lạ “{name}”")
    tables = metadata.tables.values()
    columns = {(table.name, column.name) for table in tables for column in table.c}
    columns.add(("alembic_version", "version_num"))
    for table, column in sorted(contents.columns ^ columns):
        raise NotARegister(path, f"bảng “{table}” khác ở cột “{column}”")


def _expected_objects() -> frozenset[tuple[str, str]]:
    tables = metadata.tables.values()
    indexes = {("index", str(index.name)) for table in tables for index in table.indexes}
    return frozenset(
        {("table", table.name) for table in tables}
        | {("table", "alembic_version")}
        | indexes
        | {("trigger", name) for name in TRIGGERS}
    )


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection, without the pragmas of a register: what is not one stays as it is."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=LOCK_TIMEOUT_SECONDS, isolation_level=None
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection
    finally:
        connection.close()

"""Reading an open export into a new register (nhập bản xuất): everything, or nothing."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from registry.audit import check_chain
from registry.database_url import DatabaseUrl
from registry.errors import RegistryError
from registry.store import log
from registry.store.cells import NOTHING, text_in
from registry.store.copies import Progress, name_once, sync_file, sync_folder
from registry.store.exact import TEXTUAL
from registry.store.exporting import (
    FILES,
    FORMAT,
    LOG,
    MANIFEST,
    PACKS,
    TABLES,
    digest_of_file,
    lines_in,
)
from registry.store.faults import told_in_words
from registry.store.location import check_location
from registry.store.raw import batches, key_names
from registry.store.schema import HEAD, bring_up_to_date
from registry.store.sqlite import writing_engine
from registry.store.tables import audit, metadata, packs

_AT_ONCE = 2000
_FILE = re.compile(rf"{FILES}/[0-9a-f]{{64}}")
_LONGEST_CELL = 1 << 30


class ExportUnfit(RegistryError):
    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"Không nhập được {folder}: {why}.",
            hint="Dùng nguyên thư mục do dvk export ghi ra, không sửa tệp nào trong đó.",
        )


class RegisterNotEmpty(RegistryError):
    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} đã có số liệu; bản xuất chỉ nhập vào sổ mới.",
            hint="Chỉ một tệp sổ chưa có (--db), hoặc một cơ sở dữ liệu trống (DVK_DATABASE_URL).",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export says it holds (bản kê)."""

    revision: str
    lines: int
    head: str
    rows: Mapping[str, int]
    files: Mapping[str, str]


def read_manifest(folder: Path, *, progress: Progress | None = None) -> Manifest:
    """The manifest of *folder*, whose every file was read and is as it says. Raises ExportUnfit."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ExportUnfit(folder, f"không có tệp {MANIFEST}")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        found = Manifest(
            revision=str(told["revision"]),
            lines=int(told["lines"]),
            head=str(told["head"]),
            rows={str(name): int(number) for name, number in told["rows"].items()},
            files={str(name): str(digest) for name, digest in told["files"].items()},
        )
        version = told["format"]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ExportUnfit(folder, f"{MANIFEST} không đọc được") from None
    if version != FORMAT or found.revision > HEAD:
        raise ExportUnfit(folder, "do một bản chương trình mới hơn ghi")
    if unknown := sorted(found.rows.keys() - metadata.tables.keys()):
        raise ExportUnfit(folder, f"có bảng lạ “{unknown[0]}”")
    for at, (name, digest) in enumerate(found.files.items(), start=1):
        file = folder / name
        if not file.resolve().is_relative_to(folder.resolve()) or not file.is_file():
            raise ExportUnfit(folder, f"thiếu tệp {name}")
        if digest_of_file(file) != digest:
            raise ExportUnfit(folder, f"tệp {name} đã bị sửa sau khi xuất")
        if progress:
            progress(at, len(found.files))
    return found


def make_register(
    folder: Path,
    where: Path | DatabaseUrl,
    *,
    anywhere: bool = False,
    progress: Progress | None = None,
) -> Manifest:
    """A new register at *where* with everything in *folder*; on a server, in an empty database."""
    if isinstance(where, DatabaseUrl):
        # Imported here: a register in a file needs nothing of a server.
        from registry.store.server.opening import open_server  # noqa: PLC0415

        manifest, database = read_manifest(folder), open_server(where)
        try:
            with database.told_in_words(), database.writers.begin() as connection:
                load(connection, folder, manifest, progress=progress)
        finally:
            database.close()
        return manifest
    return _make_file(folder, where, anywhere=anywhere, progress=progress)


def _make_file(folder: Path, path: Path, *, anywhere: bool, progress: Progress | None) -> Manifest:
    """The same in a file, which gets its name when everything is in it."""
    place = check_location(path, anywhere=anywhere)
    if place.exists() and place.stat().st_size:
        raise RegisterNotEmpty(f"Sổ {path}")
    manifest = read_manifest(folder)
    unfinished = place.with_name(f".dvk-{place.name}-{os.getpid()}")
    try:
        with told_in_words(unfinished):
            bring_up_to_date(unfinished)
            with writing_engine(unfinished).begin() as connection:
                load(connection, folder, manifest, progress=progress)
        sync_file(unfinished)
        place.unlink(missing_ok=True)
        name_once(unfinished, place)
    finally:
        for name in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            name.unlink(missing_ok=True)
    sync_folder(place.parent)
    return manifest


def load(
    connection: sa.Connection,
    folder: Path,
    manifest: Manifest,
    *,
    progress: Progress | None = None,
) -> None:
    """Write everything in *folder* into the empty register behind *connection*.

    Raises:
        RegisterNotEmpty: something stands there.
        ExportUnfit: what was read is not what the manifest says.
    """
    check_empty(connection)
    csv.field_size_limit(_LONGEST_CELL)
    tables = [table for table in metadata.sorted_tables if table.name in manifest.rows]
    for at, table in enumerate(tables, start=1):
        number = _load_table(connection, table, folder)
        if number != manifest.rows[table.name]:
            told = f"bảng {table.name} có {number} dòng, bản kê ghi {manifest.rows[table.name]}"
            raise ExportUnfit(folder, told)
        if progress:
            progress(at, len(tables) + 1)
    _load_log(connection, folder, manifest)
    if progress:
        progress(len(tables) + 1, len(tables) + 1)


def check_empty(connection: sa.Connection) -> None:
    """Raises RegisterNotEmpty when any row stands in the register."""
    for table in metadata.sorted_tables:
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise RegisterNotEmpty(f"Bảng {table.name} của sổ đích")


def _load_table(connection: sa.Connection, table: sa.Table, folder: Path) -> int:
    rows = _pack_rows(folder) if table is packs else _csv_rows(table, folder)
    number, later = 0, _self_pointing(table)
    put_off: list[dict[str, Any]] = []
    plain = _plain(table)
    query = sa.insert(plain)
    for some in batches(rows, _AT_ONCE):
        if later:
            put_off += [row for row in some if any(row.get(name) is not None for name in later)]
        bare = [{**row, **dict.fromkeys(later)} for row in some] if later else list(some)
        try:
            connection.execute(query, bare)
        except sa.exc.IntegrityError as error:
            raise ExportUnfit(folder, f"bảng {table.name}: {error.orig}") from error
        number += len(some)
    for row in put_off:
        where = [plain.c[name] == row[name] for name in key_names(table)]
        values = {name: row[name] for name in later}
        connection.execute(sa.update(plain).where(*where).values(values))
    _count_on(connection, table)
    return number


def _csv_rows(table: sa.Table, folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / TABLES / f"{table.name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        names = next(reader, [])
        if unknown := sorted(set(names) - set(table.c.keys())):
            raise ExportUnfit(folder, f"bảng {table.name} có cột lạ “{unknown[0]}”")
        columns = [table.c[name] for name in names]
        for row in reader:
            if len(row) != len(columns):
                raise ExportUnfit(folder, f"bảng {table.name}, dòng {reader.line_num}: sai số ô")
            yield {c.name: _value(c, cell, folder) for c, cell in zip(columns, row, strict=True)}


def _value(column: sa.Column[Any], cell: str, folder: Path) -> Any:
    if cell == NOTHING:
        return None
    if isinstance(column.type, sa.LargeBinary):
        if not _FILE.fullmatch(cell):
            raise ExportUnfit(folder, f"bảng {column.table.name}: tên tệp lạ “{cell}”")
        return (folder / cell).read_bytes()
    if isinstance(column.type, sa.Integer):
        try:
            return int(cell)
        except ValueError:
            told = f"bảng {column.table.name}, cột {column.name}: “{cell}” không phải số nguyên"
            raise ExportUnfit(folder, told) from None
    return text_in(cell)


def _pack_rows(folder: Path) -> Iterator[dict[str, Any]]:
    for row in json.loads((folder / PACKS).read_text(encoding="utf-8")):
        files = row["files"]
        if not isinstance(files, str):
            files = json.dumps(files, ensure_ascii=False, separators=(",", ":"))
        yield {**row, "files": files}


def _load_log(connection: sa.Connection, folder: Path, manifest: Manifest) -> None:
    for some in batches(lines_in(folder / LOG), _AT_ONCE):
        connection.execute(sa.insert(_plain(audit)), [line._asdict() for line in some])
    found = check_chain(log.each_stored(connection))
    if found.broken is not None:
        raise ExportUnfit(folder, f"nhật ký không còn nguyên, {found.broken.reason.rstrip('.')}")
    if (found.lines, found.head) != (manifest.lines, manifest.head):
        raise ExportUnfit(folder, "nhật ký không phải nhật ký mà bản kê ghi")


def _plain(table: sa.Table) -> Any:
    """*table* with its text as it is stored: nothing is read into values and worded again."""
    return sa.table(
        table.name,
        *(sa.column(c.name, sa.Text() if isinstance(c.type, TEXTUAL) else c.type) for c in table.c),
    )


def _self_pointing(table: sa.Table) -> tuple[str, ...]:
    """Columns that point into their own table: filled in when all of its rows are there."""
    return tuple(
        column.name
        for column in table.c
        if column.nullable and any(key.column.table is table for key in column.foreign_keys)
    )


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let the server number new rows after those that were read, as SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    column = table.autoincrement_column
    if column is None:
        return
    sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
    found = connection.execute(sa.select(sequence)).scalar_one()
    highest = connection.execute(sa.select(sa.func.max(column))).scalar_one()
    if found is not None and highest is not None:
        connection.execute(sa.select(sa.func.setval(found, highest)))

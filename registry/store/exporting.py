"""Everything a register holds, as files anybody can read (xuất mở): CSV, JSON and what they mean.

The tables are those of the metadata: a new one is exported without a word here. Equal registers
give equal bytes, on whichever database they stand.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import sqlalchemy as sa

from registry.audit import StoredLine, check_chain
from registry.errors import RegistryError
from registry.store import log
from registry.store.cells import NOTHING, cell_of
from registry.store.copies import Copy, CopyUnfit, Progress
from registry.store.export_guide import guide_of
from registry.store.raw import raw_columns
from registry.store.schema import HEAD
from registry.store.tables import audit, metadata, packs

FORMAT = 1
MANIFEST, GUIDE, LOG, PACKS = "so.json", "DOC-TRUOC.md", "nhat-ky.jsonl", "bo-quy-tac.json"
TABLES, FILES = "bang", "tep"


class FolderTaken(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Thư mục {path} đã có tệp khác; xuất chỉ ghi vào thư mục mới hoặc trống.",
            hint="Chọn tên thư mục khác.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written (bản xuất): rows by table, the log, digests by file."""

    folder: Path
    rows: Mapping[str, int]
    lines: int
    head: str
    files: Mapping[str, str]
    digest: str
    """SHA-256 of the manifest, which names every other file's."""


def export(
    connection: sa.Connection, folder: Path, *, progress: Progress | None = None
) -> Exported:
    """Write everything to *folder*, which appears only when it is complete. Raises FolderTaken."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".dvk-{folder.name}-{os.getpid()}")
    unfinished.mkdir(mode=0o700)
    try:
        written = _write_all(connection, unfinished, progress)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return Exported(folder=folder, **written)


def exported_tables() -> tuple[sa.Table, ...]:
    """The tables that stand as CSV: what others point at comes first."""
    return tuple(t for t in metadata.sorted_tables if t is not audit and t is not packs)


def _write_all(
    connection: sa.Connection, folder: Path, progress: Progress | None
) -> dict[str, Any]:
    (folder / TABLES).mkdir()
    tables, rows = exported_tables(), {}
    for at, table in enumerate(tables, start=1):
        rows[table.name] = _write_table(connection, folder, table)
        if progress:
            progress(at, len(tables) + 1)
    rows[packs.name] = _write_packs(connection, folder / PACKS)
    lines, head = _write_log(connection, folder / LOG)
    if progress:
        progress(len(tables) + 1, len(tables) + 1)
    files = {
        path.relative_to(folder).as_posix(): digest_of_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    (folder / GUIDE).write_text(
        guide_of(rows=rows, files=files, lines=lines, head=head), "utf-8", newline="\n"
    )
    files[GUIDE] = digest_of_file(folder / GUIDE)
    manifest = {
        "format": FORMAT,
        "revision": HEAD,
        "lines": lines,
        "head": head,
        "rows": rows,
        "files": dict(sorted(files.items())),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, "utf-8", newline="\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"rows": rows, "lines": lines, "head": head, "files": files, "digest": digest}


def stored_rows(connection: sa.Connection, table: sa.Table) -> Iterator[dict[str, Any]]:
    """The rows of *table* as stored, by key, in the same order on every database."""
    # Text sorts by letters on both: a server's columns are declared so.
    query = sa.select(*raw_columns(table)).order_by(*table.primary_key)
    options = {"yield_per": 2000}
    for row in connection.execute(query, execution_options=options).mappings():
        yield dict(row)


def _write_table(connection: sa.Connection, folder: Path, table: sa.Table) -> int:
    number = 0
    with _text_file(folder / TABLES / f"{table.name}.csv") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.c])
        for number, row in enumerate(stored_rows(connection, table), start=1):  # noqa: B007
            writer.writerow([_cell(folder, row[column.name]) for column in table.c])
    return number


def _cell(folder: Path, value: object) -> str:
    match value:
        case None:
            return NOTHING
        case str():
            return cell_of(value)
        case bytes() | memoryview():
            return _kept_file(folder, bytes(value))
        case _:
            return str(value)


def _kept_file(folder: Path, content: bytes) -> str:
    """Write *content* as a file of its own, under its digest; the file's name."""
    name = f"{FILES}/{hashlib.sha256(content).hexdigest()}"
    (folder / FILES).mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return name


def _write_packs(connection: sa.Connection, path: Path) -> int:
    """Packs with their files as text a person can read; what reads otherwise stays as it is."""
    found = []
    for row in stored_rows(connection, packs):
        files = json.loads(row["files"])
        same = json.dumps(files, ensure_ascii=False, separators=(",", ":")) == row["files"]
        found.append({**row, "files": files if same else row["files"]})
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, "utf-8", newline="\n")
    return len(found)


def _write_log(connection: sa.Connection, path: Path) -> tuple[int, str]:
    number, head = 0, ""
    with _text_file(path) as file:
        for line in log.each_stored(connection):
            file.write(json.dumps(line._asdict(), ensure_ascii=False) + "\n")
            number, head = number + 1, line.digest
    return number, head


def _text_file(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines_in(path: Path) -> Iterator[StoredLine]:
    """The lines of an exported log."""
    with path.open(encoding="utf-8") as file:
        for text in file:
            yield StoredLine(**json.loads(text))


def back_up(connection: sa.Connection, folder: Path, *, progress: Progress | None = None) -> Copy:
    """An open export as a backup: read again, its chain verified, before it counts."""
    made = export(connection, folder, progress=progress)
    checked = check_chain(lines_in(folder / LOG))
    changed = [name for name, told in made.files.items() if digest_of_file(folder / name) != told]
    if checked.broken is not None:
        raise CopyUnfit(folder, f"nhật ký không còn nguyên, {checked.broken.reason.rstrip('.')}")
    if changed:
        raise CopyUnfit(folder, f"tệp {changed[0]} đọc lại không như đã ghi")
    size = sum((folder / name).stat().st_size for name in made.files)
    return Copy(
        path=folder,
        digest=made.digest,
        size=size,
        lines=checked.lines,
        head=checked.head,
        revision=HEAD,
    )

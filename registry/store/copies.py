"""Copies of a register (bản sao lưu): made in one step, and not counted before they were read."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from registry.audit import ChainCheck, StoredLine, check_chain
from registry.errors import RegistryError
from registry.store.contents import check_complete, check_ours, opened, read_contents
from registry.store.faults import told_in_words
from registry.store.schema import HEAD, NewerRegister
from registry.store.sqlite import any_text

Progress = Callable[[int, int], None]

_LINES = "SELECT seq, at, officer, season, event, data, previous, digest FROM audit ORDER BY seq"


class CopyExists(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Đã có {path}; bản sao lưu không bao giờ ghi đè.",
            hint="Chọn tên khác, hoặc bỏ tên tệp để máy tự đặt theo ngày giờ.",
        )


class CopyUnfit(RegistryError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} không dùng được làm bản sao lưu: {why}.",
            hint="Chọn bản sao lưu khác; đừng xóa bản nào trước khi có một bản soát được.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that was opened and found whole (bản sao lưu đã soát)."""

    path: Path
    digest: str
    """SHA-256 of the file."""
    size: int
    lines: int
    head: str
    """Digest of the last line of its log."""
    revision: str


def make_copy(path: Path, to: Path, *, progress: Progress | None = None) -> Copy:
    """Copy the register at *path* to *to* in one step, while others may write.

    The copy gets its name only after it was opened, checked and found whole.

    Raises:
        CopyExists: *to* is there already.
        CopyUnfit: what was copied does not hold.
    """
    if os.path.lexists(to):
        raise CopyExists(to)
    if not to.parent.is_dir():
        raise CopyUnfit(to, f"không có thư mục {to.parent}")
    unfinished = to.with_name(f".dvk-{to.name}-{os.getpid()}")
    try:
        write_copy(path, unfinished)
        checked = check_copy(unfinished, shown=to, progress=progress)
        name_once(unfinished, to)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(to.parent)
    return Copy(
        path=to,
        digest=file_digest(to),
        size=to.stat().st_size,
        lines=checked.lines,
        head=checked.head,
        revision=read_contents(to).revision,
    )


def copy_name(path: Path, at: dt.datetime, *, what: str = "sao-luu") -> Path:
    """A free name beside *path* that says what the copy is and when it was made."""
    stem = f"{path.stem}.{what}-{at:%Y-%m-%d-%H%M}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in range(1, 10_000))
    return next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))


def write_copy(path: Path, to: Path) -> None:
    """One moment of the register at *path*, as a file of its own."""
    # For its owner alone while it is written: the register may be closed to others.
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with told_in_words(path), opened(path) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))
    shutil.copymode(path, to)
    sync_file(to)


def check_copy(
    path: Path, *, shown: Path | None = None, progress: Progress | None = None
) -> ChainCheck:
    """Open the copy at *path*: it has to be ours, whole, and its chain has to hold.

    Raises:
        NotARegister: it is something else, or carries what is not ours.
        NewerRegister: a newer program wrote it.
        CopyUnfit: it is damaged, or its log was tampered with.
    """
    shown = shown or path
    if not path.is_file():
        raise CopyUnfit(shown, "không có tệp này")
    try:
        contents = read_contents(path)
        check_ours(shown, contents)
        if contents.revision > HEAD:
            raise NewerRegister(shown, contents.revision)
        if contents.revision == HEAD:
            check_complete(shown, contents)
        with opened(path) as connection:
            connection.execute("PRAGMA query_only = ON")
            _check_whole(connection, shown)
            checked = chain_of(connection, progress=progress)
    except sqlite3.DatabaseError as error:
        raise CopyUnfit(shown, f"tệp hỏng, {error}") from error
    if checked.broken is not None:
        raise CopyUnfit(shown, f"nhật ký không còn nguyên, {checked.broken.reason.rstrip('.')}")
    return checked


def chain_of(
    connection: sqlite3.Connection, *, anchor: str = "", progress: Progress | None = None
) -> ChainCheck:
    """The chain of a file's log, read line by line."""
    connection.text_factory = any_text
    (whole,) = connection.execute("SELECT count(*) FROM audit").fetchone()

    def lines() -> Iterator[StoredLine]:
        for read, row in enumerate(connection.execute(_LINES), start=1):
            if progress and (read % 2000 == 0 or read == whole):
                progress(read, whole)
            yield StoredLine(*row)

    return check_chain(lines(), anchor=anchor)


def _check_whole(connection: sqlite3.Connection, shown: Path) -> None:
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        raise CopyUnfit(shown, f"tệp hỏng, {found[0]}")
    if orphan := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise CopyUnfit(shown, f"bảng {orphan[0]} có dòng trỏ đến dòng không còn")


def name_once(unfinished: Path, to: Path) -> None:
    """Give a finished file its name, never over another. Raises CopyExists."""
    try:
        if os.name == "nt":
            unfinished.rename(to)  # refuses an existing name there
        else:
            os.link(unfinished, to)
    except FileExistsError:
        raise CopyExists(to) from None
    except OSError:
        # A memory stick knows no second name for a file.
        if os.path.lexists(to):
            raise CopyExists(to) from None
        unfinished.rename(to)


def file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """What was written is on the disk before anything is said of it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """The names in a folder are on the disk, where the system can say so."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

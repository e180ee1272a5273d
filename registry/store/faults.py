"""What can go wrong with the file under the register, told in words (sự cố của tệp sổ)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from registry.errors import RegistryError

_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class RegisterBusy(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Sổ {path.name} đang bận: một chương trình khác đang ghi và chưa xong.",
            hint="Chờ một lát rồi làm lại. Lần này chưa ghi gì.",
        )


class RegisterDamaged(RegistryError):
    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            f"Tệp sổ {path} bị hỏng: {fault}.",
            hint="Đừng ghi thêm; khôi phục bản sao lưu gần nhất.",
        )


class DiskRefused(RegistryError):
    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            f"Ổ đĩa không nhận sổ {path}: {fault}.",
            hint="Xem còn chỗ trống và có quyền ghi không, rồi làm lại; "
            "nhập lại cùng một tệp không bao giờ ghi hai lần.",
        )


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file at *path* into a refusal a person can act on."""
    try:
        yield
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        fault = error.orig if isinstance(error, sa.exc.DatabaseError) else error
        code = getattr(fault, "sqlite_errorname", "")
        if code.startswith(_BUSY):
            raise RegisterBusy(path) from error
        if code.startswith(_DISK):
            raise DiskRefused(path, str(fault)) from error
        if code.startswith(_DAMAGED):
            raise RegisterDamaged(path, str(fault)) from error
        raise

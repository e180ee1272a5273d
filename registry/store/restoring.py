"""Putting a copy in the place of a register (khôi phục): either the old file or the new one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from registry.audit import AuditEntry, Event, EventKind, Json
from registry.errors import RegistryError
from registry.store.contents import check_ours, opened, read_contents
from registry.store.copies import (
    Copy,
    Progress,
    check_copy,
    copy_name,
    file_digest,
    name_once,
    sync_file,
    sync_folder,
    write_copy,
)
from registry.store.file import file_at
from registry.store.schema import HEAD, MIGRATIONS, migrate
from registry.store.sqlite import LOCK_TIMEOUT_SECONDS
from registry.store.work import Clock, Store

_AFTER = (
    "SELECT seq, at, officer, season, event, data, previous, digest FROM audit "
    "WHERE seq > ? ORDER BY seq"
)
_DIGESTS = "SELECT seq, digest FROM audit ORDER BY seq"


class CopyIsRegister(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} chính là sổ đang dùng, không phải bản sao của nó.",
            hint="Chỉ một bản sao lưu (dvk backup).",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePlan:
    """What restoring a copy would do (dự kiến khôi phục); nothing is written yet."""

    copy: Copy
    register: Path
    lost: tuple[AuditEntry, ...]
    """Lines of the present register that the copy does not have."""
    common: int
    """How many lines both logs begin with; fewer than the copy has where the two parted."""
    unreadable: str = ""
    """Why the present register cannot be compared, where it cannot."""
    is_missing: bool = False
    """There is no present register."""

    @property
    def has_parted(self) -> bool:
        """Whether the copy holds lines that the present register never had."""
        return not self.is_missing and not self.unreadable and self.common < self.copy.lines


def plan_restore(source: Path, register: Path, *, progress: Progress | None = None) -> RestorePlan:
    """What would be lost if *source* took the place of *register*.

    Raises:
        CopyIsRegister, CopyUnfit, NotARegister, NewerRegister: it cannot take that place.
    """
    if register.exists() and source.exists() and source.samefile(register):
        raise CopyIsRegister(source)
    checked = check_copy(source, progress=progress)
    copy = Copy(
        path=source,
        digest=file_digest(source),
        size=source.stat().st_size,
        lines=checked.lines,
        head=checked.head,
        revision=read_contents(source).revision,
    )
    if not register.exists():
        return RestorePlan(copy=copy, register=register, lost=(), common=0, is_missing=True)
    try:
        common, lost = _compared(source, register)
    except (sqlite3.DatabaseError, RegistryError, ValueError) as error:
        why = error.message if isinstance(error, RegistryError) else str(error)
        return RestorePlan(copy=copy, register=register, lost=(), common=0, unreadable=why)
    return RestorePlan(copy=copy, register=register, lost=lost, common=common)


def restore(plan: RestorePlan, *, officer: str, clock: Clock) -> Path | None:
    """Put the copy in the register's place; where the register that stood there is kept now.

    The copy is copied beside the register, brought up to date, told in its own log what became
    of it, and only then takes the name: whatever stops this leaves the old file or the new one.
    """
    register = plan.register
    unfinished = register.with_name(f".dvk-{register.name}-{os.getpid()}")
    try:
        write_copy(plan.copy.path, unfinished)
        if plan.copy.revision < HEAD:
            migrate(unfinished, migrations=MIGRATIONS, head=HEAD)
        _note(unfinished, plan, officer=officer, clock=clock)
        check_copy(unfinished, shown=plan.copy.path)
        sync_file(unfinished)
        aside = _take_place(unfinished, register, at=clock())
    finally:
        for name in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            name.unlink(missing_ok=True)
    sync_folder(register.parent)
    return aside


def _compared(source: Path, register: Path) -> tuple[int, tuple[AuditEntry, ...]]:
    check_ours(register, read_contents(register))
    with opened(source) as copy, opened(register) as present:
        pairs = zip(copy.execute(_DIGESTS), present.execute(_DIGESTS), strict=False)
        common = 0
        for one, other in pairs:
            if one != other:
                break
            common = one[0]
        rows = present.execute(_AFTER, (common,)).fetchall()
    return common, tuple(_entry(seq, at, rest) for seq, at, *rest in rows)


def _entry(seq: int, at: str, rest: list[str]) -> AuditEntry:
    officer, season, event, data, previous, digest = rest
    return AuditEntry(
        seq=seq,
        at=dt.datetime.fromisoformat(at),
        officer=officer,
        season=season,
        event=event,
        data=data,
        previous=previous,
        digest=digest,
    )


def _note(path: Path, plan: RestorePlan, *, officer: str, clock: Clock) -> None:
    store = Store(file_at(path))
    with store.work(officer=officer, clock=clock) as job:
        told: dict[str, Json] = {
            "copy": plan.copy.path.name,
            "digest": plan.copy.digest,
            "lost": len(plan.lost),
        }
        job.note(Event(EventKind.REGISTER_RESTORED, "", told))
    store.close()


def _take_place(unfinished: Path, register: Path, *, at: dt.datetime) -> Path | None:
    """Rename *unfinished* over the register, which keeps a second name; that name."""
    if not register.exists():
        name_once(unfinished, register)
        return None
    with _nobody_writes(register):
        aside = copy_name(register, at, what="truoc-khoi-phuc")
        try:
            os.link(register, aside)
        except OSError:
            shutil.copy2(register, aside)
            sync_file(aside)
        if os.name != "nt":
            unfinished.replace(register)
    if os.name == "nt":  # nothing open can be replaced there
        unfinished.replace(register)
    return aside


@contextmanager
def _nobody_writes(register: Path) -> Iterator[None]:
    """Hold the register; an interrupted writer's journal is played back before it is put aside.

    A file too damaged to be opened is put aside with its journal: the journal would otherwise
    be played back into the copy.
    """
    connection = sqlite3.connect(register, timeout=LOCK_TIMEOUT_SECONDS, isolation_level=None)
    try:
        try:
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise
            journal = register.with_name(f"{register.name}-journal")
            if journal.exists() and journal.stat().st_size:
                journal.replace(register.with_name(f"{register.name}-journal.hong"))
        yield
    finally:
        connection.close()

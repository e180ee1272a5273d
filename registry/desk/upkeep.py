"""Keeping a register (trông coi sổ): backup, restore, health; works on files that do not open."""

from __future__ import annotations

from pathlib import Path

from registry.audit import Event, EventKind, Json
from registry.database_url import DatabaseUrl
from registry.desk.room import Room
from registry.store import copies, exporting, health, importing, restoring
from registry.store.copies import Copy, Progress
from registry.store.exporting import Exported
from registry.store.importing import Manifest
from registry.store.location import check_location
from registry.store.restoring import RestorePlan
from registry.store.work import Clock
from registry.views import Checkup

__all__ = [
    "Copy",
    "Exported",
    "Manifest",
    "RestorePlan",
    "UpkeepDesk",
    "examine",
    "import_export",
    "plan_restore",
    "restore",
]


class UpkeepDesk(Room):
    """The asks about the register as a whole."""

    def back_up(self, to: Path | None = None, progress: Progress | None = None) -> Copy:
        """Copy the register, check the copy, and keep in the log that it was made.

        *to*: the copy's name, or a folder for one named after the day; beside the register when
        not given. A register on a server is copied as an open export, a folder of its own.

        Raises:
            CopyExists, FolderTaken: something of that name is there.
            CopyUnfit: what was copied does not hold.
        """
        path, now = self._store.database.path, self._clock()
        if path is None:
            beside = copies.copy_name(Path("so-dan-van-kheo"), now)
            with self._store.read() as connection:
                made = exporting.back_up(connection, (to or beside).absolute(), progress=progress)
        else:
            if to is None:
                to = copies.copy_name(path, now)
            elif to.is_dir():
                to = copies.copy_name(to / path.name, now)
            made = copies.make_copy(path, to.absolute(), progress=progress)
        told: dict[str, Json] = {"file": made.path.name, "digest": made.digest, "head": made.head}
        with self._work() as job:
            job.note(Event(EventKind.BACKUP_MADE, "", told))
        return made

    def export(self, folder: Path, progress: Progress | None = None) -> Exported:
        """Write everything the register holds as open files. Raises FolderTaken."""
        with self._store.read() as connection:
            return exporting.export(connection, folder.absolute(), progress=progress)


def import_export(
    folder: Path,
    register: Path | DatabaseUrl,
    *,
    anywhere: bool = False,
    progress: Progress | None = None,
) -> Manifest:
    """Make a new register of an open export; it gets its name when everything is in it.

    Raises:
        ExportUnfit: files are missing or changed, or do not make a register.
        RegisterNotEmpty: there is a register of that name already.
    """
    return importing.make_register(
        folder.absolute(), register, anywhere=anywhere, progress=progress
    )


def plan_restore(
    source: Path,
    register: Path,
    *,
    anywhere: bool = False,
    progress: Progress | None = None,
) -> RestorePlan:
    """What putting *source* in the place of *register* would lose; nothing is written."""
    place = check_location(register, anywhere=anywhere)
    return restoring.plan_restore(source.absolute(), place, progress=progress)


def restore(plan: RestorePlan, *, officer: str, clock: Clock) -> Path | None:
    """Do what *plan* says; where the register that stood there is kept now."""
    return restoring.restore(plan, officer=officer, clock=clock)


def examine(
    path: Path | DatabaseUrl,
    *,
    clock: Clock,
    anywhere: bool = False,
    progress: Progress | None = None,
) -> tuple[Checkup, ...]:
    """The health of the register at *path*, which is left as it is."""
    if isinstance(path, DatabaseUrl):
        return health.examine_server(path, now=clock(), progress=progress)
    return health.examine(path.absolute(), now=clock(), anywhere=anywhere, progress=progress)

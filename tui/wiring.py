"""Where clock, settings and desk are chosen, and passed down; nothing else reads them."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import RegistryError
from registry.rulebook import RULES_DIR
from tui.settings import Settings, read_settings

if TYPE_CHECKING:
    from registry.desk import Desk

VIETNAM = dt.timezone(dt.timedelta(hours=7))
"""Its readers are in Vietnam, wherever the computer's clock is set to."""


def clock() -> dt.datetime:
    """Now, as the clocks of Vietnam show it."""
    return dt.datetime.now(VIETNAM)


def settings(
    *, db: Path | None = None, officer: str | None = None, allow_location: bool = False
) -> Settings:
    """The settings in force for this call."""
    return read_settings(
        os.environ, db=db, officer=officer, login=_login(), allow_location=allow_location
    )


class RegisterMissing(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Chưa có tệp sổ {path}.",
            hint="Xem lại đường dẫn sau --db; nếu lập sổ mới thì mở đợt đầu tiên: "
            "dvk season open --help.",
        )


def desk(chosen: Settings, *, unguarded: bool = False) -> Desk:
    """The desk of the register that *chosen* names. Raises RegisterMissing.

    A register is never made in passing: a slip in a path would answer with an empty one.
    *unguarded*: to look at one whose log somebody took the guards from.
    """
    if chosen.server is not None:
        return _open(chosen)
    path = chosen.db.expanduser()
    if path.parent.is_dir() and not path.exists():
        raise RegisterMissing(chosen.db)
    return _open(chosen, unguarded=unguarded)


def desk_or_new(chosen: Settings) -> Desk:
    """The desk of the register that *chosen* names; a new file is made where there is none."""
    if chosen.server is None and chosen.db == read_settings({}, db=None, officer=None, login="").db:
        chosen.db.parent.mkdir(parents=True, exist_ok=True)
    return _open(chosen)


def _open(chosen: Settings, *, unguarded: bool = False) -> Desk:
    # Imported here: `dvk rules …` needs no database, and starts without SQLAlchemy.
    from registry.desk import open_desk  # noqa: PLC0415

    return open_desk(
        chosen.server or chosen.db,
        officer=chosen.officer,
        clock=clock,
        rules_dir=RULES_DIR,
        anywhere=chosen.allow_location,
        unguarded=unguarded,
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no account name, as in some containers
        return "không rõ"

"""Where clock, settings and desk are chosen, and passed down; nothing else reads them."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from registry.rulebook import RULES_DIR
from tui.settings import Settings, read_settings

if TYPE_CHECKING:
    from registry.desk import Desk


def clock() -> dt.datetime:
    """Now, with the zone of this computer."""
    return dt.datetime.now().astimezone()


def settings(*, db: Path | None = None, officer: str | None = None) -> Settings:
    """The settings in force for this call."""
    return read_settings(os.environ, db=db, officer=officer, login=_login())


def desk(chosen: Settings) -> Desk:
    """The desk of the register that *chosen* names; a new file is made where there is none."""
    # Imported here: `dvk rules …` needs no database, and starts without SQLAlchemy.
    from registry.desk import open_desk  # noqa: PLC0415

    folder = chosen.db.parent
    if chosen.db == read_settings({}, db=None, officer=None, login="").db:
        folder.mkdir(parents=True, exist_ok=True)
    return open_desk(chosen.db, officer=chosen.officer, clock=clock, rules_dir=RULES_DIR)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no account name, as in some containers
        return "không rõ"

"""What every command is given: the global options, and the desk when it needs one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui import wiring
from tui.settings import Settings

if TYPE_CHECKING:
    from registry.desk import Desk


@dataclass(frozen=True, slots=True)
class Context:
    """The global options of one call."""

    db: Path | None = None
    officer: str | None = None
    allow_here: bool = False
    on: dt.date | None = None
    """The day packs are read at (``dvk rules at NGÀY …``); None: by their newest values."""

    def desk(self) -> Desk:
        """The desk of the register this call is about. Raises RegisterMissing."""
        return wiring.desk(self.settings())

    def inspected(self) -> Desk:
        """The same, to be looked at: even one whose log somebody took the guards from."""
        return wiring.desk(self.settings(), unguarded=True)

    def desk_or_new(self) -> Desk:
        """The same, but a register is made where there is none."""
        return wiring.desk_or_new(self.settings())

    def settings(self) -> Settings:
        """The settings in force for this call."""
        return wiring.settings(db=self.db, officer=self.officer, allow_location=self.allow_here)

"""What the store asks of a database, whichever it is (cơ sở dữ liệu): a file or a server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A register that was made or brought up to date, ready to be worked on."""

    name: str
    """As a person is told of it; holds no password."""
    writers: sa.Engine
    """Transactions that may write: one at a time, each sees what the one before committed."""
    readers: sa.Engine
    """Transactions that see one moment and cannot write."""
    told_in_words: Callable[[], AbstractContextManager[None]]
    """Turns what the database says of itself into refusals a person can act on."""
    path: Path | None = None
    """The file it is in; None for a server."""

    guards: Callable[[], tuple[str, ...]] = tuple
    """Names of what keeps the log from being changed, and is not there (khóa của nhật ký)."""

    def missing_guards(self) -> tuple[str, ...]:
        return self.guards()

    def close(self) -> None:
        self.writers.dispose()
        self.readers.dispose()

"""A progress bar on stderr; a line every tenth of the way where nobody watches."""

from __future__ import annotations

import sys
from types import TracebackType

WIDTH = 30


class Bar:
    """Says how far a contest is."""

    def __init__(self, title: str, steps: int) -> None:
        self._title, self._steps, self._done = title, steps, 0
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")

    def step(self, doing: str) -> None:
        """One more step has begun."""
        if self._shown:
            full = WIDTH * self._done // self._steps
            bar = "█" * full + "·" * (WIDTH - full)
            sys.stderr.write(f"\r\x1b[K{self._title} {bar} {doing}")
        elif 10 * self._done // self._steps > 10 * (self._done - 1) // self._steps:
            done = 100 * self._done // self._steps
            sys.stderr.write(f"{self._title}: {done} %, {doing}\n")
        sys.stderr.flush()
        self._done += 1

"""What one step may cost: processor time, not wall time, so that a busy machine is no finding."""

from __future__ import annotations

import contextlib
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

MOST_GROWTH = 200 << 20
_PAGE = resource.getpagesize()


class Hang(BaseException):  # no ``except`` of the product may take it for its own
    """A step used more processor time than it may."""


class Bloat(BaseException):
    """A step grew by more memory than it may."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise Hang or Bloat when what is inside costs too much."""

    def stop(*_: object) -> None:
        raise Hang(f"quá {seconds:g} giây")

    before = _resident()
    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)
    if (grown := _resident() - before) > MOST_GROWTH:
        raise Bloat(f"thêm {grown >> 20} MB")


def cap_memory(megabytes: int) -> None:
    """Let this process have no more than *megabytes*: then MemoryError, not a dead machine."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE

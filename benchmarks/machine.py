"""The machine a run was made on, and how a process's memory is read (Linux)."""

from __future__ import annotations

import ctypes
import gc
import os
import platform
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def describe() -> dict[str, str]:
    """What a reader needs to judge the figures."""
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else "?"),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": ", ".join(f"{one:.1f}" for one in os.getloadavg()),
    }


def words() -> str:
    """The same in one line."""
    return ", ".join(f"{name} {value}" for name, value in describe().items())


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """The versions of *packages* as installed."""
    return {name: metadata.version(name) for name in packages}


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        for line in cpus.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{whole / 2**30:.0f} GB"


def extra_memory(run: Callable[[], Result]) -> tuple[float | None, Result]:
    """The memory *run* takes beyond what stood before it, and what it gave. Unit: MB.

    It has to be the first run: later ones find what the allocator kept from it.
    """
    gc.collect()
    _give_back()
    try:
        CLEAR.write_text("5", encoding="ascii")
    except OSError:
        return None, run()
    before = _status("VmRSS")
    found = run()
    return max(0.0, _status("VmHWM") - before), found


def _give_back() -> None:
    """Hand freed memory back to the system, where the C library can."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _status(name: str) -> float:
    for line in STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)

"""Asks a limited process of its own (tiến trình đọc riêng) and hands on how far it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Told: TypeAlias = Callable[[int, int], None]
"""Called with how many rows were read, and of how many."""


def ask(
    script: Sequence[str], data: bytes, *, seconds: float, told: Told | None = None
) -> dict[str, Any]:
    """What *script* says of *data*. It finds the libraries where this process found them."""
    with subprocess.Popen(  # noqa: S603  this interpreter, on a file of ours
        [sys.executable, "-P", *script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        # On Windows, a console window would flash up for the child otherwise.
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        late = threading.Event()
        clock = threading.Timer(seconds, _end, (child, late))
        clock.start()
        try:
            out = _talk(child, data, told)
            code = child.wait()
        finally:
            clock.cancel()
            child.kill()
    if late.is_set() or code:
        refused = "timeout" if late.is_set() else "crashed"
        return {"refused": refused, "where": "", "detail": ""}
    answer: dict[str, Any] = json.loads(out)
    return answer


def _end(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _talk(child: subprocess.Popen[bytes], data: bytes, told: Told | None) -> bytes:
    """Write *data* and read the answer while the other two pipes are emptied beside."""
    assert child.stdout  # noqa: S101  a pipe was asked for
    beside = [
        threading.Thread(target=_feed, args=(child, data)),
        threading.Thread(target=_listen, args=(child, told)),
    ]
    for one in beside:
        one.start()
    out = child.stdout.read()
    for one in beside:
        one.join()
    return out


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    assert child.stdin  # noqa: S101
    try:
        child.stdin.write(data)
        child.stdin.close()
    except OSError:
        # It went before it had read all: its exit code and its answer say why.
        return


def _listen(child: subprocess.Popen[bytes], told: Told | None) -> None:
    assert child.stderr  # noqa: S101
    for line in child.stderr:
        done, _, total = line.strip().partition(b" ")
        if told is not None and done.isdigit() and total.isdigit():
            told(int(done), int(total))

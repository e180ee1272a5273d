"""A smaller input that still goes wrong in the same way (thu gọn)."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.fuzz.mutation import Files


def shrunk(files: Files, fails: Callable[[Files], bool], *, seconds: float) -> Files:
    """*files* with every line taken out that is not needed to make it fail, as time allows."""
    until = time.monotonic() + seconds
    for name in [one for one in sorted(files) if one != "pack.yaml"]:
        fewer = {key: text for key, text in files.items() if key != name}
        if time.monotonic() < until and fails(fewer):
            files = fewer
    for name in sorted(files):
        lines = files[name].splitlines(keepends=True)
        size = max(1, len(lines) // 2)
        while True:
            at = 0
            while at < len(lines) and time.monotonic() < until:
                fewer_lines = [*lines[:at], *lines[at + size :]]
                if fails({**files, name: "".join(fewer_lines)}):
                    lines = fewer_lines
                else:
                    at += size
            if size == 1:
                break
            size //= 2
        files = {**files, name: "".join(lines)}
    return files

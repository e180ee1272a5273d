"""How commands speak: data on stdout, narration on stderr, refusals with place and remedy."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from scoring.problems import Problem


def out(text: str = "") -> None:
    """Data: what the command was asked for."""
    sys.stdout.write(text + "\n")


def out_json(value: Any) -> None:
    """Data as JSON: decimals and dates as text, dataclasses as objects."""
    out(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def note(text: str) -> None:
    """Narration: what is going on."""
    sys.stderr.write(text + "\n")


def problems(found: Iterable[Problem]) -> None:
    """Every problem, each with its place and remedy."""
    for problem in found:
        note(str(problem))


def progress(what: str) -> Any:
    """A callback ``(done, total)`` that draws a bar on a terminal and is silent in a pipe."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        full = 30 * done // max(total, 1)
        bar = "█" * full + "░" * (30 - full)
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{what} {bar} {done}/{total}{end}")
        sys.stderr.flush()

    return show


def file_progress() -> Any:
    """A callback ``(file, done, total)``: rows of a long file, or files where none is named."""
    shown = progress("Đọc tệp")
    if shown is None:
        return None

    def show(file: str, done: int, total: int) -> None:
        if file:
            sys.stderr.write(f"\rĐọc {file}: {done}/{max(total, done)} hàng")
            sys.stderr.flush()
        else:
            sys.stderr.write("\r\x1b[K")
            shown(done, total)

    return show


def table(rows: Iterable[tuple[str, ...]], *, right: frozenset[int] = frozenset()) -> str:
    """*rows* in columns; those whose index is in *right* end together."""
    rows = [tuple(row) for row in rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return dict(value) if isinstance(value, Mapping) else str(value)

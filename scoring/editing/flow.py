"""Keys and scalars between brackets, ``{from: 95, points: 12}``, read even while half typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.source import Path

_PLAIN = re.compile(r"(?:(?!:(?:\s|$)| #)[^,\[\]{}])+")
_SPACES = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A key or a value inside brackets; its path starts at the outermost bracket."""

    path: Path
    is_key: bool
    pieces: tuple[tuple[int, int, int], ...]
    """Row, first column, column behind."""


@dataclass(slots=True)
class _Bracket:
    is_map: bool
    key: str | None = None
    index: int = 0

    def step(self) -> Path:
        if self.is_map:
            return () if self.key is None else (self.key,)
        return (self.index,)

    def next(self) -> None:
        self.key, self.index = None, self.index + 1


def quoted_end(lines: list[str], row: int, column: int) -> tuple[int, int]:
    """Row and column right behind the quoted text that begins at *column*.

    A quote nobody closed ends with its own line, so that the rest of the file keeps its shape.
    """
    quote, first = lines[row][column], row
    at = column + 1
    while row < len(lines):
        line = lines[row]
        while at < len(line):
            if quote == '"' and line[at] == "\\":
                at += 2
            elif line[at] != quote:
                at += 1
            elif quote == "'" and line[at : at + 2] == "''":
                at += 2
            else:
                return row, at + 1
        row, at = row + 1, 0
        if row < len(lines) and re.match(r"\s*(-\s|[\w.\-]+:(\s|$))", lines[row]):
            break
    return first, len(lines[first].rstrip())


class FlowReader:
    """Reads from one opening bracket to its end, or to where the author has not got yet."""

    def __init__(self, lines: list[str], row: int, column: int, around: int) -> None:
        self.lines, self.row, self.column = lines, row, column
        self.around = around
        """The indent of the entry the brackets belong to: a line no further right is not ours."""
        self.open: list[_Bracket] = []

    def scalars(self) -> Iterator[Scalar]:
        while True:
            line = self.lines[self.row]
            while self.column < len(line):
                yield from self._next(line)
                if not self.open:
                    return
            if not self._is_continued():
                return
            self.row, self.column = self.row + 1, 0

    def _is_continued(self) -> bool:
        if self.row + 1 >= len(self.lines):
            return False
        line = self.lines[self.row + 1]
        rest = line.lstrip(" ")
        return not rest or rest[0] in "]}#" or len(line) - len(rest) > self.around

    def _next(self, line: str) -> Iterator[Scalar]:
        sign = line[self.column]
        if sign in "{[":
            self.open.append(_Bracket(sign == "{"))
        elif sign in "}]":
            self.open.pop()
        elif sign == ",":
            self.open[-1].next()
        elif sign == "#" and line[self.column - 1 : self.column] in ("", " "):
            self.column = len(line)
        elif not sign.isspace() and not (sign == ":" and line[self.column + 1 :][:1] in ("", " ")):
            yield from self._scalar(line, sign)
            return
        self.column += 1

    def _scalar(self, line: str, sign: str) -> Iterator[Scalar]:
        start, row = self.column, self.row
        if sign in "\"'":
            end_row, end = quoted_end(self.lines, row, start)
        else:
            plain = _PLAIN.match(line, start)
            end_row, end = row, start + max(len(plain[0].rstrip()) if plain else 1, 1)
        pieces = tuple(
            (
                at,
                start if at == row else len(self.lines[at]) - len(self.lines[at].lstrip()),
                end if at == end_row else len(self.lines[at].rstrip()),
            )
            for at in range(row, end_row + 1)
        )
        self.row, self.column = end_row, end
        bracket = self.open[-1]
        path = tuple(step for one in self.open for step in one.step())
        after = _SPACES.match(self.lines[end_row], end)
        follows = self.lines[end_row][after.end() : after.end() + 2] if after else ""
        if bracket.is_map and bracket.key is None and follows in (":", ": "):
            yield Scalar(path, is_key=True, pieces=pieces)
            bracket.key = line[start:end].strip("\"'") if row == end_row else ""
        else:
            yield Scalar(path, is_key=False, pieces=pieces)

"""The words of a rule file with the path of each (từ trong tệp), read even while half typed.

YAML that does not parse has no values, but it still has indents, keys and brackets; those are all
an editor needs to know where it stands. Nothing here refuses anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.editing.flow import FlowReader, quoted_end
from scoring.source import Path

_KEY = re.compile(
    r"""("[^"]*"|'[^']*'|[^\s#\-\[\]{},&*!|>'"%@`][^:#]*?|-[^\s:][^:#]*?)\s*:(?=\s|$)"""
)
_COMMENT = re.compile(r"(^|\s)#")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line; rows and columns count from 0, in characters."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A key (its path is that of the mapping it stands in) or a value (its path is its own)."""

    path: Path
    is_key: bool
    pieces: tuple[Piece, ...]
    text: str
    """As it stands in the file, quotes included, lines joined by line feeds."""

    def covers(self, row: int, column: int) -> bool:
        """Whether the cursor is in this token or right behind it."""
        return any(one.row == row and one.start <= column <= one.end for one in self.pieces)


@dataclass(frozen=True, slots=True)
class _Level:
    indent: int
    step: str | int


def read_tokens(text: str) -> tuple[Token, ...]:
    """Every key and scalar of *text* in reading order."""
    return tuple(_Reader(text.replace("\r\n", "\n").split("\n")).tokens())


def token_at(tokens: tuple[Token, ...], row: int, column: int) -> Token | None:
    """The token the cursor is in, or right behind."""
    here = [one for one in tokens if one.covers(row, column)]
    inside = [one for one in here if any(p.start <= column < p.end for p in one.pieces)]
    return next(iter(inside or here), None)


class _Reader:
    """Goes down the lines, keeping the keys and items around the present one."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.levels: list[_Level] = []
        self.row = 0

    def tokens(self) -> Iterator[Token]:
        while self.row < len(self.lines):
            line = self.lines[self.row]
            column = _indent(line)
            if _is_blank(line) or line.startswith(("---", "...", "%")):
                self.row += 1
            else:
                yield from self._entry(column)

    def _path(self) -> Path:
        return tuple(level.step for level in self.levels)

    def _entry(self, column: int) -> Iterator[Token]:
        line = self.lines[self.row]
        while line[column : column + 2] in ("-", "- "):
            self._item(column)
            column += 1 + _indent(line[column + 1 :])
            if _is_blank(line[column:]):
                self.row += 1
                return
        self._close(column)
        key = _KEY.match(line, column)
        if key is None:
            around = self.levels[-1].indent if self.levels else -1
            yield from self._value(column, around)
            return
        piece = Piece(self.row, *key.span(1))
        yield Token(self._path(), is_key=True, pieces=(piece,), text=key[1])
        self.levels.append(_Level(column, key[1].strip("\"'")))
        start = key.end() + _indent(line[key.end() :])
        if _is_blank(line[start:]):
            self.row += 1
        else:
            yield from self._value(start, column)

    def _close(self, column: int) -> None:
        while self.levels and self.levels[-1].indent >= column:
            self.levels.pop()

    def _item(self, column: int) -> None:
        """Begin the next item of the list whose dashes stand at *column*."""
        index = 0
        while self.levels and self.levels[-1].indent >= column:
            last = self.levels[-1]
            if last.indent == column and isinstance(last.step, str):
                break  # a list may stand as far left as its key
            index = last.step + 1 if last.indent == column and isinstance(last.step, int) else 0
            self.levels.pop()
        self.levels.append(_Level(column, index))

    def _value(self, column: int, around: int) -> Iterator[Token]:
        line = self.lines[self.row]
        if line[column] in "{[":
            reader = FlowReader(self.lines, self.row, column, around)
            for scalar in reader.scalars():
                pieces = tuple(Piece(*one) for one in scalar.pieces)
                text = self._text(pieces)
                yield Token((*self._path(), *scalar.path), scalar.is_key, pieces, text)
            self.row = reader.row + 1
        elif line[column] in "|>":
            self.row += 1
            yield from self._token(self._below(around))
        elif line[column] in "\"'":
            end_row, end = quoted_end(self.lines, self.row, column)
            rows = range(self.row, end_row + 1)
            self.row = end_row + 1
            yield from self._token(
                Piece(
                    row,
                    column if row == rows[0] else _indent(self.lines[row]),
                    end if row == end_row else len(self.lines[row].rstrip()),
                )
                for row in rows
            )
        else:
            first = self._plain(self.row, column)
            self.row += 1
            yield from self._token((first, *self._continued(around)))

    def _token(self, found: Iterator[Piece] | tuple[Piece, ...]) -> Iterator[Token]:
        pieces = tuple(found)
        if pieces:
            yield Token(self._path(), is_key=False, pieces=pieces, text=self._text(pieces))

    def _text(self, pieces: tuple[Piece, ...]) -> str:
        return "\n".join(self.lines[one.row][one.start : one.end] for one in pieces)

    def _plain(self, row: int, column: int) -> Piece:
        line = self.lines[row]
        comment = _COMMENT.search(line, column)
        end = comment.start() if comment else len(line)
        return Piece(row, column, column + len(line[column:end].rstrip()))

    def _below(self, around: int) -> Iterator[Piece]:
        """The lines of a block of text: everything further right than its key."""
        while self.row < len(self.lines):
            line = self.lines[self.row]
            if line.strip() and _indent(line) <= around:
                return
            if line.strip():
                yield Piece(self.row, _indent(line), len(line.rstrip()))
            self.row += 1

    def _continued(self, around: int) -> Iterator[Piece]:
        """Further lines of a plain text, which never look like an entry of their own."""
        while self.row < len(self.lines):
            line = self.lines[self.row]
            column = _indent(line)
            is_entry = line[column : column + 2] in ("-", "- ") or _KEY.match(line, column)
            if _is_blank(line) or column <= around or is_entry:
                return
            yield self._plain(self.row, column)
            self.row += 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_blank(line: str) -> bool:
    rest = line.strip()
    return not rest or rest.startswith("#")

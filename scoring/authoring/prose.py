"""Blocks of a regulation in words (văn bản): headings, clauses, tables; and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.authoring.clauses import Mark


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One point of the regulation: what it says, who scores it, where it comes from."""

    text: str
    mark: Mark | None = None
    basis: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Clause | Table


@dataclass(frozen=True, slots=True)
class Regulation:
    """A pack in words, in the order a regulation has (quy định)."""

    title: str
    version: str
    digest: str
    blocks: tuple[Block, ...]


def markdown(regulation: Regulation) -> str:
    """*regulation* as Markdown; the same regulation always gives the same text."""
    lines = [f"# {_plain(regulation.title)}", ""]
    before: Block | None = None
    for block in regulation.blocks:
        if lines[-1] and not (isinstance(block, Clause) and isinstance(before, Clause)):
            lines.append("")
        lines += _lines(block)
        before = block
    digest = regulation.digest[:16]
    return "\n".join([*lines, "", f"*Bản {regulation.version} ({digest}).*", ""])


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {_plain(text)}"
        case Paragraph(text):
            yield _plain(text)
        case Clause():
            yield f"{'  ' * block.depth}- {_plain(clause_text(block))}"
        case Table(headings, rows):
            yield _row(headings)
            yield _row(tuple("---" for _ in headings))
            yield from (_row(row) for row in rows)


def clause_text(clause: Clause) -> str:
    """*clause* with who scores it and where it comes from."""
    return " · ".join(part for part in (clause.text, clause.basis, clause.mark) if part)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_plain(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _plain(text: str) -> str:
    """*text* as literal content: nothing in it is taken for Markdown."""
    return "".join(f"\\{sign}" if sign in "*_<>`#\\" else sign for sign in text)

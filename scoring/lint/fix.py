"""Mends what can be mended without deciding anything (sửa hộ): line by line, comments kept.

Bands that do not overlap score alike in any order; ``then: vote`` is what a missing ``then`` means
already. Everything else is for the author to decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scoring.lint.subject import Subject, subject_of
from scoring.lint.tiers import out_of_order
from scoring.pack import parse_pack, read_files
from scoring.source import Path

_ONE_LINE = re.compile(r" *- \{[^{}]*\}(\s+#.*)?\s*")


def mended(files: Mapping[str, str], *, name: str) -> dict[str, str]:
    """The new text of every file of the pack that changes. Raises PackError."""
    subject = subject_of(parse_pack(files, name=name), read_files(files, name=name))
    texts = {file: text.split("\n") for file, text in files.items()}
    for path, order in out_of_order(subject):
        _sort(subject, texts, path, order, name)
    _end_the_chain(subject, texts, name)
    found = {file: "\n".join(lines) for file, lines in texts.items()}
    return {file: text for file, text in found.items() if text != files[file]}


def _sort(
    subject: Subject, texts: Mapping[str, list[str]], path: Path, order: list[int], name: str
) -> None:
    """Put the bands at *path* in *order*, when each is one line right below the one before."""
    places = [subject.source.place((*path, at)) for at in range(len(order))]
    first = places[0].line - 1
    lines = texts[places[0].file.removeprefix(f"{name}/")]
    mine = lines[first : first + len(order)]
    apart = any(place.line - 1 != first + at for at, place in enumerate(places))
    if apart or not all(_ONE_LINE.fullmatch(line) for line in mine):
        return
    lines[first : first + len(order)] = [mine[at] for at in order]


def _end_the_chain(subject: Subject, texts: Mapping[str, list[str]], name: str) -> None:
    """Write ``then: vote`` below the order of the ranking."""
    order: Path = ("ranking", "order")
    last = (*order, len(subject.pack.ranking.order) - 1)
    is_limited = any(one.quotas for one in subject.pack.selections)
    if (
        not is_limited
        or subject.value(("ranking", "then")) is not None
        or last in subject.source.written
    ):
        return
    key, end = subject.source.key_place(order), subject.source.place(last)
    lines = texts[key.file.removeprefix(f"{name}/")]
    indent = " " * (key.column - 1)
    is_block = lines[key.line - 1].startswith(f"{indent}order:")
    is_list = lines[end.line - 1].lstrip().startswith("- ")
    if is_block and (is_list or "]" in lines[end.line - 1]):
        lines.insert(end.line, f"{indent}then: vote")

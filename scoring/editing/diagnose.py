"""Everything wrong or doubtful in a pack's files (lỗi và chỗ đáng ngờ), each under its word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scoring.cases import parse_cases
from scoring.editing.sight import Span
from scoring.lint.linting import lint_parsed
from scoring.pack import pack_of, read_files
from scoring.problems import PackError, Place, Problem
from scoring.source import read_source

_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[\w.\-]+|[^\w\s]+")
_YAML_BREAK = re.compile("[\n\x85\u2028\u2029]")
_MEANT = re.compile(r"^Ý bạn là “([^”]+)”\?")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A problem of a file, and the word it is about."""

    file: str
    """Name inside the pack."""
    span: Span
    problem: Problem
    is_fault: bool
    """Whether the pack cannot be used as it is; else only doubtful."""


def diagnose(files: Mapping[str, str], *, name: str) -> tuple[Diagnosis, ...]:
    """All that ``check`` and ``lint`` have to say about *files*, in the order of the files."""
    faults, doubts = _found(files, name)
    return diagnoses_of(
        [*((one, True) for one in faults), *((one, False) for one in doubts)], files, name
    )


def _found(files: Mapping[str, str], name: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Faults, and what is doubtful: nothing is while the pack has faults of its own."""
    try:
        source = read_files(files, name=name)
        pack = pack_of(source)
    except PackError as error:
        cases = {file: text for file, text in files.items() if file.startswith("tests/")}
        return (*error.problems, *syntax_faults(cases, name=name)), ()
    doubts = lint_parsed(pack, source)
    try:
        parse_cases(files, pack, name=name)
    except PackError as error:
        return error.problems, doubts
    return (), doubts


def diagnoses_of(
    found: Iterable[tuple[Problem, bool]], files: Mapping[str, str], name: str
) -> tuple[Diagnosis, ...]:
    """Problems with the words they are about; each once, in the order of the files."""
    shown = [
        Diagnosis(file, span_of(files.get(file, ""), problem.place), problem, is_fault)
        for problem, is_fault in dict.fromkeys(found)
        if isinstance(problem.place, Place)
        for file in (problem.place.file.removeprefix(f"{name}/"),)
    ]
    return tuple(sorted(shown, key=lambda one: (one.file, one.span.row, one.span.start)))


def syntax_faults(files: Mapping[str, str], *, name: str) -> Iterator[Problem]:
    """What keeps single files from being read at all."""
    for file, text in sorted(files.items()):
        try:
            read_source(text, file=f"{name}/{file}")
        except PackError as error:
            yield from error.problems


def span_of(text: str, place: Place | str) -> Span:
    """The word under *place*; at the end of a line, its last sign."""
    if not isinstance(place, Place):
        return Span(0, 0, 0)
    row, column = _as_editors_count(text, place)
    lines = text.split("\n")
    row = min(row, len(lines) - 1)
    line = lines[row]
    start = min(column, max(len(line.rstrip()) - 1, 0))
    word = _WORD.match(line, start)
    return Span(row, start, word.end() if word else min(start + 1, len(line)))


def _as_editors_count(text: str, place: Place) -> tuple[int, int]:
    """Row and column from 0. YAML also ends lines at three signs that editors show as letters."""
    starts = [0, *(one.end() for one in _YAML_BREAK.finditer(text)), len(text) + 1]
    line = min(place.line, len(starts) - 1)
    at = min(starts[line - 1] + place.column - 1, starts[line] - 1)
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)


def meant_instead(problem: Problem) -> str:
    """What the hint takes the author to mean; empty when it does not say."""
    found = _MEANT.match(problem.hint)
    return found[1] if found else ""

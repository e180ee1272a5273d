"""How findings about a pack are shown: with their line and a caret, or as JSON rows."""

from __future__ import annotations

from functools import lru_cache

from scoring.problems import Place, Problem


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    """Cut once: a file may have a hundred findings."""
    return text.splitlines()


def row_of(problem: Problem) -> dict[str, object]:
    """*problem* for JSON."""
    place = problem.place if isinstance(problem.place, Place) else Place(problem.place)
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def with_caret(problem: Problem, files: dict[str, str], name: str) -> str:
    """The problem with its line of YAML and a caret under the word."""
    place = problem.place
    text = str(problem)
    if not isinstance(place, Place):
        return text
    lines = _lines(files.get(place.file.removeprefix(f"{name}/"), ""))
    if not 1 <= place.line <= len(lines):
        return text
    head, _, tail = text.partition("\n")
    shown = f"{head}\n    {lines[place.line - 1]}\n    {' ' * (place.column - 1)}^"
    return f"{shown}\n{tail}" if tail else shown

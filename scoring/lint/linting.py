"""What is allowed but hardly meant (soát nghi vấn): tiers, conditions, points, grades, clauses.

``check`` says whether a pack can be read; this says what its author should look at again. It
speaks only of what is certain from the pack itself, so that silence is worth something.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from scoring.dated import pack_at
from scoring.lint.conditions import lint_conditions
from scoring.lint.dated_values import lint_dated_values
from scoring.lint.declared import lint_dates, lint_declared
from scoring.lint.footnotes import lint_footnotes
from scoring.lint.points import lint_points
from scoring.lint.subject import Subject, subject_of
from scoring.lint.text import lint_text
from scoring.lint.tiers import lint_tiers
from scoring.lint.verdicts import lint_verdicts
from scoring.pack import parse_pack, read_files
from scoring.problems import Place, Problem
from scoring.rules import Pack
from scoring.source import Source

LINTERS = (
    lint_tiers,
    lint_conditions,
    lint_points,
    lint_verdicts,
    lint_text,
    lint_footnotes,
    lint_declared,
    lint_dated_values,
)


def lint_pack(
    files: Mapping[str, str], *, name: str, at: dt.date | None = None
) -> tuple[Problem, ...]:
    """Every finding about the pack in *files*, in order of place. Raises PackError.

    With *at*, about the pack as it reads on that day, and whether it applies then.
    """
    pack = pack_at(parse_pack(files, name=name), at)
    return lint_parsed(pack, read_files(files, name=name), at=at)


def lint_parsed(pack: Pack, source: Source, *, at: dt.date | None = None) -> tuple[Problem, ...]:
    """The same about a pack that was parsed already, beside the files it was read from."""
    subject = subject_of(pack, source)
    found = [problem for lint in LINTERS for problem in lint(subject)]
    if at is not None:
        found += lint_dates(subject, at)
    if subject.declared.work.is_over():
        found.append(_unfinished(subject))
    return tuple(sorted(dict.fromkeys(found), key=_position))


def _unfinished(subject: Subject) -> Problem:
    """Silence about the rest would say that nothing is wrong there."""
    message = "Điều kiện quá nhiều, lồng nhau quá phức tạp: mới soát được một phần."
    hint = "Tách điều kiện dài thành các derived ngắn, rồi soát lại."
    return Problem(subject.source.place(()), "unfinished", message, hint)


def _position(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place if isinstance(problem.place, Place) else Place(problem.place)
    return (place.file, place.line, place.column, problem.code)

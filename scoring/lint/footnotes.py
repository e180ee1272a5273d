"""Numbers that look as if a footnote mark had stuck to them (số dính chú thích): 207 for 20⁷.

Quiet: only where a number breaks a table that is otherwise in strict order, and taking its last
digit off mends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from scoring.lint.subject import Subject
from scoring.problems import Problem
from scoring.source import Path

LEAST, MOST = 4, 40
"""Shorter lists have no order one could rely on; longer ones are no table of a regulation."""


def lint_footnotes(subject: Subject) -> Iterator[Problem]:
    """Suspicious numbers among the ends and points of tables and the maxima of siblings."""
    for column in _columns(subject):
        numbers = [number for _, number in column]
        for at in glued(numbers):
            path, number = column[at]
            shorter = number // 10
            yield subject.problem(
                path,
                "footnote",
                f"{number} lạc hẳn khỏi dãy; có thể là {shorter} dính số chú thích {number % 10}.",
                "So lại với văn bản gốc.",
            )


def _columns(subject: Subject) -> Iterator[list[tuple[Path, Decimal]]]:
    for one in subject.located():
        rule = one.criterion.rule
        if rule is None or rule.shape not in ("tiers", "choice"):
            continue
        path: Path = (*one.path, rule.shape)
        file = subject.value(path)
        if rule.shape == "choice":
            rows = [((*path, "points", key), number) for key, number in file["points"].items()]
            yield [(where, Decimal(number)) for where, number in rows]
            continue
        bands = [*enumerate(file["bands"])]
        for keys in (("from", "above"), ("below", "to"), ("points",)):
            yield [
                ((*path, "bands", at, key), Decimal(band[key]))
                for at, band in bands
                for key in keys
                if band.get(key) is not None
            ]


def glued(numbers: Sequence[Decimal]) -> list[int]:
    """Which of *numbers* fits into the order of the others only without its last digit."""
    is_table = LEAST <= len(numbers) <= MOST
    return [at for at in range(len(numbers)) if is_table and _is_glued(numbers, at)]


def _is_glued(numbers: Sequence[Decimal], at: int) -> bool:
    number = numbers[at]
    others = [*numbers[:at], *numbers[at + 1 :]]
    if number != number.to_integral_value() or number < 10 or number < 3 * max(others):
        return False
    mended = [*numbers[:at], number // 10, *numbers[at + 1 :]]
    return _is_strict(others) and _is_strict(mended) and not _is_strict(numbers)


def _is_strict(numbers: Sequence[Decimal]) -> bool:
    steps = [one - two for one, two in pairwise(numbers)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)

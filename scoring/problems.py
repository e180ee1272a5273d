"""Places and problems: what a person has to mend, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a rule file. ``line`` and ``column`` count from 1, as editors do."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person has to mend: where, which check, what is wrong, what to do now.

    ``place`` prints as ``pack.yaml:18:9`` for a rule file and as ``Kết quả!D17`` for a sheet.
    """

    place: Place | str
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        tail = f"\n    → {self.hint}" if self.hint else ""
        return f"{self.place}: {self.message} [{self.code}]{tail}"


MOST_PROBLEMS = 100
"""Nobody reads more at once; beyond, looking for them is what takes time."""


class PackError(Exception):
    """A rule pack cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class ProblemList(list[Problem]):
    """Problems as they are met; the hundredth ends the search. ``append`` raises PackError."""

    def append(self, problem: Problem) -> None:
        super().append(problem)
        if len(self) >= MOST_PROBLEMS:
            raise PackError(first_of(self))


def first_of(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """*problems*, or as many as a person reads at once and a word that there may be more."""
    kept = tuple(problems[:MOST_PROBLEMS])
    if len(kept) < MOST_PROBLEMS:
        return kept
    more = f"Đã có {MOST_PROBLEMS} lỗi, dừng soát ở đây; có thể còn nữa."
    hint = "Sửa những lỗi đã nêu rồi soát lại."
    return (*kept, Problem(kept[-1].place, "too-many-problems", more, hint))

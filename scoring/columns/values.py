"""What an expression comes to in a program: integers, and whether there is a value at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from scoring.columns.program import Ref
from scoring.columns.rational import Number, Rationals

EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Day:
    """A date (ngày): days since 1970, months since the year 0, and the day of the month."""

    days: Ref
    months: Ref
    day: Ref


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a council (phiếu chấm), by the fact that holds them."""

    fact: str


Content: TypeAlias = "Number | Ref | Day | Marks"
"""A number; a truth, or the code of a choice or a text; a date; marks."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression yields, and whether it yields anything."""

    content: Content
    defined: Ref


class Inputs(Protocol):
    """Where facts come from: columns of integers, described before they are read."""

    def fact(self, name: str, pages: Rationals) -> Value:
        """The fact *name* as written into a program."""

    def code(self, text: str) -> int:
        """The code of a choice or a text; one that no row holds has a code of its own."""

    def marks(self, fact: str, pages: Rationals) -> tuple[Ref, Number]:
        """How many marks *fact* holds, and their sum."""

    def extremes(self, fact: str, how_many: int, which: str, pages: Rationals) -> Number:
        """The sum of the *how_many* ``highest`` or ``lowest`` marks."""

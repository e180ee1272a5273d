"""Columns of facts known by description alone: bounds, gaps, units; the facts stay elsewhere.

Whoever holds the facts (a database, a cluster) is asked for these first; the program written from
them reads the same columns as one written for ``scoring.columns.table`` (see ``inputs``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.columns.program import NoColumns, Op, Program, Ref
from scoring.columns.rational import Number, Rationals
from scoring.columns.values import EPOCH, Day, Marks, Value
from scoring.facts import FactType
from scoring.rules import Pack

OTHER = -(2**31)
"""The code of a text that neither a rule nor a list of choices writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is known of the values of one fact. Unit: *low* and *high* count ``unit``, or days."""

    low: int = 0
    high: int = 0
    unit: Fraction = Fraction(1)
    filled: tuple[bool, bool] = (True, True)
    """Whether every row has a value, and whether any has."""
    most_marks: int = 0
    """Of a fact that holds marks: how many a row has at most; *low* and *high* are of one mark."""


@dataclass
class DescribedInputs:
    """Facts as a program reads them, each with the bounds of its description."""

    pack: Pack
    facts: Mapping[str, Described]
    peers: Mapping[str, frozenset[Fraction | None]] = field(default_factory=dict)
    """The values each value of the peer group has anywhere; None: a group without one."""
    words: dict[str, int] = field(default_factory=dict)
    """The code of every choice the pack declares and every text it writes."""

    def __post_init__(self) -> None:
        choices = {key for fact in self.pack.facts.values() for key in fact.choices}
        self.words = {text: at for at, text in enumerate(sorted(choices))}
        self._choices = len(self.words)

    def fact(self, name: str, pages: Rationals) -> Value:
        """The fact or the value of the peer group called *name*."""
        if name in self.pack.peers:
            return self._peer(name, pages)
        told, program = self.facts[name], pages.program
        every, some = told.filled
        defined = program.column(f"{name}:present", int(every), int(some), is_truth=True)
        match self.pack.facts[name].type:
            case FactType.MARKS:
                return Value(Marks(name), defined)
            case FactType.YES_NO:
                truth = program.column(name, told.low, told.high, is_truth=True)
                return Value(truth, defined)
            case FactType.DATE:
                return Value(self._day(name, told, program), defined)
            case FactType.CHOICE:
                return Value(program.column(name, 0, max(0, self._choices - 1)), defined)
            case FactType.TEXT:
                return Value(program.column(name, OTHER, max(0, self._choices - 1)), defined)
        whole = program.column(name, told.low, told.high)
        return Value(pages.scaled(whole, told.unit), defined)

    def _day(self, name: str, told: Described, program: Program) -> Day:
        first, last = (EPOCH + dt.timedelta(days) for days in (told.low, told.high))
        same = first == last
        return Day(
            program.column(name, told.low, told.high),
            program.column(f"{name}:months", *(12 * one.year + one.month for one in (first, last))),
            program.column(f"{name}:day", first.day if same else 1, last.day if same else 31),
        )

    def _peer(self, name: str, pages: Rationals) -> Value:
        program, values = pages.program, self.peers[name]
        held = [one or Fraction(0) for one in values] or [Fraction(0)]
        tops, bottoms = ([getattr(one, of) for one in held] for of in ("numerator", "denominator"))
        top = program.column(f"{name}:top", min(tops), max(tops))
        bottom = program.column(f"{name}:bottom", min(bottoms), max(bottoms))
        there = [one is not None for one in values] or [False]
        present = program.column(f"{name}:present", int(all(there)), int(any(there)), is_truth=True)
        return Value(Number(Fraction(1), top, bottom), present)

    def code(self, text: str) -> int:
        """The code of *text*; one that is no choice has a code below 0."""
        return self.words.setdefault(text, self._choices - len(self.words) - 1)

    def marks(self, fact: str, pages: Rationals) -> tuple[Ref, Number]:
        most = self.facts[fact].most_marks
        count = pages.program.column(f"{fact}:count", 0, most)
        return count, self._some_marks(f"{fact}:sum", fact, most, pages)

    def extremes(self, fact: str, how_many: int, which: str, pages: Rationals) -> Number:
        if how_many == 0:
            return pages.number(0)
        most = min(how_many, self.facts[fact].most_marks)
        return self._some_marks(f"{fact}:{which}:{how_many}", fact, most, pages)

    def _some_marks(self, column: str, fact: str, most: int, pages: Rationals) -> Number:
        told = self.facts[fact]
        low, high = min(0, most * told.low), max(0, most * told.high)
        return pages.scaled(pages.program.column(column, low, high), told.unit)


def texts_of(pack: Pack, program: Program) -> frozenset[int]:
    """The inputs of *program* that are codes of texts. Raises NoColumns where two are compared.

    A text that no rule writes has no code of its own, so two such texts cannot be told apart.
    """
    kinds = {FactType.CHOICE, FactType.TEXT}
    free: set[int] = set()
    found: set[int] = set()
    for at, step in enumerate(program.steps):
        if step.op is Op.COLUMN and step.name in pack.facts:
            kind = pack.facts[step.name].type
            found |= {at} if kind in kinds else set()
            free |= {at} if kind is FactType.TEXT else set()
        elif step.op is Op.SELECT and free.intersection(step.args[1:]):
            free.add(at)
        elif step.op is Op.EQUAL and free.issuperset(step.args):
            raise NoColumns("so sánh hai số liệu kiểu chữ với nhau")
    return frozenset(found)

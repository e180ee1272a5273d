"""A straight-line program over integers: what every fast way of scoring a pack runs.

A pack is lowered once (``scoring.columns.lowering``) into steps that know integers and truths
only: no fractions, no text, no missing values, no branches. Each step knows between which bounds
its value lies, so a step whose outcome is certain is never written down, and whoever runs the
program can choose the narrowest integers. Running it is a loop over the steps.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Op(StrEnum):
    """What a step does with the steps it names."""

    COLUMN = "column"
    CONSTANT = "constant"
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    FLOOR_DIVIDE = "//"
    LEAST = "min"
    MOST = "max"
    EQUAL = "=="
    BELOW = "<"
    AT_MOST = "<="
    AND = "and"
    OR = "or"
    NOT = "not"
    SELECT = "select"


TRUTHS = frozenset({Op.EQUAL, Op.BELOW, Op.AT_MOST, Op.AND, Op.OR, Op.NOT})


class NoColumns(Exception):
    """The pack asks for something only the interpreter does; says what."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A step of a program, by its place, and the bounds of its value."""

    at: int
    low: int
    high: int
    is_truth: bool = False

    @property
    def constant(self) -> int | None:
        """Its value, when it can have only one."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Step:
    """One operation. ``name`` is the column it reads, ``value`` the constant it is."""

    op: Op
    args: tuple[int, ...] = ()
    name: str = ""
    value: int = 0


Written: TypeAlias = tuple[Op, tuple[int, ...], str, int]


@dataclass
class Program:
    """Steps in the order they run; equal steps are written once."""

    steps: list[Step] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    _known: dict[Written, Ref] = field(default_factory=dict)

    def column(self, name: str, low: int, high: int, *, is_truth: bool = False) -> Ref:
        """The input called *name*, known to lie between *low* and *high*."""
        if low == high:
            return self.truth(bool(low)) if is_truth else self.constant(low)
        return self._step(Op.COLUMN, (), low, high, name=name, is_truth=is_truth)

    def constant(self, value: int) -> Ref:
        return self._step(Op.CONSTANT, (), value, value, value=value)

    def truth(self, value: bool) -> Ref:
        name = "truth"  # told apart from the numbers 0 and 1
        return self._step(
            Op.CONSTANT, (), int(value), int(value), name=name, value=int(value), is_truth=True
        )

    # Numbers --------------------------------------------------------------------------------

    def add(self, one: Ref, other: Ref) -> Ref:
        if one.constant == 0:
            return other
        if other.constant == 0:
            return one
        low, high = one.low + other.low, one.high + other.high
        return self._step(Op.ADD, _sorted(one, other), low, high)

    def subtract(self, one: Ref, other: Ref) -> Ref:
        if other.constant == 0:
            return one
        if one == other:
            return self.constant(0)
        return self._step(
            Op.SUBTRACT, (one.at, other.at), one.low - other.high, one.high - other.low
        )

    def multiply(self, one: Ref, other: Ref) -> Ref:
        for this, that in ((one, other), (other, one)):
            if this.constant == 1:
                return that
            if this.constant == 0:
                return self.constant(0)
        ends = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
        return self._step(Op.MULTIPLY, _sorted(one, other), min(ends), max(ends))

    def times(self, one: Ref, factor: int) -> Ref:
        """*one* so many times."""
        return self.multiply(one, self.constant(factor))

    def floor_divide(self, one: Ref, other: Ref) -> Ref:
        """The whole part, towards minus infinity; *other* is at least 1."""
        if other.constant == 1:
            return one
        ends = [a // b for a in (one.low, one.high) for b in (other.low, other.high)]
        return self._step(Op.FLOOR_DIVIDE, (one.at, other.at), min(ends), max(ends))

    def least(self, one: Ref, other: Ref) -> Ref:
        if one.high <= other.low:
            return one
        if other.high <= one.low:
            return other
        low, high = min(one.low, other.low), min(one.high, other.high)
        return self._step(Op.LEAST, _sorted(one, other), low, high)

    def most(self, one: Ref, other: Ref) -> Ref:
        if one.low >= other.high:
            return one
        if other.low >= one.high:
            return other
        low, high = max(one.low, other.low), max(one.high, other.high)
        return self._step(Op.MOST, _sorted(one, other), low, high)

    def select(self, condition: Ref, then: Ref, otherwise: Ref) -> Ref:
        """*then* where *condition* holds, else *otherwise*; both numbers or both truths."""
        if condition.constant is not None:
            return then if condition.constant else otherwise
        if then.at == otherwise.at:
            return then
        if then.is_truth:
            return self.either(
                self.both(condition, then), self.both(self.negated(condition), otherwise)
            )
        low, high = min(then.low, otherwise.low), max(then.high, otherwise.high)
        return self._step(Op.SELECT, (condition.at, then.at, otherwise.at), low, high)

    # Truths ---------------------------------------------------------------------------------

    def equal(self, one: Ref, other: Ref) -> Ref:
        if one.at == other.at or (one.constant is not None and one.constant == other.constant):
            return self.truth(True)
        if one.high < other.low or other.high < one.low:
            return self.truth(False)
        return self._step(Op.EQUAL, _sorted(one, other), 0, 1)

    def below(self, one: Ref, other: Ref) -> Ref:
        if one.high < other.low:
            return self.truth(True)
        if one.low >= other.high or one.at == other.at:
            return self.truth(False)
        return self._step(Op.BELOW, (one.at, other.at), 0, 1)

    def at_most(self, one: Ref, other: Ref) -> Ref:
        if one.high <= other.low or one.at == other.at:
            return self.truth(True)
        if one.low > other.high:
            return self.truth(False)
        return self._step(Op.AT_MOST, (one.at, other.at), 0, 1)

    def both(self, *refs: Ref) -> Ref:
        """Whether every one of *refs* holds."""
        return self._joined(Op.AND, refs, neutral=1)

    def either(self, *refs: Ref) -> Ref:
        """Whether one of *refs* holds."""
        return self._joined(Op.OR, refs, neutral=0)

    def negated(self, one: Ref) -> Ref:
        if one.constant is not None:
            return self.truth(not one.constant)
        step = self.steps[one.at]
        return self.refs[step.args[0]] if step.op is Op.NOT else self._step(Op.NOT, (one.at,), 0, 1)

    def _joined(self, op: Op, refs: Iterable[Ref], *, neutral: int) -> Ref:
        found: Ref = self.truth(bool(neutral))
        for ref in refs:
            if ref.constant == neutral or ref.at == found.at:
                continue
            if ref.constant is not None:
                return ref
            found = ref if found.constant is not None else self._step(op, _sorted(found, ref), 0, 1)
        return found

    # Steps ----------------------------------------------------------------------------------

    def _step(
        self,
        op: Op,
        args: tuple[int, ...],
        low: int,
        high: int,
        *,
        name: str = "",
        value: int = 0,
        is_truth: bool = False,
    ) -> Ref:
        if low == high and op not in (Op.CONSTANT, Op.COLUMN):
            return self.truth(bool(low)) if op in TRUTHS else self.constant(low)
        written = (op, args, name, value)
        if written not in self._known:
            ref = Ref(len(self.steps), low, high, is_truth or op in TRUTHS)
            self.steps.append(Step(op, args, name, value))
            self.refs.append(ref)
            self._known[written] = ref
        return self._known[written]


def _sorted(one: Ref, other: Ref) -> tuple[int, int]:
    return (one.at, other.at) if one.at <= other.at else (other.at, one.at)


def needed(program: Program, outputs: Iterable[Ref], known: Container[int] = ()) -> tuple[int, ...]:
    """The steps *outputs* rest on, in the order they run; nothing beneath those *known*."""
    wanted = {ref.at for ref in outputs}
    for at in range(len(program.steps) - 1, -1, -1):
        if at in wanted and at not in known:
            wanted.update(program.steps[at].args)
    return tuple(sorted(wanted))


def last_uses(program: Program, order: Iterable[int], kept: Iterable[int]) -> Mapping[int, int]:
    """The step after which each value is not read any more; *kept* ones are left out."""
    last: dict[int, int] = {}
    for at in order:
        for arg in program.steps[at].args:
            last[arg] = at
    for at in kept:
        last.pop(at, None)
    return last

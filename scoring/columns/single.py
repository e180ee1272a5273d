"""One entry scored by a compiled pack (chấm một hồ sơ, tính ngay): points and grade, no reasons.

A pack is compiled once for every entry somebody can type; after that an entry takes microseconds
where the interpreter takes a millisecond. Values of the peer group are taken as given: changing
one entry's facts changes nobody's but its own here. What cannot be compiled, or a fact nobody
could have typed, is refused (``NoColumns``), and the interpreter has the word.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.columns.criteria import ScoredLine
from scoring.columns.described import OTHER, Described, DescribedInputs
from scoring.columns.emitted import function_of
from scoring.columns.plan import Plan, plan_of
from scoring.columns.program import NoColumns, Op
from scoring.columns.values import EPOCH
from scoring.facts import Fact, FactType
from scoring.numbers import EXACT
from scoring.rules import Pack
from scoring.sheet import Facts

MOST = 10**15
"""What can be typed lies below this, to nine decimals (``scoring.facts.read_fact``)."""
FINEST = Fraction(1, 10**9)
MOST_MARKS = 1_000
MOST_KEPT = 4_096
"""So many values of a fact are remembered as the integers they come to."""


@dataclass(frozen=True, slots=True)
class Points:
    """What one entry comes to. Unit: points are whole multiples of ``1 / plan.unit``."""

    compiled: CompiledPack
    units: tuple[Any, ...]

    @property
    def base(self) -> Decimal:
        return self.compiled.points(self.units[0])

    @property
    def total(self) -> Decimal:
        return self.compiled.points(self.units[1])

    @property
    def grade(self) -> str | None:
        """The id of the grade; None where a gate failed."""
        at: int = self.units[2]
        return None if at < 0 else self.compiled.plan.pack.grades[at].id

    @property
    def failed_gates(self) -> tuple[str, ...]:
        gates = self.compiled.plan.pack.gates
        return tuple(gate.id for at, gate in enumerate(gates, start=3) if not self.units[at])

    def line(self, id_: str) -> tuple[Decimal | None, bool]:
        """The points of a criterion, None where it could not be scored; whether it is left out."""
        points, scored, excluded = self.units[self.compiled.place[id_]]
        return (self.compiled.points(points) if scored else None), excluded


@dataclass
class _Typed(DescribedInputs):
    """Whatever somebody could type, and a code for every text no rule writes."""

    others: dict[str, int] = field(default_factory=dict)


class CompiledPack:
    """*pack* as one Python function over one entry's facts. Raises NoColumns."""

    def __init__(self, pack: Pack) -> None:
        described = {fact.id: _described(fact) for fact in pack.facts.values()}
        inputs = _Typed(pack, described, dict.fromkeys(pack.peers, _PEERS))
        self.plan = plan_of(pack, inputs)
        lines = tuple(self.plan.every_line())
        gates = self.plan.gates
        self.place = {
            line.id: slice(start, start + 3)
            for line, start in zip(lines, range(3 + len(gates), 10**9, 3), strict=False)
        }
        outputs = (self.plan.base, self.plan.total, self.plan.grade, *gates)
        refs = (*outputs, *(ref for line in lines for ref in _refs(line)))
        self._score = function_of(self.plan.program, refs, _readers(self.plan, inputs))
        self._points: dict[int, Decimal] = {}

    def score(self, facts: Facts, peers: Mapping[str, Fraction] | None = None) -> Points:
        """What the entry with *facts* comes to, *peers* as they are. Raises NoColumns."""
        known = {**facts, **peers} if peers else facts
        return Points(self, self._score(known.get))

    def points(self, units: int) -> Decimal:
        """*units* as points."""
        return EXACT.divide(Decimal(units), Decimal(self.plan.unit))


def _refs(line: ScoredLine) -> tuple[Any, Any, Any]:
    return line.points, line.scored, line.excluded


# What a fact may be -----------------------------------------------------------------------------

_PEERS = frozenset({None, Fraction(-MOST * MOST), Fraction(MOST * MOST), Fraction(1, MOST)})
_MAY_LACK = (False, True)


def _described(fact: Fact) -> Described:
    """Whatever somebody could type for *fact*."""
    match fact.type:
        case FactType.YES_NO:
            return Described(low=0, high=1, filled=_MAY_LACK)
        case FactType.DATE:
            low, high = ((day - EPOCH).days for day in (dt.date.min, dt.date.max))
            return Described(low=low, high=high, filled=_MAY_LACK)
        case FactType.CHOICE | FactType.TEXT:
            return Described(filled=_MAY_LACK)
    unit = _unit(fact)
    low = math.ceil(Fraction(-MOST if fact.minimum is None else fact.minimum) / unit)
    high = math.floor(Fraction(MOST if fact.maximum is None else fact.maximum) / unit)
    return Described(
        low=low,
        high=max(low, high),
        unit=unit,
        filled=_MAY_LACK,
        most_marks=MOST_MARKS if fact.type is FactType.MARKS else 0,
    )


def _unit(fact: Fact) -> Fraction:
    """The largest unit every allowed value is a whole number of."""
    if fact.type is FactType.INTEGER:
        return Fraction(1)
    if fact.step is None:
        return FINEST
    step, start = Fraction(fact.step), Fraction(fact.minimum or 0)
    over: int = math.lcm(step.denominator, start.denominator)
    return Fraction(math.gcd(int(step * over), int(start * over)), over)


# Reading facts ----------------------------------------------------------------------------------


class _Reader(dict[Any, tuple[Any, ...]]):
    """The inputs each value of a fact comes to, worked out once; None stands for a missing one."""

    def __init__(self, read: Callable[[Any], tuple[Any, ...]], nothing: tuple[Any, ...]) -> None:
        super().__init__({None: nothing})
        self._read, self._nothing = read, nothing

    def __missing__(self, value: Any) -> tuple[Any, ...]:
        if len(self) > MOST_KEPT:
            self.clear()
            self[None] = self._nothing
        found = self[value] = self._read(value)
        return found


def _readers(plan: Plan, inputs: _Typed) -> dict[str, tuple[Mapping[Any, Any], tuple[str, ...]]]:
    """For each fact *plan* reads what its values come to, and the names of that."""
    wanted: dict[str, list[str]] = {}
    for step in plan.program.steps:
        if step.op is Op.COLUMN:
            wanted.setdefault(step.name.partition(":")[0], []).append(step.name)
    return {fact: _reader(plan, inputs, fact, names) for fact, names in wanted.items()}


def _reader(
    plan: Plan, inputs: _Typed, fact: str, names: Sequence[str]
) -> tuple[Mapping[Any, Any], tuple[str, ...]]:
    """Values of *fact* become the inputs called *names*; each has to lie in its bounds."""
    program = plan.program
    asked = [name.partition(":")[2] for name in names]
    bounds = {
        step.name: program.refs[at] for at, step in enumerate(program.steps) if step.name in names
    }
    ends = [(bounds[name].low, bounds[name].high) for name in names]

    def read(value: Any) -> tuple[Any, ...]:
        found = tuple(_input(plan.pack, inputs, fact, value, what) for what in asked)
        for one, (low, high) in zip(found, ends, strict=True):
            if not low <= one <= high:
                raise NoColumns(f"{fact}: {value} không ai nhập được")
        return found

    nothing = tuple(
        what != "present" and (bool(low) if bounds[name].is_truth else low)
        for what, name, (low, _) in zip(asked, names, ends, strict=True)
    )
    return _Reader(read, nothing), tuple(names)


def _input(pack: Pack, inputs: _Typed, fact: str, value: Any, what: str) -> Any:
    if what == "present":
        return True
    match value:
        case Fraction():
            return value.numerator if what == "top" else value.denominator
        case bool():
            return value
        case str():
            if (code := inputs.words.get(value)) is not None:
                return code
            if pack.facts[fact].type is FactType.CHOICE:
                return -1  # below every choice
            return inputs.others.setdefault(value, OTHER + len(inputs.others))
        case dt.date():
            months = 12 * value.year + value.month
            return {"months": months, "day": value.day}.get(what, (value - EPOCH).days)
        case Decimal():
            return _whole(fact, value, inputs.facts[fact].unit)
    return _of_marks(fact, value, inputs.facts[fact], what)


def _whole(fact: str, value: Decimal, unit: Fraction) -> int:
    whole = Fraction(value) / unit
    if whole.denominator != 1:
        raise NoColumns(f"{fact}: {value} không ai nhập được")
    return whole.numerator


def _of_marks(fact: str, value: Sequence[Decimal | None], told: Described, what: str) -> int:
    marks = sorted(_whole(fact, mark, told.unit) for mark in value if mark is not None)
    if marks and not told.low <= marks[0] <= marks[-1] <= told.high:
        raise NoColumns(f"{fact}: {value} không ai nhập được")
    which, _, said = what.partition(":")
    many = int(said or 0)
    match which:
        case "count":
            return len(marks)
        case "highest":
            return sum(marks[-many:])
        case "lowest":
            return sum(marks[:many])
    return sum(marks)

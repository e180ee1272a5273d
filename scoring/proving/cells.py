"""How conditions can come out (các khả năng của điều kiện), looked at without any facts.

Every quantity that is compared becomes a variable of its own, cut where its thresholds are: within
one cell nothing that is compared changes. All combinations of cells together show what can happen,
and more: two quantities that depend on each other are tried as if they did not. So what is never
seen here is impossible, and two rules that agree on every cell agree on every entry.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, cast

from scoring.interpret import Exact, exact
from scoring.nodes import Among, Compare, Kind, Literal, Name, Node, Present, names
from scoring.proving.ranges import EVERYTHING, Range, range_of, step_of
from scoring.proving.sites import NODES, is_truth
from scoring.rules import Pack, Rule

MOST_COMBINATIONS = 4_000
DAY = Fraction(1)


@dataclass(frozen=True, slots=True)
class Cell:
    """Values of one quantity between which no comparison tells a difference."""

    sample: Exact
    range: Range = EVERYTHING


@dataclass(slots=True)
class _Term:
    """A quantity that is compared, and with what."""

    step: Fraction | None = None
    range: Range = EVERYTHING
    thresholds: set[Any] = field(default_factory=set)
    options: set[str] = field(default_factory=set)


def constant_of(node: Node, pack: Pack) -> Exact | None:
    """The value of *node* when it is the same for every entry: a literal or a constant."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Name) and node.id in pack.constants:
        return exact(pack.constants[node.id].value)
    return None


def compare_step(node: Compare, pack: Pack, rule: Rule | None) -> Fraction | None:
    """The step of what *node* compares (bước của số đo); None for a ratio."""
    for side, other in ((node.left, node.right), (node.right, node.left)):
        fixed = constant_of(other, pack)
        if isinstance(fixed, dt.date):
            return DAY
        if fixed is not None:
            return step_of(side, pack, rule)
    sides = {step_of(one, pack, rule) for one in (node.left, node.right)}
    return DAY if sides == {DAY} else None


class Cells:
    """Abstract copies of conditions over shared quantities, and every way these can stand."""

    def __init__(self, pack: Pack, rule: Rule | None = None) -> None:
        self._pack, self._rule = pack, rule
        self._terms: dict[str, _Term] = {}
        self._names: dict[Node, str] = {}

    def abstract(self, node: Node) -> Node:
        """*node* over the shared quantities; the shape above its atomic conditions is kept."""
        match node:
            case Present():
                return self._flag(node)
            case Among(Name(name), options):
                term = self._term(node.member)
                term.options |= {str(one.value) for one in options if isinstance(one, Literal)}
                return node
            case Compare():
                return self._compared(node)
        if is_truth(node, self._pack):
            return self._flag(node)
        changes: dict[str, Any] = {}
        for name in node.__match_args__:
            below = getattr(node, name)
            if isinstance(below, NODES):
                changes[name] = self.abstract(cast("Node", below))
            elif isinstance(below, tuple):
                changes[name] = tuple(self.abstract(one) for one in below)
        return replace(node, **changes) if changes else node

    def _flag(self, node: Node) -> Name:
        name = self._names.setdefault(node, f"§{len(self._names)}")
        self._terms.setdefault(name, _Term())
        return Name(name)

    def _term(self, node: Node, step: Fraction | None = None) -> _Term:
        name = (
            node.id
            if isinstance(node, Name)
            else self._names.setdefault(node, f"§{len(self._names)}")
        )
        if name not in self._terms:
            within = Range()
            if name == "measure" and self._rule is not None and self._rule.measure is not None:
                within = range_of(self._rule.measure.node, self._pack)
            elif name != "measure":
                within = range_of(node, self._pack)
            self._terms[name] = _Term(step, within)
        return self._terms[name]

    def _compared(self, node: Compare) -> Node:
        step = compare_step(node, self._pack, self._rule)
        for side, other, back in ((node.left, node.right, False), (node.right, node.left, True)):
            fixed = constant_of(other, self._pack)
            if fixed is None or constant_of(side, self._pack) is not None:
                continue
            if isinstance(fixed, bool | tuple):
                return self._flag(node)
            term = self._term(side, step)
            if isinstance(fixed, str):
                term.options.add(fixed)
            else:
                term.thresholds.add(fixed)
            measured = side if isinstance(side, Name) else Name(self._names[side])
            ends = (Literal(fixed), measured) if back else (measured, Literal(fixed))
            return Compare(node.operator, *ends)
        if {constant_of(node.left, self._pack), constant_of(node.right, self._pack)} != {None}:
            return node
        if not _is_measured(node, self._pack):
            return self._flag(node)
        name = self._names.setdefault(node, f"§{len(self._names)}")
        self._terms.setdefault(name, _Term(step, thresholds={Fraction(0)}))
        return Compare(node.operator, Name(name), Literal(Fraction(0)))

    def combinations(self) -> Iterator[dict[str, Cell]] | None:
        """Every combination of cells, by quantity; None when there are too many to look at."""
        cells = {name: self._cells(name, term) for name, term in self._terms.items()}
        if math.prod(map(len, cells.values())) > MOST_COMBINATIONS:
            return None
        return (dict(zip(cells, some, strict=True)) for some in product(*cells.values()))

    def _cells(self, name: str, term: _Term) -> list[Cell]:
        if term.options:
            fact = self._pack.facts.get(name)
            others = (
                set(fact.choices) - term.options if fact is not None and fact.choices else {"§"}
            )
            return [Cell(one) for one in sorted(term.options)] + [
                Cell(x) for x in sorted(others)[:1]
            ]
        if any(isinstance(one, dt.date) for one in term.thresholds):
            days = sorted({day + dt.timedelta(n) for day in term.thresholds for n in range(-2, 3)})
            return [Cell(day) for day in days]
        if term.thresholds:
            return list(_number_cells(sorted(term.thresholds), term.step, term.range))
        return [Cell(True), Cell(False)]


def _is_measured(node: Node, pack: Pack) -> bool:
    """Whether *node* compares quantities: choices and texts have no distance."""
    apart = (Kind.CHOICE, Kind.TEXT, Kind.TRUTH)
    return not any(pack.words[one].kind in apart for one in names(node) if one in pack.words)


def _number_cells(
    thresholds: Sequence[Fraction], step: Fraction | None, within: Range
) -> Iterator[Cell]:
    points: set[Fraction] = set()
    for one in thresholds:
        if step is None:
            points.add(one)
            continue
        under, over = (math.floor(one / step) * step, math.ceil(one / step) * step)
        points |= {under - step, under, over, over + step}
    kept = sorted(p for p in points if _inside(p, within))
    yield from (Cell(p, Range(p, p)) for p in kept)
    if not kept:
        yield Cell(within.low or within.high or Fraction(0), within)
        return
    for low, high in pairwise(kept):
        if step is None:
            yield Cell((low + high) / 2, Range(low, high))
        elif high - low > step:
            yield Cell(low + step, Range(low + step, high - step))
    first, last = kept[0], kept[-1]
    gap = step or Fraction(0)
    if within.low is None or within.low < first:
        start = first - (step or 1) if within.low is None else (within.low + first) / 2
        start = first - step if step is not None else start
        yield Cell(start, Range(within.low, first - gap))
    if within.high is None or within.high > last:
        end = last + (step or 1) if within.high is None else (within.high + last) / 2
        end = last + step if step is not None else end
        yield Cell(end, Range(last + gap, within.high))


def _inside(number: Fraction, within: Range) -> bool:
    above = within.low is None or number >= within.low
    return above and (within.high is None or number <= within.high)

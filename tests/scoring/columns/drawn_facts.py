"""Drawn facts for any pack: values that crowd around the numbers the pack itself writes."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.facts import Fact, FactType
from scoring.nodes import Literal, Node, children
from scoring.rules import Criterion, Pack

FAR = (Decimal(0), Decimal(1), Decimal(2), Decimal(3), Decimal(7), Decimal(100), Decimal(1000))
DAY = dt.date(2026, 12, 31)
TEXTS = ("Phường Bắc Hồng", "Xã Thuận Lộc", "Thị đoàn", "Đội 3")


def literals_of(pack: Pack) -> tuple[tuple[Decimal, ...], tuple[dt.date, ...]]:
    """Every number and date a rule or a constant of *pack* writes."""
    found: set[object] = {one.value for one in pack.constants.values()}
    for node in _nodes(pack):
        found |= {one.value for one in _below(node) if isinstance(one, Literal)}
    fractions = {Fraction(one) for one in found if isinstance(one, Fraction | Decimal)}
    numbers = {Decimal(one.numerator) / one.denominator for one in fractions}
    dates = {one for one in found if isinstance(one, dt.date)}
    return tuple(sorted(numbers)), tuple(sorted(dates))


def _nodes(pack: Pack) -> Iterator[Node]:
    for one in (*pack.derived.values(),):
        yield one.value.node
    for peer in pack.peers.values():
        yield peer.of.node
    for condition in (*pack.gates, *pack.vetoes, *pack.caps, *pack.overrides):
        yield condition.when.node
    for grade in pack.grades:
        if grade.when is not None:
            yield grade.when.node
    for top in (*pack.criteria, pack.bonus, pack.penalty):
        for criterion in top.whole():
            yield from _of_criterion(criterion)


def _of_criterion(criterion: Criterion) -> Iterator[Node]:
    for asked in (criterion.applies, criterion.scale, criterion.needs and criterion.needs.require):
        if asked is not None:
            yield asked.node
    rule = criterion.rule
    if rule is None:
        return
    if rule.measure is not None:
        yield rule.measure.node
    for branch in rule.branches:
        yield from (one for one in (branch.when, branch.points) if one is not None)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from _below(child)


class Drawing:
    """Draws entries for *pack*; *pick* chooses one item of a sequence.

    Half of them are *base*, an entry that does well, with a few facts changed: drawn all at
    random, hardly anybody would pass the gates.
    """

    def __init__(self, pack: Pack, base, pick) -> None:
        self.pack, self.base, self.pick = pack, base, pick
        self.numbers, self.dates = literals_of(pack)
        self.values = {fact.id: self._values(fact) for fact in pack.facts.values()}

    def season(self, entries: int):
        """The facts of so many entries, by code."""
        return {f"E{n:05d}": self.entry() for n in range(entries)}

    def entry(self):
        facts = dict(self.base)
        for fact in self.pack.facts.values():
            keep = fact.id in facts and self.pick((True, True, True, True, False))
            if keep and self.pick((True, True, True, False)):
                continue
            value = self._value(fact)
            facts.pop(fact.id, None)
            if value is not None:
                facts[fact.id] = value
        return facts

    def _value(self, fact: Fact):
        values = self.values[fact.id]
        if fact.type is not FactType.MARKS:
            return self.pick(values)
        marks = tuple(self.pick(values) for _ in range(self.pick((0, 1, 2, 3, 4, 5, 6, 7))))
        return marks if any(mark is not None for mark in marks) else None

    def _values(self, fact: Fact) -> list[object]:
        """What an entry may hold for *fact*; None is a gap."""
        match fact.type:
            case FactType.YES_NO:
                return [True, True, True, False, None]
            case FactType.CHOICE:
                return [*fact.choices, *fact.choices, None]
            case FactType.TEXT:
                return [*TEXTS, *TEXTS, None]
            case FactType.DATE:
                near = [day + dt.timedelta(n) for day in self.dates for n in (-31, -1, 0, 1, 30)]
                return [*near, dt.date(2018, 2, 28), dt.date(2020, 2, 29), DAY, None]
        return [*self._numbers(fact), None]

    def _numbers(self, fact: Fact) -> list[Decimal]:
        whole = fact.type is FactType.INTEGER
        step = fact.step or (Decimal(1) if whole else Decimal("0.1"))
        edges = [one + shift for one in self.numbers for shift in (-step, Decimal(0), step)]
        if fact.type is FactType.DECIMAL:
            edges += [Decimal("0.05"), Decimal("33.333"), Decimal("12.345678")]
        low, high = fact.minimum, fact.maximum
        edges += [*FAR, *(one for one in (low, high) if one is not None)]
        rounded = [one.to_integral_value() if whole else one for one in edges]
        return [
            one for one in rounded if (low is None or one >= low) and (high is None or one <= high)
        ]

"""Drawn facts for any pack: values that crowd around the numbers the pack itself writes."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.facts import Fact, FactRefused, FactType, read_fact
from scoring.nodes import Literal, Node, children
from scoring.rules import Criterion, Pack

FAR = ("0", "1", "2", "3", "7", "100", "1000", "32767", "32768", "-1", "-7")
EXTREMES = ("999999999999999", "-999999999999999", "2147483648", "-2147483648", "94906267")
MIDDLING = ("9000000000.123456789", "-9223372036.854775808", "4611686018.427387904")
FINE = ("0.05", "33.333", "12.345678", "1.50", "0.000000001", "-0.25")
FINEST = ("123456789012345.123456789", "-999999999999999.999999999", "0.100000000")
DAYS = ("2018-02-28", "2020-02-29", "2026-12-31", "2018-03-31", "1968-02-29", "2100-02-28")
TEXTS = ("Phường Bắc Hồng", "Xã Thuận Lộc", "Thị đoàn", "Đội 3", "khong", "1")


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

    Where there is a *base*, an entry that does well, half of what is drawn is *base* with a few
    facts changed: drawn all at random, hardly anybody would pass the gates of a real pack.
    """

    def __init__(self, pack: Pack, base, pick, *, wild=False) -> None:
        self.pack, self.base, self.pick, self.wild = pack, base, pick, wild
        self.numbers, self.dates = literals_of(pack)
        self.all = {fact.id: self._values(fact) for fact in pack.facts.values()}
        self.values = self.all

    def season(self, entries: int, *, distinct: int = 0):
        """The facts of so many entries, by code.

        With *distinct*, no fact takes more than so many values: standings tie, places are
        contested.
        """
        if distinct:
            self.values = {
                name: [self.pick(values) for _ in range(distinct)]
                for name, values in self.all.items()
            }
        season = {f"E{n:05d}": self.entry() for n in range(entries)}
        self.values = self.all
        return season

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
                return [True, True, True, True, False, False, None]
            case FactType.CHOICE:
                return [*fact.choices, *fact.choices, None]
            case FactType.TEXT:
                return [*TEXTS, *TEXTS, None]
            case FactType.DATE:
                near = [day + dt.timedelta(n) for day in self.dates for n in (-31, -1, 0, 1, 30)]
                return [*near, *map(dt.date.fromisoformat, DAYS), None]
        return [*self._numbers(fact), None]

    def _numbers(self, fact: Fact) -> list[Decimal]:
        """Numbers the fact's own cell would take: edges a step apart, limits, far ones."""
        whole = fact.type is FactType.INTEGER
        step = fact.step or (Decimal(1) if whole else Decimal("0.1"))
        edges = [one + shift for one in self.numbers for shift in (-step, Decimal(0), step)]
        edges += [one for one in (fact.minimum, fact.maximum) if one is not None]
        texts = [f"{one.quantize(Decimal(1)) if whole else one:f}" for one in edges if _short(one)]
        texts += FAR
        texts += () if whole else FINE
        if self.wild:
            texts += EXTREMES if whole else (*EXTREMES, *MIDDLING, *self.pick(((), FINEST)))
        found = [value for text in texts if (value := _accepted(fact, text)) is not None]
        return found or [fact.minimum or fact.maximum or Decimal(0)]


def _short(number: Decimal) -> bool:
    return abs(number) < 10**15


def _accepted(fact: Fact, text: str) -> Decimal | None:
    try:
        value = read_fact(fact, text)
    except FactRefused:
        return None
    return value[0] if isinstance(value, tuple) else value

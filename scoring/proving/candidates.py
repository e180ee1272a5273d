"""Entries worth trying (hồ sơ thử): facts moved to where a condition or formula turns over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations, product
from typing import TypeAlias, cast

from scoring.facts import Fact, FactRefused, FactType, cell_of, read_fact
from scoring.interpret import Exact
from scoring.nodes import Arithmetic, Call, Compare, Literal, Name, Node, names
from scoring.proving.sites import Site, at, parts_of, replaced, rule_of_path
from scoring.proving.trace import value_or_none
from scoring.rules import Pack, Rule
from scoring.scope import scope_of
from scoring.sheet import Facts, Value

Change: TypeAlias = dict[str, Value | None]
"""Facts that differ; None takes one away."""

MOST_VALUES = 40
MOST_PAIRS = 300
FAR = 20_000
_ROUND = (Decimal(10_000), Decimal(1_000), Decimal(100))


def changed(base: Facts, change: Mapping[str, Value | None]) -> dict[str, Value]:
    """*base* with *change* made to it."""
    return {name: value for name, value in {**base, **change}.items() if value is not None}


def changes(pack: Pack, base: Facts, sites: Iterable[Site]) -> Iterator[Change]:
    """Changes of *base* around every turning point of *sites*: one fact at a time, then two."""
    nodes = [expanded(site.node, pack, rule_of_path(pack, site.path)) for site in sites]
    read = dict.fromkeys(name for node in nodes for name in names(node) if name in pack.facts)
    turns = [turn for node in nodes for turn in _turns(node, pack)]
    yield {}
    values = {name: _values(pack, base, pack.facts[name], nodes, turns) for name in read}
    for name, some in values.items():
        yield from ({name: one} for one in some)
    for rounder, others in _rounder(pack, base, values, nodes, turns):
        yield from ({**rounder, other: one} for other, ones in others.items() for one in ones)
    for one, other in combinations(values, 2):
        pairs = product(values[one][:MOST_VALUES], values[other][:MOST_VALUES])
        for _, (first, second) in zip(range(MOST_PAIRS), pairs, strict=False):
            yield {one: first, other: second}


def _rounder(
    pack: Pack,
    base: Facts,
    values: Mapping[str, list[Value | None]],
    nodes: list[Node],
    turns: list[tuple[Node, Exact]],
) -> Iterator[tuple[Change, dict[str, list[Value | None]]]]:
    """The same over a round denominator, where a percentage can be met exactly."""
    under = {
        name
        for node in nodes
        for _, part in parts_of(node)
        if isinstance(part, Arithmetic) and part.operator == "/"
        for name in names(part.right)
        if name in pack.facts
    }
    for name in under:
        legal = [one for one in _ROUND if _legal(pack.facts[name], one) == one][:1]
        for one in legal:
            around = {**base, name: one}
            yield (
                {name: one},
                {
                    other: _values(pack, around, pack.facts[other], nodes, turns)
                    for other in values
                    if other != name
                },
            )


def expanded(node: Node, pack: Pack, rule: Rule | None) -> Node:
    """*node* down to facts and constants: measures and derived values written out."""
    for path, part in parts_of(node):
        inner: Node | None = None
        if isinstance(part, Name) and part.id in pack.derived:
            inner = pack.derived[part.id].value.node
        elif part == Name("measure") and rule is not None and rule.measure is not None:
            inner = rule.measure.node
        parent = at(node, path[:-1]) if path else None
        if inner is not None and type(parent).__name__ != "Present":
            return expanded(cast("Node", replaced(node, path, inner)), pack, rule)
    return node


def _turns(node: Node, pack: Pack) -> Iterator[tuple[Node, Exact]]:
    """(quantity, value) wherever something turns over: thresholds, ceilings, whole steps."""
    for _, part in parts_of(node):
        match part:
            case Compare(_, left, right):
                yield from _meeting(left, right, pack)
            case Call("min" | "max", arguments):
                for one, other in combinations(arguments, 2):
                    yield from _meeting(one, other, pack)
            case Call("floor", (inner,)):
                yield from ((inner, Fraction(n)) for n in range(7))
            case Call("trimmed_mean", (marks, Literal(value), *_)):
                yield Call("count", (marks,)), value


def _meeting(left: Node, right: Node, pack: Pack) -> Iterator[tuple[Node, Exact]]:
    scope = scope_of(pack, {})
    for side, other in ((left, right), (right, left)):
        value = value_or_none(other, scope)
        if value is not None:
            yield side, value
            return
    yield Arithmetic("-", left, right), Fraction(0)


def _values(
    pack: Pack, base: Facts, fact: Fact, nodes: list[Node], turns: list[tuple[Node, Exact]]
) -> list[Value | None]:
    """Values of *fact* near which something turns over, then the absence of one."""
    mine = [(term, value) for term, value in turns if fact.id in names(term)]
    found: list[Value]
    match fact.type:
        case FactType.YES_NO:
            found = [True, False]
        case FactType.CHOICE:
            found = list[Value](fact.choices)
        case FactType.TEXT:
            found = [*(v for _, v in mine if isinstance(v, str)), "X", "Y"]
        case FactType.DATE:
            found = [*_days(pack, base, fact, mine)]
        case FactType.MARKS:
            found = [*_marks(fact, mine)]
        case _:
            found = [*_numbers(pack, base, fact, mine)]
            found += [Decimal(n) for n in range(6) if any(fact.id in names(one) for one in nodes)]
    legal = [one for one in found if _legal(fact, one) == one]
    kept = dict.fromkeys(one for one in legal if one != base.get(fact.id))
    return [*[*kept][:MOST_VALUES], None]


def _legal(fact: Fact, value: Value) -> Value | None:
    try:
        return read_fact(fact, cell_of(value))
    except FactRefused:
        return None


def _days(
    pack: Pack, base: Facts, fact: Fact, turns: list[tuple[Node, Exact]]
) -> Iterator[dt.date]:
    scope = scope_of(pack, base)
    start = base.get(fact.id)
    for term, value in turns:
        if isinstance(value, dt.date):
            middle = value if isinstance(term, Name) else None
        elif isinstance(value, Fraction):
            given = start if isinstance(start, dt.date) else pack.effective_from
            middle = _crossing(term, fact.id, value, scope, given)
        else:
            middle = None
        if middle is not None:
            yield from (middle + dt.timedelta(n) for n in (0, -1, 1, 31, -31))


def _crossing(
    term: Node, name: str, value: Fraction, scope: Mapping[str, Exact], start: dt.date
) -> dt.date | None:
    """The last day on which *term* is still on the side of *value* it starts from."""

    def over(day: int) -> bool | None:
        found = value_or_none(term, {**scope, name: dt.date.fromordinal(day)})
        return found >= value if isinstance(found, Fraction) else None

    low, high = start.toordinal() - FAR, start.toordinal() + FAR
    first = over(low)
    if first is None or over(high) is first:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if over(middle) is first else (low, middle)
    return dt.date.fromordinal(low)


def _marks(fact: Fact, turns: list[tuple[Node, Exact]]) -> Iterator[Value]:
    low = fact.minimum if fact.minimum is not None else Decimal(0)
    high = fact.maximum if fact.maximum is not None else Decimal(10)
    step = fact.step or Decimal(1)
    counts = {int(v) + n for _, v in turns if isinstance(v, Fraction) for n in (-1, 0, 1)} or {3}
    for count in sorted(one for one in counts if 0 < one <= 30):
        falling = [max(high - step * n, low) for n in range(count)]
        yield (high,) * count
        yield tuple(falling)
        yield (*falling[:-1], low)
        yield (high, *([low] * (count - 1)))
        yield (*[high] * (count - 1), None, low)


def _numbers(
    pack: Pack, base: Facts, fact: Fact, turns: list[tuple[Node, Exact]]
) -> Iterator[Decimal]:
    scope = scope_of(pack, base)
    for term, value in turns:
        if not isinstance(value, Fraction):
            continue
        for found in _solutions(term, fact.id, value, scope):
            whole = fact.type is FactType.INTEGER
            unit = fact.step or (Decimal(1) if whole else Decimal("0.1"))
            near = _decimal(found, unit)
            yield from (near, near - unit, near + unit)
            if not whole and fact.step is None:
                yield from (near - unit / 10, near + unit / 10)


def _decimal(number: Fraction, unit: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        exactly = Decimal(number.numerator) / Decimal(number.denominator)
        places = Decimal("0.0001")
        if unit == 1:
            return exactly.to_integral_value()
        return exactly if exactly == exactly.quantize(places) else exactly.quantize(places)


def _solutions(
    term: Node, name: str, value: Fraction, scope: Mapping[str, Exact]
) -> Iterator[Fraction]:
    """Where *term*, straight in *name*, comes to *value*; found from two points and tried."""

    def found(x: Fraction) -> Fraction | None:
        y = value_or_none(term, {**scope, name: x})
        return y if isinstance(y, Fraction) else None

    for x in (Fraction(1), Fraction(1000)):
        one, two = found(x), found(x + 1)
        if one is None or two is None or one == two:
            continue
        solution = x + (value - one) / (two - one)
        if found(solution) is not None:
            yield solution
            return

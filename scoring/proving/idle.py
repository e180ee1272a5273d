"""Clauses that change no result (mệnh đề không đổi kết quả), proved from what comes before them.

A veto whose condition already keeps the better grades away, an order key whose values keep their
order, a quota of no places that becomes less than none.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from scoring.nodes import Coalesce, Compare, If, Literal, Name, Node, names
from scoring.possible.bounds import Known, assuming
from scoring.proving.ground import Ground
from scoring.proving.ranges import range_of
from scoring.proving.sites import Path, at, sites_of
from scoring.rules import Condition, OrderKey, Pack


def lowers_nobody(condition: Condition | None, ground: Ground) -> bool:
    """Whether the veto or cap *condition* never changes a grade; None stands for no clause."""
    if condition is None:
        return True
    pack = ground.pack
    order = [one.id for one in pack.grades]
    for grade in pack.grades[: order.index(condition.grade)]:
        when = [grade.when.node] if grade.when is not None else []
        if ground.holding((*when, condition.when.node), ground.graded) is not None:
            return False
    return True


def is_same_comparison(ground: Ground, mutant: Pack, path: Path, site: Path) -> bool:
    """Whether the comparison changed at *path*, in the clause at *site*, comes out as it did.

    Asked of the comparison alone: where only the whole condition came out alike, an entry that
    lacks a value might still tell them apart by how far evaluation gets.
    """
    inside = path[len(site) :]
    for end in range(len(inside) + 1):
        here = (*site, *inside[:end])
        pair = [at(some, here) for some in (ground.pack, mutant)]
        if all(isinstance(one, Compare) for one in pair):
            one, other = (ground.written_out(node, site) for node in pair)
            return _never_differ(one, other, ground.at(site))
    return False


def _never_differ(one: Node, other: Node, known: Known | None) -> bool:
    if known is None:
        return True
    if set(names(one)) != set(names(other)):
        return False
    for first, second in ((one, other), (other, one)):
        holding = assuming(first, known, holds=True)
        if holding is not None and assuming(second, holding, holds=False) is not None:
            return False
    return True


def is_same_order(one: Node, other: Node) -> bool:
    """Whether *other* gives numbers in the same order as *one* does, equal ones included."""
    pairs = _outcomes(one, other)
    return pairs is not None and all(
        (a < b) == (c < d) and (a == b) == (c == d) for (a, c), (b, d) in product(pairs, pairs)
    )


def _outcomes(one: Node, other: Node) -> list[tuple[Fraction, Fraction]] | None:
    """The numbers both give under the same conditions; None when they are no plain numbers."""
    found = []
    for first, second in _leaves(one, other):
        match first, second:
            case Literal(Fraction() as mine), Literal(Fraction() as theirs):
                found.append((mine, theirs))
            case _:
                return None
    return found


def _leaves(one: Node, other: Node) -> Iterator[tuple[Node, Node]]:
    """What both come to in each case they tell apart alike."""
    match one, other:
        case If(asked, then, otherwise), If(asked_too, then_too, otherwise_too) if (
            asked == asked_too
        ):
            yield from _leaves(then, then_too)
            yield from _leaves(otherwise, otherwise_too)
        case Coalesce(left, right), Coalesce(left_too, right_too):
            yield from _leaves(left, left_too)
            yield from _leaves(right, right_too)
        case _:
            yield one, other


def orders_only(pack: Pack, name: str) -> bool:
    """Whether the derived value *name* is read by nothing but keys of an order, by itself."""
    reading = [site for site in sites_of(pack) if name in names(site.node)]
    keys = [site for site in reading if site.node == Name(name) and _is_key(pack, site.path)]
    return len(keys) == len(reading)


def _is_key(pack: Pack, path: Path) -> bool:
    return "order" in path and isinstance(at(pack, path[: path.index("order") + 2]), OrderKey)


def is_same_places(one: Node, other: Node, pack: Pack) -> bool:
    """Whether both leave as many places: none and less than none are alike."""
    return all(
        first == second or (_is_nothing(first, pack) and _is_nothing(second, pack))
        for first, second in _leaves(one, other)
    )


def _is_nothing(node: Node, pack: Pack) -> bool:
    high = range_of(node, pack).high
    return not {*names(node)} and high is not None and high <= 0

"""Entries with a wanted total (hồ sơ đạt tổng điểm định trước): criteria put together to reach it.

Grades turn over at totals such as 80 or 79,99, which no single criterion reaches from a perfect
entry. Each criterion offers points it can have; together they are searched for a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from scoring.nodes import Compare, Literal, Node, names
from scoring.proving.candidates import Change, changed, changes
from scoring.proving.sites import Site, criteria_of, parts_of
from scoring.rules import Pack
from scoring.score import tally
from scoring.sheet import Facts

MOST_TRIED = 60
MOST_OFFERS = 12
MOST_SUMS = 6_000


@dataclass(frozen=True, slots=True)
class Offer:
    """What one criterion can add to the total, and the facts that make it so."""

    points: Decimal
    change: Change


def offers_of(pack: Pack, base: Facts, sites: Iterable[Site]) -> tuple[tuple[Offer, ...], ...]:
    """For each leaf criterion the differences to the total it can make, the smallest first."""
    whole = tally(pack, base)
    found = []
    by_owner: dict[str, list[Site]] = {}
    for site in sites:
        by_owner.setdefault(site.owner, []).append(site)
    for _, criterion in criteria_of(pack):
        if criterion.rule is None:
            continue
        offers: dict[Decimal, Offer] = {}
        for change in islice(changes(pack, base, by_owner.get(criterion.id, ())), MOST_TRIED):
            if len(change) > 1 or None in change.values():
                continue
            tried = tally(pack, changed(base, change))
            gap = tried.total - whole.total
            if gap and not tried.failed_gates:
                offers.setdefault(gap, Offer(gap, change))
        kept = sorted(offers.values(), key=lambda one: abs(one.points))
        found.append((*kept[:MOST_OFFERS], *kept[MOST_OFFERS:][-1:]))
    return tuple(one for one in found if one)


def with_totals(
    pack: Pack, base: Facts, sites: Iterable[Site], wanted: Iterable[Decimal]
) -> Iterator[Change]:
    """Changes of *base* whose totals should be *wanted*; who uses them has to look."""
    start = tally(pack, base).total
    offers = offers_of(pack, base, sites)
    sums: dict[Decimal, Change] = {Decimal(0): {}}
    for some in offers:
        for reached, change in [*sums.items()]:
            for offer in some:
                fits = offer.change.keys().isdisjoint(change)
                if fits and len(sums) < MOST_SUMS:
                    sums.setdefault(reached + offer.points, {**change, **offer.change})
    for total in wanted:
        if (found := sums.get(total - start)) is not None:
            yield found
            continue
        near = sorted(sums, key=lambda one: abs(start + one - total))
        yield from (sums[one] for one in near[:3])


def ladder(pack: Pack, base: Facts, sites: Iterable[Site], length: int) -> Iterator[Change]:
    """Changes that give ever smaller totals, all different, the best first."""
    seen: dict[Decimal, Change] = {Decimal(0): {}}
    for some in offers_of(pack, base, sites):
        for offer in some:
            if offer.points < 0:
                seen.setdefault(offer.points, offer.change)
            if len(seen) >= length:
                break
    if len(seen) < length:
        for one in [*seen.items()]:
            for other in [*seen.items()]:
                if one[1].keys().isdisjoint(other[1]):
                    seen.setdefault(one[0] + other[0], {**one[1], **other[1]})
    yield from (seen[points] for points in sorted(seen, reverse=True)[:length])


def totals_in(pack: Pack, nodes: Iterable[Node]) -> tuple[Decimal, ...]:
    """Totals at and just beside which *nodes* turn over."""
    found: dict[Decimal, None] = {}
    for node in nodes:
        for _, part in parts_of(node):
            if not isinstance(part, Compare):
                continue
            for side, other in ((part.left, part.right), (part.right, part.left)):
                if not {"total", "base"} & {*names(side)} or not isinstance(other, Literal):
                    continue
                if isinstance(other.value, Fraction):
                    at_ = Decimal(other.value.numerator) / Decimal(other.value.denominator)
                    found.update((at_ + step * pack.quantum, None) for step in (0, -1, 1))
    return (*found,)

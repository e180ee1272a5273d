"""Values of the peer group (số liệu của cụm, khối): what the others of a season came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.facts import cell_of
from scoring.interpret import NoValue, number
from scoring.numbers import round_half_up
from scoring.rules import Pack, Peer
from scoring.scope import scope_of
from scoring.sheet import Facts

NANO = Decimal("0.000000001")
LONGEST = 10**9


def peer_values(pack: Pack, season: Mapping[str, Facts]) -> dict[str, dict[str, Fraction]]:
    """For each entry the values of its peer group, by code, then by name.

    An entry whose own value is missing does not count; a group without any has no value.
    """
    found: dict[str, dict[str, Fraction]] = {code: {} for code in season}
    scopes = {code: scope_of(pack, facts) for code, facts in season.items()} if pack.peers else {}
    for peer in pack.peers.values():
        groups: dict[str, list[Fraction]] = defaultdict(list)
        for code, facts in season.items():
            try:
                value = number(peer.of.node, scopes[code])
            except NoValue:
                continue
            groups[_group(peer, facts)].append(value)
        values = {group: _taken(peer, numbers) for group, numbers in groups.items()}
        for code, facts in season.items():
            if (group := _group(peer, facts)) in values:
                found[code][peer.id] = values[group]
    return found


def _group(peer: Peer, facts: Facts) -> str:
    value = facts.get(peer.per) if peer.per else None
    return "" if value is None else cell_of(value)


def _taken(peer: Peer, numbers: list[Fraction]) -> Fraction:
    match peer.take:
        case "mean":
            return shortened(summed(numbers) / len(numbers))
        case "max":
            return max(numbers)
        case "min":
            return min(numbers)
        case "sum":
            return shortened(summed(numbers))
    return Fraction(len(numbers))


def summed(numbers: Sequence[Fraction]) -> Fraction:
    """The sum, by halves: added one by one, the sum of many percentages takes for ever."""
    tops = [(one.numerator, one.denominator) for one in numbers]
    while len(tops) > 1:
        pairs = zip(tops[::2], tops[1::2], strict=False)
        added = [(a * d + c * b, b * d) for (a, b), (c, d) in pairs]
        tops = added + tops[len(added) * 2 :]
    return Fraction(*tops[0]) if tops else Fraction(0)


def shortened(value: Fraction) -> Fraction:
    """*value*, to nine decimals where it does not end and its denominator is longer than that.

    The mean of a hundred percentages is a fraction of hundreds of digits; nobody publishes it.
    """
    return value if value.denominator <= LONGEST else Fraction(round_half_up(value, NANO))

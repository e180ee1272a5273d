"""Values of the peer group (số liệu của cụm, khối): what the others of a season came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from scoring.facts import cell_of
from scoring.interpret import NoValue, number
from scoring.rules import Pack, Peer
from scoring.scope import scope_of
from scoring.sheet import Facts


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
            return sum(numbers, Fraction(0)) / len(numbers)
        case "max":
            return max(numbers)
        case "min":
            return min(numbers)
        case "sum":
            return sum(numbers, Fraction(0))
    return Fraction(len(numbers))

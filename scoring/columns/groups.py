"""Values of the peer group from sums that were made elsewhere (số liệu của cụm, khối)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.peers import shortened, summed
from scoring.rules import Peer


@dataclass(frozen=True, slots=True)
class Part:
    """What the rows of one group come to whose values have the same bottom. Unit: tops."""

    bottom: int
    rows: int
    total: int
    least: int
    most: int


def taken(peer: Peer, factor: Fraction, parts: Sequence[Part]) -> Fraction | None:
    """What ``scoring.peers`` takes from the values ``factor × top / bottom`` one by one."""
    if not parts:
        return None
    rows = sum(part.rows for part in parts)
    if peer.take == "count":
        return Fraction(rows)
    if peer.take in ("max", "min"):
        ends = [
            factor * Fraction(top, part.bottom) for part in parts for top in (part.least, part.most)
        ]
        return max(ends) if peer.take == "max" else min(ends)
    whole = summed([factor * Fraction(part.total, part.bottom) for part in parts])
    return shortened(whole / rows if peer.take == "mean" else whole)

"""Ranking (xếp hạng): the chain that orders entries, ties, and how each was split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.interpret import NoValue, Scope, number
from scoring.numbers import format_number, round_half_up
from scoring.rules import OrderKey, Pack
from scoring.sheet import Placing, ScoreSheet

Standing = tuple[tuple[bool, Fraction], ...]
"""One pair a key: whether it has a value, then the value; more is better."""


def rank(
    pack: Pack, sheets: Mapping[str, ScoreSheet], scopes: Mapping[str, Scope]
) -> tuple[Placing, ...]:
    """Best first; ties on the whole chain share a rank (1, 2, 2, 4); unranked last, by code."""
    ranked = {
        code: standing(pack.ranking.order, scopes[code])
        for code in sheets
        if sheets[code].grade in pack.ranking.among
    }
    ordered = sorted(ranked, key=lambda code: code)
    ordered.sort(key=lambda code: ranked[code], reverse=True)
    placings: list[Placing] = []
    for position, code in enumerate(ordered, start=1):
        above = placings[-1] if placings else None
        shared = above is not None and ranked[above.code] == ranked[code]
        place = above.rank if above is not None and shared else position
        said = split(pack, ordered, position - 1, ranked)
        placings.append(Placing(code, place, shown(ranked[code]), said))
    others = tuple(Placing(code, None) for code in sorted(sheets) if code not in ranked)
    return (*placings, *others)


def standing(order: Sequence[OrderKey], scope: Scope) -> Standing:
    """Where *scope* stands in the chain *order*; compared key by key."""
    found = []
    for key in order:
        try:
            found.append((True, number(key.value.node, scope)))
        except NoValue:
            found.append((False, Fraction(0)))
    return tuple(found)


def shown(mine: Standing) -> tuple[Decimal, ...]:
    """The values of *mine* as a placing keeps them."""
    return tuple(round_half_up(value, Decimal("0.000001")) for _, value in mine)


def split(pack: Pack, ordered: Sequence[str], at: int, ranked: Mapping[str, Standing]) -> str:
    """How the tie on the first key of ``ordered[at]`` with a neighbour was split, or was not."""
    mine = ranked[ordered[at]]
    said = []
    for other, better in ((at - 1, "kém"), (at + 1, "hơn")):
        if not 0 <= other < len(ordered) or ranked[ordered[other]][0] != mine[0]:
            continue
        code, theirs = ordered[other], ranked[ordered[other]]
        keys = pack.ranking.order
        step = next((n for n in range(len(keys)) if mine[n] != theirs[n]), None)
        if step is None:
            said.append(f"ngang {code} ở mọi tiêu chí phụ, phải bỏ phiếu")
            continue
        values = f"{_key_text(mine[step])} và {_key_text(theirs[step])}"
        said.append(f"bằng {keys[0].label} với {code}, {better} ở {keys[step].label} ({values})")
    return "; ".join(said)


def _key_text(key: tuple[bool, Fraction]) -> str:
    has_value, value = key
    return format_number(value) if has_value else "chưa có"

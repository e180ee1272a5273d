"""Everything a value can be (khả năng), and what comparing two of them can say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from scoring.possible.spans import Numbers


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of a council, each within the same bounds."""

    each: Numbers


Possible: TypeAlias = Numbers | frozenset[bool | str] | Marks | None
"""Numbers and dates (as ordinals), truths, choices; None: nothing is known."""

EITHER: frozenset[bool | str] = frozenset({True, False})
MIRRORED = MappingProxyType({"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="})


def union(one: Possible, *others: Possible) -> Possible:
    for other in others:
        if isinstance(one, Numbers) and isinstance(other, Numbers):
            one = one.join(other)
        elif isinstance(one, frozenset) and isinstance(other, frozenset):
            one = one | other
        else:
            return None
    return one


def compared(sign: str, one: Possible, other: Possible) -> frozenset[bool | str]:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return _same(sign, shared=bool(one & other), alone=len(one | other) == 1)
    if not (isinstance(one, Numbers) and isinstance(other, Numbers) and one.spans and other.spans):
        return EITHER
    if sign in ("==", "!="):
        shared = not one.meet(other).is_empty()
        return _same(sign, shared=shared, alone=shared and one.single() == other.single() != None)  # noqa: E711
    if sign in (">", ">="):
        one, other, sign = other, one, MIRRORED[sign]
    return frozenset(
        {True}
        if _all_before(one, other, strict=sign == "<")
        else {False}
        if _all_before(other, one, strict=sign == "<=")
        else EITHER
    )


def _same(sign: str, *, shared: bool, alone: bool) -> frozenset[bool | str]:
    equal = frozenset({True}) if alone else EITHER if shared else frozenset({False})
    return equal if sign == "==" else frozenset(not one for one in equal)


def _all_before(one: Numbers, other: Numbers, *, strict: bool) -> bool:
    """Whether every number of *one* is below every one of *other*, or at most equal."""
    high, low = one.high, other.low
    if math.isinf(high) or math.isinf(low):
        return False
    apart = one.spans[-1].high_open or other.spans[0].low_open
    return high < low or (high == low and (not strict or apart))


def among(member: Possible, options: Sequence[Possible]) -> frozenset[bool | str]:
    found = [compared("==", member, option) for option in options]
    if isinstance(member, frozenset):
        named = frozenset[bool | str]().union(
            *(one for one in options if isinstance(one, frozenset))
        )
        if member <= named:
            return frozenset({True})
    if any(one == {True} for one in found):
        return frozenset({True})
    return frozenset({False}) if all(one == {False} for one in found) else EITHER

"""Who holds a place (xét chọn), for candidates that were ordered elsewhere: plain numbers in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.columns.choosing import OUTCOMES, Seating, chosen
from scoring.rules import Share
from scoring.seats import rounded_places
from scoring.sheet import Outcome


@dataclass(frozen=True, slots=True)
class QuotaColumn:
    """One quota over the candidates, best first: see ``scoring.columns.choosing.Seating``."""

    group: Sequence[int]
    places: Sequence[int]
    is_overall: bool


def outcomes_of(standing: Sequence[int], quotas: Sequence[QuotaColumn]) -> list[Outcome]:
    """The outcome of every candidate; *standing* is the same for equals and never falls."""
    seatings = [
        Seating(
            np.array(one.group, dtype=np.int64),
            np.array(one.places, dtype=np.int64),
            one.is_overall,
        )
        for one in quotas
    ]
    found = chosen(np.array(standing, dtype=np.int64), seatings)
    return [OUTCOMES[code] for code in found.tolist()]


def whole_places(share: Share | None, value: Fraction, population: int) -> int:
    """How many places a quota of *value* has: so many, or so many percent of *population*."""
    if share is None:
        return math.floor(value)
    return rounded_places(value * population / 100, share.rounding)

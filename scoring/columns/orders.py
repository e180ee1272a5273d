"""Orders (thứ tự) over columns: dense places of exact fractions, and ranks with ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.columns.table import Integers, Truths

SURE = 1e-12
"""Two doubles further apart than this, relatively, stand for fractions in the same order."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """One number for every row: ``factor * top / bottom`` where *defined* holds."""

    factor: Fraction
    top: Integers
    bottom: Integers
    defined: Truths

    def at(self, row: int) -> Fraction | None:
        """The exact value in *row*; None where there is none."""
        if not self.defined[row]:
            return None
        return self.factor * Fraction(int(self.top[row]), int(self.bottom[row]))


def places(key: Keyed) -> NDArray[np.int64]:
    """A whole number for every row, larger where the key is; rows without a value come lowest."""
    found = _places(key)
    if found.size == 0 or key.defined.all():
        return found
    return np.where(key.defined, found, found.min() - 1)


def _places(key: Keyed) -> NDArray[np.int64]:
    if object in (key.top.dtype, key.bottom.dtype):
        return _long(key)
    if key.bottom.size == 0 or bool((key.bottom == key.bottom[0]).all()):
        return key.top.astype(np.int64) * ((key.factor > 0) - (key.factor < 0))
    return _fractions(key)


def _long(key: Keyed) -> NDArray[np.int64]:
    """Places of fractions too long for the machine's integers."""
    pairs = zip(key.top.tolist(), key.bottom.tolist(), strict=True)
    values = [key.factor * Fraction(top, bottom) for top, bottom in pairs]
    place = {value: at for at, value in enumerate(sorted(set(values)))}
    return np.array([place[value] for value in values], dtype=np.int64)


def _fractions(key: Keyed) -> NDArray[np.int64]:
    """Places among the distinct fractions: by doubles, and exactly where those are too close."""
    top, bottom = key.top.astype(np.int64), key.bottom.astype(np.int64)
    common = np.gcd(top, bottom)
    pairs = np.stack([top // common, bottom // common], axis=1)
    distinct, inverse = np.unique(pairs, axis=0, return_inverse=True)
    doubles = distinct[:, 0] / distinct[:, 1] * (1 if key.factor > 0 else -1)
    by_size = np.argsort(doubles, kind="stable")
    place = np.empty(len(doubles), dtype=np.int64)
    place[by_size] = np.arange(len(doubles))
    sized = doubles[by_size]
    close = np.diff(sized) <= SURE * np.maximum(np.abs(sized[1:]), np.abs(sized[:-1]))
    for start, stop in _runs(close):
        group = by_size[start:stop].tolist()
        values = [key.factor * Fraction(*distinct[one].tolist()) for one in group]
        for at, (_, one) in enumerate(sorted(zip(values, group, strict=True))):
            place[one] = start + at
    return place[inverse.reshape(-1)]


def _runs(close: Truths) -> list[tuple[int, int]]:
    """Stretches of neighbours that are *close* to one another, as start and stop."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], close, [False]]).astype(np.int8)))
    return [(int(start), int(stop) + 1) for start, stop in edges.reshape(-1, 2)]


@dataclass(frozen=True, slots=True)
class Order:
    """Rows best first, those equal in every key by row; *rank* shared by equals (1, 2, 2, 4)."""

    rows: NDArray[np.int64]
    rank: NDArray[np.int64]
    """Beside ``rows``: the rank of each."""


def ordered(keys: Sequence[NDArray[np.int64]], among: NDArray[np.int64]) -> Order:
    """*among* (rows, ascending) by *keys*, larger first."""
    chosen = [key[among] for key in keys]
    size = among.size
    packed = _packed(chosen, size)
    if packed is not None:
        packed.sort()
        bits = max(size - 1, 1).bit_length()
        at = packed & ((1 << bits) - 1)
        new = np.zeros(size, dtype=np.bool_)
        new[:1] = True
        new[1:] = np.diff(packed >> bits) != 0
    else:
        at = np.lexsort([np.arange(size), *(~key for key in reversed(chosen))])
        new = np.zeros(size, dtype=np.bool_)
        new[:1] = True
        for key in chosen:
            new[1:] |= np.diff(key[at]) != 0
    firsts = np.maximum.accumulate(np.where(new, np.arange(size), 0)) if size else at
    return Order(among[at], firsts + 1)


def _packed(keys: Sequence[NDArray[np.int64]], size: int) -> NDArray[np.int64] | None:
    """All keys and the row in one whole number, larger keys first; None when it has no room."""
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    packed = np.zeros(size, dtype=np.int64)
    room = 1
    for key in keys:
        low, high = int(key.min()), int(key.max())
        room *= high - low + 1
        if room * (2 << max(size - 1, 1).bit_length()) >= 2**63:
            return None
        packed *= high - low + 1
        packed += high - key
    packed <<= max(size - 1, 1).bit_length()
    packed |= np.arange(size)
    return packed

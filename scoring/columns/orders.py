"""Orders (thứ tự) over columns: dense places of exact fractions, and ranks with ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """*among* by *keys*, larger first; equals stay as they stand in *among*.

    As many keys as have room are packed into one word. Words are sorted sixteen bits at a time,
    the last ones first: numpy counts such digits instead of comparing them.
    """
    size = among.size
    words = _words([key[among] for key in keys])
    at = np.arange(size)
    for word in reversed(words):
        for digit in _digits(word):
            at = at[np.argsort(digit[at], kind="stable")]
    new = np.zeros(size, dtype=np.bool_)
    new[:1] = True
    for word in words:
        there = word[at]
        new[1:] |= there[1:] != there[:-1]
    firsts = np.flatnonzero(new)
    return Order(among[at], np.repeat(firsts + 1, np.diff(firsts, append=size)))


def _words(keys: Sequence[NDArray[np.int64]]) -> list[NDArray[np.uint64]]:
    """*keys* counted down from the largest of each, as many to a word as have room."""
    words: list[NDArray[np.uint64]] = []
    steps = 1
    for key in keys:
        if not key.size:
            return []
        low, high = int(key.min()), int(key.max())
        down = np.uint64(high % 2**64) - key.view(
            np.uint64
        )  # right whatever the signs: modulo 2**64
        span = high - low + 1
        if not words or steps * span > 2**64:
            words.append(down)
            steps = span
        else:
            words[-1] = words[-1] * np.uint64(span) + down
            steps *= span
    return words


def _digits(word: NDArray[np.uint64]) -> Iterator[NDArray[np.uint16]]:
    """*word* sixteen bits at a time, the lowest first."""
    for place in range(0, int(word.max(initial=0)).bit_length(), 16):
        yield (word >> np.uint64(place)).astype(np.uint16)


def dense(values: Integers) -> NDArray[np.int64]:
    """The place of each value among the distinct ones, the lowest 0."""
    if values.size and values.dtype != object:
        low, high = int(values.min()), int(values.max())
        if high - low <= 4 * values.size + 1024:  # a table of what is there beats sorting
            shifted = values.astype(np.int64) - low
            seen = np.zeros(high - low + 1, dtype=np.bool_)
            seen[shifted] = True
            found: NDArray[np.int64] = (np.cumsum(seen) - 1)[shifted]
            return found
    return np.unique(values, return_inverse=True)[1].astype(np.int64)

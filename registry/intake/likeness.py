"""Models that are one and the same, or look so (trùng và nghi trùng)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from registry.vietnamese import fold, slug

Key: TypeAlias = tuple[str, str, str]
"""Unit, name and person, folded: what a row without a code is recognised by."""

_FILLERS = frozenset({"mo", "hinh", "dien", "ve", "va", "cac", "cua", "tai"})
_SHORTEST = 3


def match_key(unit: str, name: str, person: str) -> Key:
    """What an entry is recognised by when no code says which it is (khóa đối chiếu)."""
    return slug(unit), slug(name), slug(person)


def traces(name: str) -> Iterator[str]:
    """Texts that two names share when one is the other spelt or typed in another way.

    The same words in any order, the same letters with other spaces, or all words but one: that
    one has to be compared (``are_near``). Numbers always count: tổ 3 is not tổ 4.
    """
    words = _words(name)
    yield "=" + " ".join(sorted(words))
    yield "+" + "".join(words)
    for at, word in enumerate(words):
        if len(word) >= _SHORTEST and word.isalpha():
            yield "-" + " ".join(sorted((*words[:at], *words[at + 1 :])))


def are_near(one: str, other: str) -> bool:
    """Whether two names that share a trace differ in no more than their spelling."""
    mine, its = _words(one), _words(other)
    if sorted(mine) == sorted(its) or "".join(mine) == "".join(its):
        return True
    left, right = _rest(mine, its), _rest(its, mine)
    if len(left) != 1 or len(right) != 1:
        return False
    return min(len(left[0]), len(right[0])) >= _SHORTEST and _one_slip(left[0], right[0])


def _words(name: str) -> list[str]:
    """The words that make a name, in the old and the new spelling alike (quí, quý; kĩ, kỹ)."""
    words = [word.replace("y", "i") for word in slug(fold(name)).split("-")]
    return [word for word in words if word not in _FILLERS] or words


def _rest(words: list[str], others: list[str]) -> list[str]:
    left = list(others)
    rest = []
    for word in words:
        if word in left:
            left.remove(word)
        else:
            rest.append(word)
    return rest


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was changed, left out, added, or two neighbours swapped."""
    if not (one.isalpha() and other.isalpha()) or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    mine, its = one[start:], other[start:]
    if len(mine) == len(its):
        return mine[1:] == its[1:] or (mine[:2] == its[1::-1] and mine[2:] == its[2:])
    return mine[1:] == its or mine == its[1:]

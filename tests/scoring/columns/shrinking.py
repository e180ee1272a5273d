"""Makes an example smaller while it still shows what it is an example of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def shrunk(value: Any, shows: Callable[[Any], bool], *, tries: int = 1500) -> Any:
    """*value* (lists, mappings, expressions) with whatever can go taken out, a piece at a time."""
    left = tries
    smaller = True
    while smaller and left > 0:
        smaller = False
        for candidate in _without_one(value):
            left -= 1
            if left < 0:
                break
            if shows(candidate):
                value, smaller = candidate, True
                break
    return value


def _without_one(value: Any) -> Iterator[Any]:
    """*value* without one of its pieces, the larger pieces first."""
    match value:
        case dict():
            for keys in _chunks(list(value)):
                yield {key: one for key, one in value.items() if key not in keys}
            for key, one in value.items():
                yield from ({**value, key: less} for less in _without_one(one))
        case list():
            for places in _chunks(list(range(len(value)))):
                yield [one for at, one in enumerate(value) if at not in places]
            for at, one in enumerate(value):
                yield from ([*value[:at], less, *value[at + 1 :]] for less in _without_one(one))
        case str() if "(" in value:
            yield from _bracketed(value)


def _bracketed(text: str) -> Iterator[str]:
    """What stands in brackets in an expression, and the expression with 1 in its place."""
    opened = []
    for at, sign in enumerate(text):
        if sign == "(":
            opened.append(at)
        elif sign == ")":
            start = opened.pop()
            inside, before = text[start : at + 1], text[:start]
            if inside != text:
                yield inside
            if inside != "(1)":
                yield from (f"{before}{one}{text[at + 1 :]}" for one in ("1", "(1)", "true"))


def _chunks(pieces: list[Any]) -> Iterator[list[Any]]:
    size = len(pieces)
    while size:
        yield from (pieces[at : at + size] for at in range(0, len(pieces), size))
        size //= 2

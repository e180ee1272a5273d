"""Phím: how keys are named for a Vietnamese reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Cách",
    "slash": "/",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "upper_g": "G",
}
_MODIFIERS = {"ctrl": "Ctrl", "shift": "Shift", "alt": "Alt"}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What one command does, and every key that leads to it."""

    what: str
    keys: tuple[str, ...]


def key_name(key: str) -> str:
    """A key as printed on the keyboard: ``ctrl+q`` is ``Ctrl+Q``, ``slash`` is ``/``."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last.upper() if modifiers or last.startswith("f") else last)
    return "+".join([*(_MODIFIERS.get(m, m.title()) for m in modifiers), name])


def shortcuts(pairs: Iterable[tuple[str, str]]) -> tuple[Shortcut, ...]:
    """(description, key) pairs, as bound, gathered by description in the order first met."""
    found: dict[str, list[str]] = {}
    for what, key in pairs:
        names = found.setdefault(what, [])
        if key_name(key) not in names:
            names.append(key_name(key))
    return tuple(Shortcut(what, tuple(keys)) for what, keys in found.items())

"""Packs made hostile: values, keys, expressions, cases, whole branches of other packs, raw text."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from scoring.functions import FUNCTIONS
from scoring.problems import PackError
from scoring.source import read_source

Files = dict[str, str]

NUMBERS = (
    *(0, 1, -1, 2, 3, 100, 10**15 - 1, -(10**15), 10**18 - 1, 10**17),
    *map(Decimal, ("0.5", "0.01", "0.000000000000000001", "-0.5", "99999999999999.999", "1.0")),
)
TEXTS = (
    *(
        "",
        " ",
        "a",
        "x" * 500,
        "x" * 501,
        "𝄞",
        "e\u0301",
        "ế",
        "\u200b",
        "\u202e",
        "1e999999",
        "0x10",
    ),
    *("__class__", "$now", "yes", "null", "~", "3.5", "2018-13-45", "=1+1", "đ", "{", "a: b", "#"),
    *("| a | b |", "<b>x</b>", "\\", "'", '"', "\n", "total", "measure", "I.1", "\u00a0", "-", "?"),
)
DATES = (dt.date.min, dt.date.max, dt.date(2016, 2, 29), dt.date(1900, 1, 1))
SCRAPS = (
    *(
        "&a ",
        "*a",
        "!!python/object:os.system ",
        "---\n",
        "...\n",
        "\t",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
    ),
    *(
        "\x00",
        "%YAML 1.1\n",
        "? ",
        "- ",
        ": ",
        "|\n",
        ">-\n",
        "\r",
        "\u2028",
        "\ufeff",
        "#",
        "~",
        ",",
    ),
    *(
        "<<: *a\n",
        "\\",
        "e\u0302\u0323",
        "(" * 25,
        "-" * 25,
        "[" * 30,
        "9" * 400,
        "1e999",
        "\ud800",
    ),
)
SIGNS = ("+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or", "??", "?", ":", "in")
_TOKEN = re.compile(r'"[^"]*"|[A-Za-z_]\w*|\d+(?:\.\d+)?|[<>=!]=|\?\?|\S')
_SPACED = re.compile(r"[\w)\"] ?(?:[-+*/<>?]|[=!<>]=|and |or |in )")


class Mutator:
    """Draws hostile packs from sound ones; the same *chance* draws the same."""

    def __init__(self, packs: Mapping[str, Files], chance: random.Random) -> None:
        self.packs, self.chance = packs, chance
        self.donors = [value for files in packs.values() for value in _values(files)]

    def draw(self) -> tuple[Files, Files]:
        """A sound pack and what was made of it."""
        original = self.packs[self.chance.choice(sorted(self.packs))]
        files = dict(original)
        for _ in range(self.chance.choice((1, 1, 1, 1, 1, 2, 2, 4))):
            name = self.chance.choice(sorted(files))
            if self.chance.random() < 0.1:
                files[name] = self._scratched(files[name])
            else:
                files[name] = self._altered(files[name])
        return original, files

    # Raw text -------------------------------------------------------------------------------

    def _scratched(self, text: str) -> str:
        at, chance = self.chance.randrange(len(text) + 1), self.chance
        lines = text.splitlines(keepends=True) or [""]
        n = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                return text[:at] + text[at + chance.choice((1, 1, 3, 40)) :]
            case 1:
                return text[:at] + chance.choice(SCRAPS) + text[at:]
            case 2:
                return text[:at]
            case 3:
                return "".join(
                    [*lines[:n], *lines[n : n + 3] * chance.choice((2, 3, 30)), *lines[n + 3 :]]
                )
            case 4:
                m = chance.randrange(len(lines))
                lines[n], lines[m] = lines[m], lines[n]
                return "".join(lines)
            case 5:
                return "".join(
                    [*lines[:n], " " * chance.choice((1, 2)) + lines[n], *lines[n + 1 :]]
                )
        return (
            text[:at]
            + chr(chance.choice((0, 7, 0x85, 0xD7FF, 0xE000, 0xFFFE, 0x10FFFF)))
            + text[at:]
        )

    # Structure ------------------------------------------------------------------------------

    def _altered(self, text: str) -> str:
        try:
            value = read_source(text, file="x").value
        except (PackError, RecursionError):
            return self._scratched(text)
        slots = [*_slots(value)]
        if not slots:
            return self._scratched(text)
        holder, key = self.chance.choice(slots)
        if self.chance.random() < 0.35:
            formulas = [one for one in slots if _is_formula(one[0][one[1]])]
            if formulas:
                holder, key = self.chance.choice(formulas)
        self._change(holder, key, slots)
        return dumped(value)

    def _change(self, holder: Any, key: Any, slots: list[tuple[Any, Any]]) -> None:
        chance, old = self.chance, holder[key]
        if _is_formula(old) and chance.random() < 0.8:
            holder[key] = self._formula(old, slots)
            return
        match chance.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8)):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder[key:key] = [old] * chance.choice((1, 1, 2, 40))
            case 1:
                holder[chance.choice((*TEXTS, *map(str, holder)))] = old
            case 2:
                other, there = chance.choice(slots)
                holder[key], other[there] = other[there], old
            case 3:
                holder[key] = _copied(chance.choice(self.donors))
            case 4:
                kin = [one for one in self.donors if type(one) is type(old)]
                holder[key] = _copied(chance.choice(kin or self.donors))
            case 5:
                holder[key] = chance.choice(([old], {"a": old}, None, [], {}, True, not old))
            case 6 if isinstance(holder, list):
                chance.shuffle(holder)
            case 7 if isinstance(old, str):
                holder[key] = chance.choice(TEXTS)
            case _:
                holder[key] = self._scalar(old)

    def _scalar(self, old: Any) -> Any:
        chance = self.chance
        if isinstance(old, int | Decimal) and not isinstance(old, bool):
            near = (old + 1, old - 1, -old, old * 10, Decimal(old) / 2)
            return chance.choice((*near, *near, *near, *NUMBERS))
        if isinstance(old, dt.date):
            return chance.choice((*DATES, old.replace(year=chance.randrange(1, 9999), day=1)))
        return chance.choice((*NUMBERS, *TEXTS, *DATES, True, False, None))

    # Expressions ----------------------------------------------------------------------------

    def _formula(self, text: str, slots: list[tuple[Any, Any]]) -> str:
        chance = self.chance
        names = [key for holder, key in slots if isinstance(key, str)]
        if chance.random() < 0.15:
            return self._grown(names, 4)
        parts = _TOKEN.findall(text) or ["1"]
        at = chance.randrange(len(parts))
        match chance.randrange(6):
            case 0:
                del parts[at]
            case 1:
                parts[at] = chance.choice((*SIGNS, *names, *FUNCTIONS))
            case 2:
                parts[at] = f"({self._grown(names, 2)})"
            case 3:
                parts[at:at] = [chance.choice((*SIGNS, "not", "-", "(", ")", *names))]
            case 4:
                numbers = [n for n, one in enumerate(parts) if one[0].isdigit()]
                if numbers:
                    parts[chance.choice(numbers)] = f"{abs(Decimal(chance.choice(NUMBERS))):f}"[:16]
            case 5:
                return f"({text}) {chance.choice(SIGNS)} ({self._grown(names, 2)})"
        return " ".join(parts)

    def _grown(self, names: list[str], depth: int) -> str:
        """A random expression over *names*, most of them ill typed."""
        chance = self.chance
        if depth == 0 or chance.random() < 0.2:
            leaf = chance.choice(
                ("0", "1", "0.5", "999999999999999", "true", 'd"2018-02-29"', '"a"', "total")
            )
            return chance.choice(
                (leaf, chance.choice(names or ["x"]), chance.choice(names or ["x"]))
            )
        inner = [self._grown(names, depth - 1) for _ in range(3)]
        match chance.randrange(6):
            case 0 | 1:
                return f"({inner[0]} {chance.choice(SIGNS[:4])} {inner[1]})"
            case 2:
                return f"({inner[0]} {chance.choice(SIGNS[4:12])} {inner[1]})"
            case 3:
                return f"({inner[0]} ? {inner[1]} : {inner[2]})"
            case 4:
                return f"{chance.choice(sorted(FUNCTIONS))}({', '.join(inner[: chance.randint(1, 3)])})"
        return f"({inner[0]} ?? {inner[1]})"


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, _: Any) -> bool:
        return True


_Dumper.add_representer(
    Decimal,
    lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:f}"),
)


def dumped(value: Any) -> str:
    """*value* as YAML, numbers as they were."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def _slots(value: Any) -> list[tuple[Any, Any]]:
    """Every place in *value* that holds something: its mapping or list, and the key."""
    found: list[tuple[Any, Any]] = []
    todo = [value]
    while todo:
        one = todo.pop()
        keys = [*one] if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            found.append((one, key))
            todo.append(one[key])
    return found


def _values(files: Files) -> list[Any]:
    return [
        holder[key]
        for text in files.values()
        for holder, key in _slots(read_source(text, file="x").value)
    ]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and bool(_SPACED.search(value))

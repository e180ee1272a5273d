"""What a season has of each fact (số liệu đã thấy): how many, least, middle, most, each choice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from scoring.facts import Fact, FactType, show
from scoring.numbers import format_number, with_unit
from scoring.rules import Pack
from scoring.scope import scope_of
from scoring.sheet import Facts, Value

_MOST_SHOWN = 8
_Ordered = TypeVar("_Ordered", Decimal, Fraction, dt.date)


def seen_in(pack: Pack, season: str, entries: Mapping[str, Facts]) -> dict[str, str]:
    """One line about every fact and derived value of *pack*, by name."""
    head = f"Đợt {season}"
    found = {}
    for fact in pack.facts.values():
        values = [facts[fact.id] for facts in entries.values() if fact.id in facts]
        said = _of_fact(fact, values) if values else ""
        found[fact.id] = _line(head, len(values), len(entries), said)
    scopes = [scope_of(pack, facts) for facts in entries.values()]
    for one in pack.derived.values():
        numbers = [value for scope in scopes if isinstance(value := scope.get(one.id), Fraction)]
        said = _ends([with_unit(format_number(n), one.unit) for n in _three(numbers)])
        found[one.id] = _line(head, len(numbers), len(entries), said)
    return found


def _line(head: str, having: int, whole: int, said: str) -> str:
    return f"{head}: {having}/{whole} hồ sơ có" + (f"; {said}" if said else "")


def _of_fact(fact: Fact, values: list[Value]) -> str:
    if fact.type in (FactType.CHOICE, FactType.YES_NO, FactType.TEXT):
        counts = Counter(show(fact, value) for value in values)
        if fact.type is FactType.TEXT and len(counts) > _MOST_SHOWN:
            return f"{len(counts)} giá trị khác nhau"
        return ", ".join(f"{shown} {times}" for shown, times in counts.most_common())
    days = [one for one in values if isinstance(one, dt.date)]
    if days:
        return _ends([show(fact, day) for day in _three(days)], "sớm nhất", "muộn nhất")
    return _ends([show(fact, number) for number in _three(list(_numbers(values)))])


def _numbers(values: Iterable[Value]) -> Iterable[Decimal]:
    for value in values:
        if isinstance(value, Decimal):
            yield value
        elif isinstance(value, tuple):
            yield from (mark for mark in value if mark is not None)


def _three(values: list[_Ordered]) -> list[_Ordered]:
    """Least, middle (the lower of two) and most."""
    ordered = sorted(values)
    return [ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1]] if ordered else []


def _ends(shown: list[str], least: str = "thấp nhất", most: str = "cao nhất") -> str:
    if not shown:
        return ""
    return f"{least} {shown[0]}, trung vị {shown[1]}, {most} {shown[2]}"

"""A pack as it reads on a day (bộ quy tắc tại một ngày): each constant with its value in force.

The engine reads ``Pack.constants``, one value an id, and knows no dates. A constant whose first
value comes after the day stands in ``Pack.not_yet`` instead, and whoever reads it has no value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from scoring.nodes import names
from scoring.rules import Constant, Pack


def pack_at(pack: Pack, on: dt.date | None) -> Pack:
    """*pack* with the values in force *on* that day; None: the newest value of each.

    A pack without values by date reads alike on every day, and stays as it is.
    """
    if not is_dated(pack):
        return pack
    declared = {one.id: one for one in (*pack.constants.values(), *pack.not_yet.values())}
    read = {id_: in_force(one, on) for id_, one in declared.items()}
    return replace(
        pack,
        on=on,
        # The order of the file, which `words` keeps.
        constants=MappingProxyType({n: one for n in pack.words if (one := read.get(n))}),
        not_yet=MappingProxyType({n: one for n, one in declared.items() if read[n] is None}),
    )


def in_force(constant: Constant, on: dt.date | None) -> Constant | None:
    """*constant* with its value on that day; None before its first value."""
    if not constant.values:
        return constant
    known = [one for one in constant.values if on is None or one.since <= on]
    if not known:
        return None
    last = known[-1]
    return replace(
        constant, value=last.value, since=last.since, basis=last.basis or constant.general_basis
    )


def is_dated(pack: Pack) -> bool:
    """Whether anything in *pack* depends on the day it is read."""
    return bool(pack.not_yet) or any(one.values for one in pack.constants.values())


def dated_constants(pack: Pack) -> Iterator[Constant]:
    """Every constant with values by date, in force or not, in the order of the file."""
    declared = {**pack.constants, **pack.not_yet}
    yield from (one for n in pack.words if (one := declared.get(n)) is not None and one.values)


def since_words(constant: Constant) -> str:
    """``từ 01/07/2026, NĐ 73/2024``; empty for a constant that holds for good."""
    if constant.since is None:
        return ""
    basis = f", {constant.basis}" if constant.basis else ""
    return f"từ {constant.since:%d/%m/%Y}{basis}"


def missing_words(name: str, pack: Pack) -> str:
    """Why *name* has no value because of the day; empty when the day is not to blame."""
    if name in pack.not_yet:
        first = pack.not_yet[name].values[0].since
        return f"chưa có giá trị trước ngày {first:%d/%m/%Y}"
    if not pack.not_yet or name not in pack.derived:
        return ""
    for one in names(pack.derived[name].value.node):
        if why := missing_words(one, pack):
            return f"{pack.words[one].label} {why}" if one in pack.not_yet else why
    return ""

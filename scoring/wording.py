"""Expressions and values as Vietnamese text: with labels, and with the numbers put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import cast

from scoring.dated import missing_words, since_words
from scoring.facts import show
from scoring.functions import FUNCTIONS
from scoring.interpret import Exact, Scope
from scoring.nodes import (
    Among,
    Arithmetic,
    Call,
    Coalesce,
    Compare,
    If,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Present,
    names,
)
from scoring.numbers import format_number, with_unit
from scoring.rules import Pack
from scoring.sheet import Facts, Reading

_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "*": "×",
        "/": "/",
        "-": "−",
        "+": "+",
        "==": "=",
        "!=": "≠",
        "<=": "≤",
        ">=": "≥",
        "<": "<",
        ">": ">",
    }
)
_JOINS: Mapping[str, str] = MappingProxyType({"and": "và", "or": "hoặc"})
_BINDS: Mapping[str, int] = MappingProxyType(
    {"or": 1, "and": 2, "+": 5, "-": 5, "*": 6, "/": 6}
    | dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 4)
)


def worded(node: Node, pack: Pack) -> str:
    """*node* with the labels of what it reads: ``Số hộ tham gia / Tổng số hộ × 100``."""

    def name(one: Name) -> str:
        return pack.words[one.id].label if one.id in pack.words else "giá trị đo"

    return _text(node, name, pack)


def with_values(node: Node, scope: Scope, pack: Pack) -> str:
    """*node* with the values of this entry: ``135 / 154 × 100``."""

    def name(one: Name) -> str:
        if one.id not in scope:
            return "(chưa có)"
        value = scope[one.id]
        return value_text(value) if not isinstance(value, str) else _choice(one.id, value, pack)

    return _text(node, name, pack)


def value_text(value: Exact) -> str:
    """One value on its own, numbers to four places."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return "; ".join(format_number(mark) for mark in value)
    return format_number(value) if isinstance(value, Fraction) else value


def _choice(name: str, value: str, pack: Pack) -> str:
    return pack.words[name].choices.get(value, value) if name in pack.words else value


def _text(node: Node, name: Callable[[Name], str], pack: Pack) -> str:
    def inner(one: Node, around: int = 0) -> str:
        text = _text(one, name, pack)
        sign = getattr(one, "operator", "")
        binds = 0 if isinstance(one, If) else 4 if isinstance(one, Among) else _BINDS.get(sign, 9)
        return f"({text})" if binds < around else text

    match node:
        case Literal(value):
            return value_text(value)
        case Name():
            return name(node)
        case Present(one):
            return f"đã có {name(one)}"
        case Not(Present(one)):
            return f"chưa có {name(one)}"
        case Not(operand):
            return f"không ({inner(operand)})"
        case Negate(operand):
            return f"−{inner(operand, 7)}"
        case Logic(sign, left, right):
            return f"{inner(left, _BINDS[sign])} {_JOINS[sign]} {inner(right, _BINDS[sign])}"
        case Compare(sign, Name() as one, Literal(str() as value)):
            return f"{name(one)} {_SIGNS[sign]} {_choice(one.id, value, pack)}"
        case Compare(sign, left, right):
            return f"{inner(left, 5)} {_SIGNS[sign]} {inner(right, 5)}"
        case Arithmetic(sign, left, right):
            bind = _BINDS[sign]
            after = bind + (sign in ("-", "/"))
            return f"{inner(left, bind)} {_SIGNS[sign]} {inner(right, after)}"
        case Among(member, options):
            given = [cast("Literal", one).value for one in options]
            id_ = member.id if isinstance(member, Name) else ""
            shown = [
                _choice(id_, one, pack) if isinstance(one, str) else value_text(one)
                for one in given
            ]
            return f"{inner(member, 5)} là một trong: {', '.join(shown)}"
        case If(condition, then, otherwise):
            return f"nếu {inner(condition, 1)} thì {inner(then, 1)}, còn lại {inner(otherwise)}"
        case Coalesce(left, right):
            return f"{inner(left, 9)} (trống thì {inner(right)})"
        case Call(function, arguments):
            given_text = [inner(one) for one in arguments]
            return FUNCTIONS[function].words.format(*given_text, all="; ".join(given_text))


def readings_of(
    nodes: tuple[Node, ...], facts: Facts, scope: Scope, pack: Pack
) -> tuple[Reading, ...]:
    """What *nodes* read, each once: facts as reported, derived values and constants as known."""
    found = dict.fromkeys(one for node in nodes for one in names(node) if one != "measure")
    found |= dict.fromkeys(_dated_behind(found, pack))
    return tuple(
        Reading(one, _label(one, pack), _shown(one, facts, scope, pack), _source(one, pack))
        for one in found
    )


def _dated_behind(read: Iterable[str], pack: Pack) -> Iterator[str]:
    """The constants with values by date that derived values among *read* rest on."""
    for name in read:
        if name in pack.derived:
            below = names(pack.derived[name].value.node)
            yield from (one for one in below if one in pack.constants and _source(one, pack))
            yield from _dated_behind(below, pack)


def _source(name: str, pack: Pack) -> str:
    return since_words(pack.constants[name]) if name in pack.constants else ""


def _label(name: str, pack: Pack) -> str:
    label = pack.words[name].label if name in pack.words else name
    return label[:1].upper() + label[1:]


def _shown(name: str, facts: Facts, scope: Scope, pack: Pack) -> str:
    if name in pack.facts:
        return show(pack.facts[name], facts.get(name))
    if name not in scope:
        return missing_words(name, pack) or "chưa có"
    declared = pack.derived.get(name) or pack.constants.get(name) or pack.peers.get(name)
    of_points = "" if name in ("zero_criteria", "grade_rank") else "điểm"
    unit = declared.unit if declared else of_points
    return with_unit(value_text(scope[name]), unit)

"""The typed tree of an expression: the only thing the interpreter and the explanation know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from scoring.problems import Place


class Kind(StrEnum):
    """What an expression yields."""

    NUMBER = "số"
    TRUTH = "đúng/sai"
    CHOICE = "lựa chọn"
    TEXT = "chữ"
    DATE = "ngày"
    MARKS = "danh sách phiếu"


@dataclass(frozen=True, slots=True)
class _At:
    start: int = field(default=0, compare=False, kw_only=True)
    """Offset of its first character in the expression's text."""


@dataclass(frozen=True, slots=True)
class Literal(_At):
    value: Fraction | bool | str | dt.date


@dataclass(frozen=True, slots=True)
class Name(_At):
    """A fact, a derived value, a constant, or a score such as ``total``."""

    id: str


@dataclass(frozen=True, slots=True)
class Present(_At):
    """``x != null`` (or, negated by Not, ``x == null``): whether somebody filled it in."""

    name: Name


@dataclass(frozen=True, slots=True)
class Not(_At):
    operand: Node


@dataclass(frozen=True, slots=True)
class Negate(_At):
    operand: Node


@dataclass(frozen=True, slots=True)
class Logic(_At):
    operator: str
    """``and`` or ``or``."""
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(_At):
    operator: str
    """``==  !=  <  <=  >  >=``."""
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(_At):
    operator: str
    """``+  -  *  /``."""
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Among(_At):
    """``x in ["a", "b"]``."""

    member: Node
    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(_At):
    """``condition ? then : otherwise``."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Coalesce(_At):
    """``left ?? right``: *right* when *left* has no value."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(_At):
    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = (
    Literal
    | Name
    | Present
    | Not
    | Negate
    | Logic
    | Compare
    | Arithmetic
    | Among
    | If
    | Coalesce
    | Call
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression of a pack."""

    text: str
    node: Node
    kind: Kind
    place: Place = field(default=Place("?"), compare=False)


def children(node: Node) -> Iterator[Node]:
    """The nodes directly under *node*, left to right."""
    for name in node.__match_args__:
        value = getattr(node, name)
        if isinstance(value, _At):
            yield value  # type: ignore[misc]
        elif isinstance(value, tuple):
            yield from value


def names(node: Node) -> tuple[str, ...]:
    """Every name *node* reads, in reading order, each once."""
    found: dict[str, None] = {}
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, Name):
            found[one.id] = None
        else:
            todo.extend(reversed([*children(one)]))
    return tuple(found)

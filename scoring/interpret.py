"""Evaluates a checked tree on one entry's facts: exactly.

Numbers are fractions, so nothing is lost before the one rounding a regulation asks for. A missing
fact or a division by zero is not an error: the expression then has no value, and says why.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from scoring.functions import FUNCTIONS, Undefined
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
)
from scoring.sheet import Value

Exact: TypeAlias = Fraction | bool | str | dt.date | tuple[Fraction, ...]
Scope: TypeAlias = Mapping[str, Exact]
"""Values by name; a name without a value is absent."""

MOST_BITS = 2_000


class NoValue(Exception):
    """The expression has no value for this entry: a fact is missing, or it divides by zero."""

    def __init__(self, reason: str, *, missing: str = "") -> None:
        self.reason, self.missing = reason, missing
        super().__init__(reason)


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
)
_ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
)


def exact(value: Value) -> Exact:
    """*value* for calculation: decimals become fractions, absent marks are left out."""
    if isinstance(value, Decimal):
        return Fraction(value)
    if isinstance(value, tuple):
        return tuple(Fraction(mark) for mark in value if mark is not None)
    return value


def number(node: Node, scope: Scope) -> Fraction:
    """The value of a node checked to be a number. Raises NoValue."""
    return cast("Fraction", evaluate(node, scope))


def truth(node: Node, scope: Scope) -> bool:
    """The value of a node checked to be a condition. Raises NoValue."""
    return cast("bool", evaluate(node, scope))


def evaluate(node: Node, scope: Scope) -> Exact:
    """The value of *node*. Raises NoValue."""
    match node:
        case Literal(value):
            return value
        case Name(name):
            return _look_up(name, scope)
        case Present(name):
            return name.id in scope
        case Not(operand):
            return not evaluate(operand, scope)
        case Negate(operand):
            return -number(operand, scope)
        case Logic(sign, left, right):
            first = truth(left, scope)
            return truth(right, scope) if first == (sign == "and") else first
        case Compare(sign, left, right):
            return _COMPARE[sign](evaluate(left, scope), evaluate(right, scope))
        case Arithmetic(sign, left, right):
            return _calculate(sign, number(left, scope), number(right, scope))
        case Among(member, options):
            found = evaluate(member, scope)
            return any(found == evaluate(option, scope) for option in options)
        case If(condition, then, otherwise):
            chosen = then if truth(condition, scope) else otherwise
            return evaluate(chosen, scope)
        case Coalesce(left, right):
            try:
                return evaluate(left, scope)
            except NoValue:
                return evaluate(right, scope)
        case Call(function, arguments):
            given = [evaluate(one, scope) for one in arguments]
            try:
                return cast("Exact", FUNCTIONS[function].apply(*given))
            except Undefined as undefined:
                raise NoValue(str(undefined)) from None


def _look_up(name: str, scope: Scope) -> Exact:
    try:
        return scope[name]
    except KeyError:
        raise NoValue(f"chưa có số liệu “{name}”", missing=name) from None


def _calculate(sign: str, left: Fraction, right: Fraction) -> Fraction:
    try:
        found = cast("Fraction", _ARITHMETIC[sign](left, right))
    except ZeroDivisionError:
        raise NoValue("mẫu số bằng 0, không chia được") from None
    # Chains of derived values can multiply for ever; nothing that is counted needs 600 digits.
    if max(found.numerator.bit_length(), found.denominator.bit_length()) > MOST_BITS:
        raise NoValue("số quá lớn, không tính được")
    return found

"""Steps of a program as PostgreSQL expressions: BIGINT where the bounds allow, NUMERIC beyond.

No operand is ever NULL and nothing is divided but whole numbers, so nothing is rounded and
nothing overflows: what a step may come to is known before the statement is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa

from scoring.columns.program import NoColumns, Op, Program, Ref

Sql: TypeAlias = sa.ColumnElement[Any]

MOST_DIGITS = 131_072
"""What a NUMERIC holds before the point."""


def is_wide(*refs: Ref) -> bool:
    """Whether one of *refs* may not fit a BIGINT. Raises NoColumns where nothing fits."""
    reach = max(max(-ref.low, ref.high) for ref in refs)
    if reach.bit_length() > MOST_DIGITS * 3:
        raise NoColumns("số dài hơn kiểu NUMERIC của PostgreSQL")
    return any(ref.low < -(2**63) or ref.high >= 2**63 for ref in refs)


def whole(value: int) -> Sql:
    """A whole number written out; PostgreSQL gives it the type it needs."""
    kind: sa.types.TypeEngine[Any] = sa.BigInteger() if abs(value) < 2**63 else sa.Numeric()
    return sa.literal_column(str(value) if value >= 0 else f"({value})", kind)


def text(value: str) -> Sql:
    """A text written out, quoted by the driver's rules."""
    return sa.literal(value, sa.Text(), literal_execute=True)


@dataclass(frozen=True, slots=True)
class TextInput:
    """An input that stays text until a code is asked for: the pairs of what it holds and a code."""

    codes: Mapping[int, Sql]
    other: int


@dataclass(frozen=True, slots=True)
class Expressions:
    """Writes the steps of *program* over the columns that stand ready."""

    program: Program
    ready: Mapping[int, Sql]
    texts: Mapping[int, TextInput] = field(default_factory=dict)

    def of(self, at: int) -> Sql:
        """Step *at*, as a column or written out."""
        ref = self.program.refs[at]
        if ref.constant is not None:
            return self._constant(ref)
        if at not in self.ready:
            return self.made(at)
        return self._coded(at) if at in self.texts else self.ready[at]

    def _constant(self, ref: Ref) -> Sql:
        return (sa.true() if ref.low else sa.false()) if ref.is_truth else whole(ref.low)

    def _coded(self, at: int) -> Sql:
        of = self.texts[at]
        pairs = [(self.ready[at] == held, typed(code)) for code, held in of.codes.items()]
        return sa.case(*pairs, else_=typed(of.other)) if pairs else typed(of.other)

    def made(self, at: int) -> Sql:
        """Step *at* written out over what it reads."""
        step, refs = self.program.steps[at], self.program.refs
        if step.op is Op.NOT:
            return sa.not_(self.of(step.args[0]))
        if step.op in (Op.AND, Op.OR):
            join = sa.and_ if step.op is Op.AND else sa.or_
            return join(*(self.of(arg) for arg in step.args))
        if step.op is Op.EQUAL and (direct := self._same_text(*step.args)) is not None:
            return direct
        given = [refs[arg] for arg in step.args if not refs[arg].is_truth]
        wide = is_wide(refs[at], *given)
        args = [self._operand(arg, wide=wide) for arg in step.args]
        if step.op in _COMPARISONS:
            return _COMPARISONS[step.op](*args)
        if step.op is Op.FLOOR_DIVIDE:
            found = _floor_divided(*args, wide=wide, may_be_negative=given[0].low < 0)
        else:
            found = _NUMBERS[step.op](*args)
        return sa.cast(found, sa.BigInteger()) if wide and not is_wide(refs[at]) else found

    def _operand(self, at: int, *, wide: bool) -> Sql:
        ref = self.program.refs[at]
        one = self.of(at)
        return sa.cast(one, sa.Numeric()) if wide and not ref.is_truth and not is_wide(ref) else one

    def _same_text(self, one: int, other: int) -> Sql | None:
        """Whether a text is one that a rule writes, asked of the text itself."""
        for at, constant in ((one, other), (other, one)):
            code = self.program.refs[constant].constant
            if at in self.texts and code is not None:
                held = self.texts[at].codes.get(code)
                return sa.false() if held is None else self.ready[at] == held
        return None


def typed(value: int) -> Sql:
    """A whole number as BIGINT or NUMERIC: a CASE of small constants would be of small integers."""
    kind = sa.BigInteger() if abs(value) < 2**63 else sa.Numeric()
    return sa.cast(whole(value), kind)


def _floor_divided(top: Sql, bottom: Sql, *, wide: bool, may_be_negative: bool) -> Sql:
    """Both ``/`` of whole numbers and ``div`` leave off what is behind the point, exactly."""

    def cut(of: Sql) -> Sql:
        return sa.func.div(of, bottom, type_=sa.Numeric()) if wide else of // bottom

    if not may_be_negative:
        return cut(top)
    return sa.case((top >= whole(0), cut(top)), else_=cut(top + whole(1)) - whole(1))


def _selected(condition: Sql, then: Sql, otherwise: Sql) -> Sql:
    return sa.case((condition, _of_size(then)), else_=_of_size(otherwise))


def _of_size(one: Sql) -> Sql:
    literal = isinstance(one, sa.ColumnClause) and one.is_literal
    return sa.cast(one, one.type) if literal else one


_COMPARISONS: Mapping[Op, Callable[..., Sql]] = {
    Op.EQUAL: lambda one, other: one == other,
    Op.BELOW: lambda one, other: one < other,
    Op.AT_MOST: lambda one, other: one <= other,
}

_NUMBERS: Mapping[Op, Callable[..., Sql]] = {
    Op.ADD: lambda one, other: one + other,
    Op.SUBTRACT: lambda one, other: one - other,
    Op.MULTIPLY: lambda one, other: one * other,
    Op.LEAST: lambda one, other: sa.func.least(one, other, type_=one.type),
    Op.MOST: lambda one, other: sa.func.greatest(one, other, type_=one.type),
    Op.SELECT: _selected,
}

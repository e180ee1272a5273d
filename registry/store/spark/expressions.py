"""Steps of a program as Spark columns: BIGINT where the bounds allow, DECIMAL(38, 0) beyond.

Spark rounds decimals that do not fit and divides to a scale of its own; neither comes up, because
every step's bounds are known first and only whole numbers are divided, by ``div``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)

from scoring.columns.program import NoColumns, Op, Program, Ref

MOST = 10**38
LONG, DECIMAL = "bigint", "decimal(38,0)"


def kind_of(*refs: Ref) -> str:
    """The narrowest of Spark's exact types that holds all *refs*. Raises NoColumns."""
    low, high = min(ref.low for ref in refs), max(ref.high for ref in refs)
    if max(-low, high) >= MOST:
        raise NoColumns("số dài hơn 38 chữ số, kiểu DECIMAL của Spark không chứa hết")
    return LONG if low >= -(2**63) and high < 2**63 else DECIMAL


def whole(value: int, kind: str) -> Column:
    """A whole number written out."""
    return F.lit(str(value)).cast(kind)


@dataclass(frozen=True, slots=True)
class Expressions:
    """Writes the steps of *program* over the columns that stand ready.

    ``texts`` says of the inputs that stay text which text each code is of.
    """

    program: Program
    ready: Mapping[int, Column]
    texts: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    other: int = 0
    """The code of a text that no rule writes."""

    def of(self, at: int) -> Column:
        """Step *at*, as a column or written out."""
        ref = self.program.refs[at]
        if ref.constant is not None:
            return F.lit(bool(ref.low)) if ref.is_truth else whole(ref.low, kind_of(ref))
        if at not in self.ready:
            return self.made(at)
        return self._coded(at) if at in self.texts else self.ready[at]

    def _coded(self, at: int) -> Column:
        found = whole(self.other, LONG)
        for code, text in self.texts[at].items():
            found = F.when(self.ready[at] == F.lit(text), whole(code, LONG)).otherwise(found)
        return found

    def made(self, at: int) -> Column:
        """Step *at* written out over what it reads."""
        step, refs = self.program.steps[at], self.program.refs
        if step.op in _TRUTHS:
            return _TRUTHS[step.op](*(self.of(arg) for arg in step.args))
        if step.op is Op.EQUAL and (direct := self._same_text(*step.args)) is not None:
            return direct
        given = [refs[arg] for arg in step.args if not refs[arg].is_truth]
        kind = kind_of(refs[at], *given)
        args = [
            one if refs[arg].is_truth or kind_of(refs[arg]) == kind else one.cast(kind)
            for arg, one in ((arg, self.of(arg)) for arg in step.args)
        ]
        if step.op in _COMPARISONS:
            return _COMPARISONS[step.op](*args)
        if step.op is Op.FLOOR_DIVIDE:
            found = self._floor_divided(at, *args, kind=kind)
        else:
            found = _NUMBERS[step.op](*args)
        # A sum of decimals has a wider type than the numbers in it.
        return found if kind == LONG else found.cast(kind_of(refs[at]))

    def _same_text(self, one: int, other: int) -> Column | None:
        """Whether a text is one that a rule writes, asked of the text itself."""
        for at, constant in ((one, other), (other, one)):
            code = self.program.refs[constant].constant
            if at in self.texts and code is not None:
                text = self.texts[at].get(code)
                return F.lit(False) if text is None else self.ready[at] == F.lit(text)
        return None

    def _floor_divided(self, at: int, top: Column, bottom: Column, *, kind: str) -> Column:
        """``div`` leaves off what is behind the point; what it gives is always a BIGINT."""
        found = self.program.refs[at]
        if kind_of(found) != LONG:
            raise NoColumns("thương dài hơn 18 chữ số, Spark không chia nguyên được")

        def cut(of: Column) -> Column:
            return F.call_function("div", of, bottom)

        if self.program.refs[self.program.steps[at].args[0]].low >= 0:
            return cut(top)
        one = whole(1, LONG)
        below = cut((top + whole(1, kind)).cast(kind)) - one
        return F.when(top >= whole(0, kind), cut(top)).otherwise(below)


_TRUTHS: Mapping[Op, Callable[..., Column]] = {
    Op.AND: lambda one, other: one & other,
    Op.OR: lambda one, other: one | other,
    Op.NOT: lambda one: ~one,
}

_COMPARISONS: Mapping[Op, Callable[..., Column]] = {
    Op.EQUAL: lambda one, other: one == other,
    Op.BELOW: lambda one, other: one < other,
    Op.AT_MOST: lambda one, other: one <= other,
}

_NUMBERS: Mapping[Op, Callable[..., Column]] = {
    Op.ADD: lambda one, other: one + other,
    Op.SUBTRACT: lambda one, other: one - other,
    Op.MULTIPLY: lambda one, other: one * other,
    Op.LEAST: F.least,
    Op.MOST: F.greatest,
    Op.SELECT: lambda condition, then, other: F.when(condition, then).otherwise(other),
}

"""Facts as columns of integers (bảng số liệu): one row an entry, one column a fact.

Numbers are counted in the smallest step the column needs, choices and texts are codes, dates are
days. Whole numbers too long for the machine's integers stay Python's own, which are slower.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.columns.values import EPOCH
from scoring.facts import Fact, FactType
from scoring.rules import Pack
from scoring.sheet import Facts, Value

Integers: TypeAlias = NDArray[Any]
Truths: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of every row: ``values * unit``, 0 where *present* does not hold."""

    values: Integers
    present: Truths | None = None
    """None: every row has a value."""
    unit: Fraction = Fraction(1)

    def taken(self, rows: Integers) -> Column:
        """The values of *rows*, in that order."""
        present = _gaps(self.present, rows)
        return Column(self.values[rows], present, self.unit)


@dataclass(frozen=True, slots=True)
class MarksColumn:
    """The marks of every row, ascending, in ``unit``; *count* of each row's cells are marks."""

    sorted: Integers
    count: Integers
    present: Truths | None
    unit: Fraction

    def taken(self, rows: Integers) -> MarksColumn:
        """The marks of *rows*, in that order."""
        present = _gaps(self.present, rows)
        return MarksColumn(self.sorted[rows], self.count[rows], present, self.unit)


def _gaps(present: Truths | None, rows: Integers) -> Truths | None:
    """Which of *rows* have a value; None when all have."""
    held = None if present is None else present[rows]
    return None if held is None or held.all() else held


@dataclass(frozen=True)
class Table:
    """The facts of a season, by entry code in order of code."""

    codes: Sequence[str]
    columns: Mapping[str, Column | MarksColumn]
    words: Mapping[str, int]
    """The code of every choice a pack declares and every text a row holds, by code."""
    _arrays: dict[str, Integers] = field(default_factory=dict, repr=False)
    _bounds: dict[str, tuple[int, int]] = field(default_factory=dict, repr=False)

    @property
    def rows(self) -> int:
        return len(self.codes)

    @property
    def texts(self) -> tuple[str, ...]:
        """Choices and texts by their codes."""
        return tuple(self.words)

    def array(self, name: str) -> Integers:
        """The input column *name* of a program; see ``scoring.columns.inputs``."""
        if name not in self._arrays:
            fact, _, what = name.partition(":")
            column = self.columns[fact]
            self._arrays[name] = (
                _of_marks(column, what) if isinstance(column, MarksColumn) else _of(column, what)
            )
        return self._arrays[name]

    def bounds(self, name: str) -> tuple[int, int]:
        """The least and the greatest value of that input; truths are 0 and 1."""
        if name not in self._bounds:
            held = self.array(name)
            ends = (held.min(), held.max()) if held.size else (0, 0)
            self._bounds[name] = int(ends[0]), int(ends[1])
        return self._bounds[name]

    def with_columns(self, more: Mapping[str, Integers]) -> Table:
        """This table with further input columns."""
        return Table(self.codes, self.columns, self.words, {**self._arrays, **more})


def _of(column: Column, what: str) -> Integers:
    match what:
        case "present":
            assert column.present is not None  # noqa: S101 (asked for only where there are gaps)
            return column.present
        case "months":
            days = column.values.astype("datetime64[D]")
            months: Integers = days.astype("datetime64[M]").astype(np.int32) + (1970 * 12 + 1)
            return months
        case "day":
            days = column.values.astype("datetime64[D]")
            day: Integers = (days - days.astype("datetime64[M]")).astype(np.int32) + 1
            return day
    return column.values


def _of_marks(column: MarksColumn, what: str) -> Integers:
    which, _, said = what.partition(":")
    many = min(int(said or 0), column.sorted.shape[1])  # more than there are is all of them
    kept = np.ones(column.sorted.shape, dtype=np.bool_)
    at = np.arange(column.sorted.shape[1])
    match which:
        case "present":
            assert column.present is not None  # noqa: S101 (asked for only where there are gaps)
            return column.present
        case "count":
            return column.count
        case "lowest":
            kept &= at < many
        case "highest":
            kept &= at >= (column.count - many)[:, None]
            kept &= at < column.count[:, None]
    marks = column.sorted
    low, high = int(marks.min(initial=0)), int(marks.max(initial=0))
    wide = type_of(low * marks.shape[1], high * marks.shape[1])
    if wide is object:
        return narrowed(np.where(kept, marks.astype(object), 0).sum(axis=1).tolist())
    found: Integers = np.where(kept, marks, 0).sum(axis=1, dtype=np.int64)
    return found


def facts_at(pack: Pack, table: Table, row: int) -> Facts:
    """The facts of one row as the interpreter and explanations read them."""
    found: dict[str, Value] = {}
    for fact in pack.facts.values():
        column = table.columns[fact.id]
        if column.present is None or column.present[row]:
            found[fact.id] = _value(fact, column, row, table.texts)
    return found


def _value(fact: Fact, column: Column | MarksColumn, row: int, texts: Sequence[str]) -> Value:
    if isinstance(column, MarksColumn):
        marks = column.sorted[row, : int(column.count[row])].tolist()
        return tuple(_decimal(mark, column.unit) for mark in marks)
    held: int = column.values[row].item() if column.values.dtype != object else column.values[row]
    match fact.type:
        case FactType.YES_NO:
            return bool(held)
        case FactType.CHOICE | FactType.TEXT:
            return str(texts[int(held)])
        case FactType.DATE:
            return EPOCH + dt.timedelta(days=held)
    return _decimal(held, column.unit)


def _decimal(whole: int, unit: Fraction) -> Decimal:
    places = len(str(unit.denominator)) - 1
    return Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places))


def table_of(pack: Pack, season: Mapping[str, Facts]) -> Table:
    """The facts of *season* that *pack* reads, as columns."""
    codes = tuple(sorted(season))
    held = {id_: [season[code].get(id_) for code in codes] for id_ in pack.facts}
    words = words_of(pack, held)
    columns = {fact.id: column_of(fact, held[fact.id], words) for fact in pack.facts.values()}
    return Table(codes, columns, words)


def words_of(pack: Pack, held: Mapping[str, Iterable[Value | None]]) -> dict[str, int]:
    """Codes of the choices of *pack* and of the texts *held*: their places in order."""
    texts = {key for fact in pack.facts.values() for key in fact.choices}
    for fact in pack.facts.values():
        if fact.type is FactType.TEXT:
            texts.update(str(text) for text in held[fact.id] if text is not None)
    return {text: at for at, text in enumerate(sorted(texts))}


def column_of(
    fact: Fact, values: Sequence[Value | None], words: Mapping[str, int]
) -> Column | MarksColumn:
    """*values* of *fact* as a column; None is a gap."""
    gaps = np.array([value is None for value in values], dtype=np.bool_)
    present = ~gaps if gaps.any() else None
    match fact.type:
        case FactType.YES_NO:
            return Column(np.array([value is True for value in values], dtype=np.bool_), present)
        case FactType.CHOICE | FactType.TEXT:
            return Column(
                narrowed([0 if value is None else words[str(value)] for value in values]), present
            )
        case FactType.DATE:
            days = [(value - EPOCH).days if isinstance(value, dt.date) else 0 for value in values]
            return Column(np.array(days, dtype=np.int32), present)
        case FactType.MARKS:
            return _marks(values, present)
    numbers = [value if isinstance(value, Decimal) else Decimal(0) for value in values]
    scaled, unit = _scaled(numbers)
    return Column(narrowed(scaled), present, unit)


def _scaled(numbers: Sequence[Decimal]) -> tuple[list[int], Fraction]:
    """*numbers* counted in the smallest decimal step they need."""
    distinct = set(numbers)  # a season repeats itself
    step = 10 ** max(map(_places, distinct), default=0)
    whole = {number: int(Fraction(number) * step) for number in distinct}
    return [whole[number] for number in numbers], Fraction(1, step)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _marks(values: Sequence[Value | None], present: Truths | None) -> MarksColumn:
    given = [
        sorted(mark for mark in value if mark is not None) if isinstance(value, tuple) else []
        for value in values
    ]
    widest = max(map(len, given), default=0)
    flat = [mark for marks in given for mark in (*marks, *[Decimal(0)] * (widest - len(marks)))]
    scaled, unit = _scaled(flat)
    count = np.array([len(marks) for marks in given], dtype=np.int32)
    return MarksColumn(narrowed(scaled).reshape(len(values), widest), count, present, unit)


def narrowed(values: Sequence[int]) -> Integers:
    """*values* in the narrowest integers that hold them all."""
    return np.array(values, dtype=type_of(min(values, default=0), max(values, default=0)))


def type_of(low: int, high: int) -> type[Any]:
    """The narrowest of 16, 32 and 64 bits for whole numbers from *low* to *high*, or Python's.

    The lowest number of each width is left out: its opposite has no room there.
    """
    reach = max(-low, high)
    for bits, kind in ((15, np.int16), (31, np.int32), (63, np.int64)):
        if reach < 2**bits:
            return kind
    return object

"""Facts of many entries from a CSV, Parquet or Arrow file, a column at a time (bảng số liệu).

Every distinct text of a column is read once, by the same rules as a cell of a small table, so a
million rows take seconds and a wrong cell is still named with its row.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PurePath
from typing import Any, overload

import numpy as np
import polars as pl

from registry.errors import IntakeRefused
from registry.frames import COLUMNAR
from registry.intake.csv_cells import delimiter_of
from registry.intake.facts_csv import columns_of
from registry.intake.sheets import Cell
from registry.intake.values import check_readable
from registry.vietnamese import tidy
from scoring.columns.blocks import Mapped
from scoring.columns.table import (
    Column,
    Integers,
    MarksColumn,
    Table,
    column_of,
    type_of,
    words_of,
)
from scoring.facts import Fact, FactRefused, FactType, read_fact
from scoring.problems import Problem
from scoring.rules import Pack
from scoring.sheet import Value

MOST_PROBLEMS = 100
ROW = "\0row"
"""The row of the file each entry came from, as a column no file can have."""


@dataclass(frozen=True, slots=True)
class LongTable:
    """Facts in columns, and what was odd about the file without being wrong."""

    table: Table
    notices: tuple[Problem, ...]


def read_long(source: bytes | Path, pack: Pack, *, file: str, map_: Mapped = map) -> LongTable:
    """The facts in *source*; an Arrow file given by its path is looked at where it lies.

    Raises IntakeRefused with the first hundred problems, by row.
    """
    frame = _frame(source, file)
    problems: list[Problem] = []
    notices: list[Problem] = []
    head = tuple(Cell(tidy(name), f"{file}, cột {name}") for name in frame.columns)
    columns = columns_of(head, pack, problems, notices)
    if problems:
        raise IntakeRefused(tuple(problems), file=file)
    at_code = next(at for at, fact in columns.items() if fact == -1)
    names = frame.columns
    frame, codes, problems = _by_code(frame, names[at_code], file)
    asked = [(fact, frame[names[at]]) for at, fact in columns.items() if not isinstance(fact, int)]

    def read(one: tuple[Fact, pl.Series]) -> _Held:
        return _held(*one, frame[ROW], file)

    held = {fact.id: one for (fact, _), one in zip(asked, map_(read, asked), strict=True)}
    problems += [problem for one in held.values() for problem in one.problems]
    if problems:
        raise IntakeRefused(tuple(problems[:MOST_PROBLEMS]), file=file)
    nothing = _Held((None,), np.zeros(len(frame), dtype=np.uint32))
    words = words_of(pack, {id_: held.get(id_, nothing).values for id_ in pack.facts})
    facts = {id_: held.get(id_, nothing).column(fact, words) for id_, fact in pack.facts.items()}
    return LongTable(Table(Codes(codes), facts, words), tuple(notices))


class Codes(Sequence[str]):
    """The codes of a long table, kept as they came: few of a million are ever looked at."""

    def __init__(self, codes: pl.Series) -> None:
        self._codes = codes

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        return Codes(self._codes[at]) if isinstance(at, slice) else str(self._codes[at])

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes.to_list())


def _by_code(
    frame: pl.DataFrame, column: str, file: str
) -> tuple[pl.DataFrame, pl.Series, list[Problem]]:
    """*frame* in order of code with the row each came from, its codes, and what is wrong there."""
    codes = frame[column].cast(pl.String)
    empty = codes.is_null() | (codes.str.strip_chars() == "")
    problems = [
        Problem(
            _place(file, row, "code"), "no-code", "Hàng này không có mã.", "Ghi mã vào cột code."
        )
        for row in empty.arg_true().head(MOST_PROBLEMS)
    ]
    whole = frame.with_columns(codes).with_row_index(ROW)  # ordered as text, whatever it was
    if not codes.is_sorted():
        whole = whole.sort(column)
        codes = whole[column]
    again = (codes == codes.shift(1)).fill_null(value=False)
    for at in again.arg_true().head(MOST_PROBLEMS):
        message = f"Mã {codes[at]} đã có ở hàng trên."
        place = _place(file, int(whole[ROW][at]), "code")
        problems.append(Problem(place, "duplicate", message, "Mỗi mã chỉ một hàng: bỏ bớt."))
    return whole, codes, problems


def _frame(source: bytes | Path, file: str) -> pl.DataFrame:
    suffix = PurePath(file).suffix.lower()
    try:
        if suffix == ".parquet":
            return pl.read_parquet(source)
        if suffix in COLUMNAR:
            at_once = isinstance(source, bytes)
            return pl.read_ipc(source) if at_once else pl.scan_ipc(source).collect()
        data = source if isinstance(source, bytes) else source.read_bytes()
        separator = delimiter_of(data[:4096].decode("utf-8-sig", "replace").splitlines())
        return pl.read_csv(
            io.BytesIO(data), separator=separator, infer_schema=False, encoding="utf8"
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        problem = Problem(file, "unreadable", f"Không đọc được bảng số liệu: {error}.", "")
        raise IntakeRefused((problem,), file=file) from None


def _place(file: str, row: int, column: str) -> str:
    """Rows as a spreadsheet numbers them: the heading is row 1."""
    return f"{file}, hàng {row + 2}, cột {column}"


@dataclass(frozen=True, slots=True)
class _Held:
    """A column by its distinct values and which of them each row holds; or as it is, plain."""

    values: tuple[Value | None, ...]
    at: Integers
    plain: Column | None = None
    problems: tuple[Problem, ...] = ()

    def column(self, fact: Fact, words: Mapping[str, int]) -> Column | MarksColumn:
        return self.plain or column_of(fact, self.values, words).taken(self.at)


def _held(fact: Fact, series: pl.Series, rows: pl.Series, file: str) -> _Held:
    if (plain := _plain(fact, series)) is not None:
        return _Held((), rows.to_numpy(), plain)
    if isinstance(series.dtype, pl.List):
        each = pl.element().cast(pl.String).fill_null("")
        series = series.list.eval(each).list.join(";")
    distinct, at = _distinct(series)
    values: list[Value | None] = []
    problems: list[Problem] = []
    for held in distinct:
        try:
            values.append(_value(fact, held))
        except FactRefused as refused:
            values.append(None)
            wrong = rows.filter(at == len(values) - 1)
            problems += [  # a category that no row holds hurts nobody
                Problem(
                    _place(file, int(row), fact.id),
                    "fact",
                    f"{fact.label}: {refused.message}",
                    refused.hint,
                )
                for row in wrong.head(1)
            ]
    return _Held(tuple(values), at.to_numpy(), problems=tuple(problems))


def _distinct(series: pl.Series) -> tuple[list[Any], pl.Series]:
    """The distinct values of *series*, nothing among them, and which of them each row holds."""
    if isinstance(series.dtype, pl.Categorical):
        series = series.cast(pl.String)
    if isinstance(series.dtype, pl.Enum):
        known = series.dtype.categories
        at = series.to_physical().cast(pl.UInt32)
    elif series.dtype == pl.String:
        known = series.drop_nulls().unique(maintain_order=True)
        at = series.cast(pl.Enum(known)).to_physical().cast(pl.UInt32)
    else:
        known = series.drop_nulls().unique(maintain_order=True)
        numbers = pl.Series(range(len(known)), dtype=pl.UInt32)
        at = series.replace_strict(known, numbers, return_dtype=pl.UInt32, default=None)
    return [*known.to_list(), None], at.fill_null(len(known))


def _plain(fact: Fact, series: pl.Series) -> Column | None:
    """*series* when it holds values of *fact* as a table does, all allowed: no cell is read."""
    match fact.type, series.dtype:
        case (FactType.YES_NO, pl.Boolean) | (FactType.DATE, pl.Date):
            return _column(series)
        case ((FactType.INTEGER | FactType.DECIMAL), dtype) if dtype.is_integer():
            found = _column(series)
        case FactType.DECIMAL, pl.Decimal() as dtype:
            whole = series.to_physical().cast(pl.Int64, strict=False)
            if whole.null_count() != series.null_count():
                return None  # longer than the machine's integers
            found = _column(whole, 10**dtype.scale)
        case _:
            return None
    return found if _allowed(fact, found) else None


def _column(series: pl.Series, parts: int = 1) -> Column:
    """The whole numbers of *series*, *parts* to one, in the widest step that holds them all."""
    present = series.is_not_null().to_numpy() if series.null_count() else None
    whole = series.to_physical()
    found = whole.fill_null(strategy="zero").to_numpy() if present is not None else whole.to_numpy()
    if series.dtype in (pl.Boolean, pl.Date):
        return Column(found, present)
    while parts > 1 and not (found[:1000] % 10).any() and not (found % 10).any():
        found, parts = found // 10, parts // 10
    low, high = (int(found.min()), int(found.max())) if found.size else (0, 0)
    return Column(found.astype(type_of(low, high)), present, Fraction(1, parts))


def _allowed(fact: Fact, column: Column) -> bool:
    """Whether every value is one somebody could have typed for *fact*."""
    held = column.values if column.present is None else column.values[column.present]
    if not held.size:
        return True
    low, high = (Fraction(int(end)) * column.unit for end in (held.min(), held.max()))
    if fact.minimum is not None and low < Fraction(fact.minimum):
        return False
    if fact.maximum is not None and high > Fraction(fact.maximum):
        return False
    if fact.step is None:
        return True
    step, start = (Fraction(one or 0) / column.unit for one in (fact.step, fact.minimum))
    every = step.numerator * start.denominator
    if every == 1 and step.denominator == 1:
        return True  # the column itself counts in that step
    whole = held.astype(np.int64) * step.denominator * start.denominator
    apart = whole - start.numerator * step.denominator
    return not (apart % every).any()


def _value(fact: Fact, held: Any) -> Value | None:
    """What a cell holding *held* means. Raises FactRefused."""
    text = "" if held is None else _text(held)
    check_readable(Cell(text, ""))
    return read_fact(fact, text)


def _text(held: Any) -> str:
    if isinstance(held, bool):
        return "1" if held else "0"
    return tidy(f"{held:f}" if hasattr(held, "as_tuple") else str(held))

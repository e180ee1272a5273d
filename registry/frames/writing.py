"""A long season's result as CSV, and its facts as a columnar file (kết quả, số liệu đã chốt)."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np
import polars as pl

from scoring.columns.choosing import CHOSEN
from scoring.columns.season import SeasonColumns
from scoring.columns.table import Column, Integers, MarksColumn, Table, Truths
from scoring.facts import Fact, FactType
from scoring.numbers import plain
from scoring.results_csv import head_of, selections_in_order
from scoring.rules import Pack


def long_results_csv(found: SeasonColumns) -> bytes:
    """The same bytes as ``scoring.results_csv.results_csv``, a column at a time."""
    pack = found.pack
    order = np.concatenate([found.best_first, np.flatnonzero(found.rank == 0)])
    grades = [*(grade.id for grade in pack.grades), None]
    columns = [
        pl.Series(found.codes, dtype=pl.String).gather(order),
        _texts(found.rank[order], lambda rank: str(rank) if rank else ""),
        _points(found, found.total[order], None),
        pl.Series(grades, dtype=pl.String).gather(
            found.grade[order].astype(np.int64) % len(grades)
        ),
    ]
    columns += [
        _texts((found.outcomes[selection] == CHOSEN)[order], lambda one: str(int(one)))
        for selection in selections_in_order(pack)
    ]
    columns.append(_failed_gates(found, order))
    for id_ in (*(leaf.id for leaf in pack.leaves()), "bonus", "penalty"):
        line = found.lines[id_]
        columns.append(_points(found, line.points[order], line.scored[order]))
    frame = pl.DataFrame([one.alias(str(at)) for at, one in enumerate(columns)])
    out = io.BytesIO()
    out.write((",".join(head_of(pack)) + "\n").encode())
    frame.write_csv(out, include_header=False, quote_style="necessary")
    return out.getvalue()


def _texts(values: Integers, words: Callable[[int], str]) -> pl.Series:
    """*words* of every value, made once for each that occurs; no words are an empty cell."""
    known, at = np.unique(values, return_inverse=True)
    texts = pl.Series([words(one) or None for one in known.tolist()], dtype=pl.String)
    return texts.gather(at.reshape(-1))


def _points(found: SeasonColumns, units: Integers, scored: Truths | None) -> pl.Series:
    texts = _texts(units, lambda one: plain(found.points(one)))
    if scored is None or scored.all():
        return texts
    return pl.select(pl.when(pl.Series(scored)).then(texts)).to_series()


def _failed_gates(found: SeasonColumns, order: Integers) -> pl.Series:
    """The gates that failed, ``DK.1;DK.2``: each pattern of them is worded once."""
    pattern = np.zeros(len(order), dtype=object if len(found.gates) > 62 else np.int64)
    for at, held in enumerate(found.gates.values()):
        pattern = pattern + np.where(held[order], 0, 1 << at)
    ids = list(found.gates)
    return _texts(
        pattern, lambda failed: ";".join(id_ for at, id_ in enumerate(ids) if failed >> at & 1)
    )


def facts_file(pack: Pack, table: Table, suffix: str) -> bytes:
    """The facts of *table* as a Parquet file, or as an Arrow file for any other *suffix*."""
    out = io.BytesIO()
    frame = facts_frame(pack, table)
    if suffix == ".parquet":
        frame.write_parquet(out)
    else:
        frame.write_ipc(out, compression="uncompressed")
    return out.getvalue()


def facts_frame(pack: Pack, table: Table) -> pl.DataFrame:
    """The facts of *table* in the types other programs know, by code."""
    facts = [
        _facts_column(fact, table.columns[fact.id], table.texts) for fact in pack.facts.values()
    ]
    return pl.DataFrame([pl.Series("code", table.codes, dtype=pl.String), *facts])


def _facts_column(fact: Fact, column: Column | MarksColumn, texts: Sequence[str]) -> pl.Series:
    if isinstance(column, MarksColumn):
        rows = zip(column.sorted.tolist(), column.count.tolist(), strict=True)
        marks = [[_decimal(one, column) for one in row[:many]] for row, many in rows]
        found = pl.Series(fact.id, marks, dtype=pl.List(_decimals(column)))
    else:
        found = _plain_column(fact, column, texts)
    if column.present is None:
        return found
    return pl.select(pl.when(pl.Series(column.present)).then(found).alias(fact.id)).to_series()


def _plain_column(fact: Fact, column: Column, texts: Sequence[str]) -> pl.Series:
    values = pl.Series(fact.id, column.values)
    match fact.type:
        case FactType.DATE:
            return values.cast(pl.Int32).cast(pl.Date)
        case FactType.CHOICE | FactType.TEXT:
            used = values.unique().sort()
            words = pl.Series(texts, dtype=pl.String).gather(used)
            return pl.Series(fact.id, texts, dtype=pl.String).gather(values).cast(pl.Enum(words))
    if column.unit == 1 or fact.type is FactType.YES_NO:
        return values
    whole = values.cast(pl.Decimal(38, 0))
    step = pl.lit(Decimal(1) / column.unit.denominator)
    return pl.select((whole * step).cast(_decimals(column)).alias(fact.id)).to_series()


def _decimals(column: Column | MarksColumn) -> pl.Decimal:
    return pl.Decimal(38, len(str(column.unit.denominator)) - 1)


def _decimal(whole: int, column: MarksColumn) -> Decimal:
    return Decimal(whole) / column.unit.denominator

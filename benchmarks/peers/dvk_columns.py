"""Our second engine: the pack as integer steps over columns, exact, on every core."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.facts import DECIMALS, NAMES, PACK, TEXT, Facts
from benchmarks.peers.peer import Peer, Run

if TYPE_CHECKING:
    from scoring.columns.table import Table


SITE = "https://mo-hinh.example"


def table_of(facts: Facts) -> Table:
    """The facts as a table of the column engine, choices as codes."""
    from scoring.columns.table import Table

    words = words_of(facts)
    columns = {name: _column(facts, name, words) for name in NAMES}
    codes = [f"M{row:08d}" for row in range(len(facts))]
    return Table(tuple(codes), columns, words)


def words_of(facts: Facts) -> dict[str, int]:
    texts = {text for choices in facts.choices.values() for text in choices}
    return {text: at for at, text in enumerate(sorted({*texts, SITE}))}


def _column(facts: Facts, name: str, words: Mapping[str, int]):
    from scoring.columns.table import Column, type_of

    values = facts[name]
    if name == TEXT:  # rules ask only whether there is one
        values = np.full(len(facts), words[SITE])
    if name in facts.choices:
        values = np.array([words[text] for text in facts.choices[name]])[values]
    if values.dtype != np.bool_:
        values = values.astype(type_of(int(values.min()), int(values.max())))
    missing = facts.missing.get(name)
    present = None if missing is None or not missing.any() else ~missing
    return Column(values, present, Fraction(1, 100) if name in DECIMALS else Fraction(1))


def _ready(table: Table) -> tuple[Callable[[Table], np.ndarray], ThreadPoolExecutor, set[str]]:
    """What gives the total of every row of a table like *table*, and the columns it reads."""
    from registry.rulebook import load_pack
    from scoring.columns.blocks import run
    from scoring.columns.inputs import TableInputs
    from scoring.columns.plan import plan_of
    from scoring.columns.program import needed

    pack = load_pack(PACK)
    plan = plan_of(pack, TableInputs(pack, table))
    threads = ThreadPoolExecutor(os.cpu_count())
    factor = 100 // plan.unit

    def totals(held: Table) -> np.ndarray:
        arrays = run(plan.program, [plan.total], held.array, held.rows, map_=threads.map)
        total = arrays[plan.total.at]
        return total if factor == 1 else total * factor

    steps = (plan.program.steps[at] for at in needed(plan.program, [plan.total]))
    return totals, threads, {step.name for step in steps if step.name}


def _prepare(facts: Facts) -> Run:
    table = table_of(facts)
    totals, _, _ = _ready(table)
    return lambda: totals(table)


def _prepare_text(facts: Facts) -> Run:
    import polars as pl

    table = table_of(facts)
    totals, threads, read = _ready(table)
    texts = {name: pl.Series(facts.choices[name]).gather(facts[name]) for name in facts.choices}
    asked = [name for name in texts if name in read]
    known = pl.Enum(list(table.words))

    def coded(name: str) -> tuple[str, np.ndarray]:
        return name, texts[name].cast(known).to_physical().to_numpy().astype(np.int16)

    def run() -> np.ndarray:
        return totals(table.with_columns(dict(threads.map(coded, asked))))

    return run


def _prepare_every_line(facts: Facts) -> Run:
    from registry.rulebook import load_pack
    from scoring.columns.blocks import run
    from scoring.columns.inputs import TableInputs
    from scoring.columns.plan import plan_of

    pack, table = load_pack(PACK), table_of(facts)
    plan = plan_of(pack, TableInputs(pack, table))
    outputs = [*plan.outputs().values()]
    threads = ThreadPoolExecutor(os.cpu_count())

    def totals() -> np.ndarray:
        arrays = run(plan.program, outputs, table.array, table.rows, map_=threads.map)
        total = arrays[plan.total.at]
        return total * (100 // plan.unit)

    return totals


PEER = Peer(
    name="dvk-columns",
    kind="columns",
    note="this project: whole numbers only, choices coded beforehand, totals",
    prepare=_prepare,
)
TEXT_PEER = Peer(
    name="dvk-columns-text",
    kind="columns",
    note="the same from choices as text, coded anew in every run",
    prepare=_prepare_text,
)
EVERY_LINE = Peer(
    name="dvk-columns-all",
    kind="columns",
    note="the same, but kept: the points of every criterion, gates, grade, what ranking reads",
    prepare=_prepare_every_line,
)

"""A program as one SELECT: a layer of subqueries for what is read several times, no step twice.

``OFFSET 0`` keeps PostgreSQL from folding a layer into the next, where it would be worked out at
every place that reads it. Unlike a materialised CTE it lets parallel workers help, provided the
nought is a BIGINT as it stands: of one that has to be cast PostgreSQL fears it may be another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from registry.store.postgresql.expressions import Expressions, Sql, TextInput
from registry.store.postgresql.facts_table import FactsTable
from scoring.columns.described import DescribedInputs, texts_of
from scoring.columns.layers import layered
from scoring.columns.program import NoColumns, Program, Ref

MOST_COLUMNS = 1_600
"""Of one SELECT, by PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a program reads: the facts, their description, and what is joined to them."""

    facts: FactsTable
    inputs: DescribedInputs
    joined: sa.FromClause
    """The table of facts, alone or joined to the values of the peer groups."""
    peers: Mapping[str, Sql]
    """The inputs that come from the peer groups."""

    def input(self, name: str) -> Sql:
        if name in self.peers:
            return self.peers[name]
        return self.facts.input(name, self.inputs.facts[name.partition(":")[0]])

    def texts(self, program: Program) -> dict[int, TextInput]:
        names = {at: program.steps[at].name for at in texts_of(self.facts.pack, program)}
        return {at: self.facts.text_input(one, self.inputs.words) for at, one in names.items()}


def statement(
    program: Program, outputs: Mapping[str, Ref], source: Source, passengers: Mapping[str, Sql]
) -> sa.Select[tuple[object, ...]]:
    """*outputs* of *program* for every row of *source*, with *passengers*, each under its name.

    Raises NoColumns when it has more columns than a SELECT may.
    """
    layers = layered(program, outputs.values())
    widest = max(len(layer.made) + len(layer.kept) for layer in layers)
    if max(widest, len(outputs)) + len(passengers) > MOST_COLUMNS:
        raise NoColumns("một câu SELECT quá nhiều cột")
    texts = source.texts(program)
    base = [source.input(program.steps[at].name).label(f"s{at}") for at in layers[0].made]
    carried = [one.label(name) for name, one in passengers.items()]
    below = _fenced(sa.select(*carried, *base).select_from(source.joined))
    for layer in layers[1:]:
        write = _over(program, below, texts)
        made = [write.made(at).label(f"s{at}") for at in layer.made]
        kept = [below.c[f"s{at}"] for at in layer.kept]
        below = _fenced(sa.select(*(below.c[name] for name in passengers), *kept, *made))
    write = _over(program, below, texts)
    found = [write.of(ref.at).label(name) for name, ref in outputs.items()]
    return sa.select(*(below.c[name] for name in passengers), *found)


def _fenced(query: sa.Select[tuple[object, ...]]) -> sa.Subquery:
    return query.offset(sa.literal_column("BIGINT '0'")).subquery()


def _over(program: Program, below: sa.Subquery, texts: Mapping[int, TextInput]) -> Expressions:
    ready = {int(one.name[1:]): one for one in below.c if one.name[1:].isdigit()}
    return Expressions(program, ready, texts)

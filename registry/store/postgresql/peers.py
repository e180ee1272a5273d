"""Values of the peer group (số liệu của cụm, khối): sums by the server, fractions by Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import sqlalchemy as sa

from registry.store.postgresql.expressions import Sql
from registry.store.postgresql.facts_table import FactsTable
from registry.store.postgresql.statement import Source, statement
from scoring.columns.described import Described, DescribedInputs
from scoring.columns.groups import Part, taken
from scoring.columns.plan import lowering_of
from scoring.rules import Peer

Values = Mapping[str, "Fraction | None"]
"""The value of every group, by the text its rows share; None where nobody of it has a value."""


def peer_values(
    connection: sa.Connection, facts: FactsTable, told: Mapping[str, Described]
) -> dict[str, Values]:
    """For every value of the peer group, by group: one query each. Raises NoColumns."""
    return {peer.id: _values(connection, facts, told, peer) for peer in facts.pack.peers.values()}


def _values(
    connection: sa.Connection, facts: FactsTable, told: Mapping[str, Described], peer: Peer
) -> Values:
    inputs = DescribedInputs(facts.pack, told)
    lowering = lowering_of(facts.pack, inputs)
    number, defined = lowering.number(peer.of.node)
    outputs = {"top": number.top, "bottom": number.bottom, "defined": defined}
    source = Source(facts, inputs, facts.table, {})
    rows = statement(lowering.program, outputs, source, {"by": facts.group(peer.per)}).subquery()
    top, there = rows.c.top, rows.c.defined
    functions = (sa.func.count, sa.func.sum, sa.func.min, sa.func.max)
    asked = [function(top).filter(there) for function in functions]
    query = sa.select(rows.c.by, rows.c.bottom, *asked).group_by(rows.c.by, rows.c.bottom)
    parts: dict[str, list[Part]] = defaultdict(list)
    for by, bottom, count, *values in connection.execute(query):
        some = [Part(int(bottom), count, *map(int, values))] if count else []
        parts[by].extend(some)
    return {by: taken(peer, number.factor, some) for by, some in parts.items()}


def joined(facts: FactsTable, values: Mapping[str, Values]) -> tuple[sa.FromClause, dict[str, Sql]]:
    """The table of facts with the values of each row's groups, and the inputs these are."""
    source: sa.FromClause = facts.table
    inputs: dict[str, Sql] = {}
    for at, (id_, of_groups) in enumerate(values.items()):
        rows = [
            (by, Decimal(one.numerator), Decimal(one.denominator))
            for by, one in of_groups.items()
            if one is not None
        ]
        if not rows:
            continue
        columns = sa.column("by", sa.Text), *(sa.column(n, sa.Numeric) for n in ("top", "bottom"))
        table = sa.values(*columns, name=f"peer{at}", literal_binds=True).data(rows)
        source = source.outerjoin(table, facts.group(facts.pack.peers[id_].per) == table.c.by)
        wide = any(max(abs(top), bottom) >= 2**63 for _, top, bottom in rows)
        for of, missing in (("top", 0), ("bottom", 1)):
            whole = sa.func.coalesce(table.c[of], missing)
            inputs[f"{id_}:{of}"] = sa.cast(whole, sa.Numeric() if wide else sa.BigInteger())
        inputs[f"{id_}:present"] = table.c.by.is_not(None)
    return source, inputs

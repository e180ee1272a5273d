"""A whole season scored on the server (chấm cả đợt tại máy chủ), into a table of results.

Points, grades, order and ranks are worked out by PostgreSQL, a row an entry, and stay there. Who
gets a place is decided one after the other, each by what those before left over, and ties by a
search; no window of SQL says that. So a selection's candidates come here in order, a few small
numbers each, and ``scoring.columns.choosing`` seats them as it does everywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from registry.errors import RegistryError
from registry.store.postgresql.asking import describe
from registry.store.postgresql.expressions import Sql, whole
from registry.store.postgresql.facts_table import FactsTable
from registry.store.postgresql.peers import joined, peer_values
from registry.store.postgresql.statement import Source, statement
from scoring.columns.described import DescribedInputs
from scoring.columns.keys import whole_outputs
from scoring.columns.plan import Plan, plan_of
from scoring.columns.program import Ref
from scoring.rules import Pack

_LONGEST_NAME = 63


class StateNotFixed(RegistryError):
    """Facts could change between the question what they lie between and the scoring."""

    def __init__(self) -> None:
        super().__init__(
            "Chưa chấm: số liệu trên máy chủ có thể đổi giữa chừng.",
            hint="Mở giao dịch ở mức REPEATABLE READ rồi chấm lại.",
        )


@dataclass(frozen=True, slots=True)
class ScoredTable:
    """The table of results: ``code`` and a column for every output; and the table of ranks.

    Unit: points are whole multiples of ``1 / plan.unit`` of a point. An output that is the same
    for every entry has no column; ``column`` writes it out.
    """

    plan: Plan
    table: sa.Table
    ranks: sa.Table
    """``code`` and ``rank`` of those who have one: apart, for ordering narrow rows is quicker."""
    outputs: Mapping[str, Ref]
    names: Mapping[str, str]
    """The column of every output that has one."""

    @property
    def code(self) -> Sql:
        return sa.collate(self.table.c.code, "C")

    @property
    def rank(self) -> Sql:
        return self.ranks.c.rank

    @property
    def ranked(self) -> sa.FromClause:
        """The results of those who have a rank."""
        return self.table.join(self.ranks, self.ranks.c.code == self.table.c.code)

    def column(self, output: str) -> Sql:
        """*output* of every row, see ``scoring.columns.plan.Plan.outputs``."""
        if output in self.names:
            return self.table.c[self.names[output]]
        ref = self.outputs[output]
        return (sa.true() if ref.low else sa.false()) if ref.is_truth else whole(ref.low)

    def group(self, fact: str) -> Sql:
        """A text for every row, the same for rows with the same value of *fact*."""
        return self.table.c[_group_name(fact)] if fact else sa.literal("")

    def of_grades(self, grades: Sequence[str]) -> Sql:
        """Whether a row holds one of *grades*."""
        at = [whole(index) for index, one in enumerate(self.plan.pack.grades) if one.id in grades]
        return self.column("grade").in_(at) if at else sa.false()


def statement_of(
    connection: sa.Connection, pack: Pack, table: sa.Table
) -> tuple[Plan, Mapping[str, Ref], sa.Select[tuple[object, ...]]]:
    """What scores every row of *table*; asks the server for bounds first.

    A row is scored from itself alone: the statement says the same of any part of the table.
    Raises TableRefused, NoColumns.
    """
    facts = FactsTable(pack, table)
    told = describe(connection, facts)
    values = peer_values(connection, facts, told)
    source, from_peers = joined(facts, values)
    held = {id_: frozenset(of_groups.values()) for id_, of_groups in values.items()}
    inputs = DescribedInputs(pack, told, held)
    plan = plan_of(pack, inputs)
    outputs = whole_outputs(plan)
    names = {f"o{at}": ref for at, ref in enumerate(outputs.values())}
    fixed = [quota.quota.per for one in plan.selections for quota in one.quotas]
    by = {_group_name(fact): facts.group(fact) for fact in fixed if fact}
    reading = Source(facts, inputs, source, from_peers)
    rows = statement(plan.program, names, reading, {"code": facts.code, **by}).subquery()
    column = dict(zip(outputs, (rows.c[name] for name in names), strict=True))
    kept = [column[name].label(short) for name, short in _names(outputs).items()]
    return plan, outputs, sa.select(*(rows.c[name] for name in ("code", *by)), *kept)


def score_into(
    connection: sa.Connection, pack: Pack, table: sa.Table, name: str, *, temporary: bool = False
) -> ScoredTable:
    """Score every row of *table* into new tables: *name*, and *name* followed by ``_rank``.

    *connection* is in a transaction that sees one state of the facts: their bounds are asked
    first. Raises StateNotFixed, TableRefused, NoColumns.
    """
    if connection.get_isolation_level() not in ("REPEATABLE READ", "SERIALIZABLE"):
        raise StateNotFixed
    plan, outputs, query = statement_of(connection, pack, table)
    made = query.into(name, temporary=temporary)
    connection.execute(made)
    ranks = sa.Table(f"{name}_rank", sa.MetaData(), sa.Column("code"), sa.Column("rank"))
    scored = ScoredTable(plan, made.table, ranks, outputs, _names(outputs))
    order = [scored.column(f"key order {at}").desc() for at in range(len(plan.order))]
    rank = sa.func.rank().over(order_by=order or None).label("rank")
    ranked = sa.select(scored.table.c.code, rank).where(scored.of_grades(pack.ranking.among))
    connection.execute(ranked.into(ranks.name, temporary=temporary))
    return scored


def _names(outputs: Mapping[str, Ref]) -> dict[str, str]:
    """Names of columns: PostgreSQL cuts long ones off, so those are numbered."""
    return {
        name: name if len(name) <= _LONGEST_NAME else f"{name[:50]} #{at}"
        for at, (name, ref) in enumerate(outputs.items())
        if ref.constant is None
    }


def _group_name(fact: str) -> str:
    return f"by {fact}"[:_LONGEST_NAME]

"""A whole season scored on a cluster (chấm cả đợt trên cụm máy): points, grades, order, ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)

from registry.store.spark.describing import describe
from registry.store.spark.facts_frame import FactsFrame
from registry.store.spark.peers import joined, peer_values
from registry.store.spark.source import Source
from scoring.columns.described import DescribedInputs
from scoring.columns.keys import whole_outputs
from scoring.columns.plan import Plan, plan_of
from scoring.columns.program import Ref
from scoring.rules import Pack


@dataclass(frozen=True, slots=True)
class ScoredFrame:
    """The results: ``code``, ``rank`` (NULL: none), and a column ``o0``, ``o1`` … an output.

    Unit: points are whole multiples of ``1 / plan.unit`` of a point.
    """

    plan: Plan
    frame: DataFrame
    outputs: Mapping[str, Ref]

    def of_grades(self, grades: Sequence[str]) -> Column:
        """Whether a row holds one of *grades*."""
        at = [index for index, one in enumerate(self.plan.pack.grades) if one.id in grades]
        return self.column("grade").isin(*at) if at else F.lit(False)

    def column(self, output: str) -> Column:
        """*output* of every row, see ``scoring.columns.plan.Plan.outputs``."""
        return F.col(f"o{list(self.outputs).index(output)}")


def score_frame(pack: Pack, frame: DataFrame) -> ScoredFrame:
    """Score every row of *frame*. Raises FrameRefused, NoColumns.

    *frame* says the same each time it is read: the bounds of its facts are asked first. Ranks
    need one order of everybody, which Spark works out on one machine; the rest on all of them.
    """
    facts = FactsFrame(pack, frame)
    told = describe(facts)
    values = {peer.id: peer_values(facts, told, peer) for peer in pack.peers.values()}
    held = {id_: frozenset(of_groups.values()) for id_, of_groups in values.items()}
    inputs = DescribedInputs(pack, told, held)
    plan = plan_of(pack, inputs)
    outputs = whole_outputs(plan)
    source, from_peers = joined(facts, values)
    names = {f"o{at}": ref for at, ref in enumerate(outputs.values())}
    reading = Source(facts, inputs, source, from_peers)
    fixed = [quota.quota.per for one in plan.selections for quota in one.quotas]
    by = {group_name(fact): facts.group(fact) for fact in fixed if fact}
    rows = reading.scored(plan.program, names, {"code": F.col("code"), **by})
    found = ScoredFrame(plan, rows, outputs)
    ranked = found.of_grades(pack.ranking.among)
    keys = [found.column(f"key order {at}").desc() for at in range(len(plan.order))]
    window = Window.partitionBy(ranked).orderBy(*(keys or [F.lit(0)]))
    return ScoredFrame(
        plan, rows.withColumn("rank", F.when(ranked, F.rank().over(window))), outputs
    )


def group_name(fact: str) -> str:
    return f"by_{fact}"

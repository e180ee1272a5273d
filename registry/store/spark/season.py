"""A whole season scored on a cluster (chấm cả đợt trên cụm máy): points, grades, order, ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)

from registry.store.spark.expressions import DECIMAL, Expressions, kind_of
from registry.store.spark.facts_frame import FactsFrame, describe
from scoring.columns.described import OTHER, Described, DescribedInputs, texts_of
from scoring.columns.groups import Part, taken
from scoring.columns.keys import whole_outputs
from scoring.columns.layers import layered
from scoring.columns.plan import Plan, lowering_of, plan_of
from scoring.columns.program import Program, Ref
from scoring.rules import Pack, Peer

Values = Mapping[str, "Fraction | None"]


@dataclass(frozen=True, slots=True)
class ScoredFrame:
    """The results: ``code``, ``rank`` (NULL: none), and a column ``o0``, ``o1`` … an output.

    Unit: points are whole multiples of ``1 / plan.unit`` of a point.
    """

    plan: Plan
    frame: DataFrame
    outputs: Mapping[str, Ref]

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
    values = {peer.id: _peer_values(facts, told, peer) for peer in pack.peers.values()}
    held = {id_: frozenset(of_groups.values()) for id_, of_groups in values.items()}
    inputs = DescribedInputs(pack, told, held)
    plan = plan_of(pack, inputs)
    outputs = whole_outputs(plan)
    source, from_peers = _joined(facts, values)
    names = {f"o{at}": ref for at, ref in enumerate(outputs.values())}
    reading = _Source(facts, inputs, source, from_peers)
    rows = reading.scored(plan.program, names, {"code": F.col("code")})
    found = ScoredFrame(plan, rows, outputs)
    grades = [at for at, one in enumerate(pack.grades) if one.id in pack.ranking.among]
    ranked = found.column("grade").isin(*grades) if grades else F.lit(False)
    keys = [found.column(f"key order {at}").desc() for at in range(len(plan.order))]
    window = Window.partitionBy(ranked).orderBy(*(keys or [F.lit(0)]))
    return ScoredFrame(
        plan, rows.withColumn("rank", F.when(ranked, F.rank().over(window))), outputs
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a program reads: the facts, their description, and what is joined to them."""

    facts: FactsFrame
    inputs: DescribedInputs
    joined: DataFrame
    peers: Mapping[str, Column]

    def input(self, name: str) -> Column:
        if name in self.peers:
            return self.peers[name]
        return self.facts.input(name, self.inputs.facts[name.partition(":")[0]])

    def scored(
        self, program: Program, outputs: Mapping[str, Ref], passengers: Mapping[str, Column]
    ) -> DataFrame:
        """*outputs* of *program* for every row, with *passengers*, each under its name.

        A layer is a projection of its own: Spark keeps one whose columns are read several times.
        """
        words = {code: word for word, code in self.inputs.words.items()}
        texts = dict.fromkeys(texts_of(self.facts.pack, program), words)
        first, *layers = layered(program, outputs.values())
        base = [self.input(program.steps[at].name).alias(f"s{at}") for at in first.made]
        below = self.joined.select(*(one.alias(name) for name, one in passengers.items()), *base)
        held = first.made
        for layer in layers:
            write = Expressions(program, {at: F.col(f"s{at}") for at in held}, texts, OTHER)
            made = [write.made(at).alias(f"s{at}") for at in layer.made]
            below = below.select(*passengers, *(f"s{at}" for at in layer.kept), *made)
            held = (*layer.kept, *layer.made)
        write = Expressions(program, {at: F.col(f"s{at}") for at in held}, texts, OTHER)
        found = [write.of(ref.at).alias(name) for name, ref in outputs.items()]
        return below.select(*passengers, *found)


# Values of the peer group -------------------------------------------------------------------


def _peer_values(facts: FactsFrame, told: Mapping[str, Described], peer: Peer) -> Values:
    """The value of every group: sums by the cluster, fractions here."""
    inputs = DescribedInputs(facts.pack, told)
    lowering = lowering_of(facts.pack, inputs)
    number, defined = lowering.number(peer.of.node)
    kind_of(Ref(0, number.top.low * 10**9, number.top.high * 10**9))  # room for the sum of a nation
    outputs = {"top": number.top, "bottom": number.bottom, "defined": defined}
    source = _Source(facts, inputs, facts.frame, {})
    rows = source.scored(lowering.program, outputs, {"by": facts.group(peer.per)})
    top = F.when(F.col("defined"), F.col("top").cast(DECIMAL))
    asked = (F.count(top), F.sum(top), F.min(top), F.max(top))
    parts: dict[str, list[Part]] = defaultdict(list)
    for by, bottom, count, *values in rows.groupBy("by", "bottom").agg(*asked).collect():
        parts[by].extend([Part(int(bottom), count, *map(int, values))] if count else [])
    return {by: taken(peer, number.factor, some) for by, some in parts.items()}


def _joined(facts: FactsFrame, values: Mapping[str, Values]) -> tuple[DataFrame, dict[str, Column]]:
    """The facts with the values of each row's groups, and the inputs these are."""
    source = facts.frame
    inputs: dict[str, Column] = {}
    for at, (id_, of_groups) in enumerate(values.items()):
        rows = [
            (by, str(one.numerator), str(one.denominator))
            for by, one in of_groups.items()
            if one is not None
        ]
        if not rows:
            continue
        names = [f"peer{at} {of}" for of in ("by", "top", "bottom")]
        schema = ", ".join(f"`{name}` string" for name in names)
        few = F.broadcast(source.sparkSession.createDataFrame(rows, schema))
        by, top, bottom = (F.col(f"`{name}`") for name in names)
        source = source.join(few, facts.group(facts.pack.peers[id_].per) == by, "left")
        numbers = [abs(int(one)) for _, *pair in rows for one in pair]
        kind = kind_of(Ref(0, 0, max(numbers)))
        inputs[f"{id_}:top"] = F.coalesce(top, F.lit("0")).cast(kind)
        inputs[f"{id_}:bottom"] = F.coalesce(bottom, F.lit("1")).cast(kind)
        inputs[f"{id_}:present"] = by.isNotNull()
    return source, inputs

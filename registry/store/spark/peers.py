"""Values of the peer group (số liệu của cụm, khối): sums by the cluster, fractions by Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)

from registry.store.spark.expressions import DECIMAL, kind_of
from registry.store.spark.facts_frame import FactsFrame
from registry.store.spark.source import Source
from scoring.columns.described import Described, DescribedInputs
from scoring.columns.groups import Part, taken
from scoring.columns.plan import lowering_of
from scoring.columns.program import Ref
from scoring.rules import Peer

Values = Mapping[str, "Fraction | None"]


def peer_values(facts: FactsFrame, told: Mapping[str, Described], peer: Peer) -> Values:
    """The value of every group: sums by the cluster, fractions here."""
    inputs = DescribedInputs(facts.pack, told)
    lowering = lowering_of(facts.pack, inputs)
    number, defined = lowering.number(peer.of.node)
    kind_of(Ref(0, number.top.low * 10**9, number.top.high * 10**9))  # room for the sum of a nation
    outputs = {"top": number.top, "bottom": number.bottom, "defined": defined}
    source = Source(facts, inputs, facts.frame, {})
    rows = source.scored(lowering.program, outputs, {"by": facts.group(peer.per)})
    top = F.when(F.col("defined"), F.col("top").cast(DECIMAL))
    asked = (F.count(top), F.sum(top), F.min(top), F.max(top))
    parts: dict[str, list[Part]] = defaultdict(list)
    for by, bottom, count, *values in rows.groupBy("by", "bottom").agg(*asked).collect():
        parts[by].extend([Part(int(bottom), count, *map(int, values))] if count else [])
    return {by: taken(peer, number.factor, some) for by, some in parts.items()}


def joined(facts: FactsFrame, values: Mapping[str, Values]) -> tuple[DataFrame, dict[str, Column]]:
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

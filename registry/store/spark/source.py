"""A program over a DataFrame: a projection a layer, no step worked out twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)

from registry.store.spark.expressions import Expressions
from registry.store.spark.facts_frame import FactsFrame
from scoring.columns.described import OTHER, DescribedInputs, texts_of
from scoring.columns.layers import layered
from scoring.columns.program import Program, Ref


@dataclass(frozen=True, slots=True)
class Source:
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

"""Spark beside the columns: a master and two workers on this machine, every cell compared."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyspark
from pyarrow import parquet
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)

from benchmarks.scale.season import Season, cells_of, say, timed
from registry.store.spark.season import ScoredFrame, score_frame
from registry.store.spark.selecting import select_on
from scoring.columns.choosing import OUTCOMES
from scoring.columns.season import SeasonColumns, score_columns
from scoring.facts import FactType

CLUSTER = "local-cluster[2,1,1024]"
"""Two workers, each a process with one core and 1024 MB."""
KINDS = {
    FactType.INTEGER: "decimal(18,0)",
    FactType.DECIMAL: "decimal(18,6)",
    FactType.YES_NO: "boolean",
    FactType.DATE: "date",
    FactType.TEXT: "string",
    FactType.CHOICE: "string",
    FactType.MARKS: "array<decimal(18,6)>",
}


def run(season: Season, rounds: int) -> int:
    """Print how fast each is; how many cells differ."""
    table = season.table()
    with started() as spark, tempfile.TemporaryDirectory(prefix="spark") as home:
        facts, results = (str(Path(home) / name) for name in ("facts", "results"))
        _frame_of(spark, season).write.parquet(facts)
        print(f"{season.pack.id}: {season.rows:,} rows, {CLUSTER}, Spark {pyspark.__version__}")
        for round_ in range(rounds):
            found, seconds = timed(lambda: score_columns(season.pack, table))
            say(f"columns, round {round_ + 1}", season.rows, seconds)
            shutil.rmtree(results, ignore_errors=True)
            start = time.perf_counter()
            scored = score_frame(season.pack, spark.read.parquet(facts))
            say(
                "  of which bounds, peers, writing the plan",
                season.rows,
                time.perf_counter() - start,
            )
            scored.frame.write.parquet(results)
            there = time.perf_counter() - start
            say(f"Spark, facts to ranks ({there / seconds:.0f} times)", season.rows, there)
        kept = replace(scored, frame=spark.read.parquet(results))
        places, choosing = timed(lambda: _differing_places(kept, found))
        if season.pack.selections:
            say("  places of selections", season.rows, choosing)
        differing = places + _differing(scored, results, found)
    print(f"{differing} cells differ")
    return differing


@contextmanager
def started() -> Iterator[SparkSession]:
    """A session on a cluster that lives as long as it."""
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(CLUSTER).appName("dvk")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Noting for every expression which line of Python wrote it takes longer than the rest.
        "spark.sql.dataFrameQueryContext.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def _frame_of(spark: SparkSession, season: Season) -> DataFrame:
    """The facts as people typed them, each drawn entry standing there several times."""
    facts = season.pack.facts.values()
    schema = ", ".join(["code string", *(f"`{one.id}` {KINDS[one.type]}" for one in facts)])
    rows = [(code, *(_cell(of.get(one.id)) for one in facts)) for code, of in season.drawn.items()]
    drawn = spark.createDataFrame(rows, schema).repartition(8)
    times = F.broadcast(spark.range(season.times))
    code = F.concat("code", F.lit("-"), F.lpad(F.col("id").cast("string"), 3, "0"))
    return drawn.crossJoin(times).withColumn("code", code).drop("id")


def _cell(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _differing(scored: ScoredFrame, results: str, found: SeasonColumns) -> int:
    """How many cells are not what the columns say."""
    table = parquet.read_table(results).sort_by("code")
    if table["code"].to_pylist() != list(found.codes):
        return table.num_rows
    names = {name: f"o{at}" for at, name in enumerate(scored.outputs)} | {"rank": "rank"}
    differing = 0
    for name, cells in cells_of(found, scored.plan).items():
        differing += int(np.count_nonzero(_array(table[names[name]]) != cells))
    return differing


def _differing_places(scored: ScoredFrame, found: SeasonColumns) -> int:
    differing = 0
    for id_, there in select_on(scored).items():
        codes = found.outcomes[id_]
        here = {found.codes[row]: OUTCOMES[codes[row]] for row in np.flatnonzero(codes >= 0)}
        differing += here != there
    return differing


def _array(column: pa.ChunkedArray) -> np.ndarray:
    """A column of results; no rank is 0."""
    if pa.types.is_decimal(column.type):
        return np.array([int(one or Decimal(0)) for one in column.to_pylist()], dtype=object)
    filled: np.ndarray = column.fill_null(
        False if pa.types.is_boolean(column.type) else 0
    ).to_numpy()
    return filled

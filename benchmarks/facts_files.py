"""Generated facts as files, for our own commands: FACTS.csv and Parquet.

python -m benchmarks.facts_files --rows 1000 --out FOLDER
dvk rules score benchmarks/pack FOLDER/FACTS.csv --out RESULT.csv
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from benchmarks.facts import Facts
from benchmarks.generation import generate
from benchmarks.peers.polars_frames import frame_of


def write_files(facts: Facts, folder: Path) -> tuple[Path, Path]:
    """*facts* as FACTS.csv for ``dvk rules score``, and as Parquet."""
    frame = frame_of(facts, decimals="decimal", codes=False)
    code = pl.format("HS-{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(8)).alias("code")
    frame = frame.select(code, pl.all())
    folder.mkdir(parents=True, exist_ok=True)
    table, parquet = folder / "FACTS.csv", folder / "facts.parquet"
    frame.with_columns(pl.col(pl.Boolean).cast(pl.UInt8)).write_csv(table)
    frame.write_parquet(parquet)
    return table, parquet


def main() -> None:
    """Write facts for our own commands."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1000, help="how many entries (1000)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write them to")
    given = parser.parse_args()
    for path in write_files(generate(given.rows), given.out):
        print(path)


if __name__ == "__main__":
    main()

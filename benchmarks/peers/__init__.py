"""The registry of peers, slowest kind first. A new peer is a module and a line here."""

from __future__ import annotations

from benchmarks.peers import (
    bandwidth,
    c_pass,
    cel_cpp,
    duckdb_sql,
    dvk_columns,
    dvk_sheets,
    numba_pass,
    numpy_arrays,
    openfisca_formulas,
    polars_frames,
    python_fractions,
    rule_engine_rows,
    zen_rows,
)
from benchmarks.peers.peer import Peer

BASELINE = rule_engine_rows.PEER.name
CEILING = c_pass.PEER.name

PEERS: tuple[Peer, ...] = (
    rule_engine_rows.PEER,
    zen_rows.PEER,
    zen_rows.FUSED,
    cel_cpp.PEER,
    cel_cpp.FUSED,
    dvk_sheets.PEER,
    python_fractions.PEER,
    openfisca_formulas.PEER,
    numpy_arrays.PEER,
    duckdb_sql.DECIMAL,
    duckdb_sql.INTEGER,
    polars_frames.RAW_TEXT,
    polars_frames.CODES,
    dvk_columns.EVERY_LINE,
    dvk_columns.TEXT_PEER,
    dvk_columns.PEER,
    numba_pass.PEER,
    c_pass.PEER,
    bandwidth.PEER,
)

"""The digest of a table of facts: what was scored, whatever file it came from."""

from __future__ import annotations

import hashlib
import json

from scoring.columns.table import Column, Integers, MarksColumn, Table


def table_digest(table: Table) -> str:
    """SHA-256 over the facts of *table*: equal for equal facts, however they were stored."""
    found = hashlib.sha256()
    for part in (table.codes, table.texts):
        found.update(json.dumps(list(part), ensure_ascii=False).encode() + b"\n")
    for name, column in sorted(table.columns.items()):
        head = [name, str(column.unit), *(held.shape for held in _arrays(column))]
        found.update(json.dumps(head).encode() + b"\n")
        for held in _arrays(column):
            found.update(_bytes(held))
    return found.hexdigest()


def _arrays(column: Column | MarksColumn) -> list[Integers]:
    held = [column.sorted, column.count] if isinstance(column, MarksColumn) else [column.values]
    return held if column.present is None else [*held, column.present]


def _bytes(held: Integers) -> bytes:
    if held.dtype == object:
        return json.dumps(held.tolist()).encode()
    return held.dtype.str.encode() + held.astype(held.dtype.newbyteorder("<")).tobytes()

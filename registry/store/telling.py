"""What a piece of work changed, put into its audit lines (giá trị đi cùng dòng nhật ký)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.audit import Event, EventKind, Json
from registry.recorded import GONE, SEALED, SET, WAS, Row, Seal, blocks_of
from registry.store.changes import Change
from registry.store.raw import batches, key_names
from registry.store.tables import metadata, seasons

ROWS_A_LINE = 20_000
"""A long import goes on over several lines: a reader never has to hold more than this at once."""


def told_with(
    events: Sequence[Event], changes: Iterable[Change], seals: Sequence[Seal] = ()
) -> list[Event]:
    """*events* with every row of *changes*, each on the event of the row's season."""
    by_event: dict[int, list[Change]] = {}
    for change in changes:
        by_event.setdefault(_place(events, change), []).append(change)
    told: list[Event] = []
    for at, event in enumerate(events):
        first, *rest = [_told(part) for part in batches(by_event.get(at, ()), ROWS_A_LINE)] or [{}]
        results: dict[str, Json] = {}
        if seals and at == 0:
            results[SEALED] = [[one.table, one.run, one.rows, one.digest] for one in seals]
        told.append(Event(event.kind, event.season, {**event.data, **first, **results}))
        told += [
            Event(EventKind.VALUES_KEPT, event.season, {"part": number, **part})
            for number, part in enumerate(rest, start=2)
        ]
    return told


def _place(events: Sequence[Event], change: Change) -> int:
    if len(events) == 1:
        return 0
    season = change.row.get("id" if change.table is seasons else "season")
    return next((at for at, event in enumerate(events) if event.season == season), 0)


def _told(changes: Sequence[Change]) -> dict[str, Json]:
    """``set``, ``was`` and ``gone`` of a line, as far as there is anything to tell."""
    rows: dict[tuple[str, str], list[Row]] = {}
    for change in changes:
        for which, row in change.told():
            rows.setdefault((which, change.table.name), []).append(row)
    told: dict[str, Json] = {}
    for which in (SET, WAS, GONE):
        blocks: list[Json] = []
        for (where, table), found in rows.items():
            if where == which:
                blocks += blocks_of(table, found, key=key_names(metadata.tables[table]))
        if blocks:
            told[which] = blocks
    return told

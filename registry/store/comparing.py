"""Holding what is stored against what the log leaves standing (đối chiếu sổ với nhật ký)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from registry.audit import Json, StoredLine
from registry.recorded import MALFORMED, SEALED, SET, Disagreement, row_digest, rows_in, seal_of
from registry.store import log
from registry.store.raw import Key, Stored, line_forms, raw_columns
from registry.store.replay import SHAPES, UNKNOWN, Replayed, Shape, Values, json_of, payload_of
from registry.store.scope import Scope
from registry.store.tables import metadata

MOST_TOLD = 1000
"""Past so many differences a register is not repaired cell by cell."""


@dataclass
class Agreement:
    """What came of comparing the register with its log (kết quả đối chiếu)."""

    differences: list[Disagreement] = field(default_factory=list)
    unchecked: int = 0
    """Rows from before lines told values: nothing to hold them against."""
    more: bool = False


def compare(
    connection: sa.Connection,
    lines: Iterable[StoredLine],
    *,
    season: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Agreement:
    """Hold what is stored, of *season* or of everything, against what *lines* tell."""
    replayed = Replayed()
    for line in lines:
        replayed.read(line)
    scope, found = Scope(connection, season), Agreement()
    overwritten = (one for one in replayed.overwritten if scope.has_key(one.table, one.key))
    tables = [metadata.tables[name] for name in SHAPES if scope.holds(metadata.tables[name])]
    found.differences += overwritten
    for at, table in enumerate(tables, start=1):
        for one in _differences(connection, table, replayed, scope, found):
            if len(found.differences) >= MOST_TOLD:
                found.more = True
                break
            found.differences.append(one)
        if progress:
            progress(at, len(tables))
    found.differences = _placed(connection, found.differences)
    found.differences += _broken_seals(connection, replayed, scope)
    return found


def _broken_seals(
    connection: sa.Connection, replayed: Replayed, scope: Scope
) -> Iterator[Disagreement]:
    """Runs whose stored results are not those that were written."""
    for (name, run), (seal, seq) in sorted(replayed.seals.items()):
        table = metadata.tables.get(name)
        if table is None or not scope.has_key("runs", {"id": run}):
            continue
        query = sa.select(*raw_columns(table)).where(table.c.run == run)
        options = {"yield_per": 2000}
        rows = [
            row_digest([keep(row[column]) for column, keep in line_forms(table)])
            for row in connection.execute(query, execution_options=options).mappings()
        ]
        now = seal_of(name, run, rows)
        if now != seal:
            yield Disagreement(
                table=name,
                key={"run": run},
                column=SEALED,
                stored=now.digest,
                logged=seal.digest,
                seq=seq,
            )


def _differences(
    connection: sa.Connection, table: sa.Table, replayed: Replayed, scope: Scope, found: Agreement
) -> Iterator[Disagreement]:
    shape = SHAPES[table.name]
    expected = dict(replayed.rows.get(table.name, {}))
    query = scope.select(table, raw_columns(table))
    options = {"yield_per": 2000}
    for row in connection.execute(query, execution_options=options).mappings():
        key = tuple(row[name] for name in shape.keys)
        logged = expected.pop(key, None)
        if logged is None:
            if _is_older(row, replayed, scope):
                found.unchecked += 1
            else:
                yield _whole(table, shape, key, stored=_main_value(table, row))
            continue
        for (name, keep), value in zip(line_forms(table), logged, strict=True):
            stored = keep(row[name])
            if stored != value and value is not UNKNOWN:
                yield Disagreement(
                    table=table.name,
                    key=shape.named(key),
                    column=name,
                    stored=stored,
                    logged=json_of(value),
                )
    for key, logged in expected.items():
        if scope.has_row(table, _row_of(shape, logged)):
            yield _whole(table, shape, key, logged=_main_value(table, _row_of(shape, logged)))


def _whole(
    table: sa.Table, shape: Shape, key: Key, *, stored: Json = None, logged: Json = None
) -> Disagreement:
    return Disagreement(
        table=table.name, key=shape.named(key), column="", stored=stored, logged=logged
    )


def _main_value(table: sa.Table, row: Stored) -> Json:
    """What a reader would call the row's value; True where no column is that."""
    main = {"facts": "cell", "marks": "mark", "entries": "name"}.get(table.name)
    value = row.get(main) if main else None
    return value if isinstance(value, str) and value else True


def _is_older(row: Stored, replayed: Replayed, scope: Scope) -> bool:
    """Whether a row may come from before lines told values, by when and by whom it was written."""
    season = row.get("season", scope.season)
    lines = replayed.older.get(season, set()) if season else set().union(*replayed.older.values())
    if "at" in row and "officer" in row:
        return (row["at"], row["officer"]) in lines
    return bool(lines)


def _row_of(shape: Shape, values: Values) -> dict[str, object]:
    return dict(zip(shape.names, values, strict=True))


def _placed(connection: sa.Connection, found: list[Disagreement]) -> list[Disagreement]:
    """*found* with the line that last wrote each value."""
    if not found:
        return found
    wanted = {(one.table, tuple(one.key.values())) for one in found}
    last: dict[tuple[str, Key, str], int] = {}
    seen: dict[tuple[str, Key, str], list[int]] = {}
    for line in log.each_stored(connection):
        payload = payload_of(line) or {}
        with suppress(*MALFORMED):
            for one in rows_in(payload.get(SET)):
                if one.table not in SHAPES:
                    continue
                key = SHAPES[one.table].key_in(one)
                if (one.table, key) in wanted:
                    for name in ("", *one.row):
                        last[one.table, key, name] = line.seq
                        seen.setdefault((one.table, key, name), []).append(line.seq)

    def placed(one: Disagreement) -> Disagreement:
        place = one.table, tuple(one.key.values()), one.column
        if one.overwritten:
            before = [seq for seq in seen.get(place, []) if seq < one.overwritten]
            return replace(one, seq=before[-1] if before else 0)
        return replace(one, seq=last.get(place, 0))

    return [placed(one) for one in found]

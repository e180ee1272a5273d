"""Facts of a season in a table of a server, and what it says of them as plain values."""

from fractions import Fraction

import sqlalchemy as sa

from registry.store.postgresql.season import score_into
from registry.store.postgresql.selecting import best_first, select_on
from scoring.facts import FactType

KINDS = {
    FactType.INTEGER: sa.Numeric(),
    FactType.DECIMAL: sa.Numeric(),
    FactType.YES_NO: sa.Boolean(),
    FactType.DATE: sa.Date(),
    FactType.TEXT: sa.Text(),
    FactType.CHOICE: sa.Text(),
    FactType.MARKS: sa.ARRAY(sa.Numeric()),
}


def table_on(connection, pack, season, kinds=KINDS, without=()):
    """A temporary table of *season*, as people typed it."""
    connection.execute(sa.text("DROP TABLE IF EXISTS facts, scored, scored_rank"))
    columns = [
        sa.Column(fact.id, kinds[fact.type])
        for fact in pack.facts.values()
        if fact.id not in without
    ]
    table = sa.Table(
        "facts",
        sa.MetaData(),
        sa.Column("code", sa.Text(), primary_key=True),
        *columns,
        prefixes=["TEMPORARY"],
    )
    table.create(connection)
    rows = [
        {"code": code, **{id_: _cell(facts.get(id_)) for id_ in pack.facts}}
        for code, facts in season.items()
    ]
    if rows:
        connection.execute(table.insert(), rows)
    return table


def _cell(value):
    return list(value) if isinstance(value, tuple) else value


def told_by_server(connection, pack, season):
    """What the server says, in the shape of ``told_by_columns``."""
    table = table_on(connection, pack, season)
    scored = score_into(connection, pack, table, "scored", temporary=True)
    names = list(scored.outputs)
    query = sa.select(scored.code, *(scored.column(name).label(name) for name in names))
    ranks = best_first(connection, scored)
    selected = select_on(connection, scored)
    told = {}
    for code, *values in connection.execute(query):
        told[code] = _told(scored.plan, dict(zip(names, values, strict=True))) | {
            "rank": ranks.get(code),
            "outcomes": {
                id_: None if code not in one.outcomes else str(one.outcomes[code])
                for id_, one in selected.items()
            },
        }
    return told | {
        "": {
            "ranked": list(ranks),
            "chosen": {id_: list(one.chosen) for id_, one in selected.items()},
        }
    }


def _told(plan, row):
    def points(units):
        return Fraction(int(units), plan.unit)

    grade = int(row["grade"])
    return {
        "total": points(row["total"]),
        "base": points(row["base"]),
        "grade": None if grade < 0 else plan.pack.grades[grade].id,
        "gates": {gate.id: row[f"gate {gate.id}"] for gate in plan.pack.gates},
        "lines": {
            line.id: (
                points(row[f"points {line.id}"]) if row[f"scored {line.id}"] else None,
                row[f"excluded {line.id}"],
            )
            for line in plan.every_line()
        },
    }

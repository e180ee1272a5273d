"""Tables of facts as servers have them: other exact types, codes for choices, long names."""

from decimal import Decimal

import sqlalchemy as sa
from facts_on_server import KINDS, table_on, told_by_server
from hard_facts import hard_season
from hard_pack import HARD, hard_pack

from registry.store.postgresql.season import score_into
from scoring.facts import FactType
from scoring.pack import parse_pack
from scoring.score import score_season


def totals(connection, scored):
    rows = connection.execute(sa.select(scored.code, scored.column("total")))
    return {code: Decimal(int(total)) / scored.plan.unit for code, total in rows}


def test_choices_held_as_numbers_and_integers_score_the_same(connection):
    pack = hard_pack()
    season = hard_season(5, 60)
    coded = {
        code: {
            id_: list(pack.facts[id_].choices).index(value) if id_ in ("cap", "noi") else value
            for id_, value in facts.items()
        }
        for code, facts in season.items()
    }
    kinds = KINDS | {FactType.CHOICE: sa.SmallInteger(), FactType.INTEGER: sa.BigInteger()}
    table = table_on(connection, pack, coded, kinds)
    scored = score_into(connection, pack, table, "scored", temporary=True)
    sheets = score_season(pack, season).sheets
    assert totals(connection, scored) == {code: one.total for code, one in sheets.items()}


def test_criterion_with_a_long_name_gets_a_column_of_its_own(connection):
    long = "T" * 80
    pack = parse_pack({"pack.yaml": HARD.replace("{id: T,", f"{{id: {long},")}, name="kho")
    season = hard_season(6, 20)
    told = told_by_server(connection, pack, season)
    sheets = score_season(pack, season).sheets
    assert {code: one["lines"][long][0] for code, one in told.items() if code} == {
        code: next(line.points for line in sheet.lines if line.id == long)
        for code, sheet in sheets.items()
    }

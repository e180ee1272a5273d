"""The columns say what the interpreter says, on every pack that comes with the program."""

import random

import pytest
from agreement import told_by_columns, told_by_interpreter
from drawn_facts import Drawing

from registry.frames.writing import long_results_csv
from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.cases import parse_base
from scoring.columns.season import score_columns
from scoring.columns.table import table_of
from scoring.results_csv import results_csv
from scoring.score import score_season

PACKS = sorted(path.parent.name for path in RULES_DIR.glob("*/pack.yaml"))


@pytest.mark.parametrize("name", PACKS)
def test_columns_agree_with_the_interpreter_on_drawn_seasons(name):
    pack = load_pack(RULES_DIR / name)
    base = parse_base(read_pack_files(RULES_DIR / name), pack, name=name)
    drawing = Drawing(pack, base, random.Random(name).choice)
    for entries in (0, 1, 2, 60):
        season = drawing.season(entries)
        told = told_by_columns(pack, season)
        assert told == told_by_interpreter(pack, season)

    found = long_results_csv(score_columns(pack, table_of(pack, season)))
    assert found.decode() == results_csv(pack, score_season(pack, season))

"""The server says what the interpreter says, on every pack that comes with the program."""

import random

import pytest
from agreement import told_by_interpreter
from drawn_facts import Drawing
from facts_on_server import told_by_server

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.cases import parse_base

PACKS = sorted(path.parent.name for path in RULES_DIR.glob("*/pack.yaml"))


@pytest.mark.parametrize("name", PACKS)
def test_server_agrees_with_the_interpreter_on_drawn_seasons(name, connection):
    pack = load_pack(RULES_DIR / name)
    base = parse_base(read_pack_files(RULES_DIR / name), pack, name=name)
    drawing = Drawing(pack, base, random.Random(name).choice)
    for entries in (0, 1, 2, 60):
        season = drawing.season(entries)
        told = told_by_server(connection, pack, season)
        assert told == told_by_interpreter(pack, season)

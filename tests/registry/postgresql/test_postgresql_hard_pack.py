"""The server on the pack that asks for what is hardest: signs, long numbers, ratios, peers."""

from agreement import told_by_interpreter
from facts_on_server import told_by_server
from hard_facts import hard_season
from hard_pack import hard_pack


def test_server_agrees_with_the_interpreter_on_what_is_hardest(connection):
    pack = hard_pack()
    for seed in range(4):
        season = hard_season(seed, 80)
        assert told_by_server(connection, pack, season) == told_by_interpreter(pack, season)

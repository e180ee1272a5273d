"""The server on the pack that asks for what is hardest: signs, long numbers, ratios, peers."""

from agreement import told_by_interpreter
from facts_on_server import told_by_server
from hard_facts import hard_season
from hard_pack import HARD, hard_pack

from scoring.pack import parse_pack


def test_server_agrees_with_the_interpreter_on_what_is_hardest(connection):
    pack = hard_pack()
    for seed in range(4):
        season = hard_season(seed, 80)
        assert told_by_server(connection, pack, season) == told_by_interpreter(pack, season)


APART = """\
  - {id: ba, label: Ba, from: [tot, kem], basis: Điều 5, except: [mot, hai], require: ro,
     order: [zero_criteria], quotas: [{most: 5, label: cả huyện}]}
  - {id: bon, label: Bốn, from: [tot, kem], basis: Điều 5, except: [ba], order: [c],
     quotas: [{most: 2, per: nhom, label: theo nhóm}]}
"""


def test_server_leaves_out_whom_selections_before_have_taken_or_not_decided_on(connection):
    pack = parse_pack({"pack.yaml": HARD + APART}, name="kho")
    met = set()
    for seed in range(6):
        season = hard_season(seed, (12, 40)[seed % 2])
        told = told_by_server(connection, pack, season)
        assert told == told_by_interpreter(pack, season)
        met |= {one["outcomes"]["bon"] for code, one in told.items() if code}
    assert met >= {None, "chosen", "waiting"}

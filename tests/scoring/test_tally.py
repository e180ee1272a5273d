"""One evaluation, words on top: what is worked out without sentences is what the sheet says."""

import random
from pathlib import Path

import pytest

from registry.rulebook import load_pack
from scoring.nearness.trials import Trials
from scoring.nearness.ways import ways_of
from scoring.peers import peer_values
from scoring.score import score, tally
from tests.fuzz.drawing import Drawer

RULES = Path(__file__).parents[2] / "rules"
PACKS = [file.parent for file in sorted(RULES.glob("*/pack.yaml"))]


def _lines(tops):
    todo, found = [*tops], {}
    while todo:
        one = todo.pop()
        excluded = (one.points, one.maximum, one.exact, one.lack, one.excluded)
        found[one.id] = excluded
        todo += one.parts
    return found


def _of_sheet(sheet):
    lines = _lines((*sheet.lines, sheet.bonus, sheet.penalty))
    return lines, sheet.base, sheet.total, sheet.grade, sheet.failed_gates


def _of_tally(found):
    lines = _lines((*found.tops, found.bonus, found.penalty))
    return lines, found.base, found.total, found.grade, found.failed_gates


@pytest.mark.parametrize("folder", PACKS, ids=lambda one: one.name)
def test_tally_is_the_sheet_without_its_sentences(folder):
    pack = load_pack(folder)
    season = Drawer(pack, random.Random(7)).season(60)
    peers = peer_values(pack, season)

    for code, facts in season.items():
        told = score(pack, code, facts, peers=peers[code])
        assert _of_tally(tally(pack, facts, peers=peers[code])) == _of_sheet(told)
        assert [one.id for one, _ in tally(pack, facts, peers=peers[code]).tried] == [
            one.id for one in told.verdict
        ]


@pytest.mark.parametrize("folder", PACKS, ids=lambda one: one.name)
def test_what_a_change_does_not_touch_is_kept_and_nothing_else(folder):
    pack = load_pack(folder)
    chance = random.Random(8)
    season = Drawer(pack, chance).season(6)

    for code, facts in season.items():
        trials = Trials(pack, code, facts, season)
        for fact in pack.facts.values():
            for way in ways_of(fact, facts.get(fact.id)):
                if not way.most:
                    continue
                step = chance.randint(1, min(way.most, 20))
                changed = trials.changed(way, step)
                peers = peer_values(pack, {**season, code: changed})[code]
                whole = score(pack, code, changed, peers=peers)
                assert _of_tally(trials.result(way, step)) == _of_sheet(whole)

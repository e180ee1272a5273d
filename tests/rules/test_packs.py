"""Every pack that comes with the program: it reads, its cases pass, and they leave nothing out."""

import pytest

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.case_runs import run_case
from scoring.cases import parse_cases
from scoring.facts import FactType
from scoring.interpret import NoValue, number, truth
from scoring.peers import peer_values
from scoring.score import scope_of, score

FOLDERS = sorted(file.parent for file in RULES_DIR.glob("*/pack.yaml"))
PACKS = {folder.name: load_pack(folder) for folder in FOLDERS}
CASES = {
    folder.name: parse_cases(read_pack_files(folder), PACKS[folder.name], name=folder.name)
    for folder in FOLDERS
}
EVERY_CASE = [(PACKS[name], case) for name, cases in CASES.items() for case in cases]
each_pack = pytest.mark.parametrize("name", PACKS)


def entries_of(name):
    """The facts of every entry any case of the pack speaks of, and the values of its peers."""
    for case in CASES[name]:
        peers = peer_values(PACKS[name], case.season)
        yield from ((facts, peers[code]) for code, facts in case.season.items())
        if not case.season:
            yield case.facts, case.peers


def sheets_of(name):
    """A sheet, and the facts behind it, for every entry any case of the pack speaks of."""
    for facts, peers in entries_of(name):
        yield facts, score(PACKS[name], "", facts, peers=peers)


def leaves_of(pack):
    return [leaf for top in (*pack.criteria, pack.bonus, pack.penalty) for leaf in top.leaves()]


def test_there_are_packs_to_try():
    assert "dan-van-kheo-minh-hoa" in PACKS


@pytest.mark.parametrize(
    ("pack", "case"), EVERY_CASE, ids=[str(case.place) for _, case in EVERY_CASE]
)
def test_case_comes_out_as_its_author_expects(pack, case):
    assert [str(one) for one in run_case(pack, case)] == []


@each_pack
def test_cases_of_a_pack_have_names_of_their_own(name):
    names = [case.name for case in CASES[name]]
    assert sorted(names) == sorted(set(names))


@each_pack
def test_every_point_and_every_condition_cites_a_clause(name):
    pack = PACKS[name]
    cited = [
        *leaves_of(pack),
        *pack.gates,
        *pack.grades,
        *pack.vetoes,
        *pack.caps,
        pack.ranking,
        *pack.selections,
        *(quota for selection in pack.selections for quota in selection.quotas),
    ]
    assert [one for one in cited if not one.basis] == []


@each_pack
def test_every_criterion_gate_grade_and_selection_is_expected_by_a_case(name):
    pack = PACKS[name]
    expected = set()
    for case in CASES[name]:
        for key, value in case.expect.items():
            expected |= {key, *(value if isinstance(value, list | dict) else [value])}
    # A case that expects the bonus, where only one item gave any, speaks of that item.
    for case in CASES[name]:
        sheet = score(pack, case.name, case.facts)
        for block in (sheet.bonus, sheet.penalty):
            giving = [part.id for part in block.parts if part.points]
            if block.id in case.expect and len(giving) == 1:
                expected |= {*giving}
    wanted = [*leaves_of(pack), *pack.gates, *pack.grades, *pack.selections]
    assert [one.id for one in wanted if one.id not in expected] == []
    assert {"grade", *results_of(pack)} <= expected


def results_of(pack):
    """What a sheet of *pack* says besides its lines: a pack of quotas alone gives no points."""
    found = {block.id for block in (pack.bonus, pack.penalty) if block.parts}
    found |= {"total"} if pack.criteria else set()
    return found | ({"gates"} if pack.gates else set())


@each_pack
def test_every_veto_and_cap_decides_a_case_and_every_quota_keeps_someone_out(name):
    pack = PACKS[name]
    decided = {sheet.verdict[-1].id for _, sheet in sheets_of(name) if sheet.verdict}
    assert [one.id for one in (*pack.vetoes, *pack.caps) if one.id not in decided] == []
    held = {gate.id: set() for gate in pack.gates}
    for _, sheet in sheets_of(name):
        for gate in sheet.gates:
            held[gate.id].add(gate.holds is True)
    assert held == {gate.id: {True, False} for gate in pack.gates}


@each_pack
def test_every_branch_of_every_criterion_is_taken_by_a_case(name):
    """Tiers, choices, branches: each row of the table gives its points to someone."""
    pack = PACKS[name]
    rows = [(leaf, at) for leaf in leaves_of(pack) for at in range(len(leaf.rule.branches))]
    taken = {
        (leaf.id, branch_taken(leaf.rule, facts, pack, peers))
        for facts, peers in entries_of(name)
        for leaf in leaves_of(pack)
    }
    assert [
        (leaf.id, leaf.rule.branches[at].label) for leaf, at in rows if (leaf.id, at) not in taken
    ] == []


def branch_taken(rule, facts, pack, peers):
    scope = dict(scope_of(pack, facts, peers))
    try:
        if rule.measure is not None:
            scope["measure"] = number(rule.measure.node, scope)
        for at, branch in enumerate(rule.branches):
            if branch.when is None or truth(branch.when, scope):
                return at
    except NoValue:
        pass
    return None


@each_pack
def test_every_threshold_is_tried_on_both_sides(name):
    """A criterion's points differ between cases, and each yes/no fact is given both ways."""
    pack = PACKS[name]
    seen = {leaf.id: set() for leaf in leaves_of(pack)}
    for _, sheet in sheets_of(name):
        for line in (*sheet.leaves(), *sheet.bonus.leaves(), *sheet.penalty.leaves()):
            if line.id in seen:
                seen[line.id].add(line.points)
    assert [id_ for id_, points in seen.items() if len(points) < 2] == []
    answers = {
        fact.id: {facts.get(fact.id) for facts, _ in sheets_of(name)}
        for fact in pack.facts.values()
        if fact.type is FactType.YES_NO
    }
    assert [id_ for id_, given in answers.items() if not {True, False} <= given] == []


@each_pack
def test_groups_add_up_to_a_hundred(name):
    """Those for one kind of entry, unless the table is of quotas alone or says what makes 100."""
    pack = PACKS[name]
    # Which table is an entry's own may be unknown: then each stands there without points.
    choosing = {one.id for one in pack.criteria if one.applies}
    found = {
        sum(line.maximum for line in sheet.lines if not line.excluded)
        for _, sheet in sheets_of(name)
        if not any(line.lack and line.id in choosing for line in sheet.lines)
    }
    assert pack.rescale == 100 or found <= {0, 100}

"""The pack that speed is measured with is one our own commands take as it is."""

from pathlib import Path

from registry.rulebook import load_pack, read_pack_files
from scoring.authoring.format import format_files
from scoring.case_runs import run_case
from scoring.cases import parse_cases
from scoring.lint.linting import lint_pack

FOLDER = Path(__file__).parents[2] / "benchmarks" / "pack"
FILES = read_pack_files(FOLDER)
PACK = load_pack(FOLDER)
SHAPES = {"yes_no", "each_yes", "tiers", "ratio", "count", "steps", "choice", "branches", "points"}


def test_measuring_pack_has_25_criteria_of_every_shape_that_needs_no_council():
    leaves = [leaf for top in (*PACK.criteria, PACK.bonus, PACK.penalty) for leaf in top.leaves()]

    assert len(leaves) == 25
    assert {leaf.rule.shape for leaf in leaves if leaf.rule} == SHAPES


def test_measuring_pack_has_quotas_over_all_over_63_units_and_over_fields():
    quotas = [quota.per for selection in PACK.selections for quota in selection.quotas]

    assert quotas == ["", "don_vi", "linh_vuc"]
    assert len(PACK.facts["don_vi"].choices) == 63


def test_cases_of_the_measuring_pack_come_out_as_expected():
    cases = parse_cases(FILES, PACK, name="pack")

    assert [str(fault) for case in cases for fault in run_case(PACK, case)] == []


def test_measuring_pack_is_laid_out_and_leaves_nothing_doubtful():
    assert format_files(FILES, name="pack") == (FILES, ())
    assert lint_pack(FILES, name="pack") == ()

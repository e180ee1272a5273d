"""The cases of every pack prove it: nothing left untried, and no change they would not notice.

This is ``dvk rules test --cover`` and ``dvk rules mutate`` over every pack that comes along.
"""

import pytest

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.accepted import parse_accepted
from scoring.cases import parse_base, parse_cases
from scoring.proving.coverage import coverage_of
from scoring.proving.mutate import mutate

FOLDERS = {file.parent.name: file.parent for file in sorted(RULES_DIR.glob("*/pack.yaml"))}
each_pack = pytest.mark.parametrize("name", FOLDERS)


def read(name):
    pack, files = load_pack(FOLDERS[name]), read_pack_files(FOLDERS[name])
    return pack, parse_cases(files, pack, name=name), files


@each_pack
def test_cases_leave_no_clause_untried(name):
    pack, cases, _ = read(name)
    covered = coverage_of(pack, cases)

    assert [(str(one.place), one.owner, one.text) for one in covered.missing] == []
    assert covered.wanted > 0


@pytest.mark.slow
@each_pack
def test_no_change_of_a_pack_goes_unnoticed_without_a_reason(name):
    pack, cases, files = read(name)
    report = mutate(
        pack,
        cases,
        base=parse_base(files, pack, name=name),
        accepted=parse_accepted(files, name=name),
    )

    assert [one.mutant.change for one in report.survivors] == []
    assert [one.change for one in report.stale] == []

"""The cases of every pack prove it: nothing left untried, and no change they would not notice.

``dvk rules mutate`` tries every change of a pack; here each pack has a fixed share of them tried.
"""

import pytest

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.cases import parse_cases
from scoring.proving.coverage import coverage_of

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

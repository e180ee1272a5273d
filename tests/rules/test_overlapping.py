"""Tiers that overlap in the source: refused as written, accepted once the author has decided."""

from pathlib import Path

from registry.rulebook import RULES_DIR, read_pack_files
from scoring.lint.linting import lint_pack

AS_WRITTEN = Path(__file__).parent / "overlapping" / "can-tho-157-2025"
DECIDED = RULES_DIR / "can-tho-157-2025"


def findings(folder):
    return lint_pack(read_pack_files(folder), name="157")


def test_overlapping_tiers_of_the_source_are_refused_with_their_boundary():
    assert [(str(one.place), one.code, one.message) for one in findings(AS_WRITTEN)] == [
        (
            "157/pack.yaml:22:11",
            "tier-overlap",
            "Từ 95 đến 95% thuộc hai bậc: “từ 95 đến dưới 100%” (dòng 21) và “từ 90 đến 95%”.",
        ),
        (
            "157/pack.yaml:23:11",
            "tier-overlap",
            "Từ 90 đến 90% thuộc hai bậc: “từ 90 đến 95%” (dòng 22) và “từ 88 đến 90%”.",
        ),
    ]


def test_decided_tiers_have_nothing_to_refuse():
    assert findings(DECIDED) == ()

"""Changes let be in writing: counted apart, refused where a case can tell, told when stale."""

import pytest
from small_pack import place_of

from scoring.accepted import parse_accepted
from scoring.cases import parse_base, parse_cases
from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.proving.mutate import mutate

PACK = """\
id: mot
version: 1.0.0
title: Một tiêu chí
basis: [{document: Quy định}]
effective: {from: 2018-01-01}
facts:
  so_ho: {type: integer, min: 1, max: 9, label: Số hộ}
criteria:
  - id: I
    label: Quy mô
    basis: Điều 1
    yes_no: {when: so_ho * so_ho + 1 > so_ho, points: 2}
grades:
  - {id: da-cham, label: Đã chấm, basis: Điều 2}
ranking: {among: [da-cham], order: [total]}
"""
BASE = "base: {so_ho: 3}\ncases:\n  - {name: ba hộ, expect: {I: 2}}\n"
UNTOLD = "I: điều kiện của “đạt”: Số hộ × Số hộ + 1 > Số hộ → Số hộ × Số hộ + 1 ≥ Số hộ"
TOLD = "I: điểm của “đạt”: 2 → 3"


def item(change, because="bình phương cộng một không bao giờ bằng chính nó"):
    return f'  - {{change: "{change}", because: {because}}}\n'


def tried(*items, limit=None):
    files = {"pack.yaml": PACK, "tests/0.yaml": BASE}
    if items:
        files["tests/9.yaml"] = "accepted:\n" + "".join(items)
    pack = parse_pack(files, name="mot")
    cases = parse_cases(files, pack, name="mot")
    base, accepted = parse_base(files, pack, name="mot"), parse_accepted(files, name="mot")
    return mutate(pack, cases, base=base, accepted=accepted, limit=limit)


def survivors(report):
    return [one.mutant.change for one in report.survivors]


def test_change_accepted_in_writing_no_longer_survives():
    before, after = tried(), tried(item(UNTOLD))

    assert UNTOLD in survivors(before)
    assert set(survivors(before)) - set(survivors(after)) == {UNTOLD}
    assert [(one.mutant.change, one.because) for one in after.justified] == [
        (UNTOLD, "bình phương cộng một không bao giờ bằng chính nó")
    ]
    assert (before.tried, before.justified, after.stale) == (after.tried, (), ())


def test_reason_does_not_stand_where_a_case_can_tell():
    told = next(one for one in tried().survivors if one.proposal is not None)
    report = tried(item(told.mutant.change, "không cần"))

    assert report.justified == ()
    assert [one.because for one in report.survivors if one.mutant == told.mutant] == ["không cần"]
    assert report.stale == ()


@pytest.mark.parametrize("change", [TOLD, "I: điểm của “đạt”: 5 → 6"])
def test_reason_for_what_did_not_survive_is_stale(change):
    report = tried(item(UNTOLD), item(change))

    assert [one.change for one in report.stale] == [change]
    assert str(report.stale[0].place).startswith("mot/tests/9.yaml:3:")


def test_nothing_is_called_stale_that_was_not_tried():
    assert tried(item(UNTOLD), item(TOLD), limit=1).stale == ()
    assert [one.change for one in tried(item("I: đã bỏ"), limit=1).stale] == ["I: đã bỏ"]


@pytest.mark.parametrize(
    ("text", "piece", "code"),
    [
        ("accepted: {a: b}\n", "{a: b}", "bad-type"),
        ("accepted:\n  - {change: x}\n", "{change", "accepted"),
        ('accepted:\n  - {change: x, because: " "}\n', "{change", "accepted"),
        ("accepted:\n  - {change: 5, because: y}\n", "{change", "accepted"),
        ("accepted:\n  - x\n", "x", "accepted"),
        ("accepted:\n  - {change: x, because: y, wy: z}\n", "z}", "unknown-key"),
        (
            "accepted:\n  - {change: x, because: y}\n  - {change: x, because: z}\n",
            "{change: x, because: z",
            "duplicate",
        ),
    ],
)
def test_entry_that_cannot_be_meant_is_a_problem_at_its_place(text, piece, code):
    files = {"pack.yaml": PACK, "tests/0.yaml": BASE, "tests/9.yaml": text}
    with pytest.raises(PackError) as refused:
        parse_cases(files, parse_pack(files, name="mot"), name="mot")

    assert [(str(one.place), one.code) for one in refused.value.problems] == [
        (place_of(text, piece, file="mot/tests/9.yaml"), code)
    ]

"""Mending without deciding: only what scores alike, line by line, comments kept."""

from decimal import Decimal

import pytest
from small_pack import PACK
from test_lint import SOUND, TIERS, findings

from scoring.lint.fix import mended
from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.score import score

SHUFFLED = """\
            - {from: 50, below: 80, points: 5}   # giữa
            - {from: 80, points: 10}
            # dưới nữa thì không
            - {below: 50, points: 0}
"""


def fixed(text):
    return mended({"pack.yaml": text, "tests/a.yaml": "cases: []\n"}, name="nho")


def test_sound_pack_is_not_touched():
    assert fixed(SOUND) == {}


def test_bands_are_sorted_with_their_comments():
    lines = TIERS.splitlines(keepends=True)
    noted = lines[1].rstrip() + "   # giữa\n"
    text = SOUND.replace(TIERS, noted + lines[0] + lines[2])

    assert fixed(text) == {"pack.yaml": SOUND.replace(TIERS, lines[0] + noted + lines[2])}


def test_sorting_scores_everyone_as_before():
    lines = TIERS.splitlines(keepends=True)
    text = SOUND.replace(TIERS, lines[1] + lines[0] + lines[2])
    packs = [parse_pack({"pack.yaml": one}, name="nho") for one in (text, fixed(text)["pack.yaml"])]
    for joined in (0, 49, 50, 79, 80, 100):
        facts = {"so_ho": Decimal(100), "tham_gia": Decimal(joined)}
        first, second = (score(pack, "A", facts).lines[0].parts[0].points for pack in packs)
        assert first == second


@pytest.mark.parametrize(
    "bands",
    [
        SHUFFLED,  # a comment between the bands: nobody knows which it belongs to
        SHUFFLED.replace("{from: 50, below: 80,", "{from: 50,\n               below: 80,"),
    ],
    ids=["comment", "over several lines"],
)
def test_table_that_is_not_one_line_a_band_is_left_to_the_author(bands):
    text = SOUND.replace(TIERS, bands)

    assert [code for _, code, _ in findings(text)] == ["tier-order"]
    assert fixed(text) == {}


def test_bands_that_overlap_are_left_to_the_author():
    lines = TIERS.splitlines(keepends=True)
    text = SOUND.replace(TIERS, lines[1].replace("below", "to") + lines[0] + lines[2])

    assert [code for _, code, _ in findings(text)] == ["tier-overlap"]
    assert fixed(text) == {}


@pytest.mark.parametrize(
    "order",
    ["  order: [total, I, ty_le, thang] # bốn bước\n", "  order:\n    - total\n    - thang\n    - ty_le\n"],
    ids=["in one line", "line by line"],
)  # fmt: skip
def test_chain_is_ended_as_it_ends_anyway(order):
    there = "  order: [total, I, ty_le, thang]\n  then: vote\n"
    assert SOUND.count(there) == 1

    assert fixed(SOUND.replace(there, order)) == {
        "pack.yaml": SOUND.replace(there, order + "  then: vote\n")
    }


def test_chain_inside_braces_is_left_to_the_author():
    ranking = SOUND[SOUND.index("ranking:") : SOUND.index("selections:")]
    text = SOUND.replace(
        ranking, "ranking: {among: [tot, dat], order: [total, ty_le, thang], basis: Điều 8}\n"
    )

    assert [code for _, code, _ in findings(text)] == ["tie-end"]
    assert fixed(text) == {}


def test_pack_with_faults_is_never_touched():
    with pytest.raises(PackError):
        fixed(PACK.replace("max: 20", "max: 21"))

"""The columns say what the interpreter says, on drawn packs; the long run is a command.

``python -m tests.differential --pairs 1000000 --seed 1`` goes on where this slice ends.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from agreement import difference
from comparing import VALUES, WHOLE, Tally, compared, minimised
from drawn_facts import Drawing
from drawn_packs import drawn_expressions, drawn_pack, parsed
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scoring.columns.blocks import run
from scoring.columns.inputs import TableInputs
from scoring.columns.peers import peer_columns
from scoring.columns.plan import plan_of
from scoring.columns.program import NoColumns
from scoring.columns.table import table_of

ROOT = Path(__file__).parents[3]
REASONS = {
    "số quá lớn",
    "trimmed_mean với số phiếu không viết sẵn",
    "chọn giữa hai danh sách phiếu chấm",
    "so sánh hai danh sách phiếu chấm",
    "phiếu chấm tính ra từ biểu thức",
    "nhóm theo phiếu chấm",
}
"""What the columns leave to the interpreter; nothing else may be left."""
SETTINGS = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate),  # shrinking a pack takes minutes; minimised() seconds
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
def test_drawn_packs_are_scored_alike_and_hardly_any_is_left_out():
    tally = Tally()

    examples = [compared(seed, tally) for seed in range(12)]

    assert [one and one.said for one in examples] == [None] * len(examples)
    assert set(tally.left_out) <= REASONS
    assert tally.left_out.total() * 20 < tally.seasons
    assert tally.pairs > 8_000


@pytest.mark.slow
@SETTINGS
@given(st.randoms(use_true_random=False), st.integers(0, 8), st.sampled_from((0, 1, 2)))
def test_any_drawn_pack_is_scored_alike(chance, entries, distinct):
    _same(WHOLE, drawn_pack(chance, size=2), chance, entries, distinct)


@pytest.mark.slow
@SETTINGS
@given(st.randoms(use_true_random=False), st.integers(0, 8), st.sampled_from((0, 1, 2)))
def test_any_drawn_expressions_have_the_same_values(chance, entries, distinct):
    _same(VALUES, drawn_expressions(chance, how_many=3, depth=3), chance, entries, distinct)


def _same(engines, told, chance, entries, distinct):
    pack = parsed(told)
    season = Drawing(pack, {}, chance.choice, wild=True).season(entries, distinct=distinct)
    try:
        assert difference(*engines, pack, season) == ""
    except NoColumns as reason:
        assert str(reason) in REASONS  # noqa: PT017 (allowed, for these reasons only)


@pytest.mark.parametrize("seed", range(12))
def test_every_step_of_a_drawn_pack_stays_within_its_bounds(seed):
    chance = random.Random(seed)
    pack = parsed(drawn_pack(chance, size=2))
    season = Drawing(pack, {}, chance.choice, wild=True).season(20)
    table = table_of(pack, season)
    try:
        whole = table.with_columns(peer_columns(pack, table))
        program = plan_of(pack, TableInputs(pack, whole)).program
    except NoColumns as reason:
        assert str(reason) in REASONS  # noqa: PT017 (allowed, for these reasons only)
        return

    found = run(program, program.refs, whole.array, whole.rows)

    ends = [(ref, int(found[ref.at].min()), int(found[ref.at].max())) for ref in program.refs]
    assert [ref for ref, low, high in ends if low < ref.low or high > ref.high] == []


def test_reasons_are_those_the_columns_give():
    texts = [path.read_text("utf-8") for path in (ROOT / "scoring" / "columns").glob("*.py")]

    assert [
        one for one in REASONS if not any(f'NoColumns("{one}")' in text for text in texts)
    ] == []


def test_an_example_is_made_smaller_until_nothing_can_go():
    example = next(one for seed in range(9) if (one := _wrongly_compared(seed)) is not None)

    small = minimised(example)

    assert small.said != ""
    assert len(str(small.pack)) < len(str(example.pack)) / 2
    assert len(small.season) == 1


def _wrongly_compared(seed):
    """*seed* compared with an engine that forgets what the others say of every second value."""
    tally = Tally()
    return compared(seed, tally, engines=(_forgetful, VALUES[1]))


def _forgetful(pack, season):
    told = VALUES[1](pack, season)
    return {
        code: {id_: one and None for id_, one in values.items()} for code, values in told.items()
    }


def test_the_command_says_what_it_compared_and_leaves_with_zero():
    done = subprocess.run(
        [sys.executable, "-m", "tests.differential", "--pairs", "200", "--seed", "3"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("No difference in ")

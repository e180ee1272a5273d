"""The one table of moves: everything it allows, everything it refuses."""

import pytest

from registry.lifecycle import (
    ACTION_LABELS,
    MOVES,
    STATE_LABELS,
    MoveRefused,
    SeasonAction,
    SeasonDecided,
    move,
    possible_actions,
)
from registry.season import Season, SeasonState

OPEN, PINNED, SCORED, DECIDED = SeasonState
INTAKE, PIN, SCORE, DECIDE = SeasonAction


def season(state):
    return Season(id="hl", title="Hồng Lĩnh", year=2018, state=state)


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        (OPEN, INTAKE, OPEN),
        (OPEN, PIN, PINNED),
        (OPEN, SCORE, None),
        (OPEN, DECIDE, None),
        (PINNED, INTAKE, PINNED),
        (PINNED, PIN, PINNED),
        (PINNED, SCORE, SCORED),
        (PINNED, DECIDE, None),
        (SCORED, INTAKE, SCORED),
        (SCORED, PIN, PINNED),
        (SCORED, SCORE, SCORED),
        (SCORED, DECIDE, DECIDED),
        (DECIDED, INTAKE, None),
        (DECIDED, PIN, None),
        (DECIDED, SCORE, None),
        (DECIDED, DECIDE, DECIDED),
    ],
)
def test_move_follows_the_table(before, action, after):
    if after is None:
        with pytest.raises(MoveRefused):
            move(season(before), action)
    else:
        assert move(season(before), action) == season(after)


def test_refused_move_names_what_is_possible():
    with pytest.raises(MoveRefused) as refused:
        move(season(OPEN), SCORE)

    assert refused.value.message == "Đợt hl đang mở, không thể chấm điểm."
    assert refused.value.hint == "Có thể: nhập số liệu, ghim bộ quy tắc."


def test_decided_season_says_that_the_signed_result_stays():
    with pytest.raises(SeasonDecided) as refused:
        move(season(DECIDED), INTAKE)

    assert str(refused.value) == (
        "Đợt hl đã có quyết định, không thể nhập số liệu. Kết quả đã ký được giữ nguyên. "
        "Có thể: ghi quyết định thay thế, có nêu lý do; hoặc mở một đợt mới."
    )


def test_possible_actions_are_those_of_the_table():
    assert {state: possible_actions(season(state)) for state in SeasonState} == {
        OPEN: (INTAKE, PIN),
        PINNED: (INTAKE, PIN, SCORE),
        SCORED: (INTAKE, PIN, SCORE, DECIDE),
        DECIDED: (DECIDE,),
    }


def test_every_state_and_action_has_a_label():
    assert set(STATE_LABELS) == {state for state, _ in MOVES} == set(SeasonState)
    assert set(ACTION_LABELS) == {action for _, action in MOVES} == set(SeasonAction)

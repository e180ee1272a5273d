"""The one table of an entry's moves: everything it allows, everything it refuses, in words."""

import pytest

from registry.entry import OUTSIDE, Entry, EntryState
from registry.entry_lifecycle import (
    ACTION_LABELS,
    AWARDS,
    BY_ENTRY,
    BY_SEASON,
    STATE_LABELS,
    EntryAction,
    EntryMoveRefused,
    SeasonRefuses,
    move_entry,
    possible_actions,
)
from registry.season import Season, SeasonState


def entry(state, **told):
    blank = {"name": "Đường hoa", "unit": "Phường Bắc Hồng", "field": "", "level": "", "kind": ""}
    return Entry(code="HL-001", season="hl", state=state, **blank | told)


def season(state):
    return Season(id="hl", title="Hồng Lĩnh", year=2018, state=state)


@pytest.mark.parametrize("of_season", SeasonState)
@pytest.mark.parametrize("state", EntryState)
@pytest.mark.parametrize("action", EntryAction)
def test_entry_moves_as_the_table_says_and_no_other_way(of_season, state, action):
    before, where = entry(state), season(of_season)

    if action not in BY_SEASON[of_season]:
        with pytest.raises(SeasonRefuses):
            move_entry(before, action, season=where)
    elif action not in BY_ENTRY[state]:
        with pytest.raises(EntryMoveRefused):
            move_entry(before, action, season=where)
    else:
        assert move_entry(before, action, season=where) == entry(BY_ENTRY[state][action])


def test_reason_is_kept_with_the_new_state():
    before = entry(EntryState.REGISTERED)

    after = move_entry(
        before, EntryAction.RETURN, season=season(SeasonState.OPEN), reason="Thiếu địa chỉ"
    )

    assert after == entry(EntryState.RETURNED, state_reason="Thiếu địa chỉ")


@pytest.mark.parametrize(
    ("before", "action", "where", "said"),
    [
        (
            entry(EntryState.DRAFT),
            EntryAction.RETURN,
            SeasonState.OPEN,
            "HL-001 bản nháp, không thể trả lại. Có thể: sửa, đăng ký, rút.",
        ),
        (
            entry(EntryState.MERGED, merged_into="HL-002"),
            EntryAction.EDIT,
            SeasonState.OPEN,
            "HL-001 đã gộp, không thể sửa. Hồ sơ này đã gộp vào HL-002: làm việc với hồ sơ ấy.",
        ),
        (
            entry(EntryState.RETURNED),
            EntryAction.REPORT,
            SeasonState.PINNED,
            (
                "HL-001 đã trả lại, không thể báo cáo. Sửa theo lý do trả lại rồi đăng ký lại, sau đó "
                "mới làm tiếp."
            ),
        ),
        (
            entry(EntryState.REGISTERED),
            EntryAction.REPORT,
            SeasonState.OPEN,
            (
                "Đợt hl đang mở, không thể báo cáo hồ sơ. Ghim bộ quy tắc trước: bộ quy tắc nói phải "
                "nộp những số liệu nào."
            ),
        ),
        (
            entry(EntryState.RECOGNISED),
            EntryAction.EDIT,
            SeasonState.DECIDED,
            (
                "Đợt hl đã có quyết định, không thể sửa hồ sơ. Kết quả đã ký được giữ nguyên. Có thể: "
                "ghi quyết định thay thế, hoặc mở đợt mới."
            ),
        ),
    ],
)
def test_refusal_says_what_is_possible_instead(before, action, where, said):
    with pytest.raises((EntryMoveRefused, SeasonRefuses)) as refused:
        move_entry(before, action, season=season(where))

    assert str(refused.value) == said


def test_what_a_person_can_do_is_never_what_a_decision_does():
    offered = {
        action
        for of_season in SeasonState
        for state in EntryState
        for action in possible_actions(entry(state), season(of_season))
    }

    assert offered == set(EntryAction) - set(AWARDS) - {EntryAction.DRAFT}


def test_every_state_and_action_has_a_label():
    assert set(STATE_LABELS) == set(BY_ENTRY) == set(EntryState)
    assert set(ACTION_LABELS) == set(EntryAction)


def test_entry_in_the_running_is_one_that_was_registered_and_stayed():
    standing = {state for state in EntryState if entry(state).is_standing}

    assert standing == set(EntryState) - OUTSIDE

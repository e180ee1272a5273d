"""Every move of an entry on one page (vòng đời của hồ sơ): season state × entry state × action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from registry.entry import Entry, EntryState
from registry.errors import RegistryError
from registry.lifecycle import STATE_LABELS as SEASON_LABELS
from registry.season import Season, SeasonState


class EntryAction(StrEnum):
    """What an officer does with an entry (việc làm với một hồ sơ)."""

    DRAFT = "draft"
    EDIT = "edit"
    REGISTER = "register"
    RETURN = "return"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    REPORT = "report"
    EVIDENCE = "evidence"
    VERIFY = "verify"
    APPRAISE = "appraise"
    MARK = "mark"
    FINALISE = "finalise"
    RECOGNISE = "recognise"
    NOT_RECOGNISE = "not-recognise"
    COMMEND = "commend"


_A, _E, _S = EntryAction, EntryState, SeasonState

ENTERING = frozenset({_A.DRAFT, _A.EDIT, _A.REGISTER, _A.RETURN, _A.WITHDRAW, _A.MERGE})
"""What needs no pack."""

AWARDS: Mapping[EntryAction, EntryState] = MappingProxyType(
    {
        _A.RECOGNISE: _E.RECOGNISED,
        _A.NOT_RECOGNISE: _E.NOT_RECOGNISED,
        _A.COMMEND: _E.COMMENDED,
    }
)
"""What a decision does; a decision in its place does it again."""

OF_RESULTS = frozenset({_A.REPORT, _A.EVIDENCE, _A.VERIFY, _A.APPRAISE, _A.MARK, _A.FINALISE})
"""What asks the pinned pack which facts there are."""

BY_SEASON: Mapping[SeasonState, frozenset[EntryAction]] = MappingProxyType(
    {
        _S.OPEN: ENTERING,
        _S.PINNED: ENTERING | OF_RESULTS,
        # A result stands beside later facts until it is scored again; the desk calls it stale.
        _S.SCORED: ENTERING | OF_RESULTS | frozenset(AWARDS),
        # What was signed stays as it was signed; only another decision moves entries again.
        _S.DECIDED: frozenset(AWARDS),
    }
)

BY_ENTRY: Mapping[EntryState, Mapping[EntryAction, EntryState]] = MappingProxyType(
    {
        _E.DRAFT: {
            _A.EDIT: _E.DRAFT,
            _A.REGISTER: _E.REGISTERED,
            _A.WITHDRAW: _E.WITHDRAWN,
        },
        _E.REGISTERED: {
            _A.EDIT: _E.REGISTERED,
            _A.RETURN: _E.RETURNED,
            _A.WITHDRAW: _E.WITHDRAWN,
            _A.MERGE: _E.MERGED,
            _A.REPORT: _E.REPORTED,
            _A.EVIDENCE: _E.REGISTERED,
            **AWARDS,
        },
        _E.RETURNED: {
            _A.EDIT: _E.RETURNED,
            _A.REGISTER: _E.REGISTERED,
            _A.WITHDRAW: _E.WITHDRAWN,
            _A.MERGE: _E.MERGED,
            _A.EVIDENCE: _E.RETURNED,
        },
        _E.WITHDRAWN: {_A.REGISTER: _E.REGISTERED},
        _E.MERGED: {},
        _E.REPORTED: {
            _A.EDIT: _E.REPORTED,
            _A.RETURN: _E.RETURNED,
            _A.WITHDRAW: _E.WITHDRAWN,
            _A.MERGE: _E.MERGED,
            _A.REPORT: _E.REPORTED,
            _A.EVIDENCE: _E.REPORTED,
            _A.VERIFY: _E.REPORTED,
            _A.APPRAISE: _E.APPRAISED,
            _A.MARK: _E.REPORTED,
            **AWARDS,
        },
        _E.APPRAISED: {
            _A.EDIT: _E.APPRAISED,
            _A.RETURN: _E.RETURNED,
            _A.WITHDRAW: _E.WITHDRAWN,
            _A.MERGE: _E.MERGED,
            _A.EVIDENCE: _E.APPRAISED,
            _A.VERIFY: _E.APPRAISED,
            _A.APPRAISE: _E.APPRAISED,
            _A.MARK: _E.APPRAISED,
            _A.FINALISE: _E.APPRAISED,
            **AWARDS,
        },
        _E.RECOGNISED: AWARDS,
        _E.NOT_RECOGNISED: AWARDS,
        _E.COMMENDED: AWARDS,
    }
)

STATE_LABELS: Mapping[EntryState, str] = MappingProxyType(
    {
        _E.DRAFT: "bản nháp",
        _E.REGISTERED: "đã đăng ký",
        _E.RETURNED: "đã trả lại",
        _E.WITHDRAWN: "đã rút",
        _E.MERGED: "đã gộp",
        _E.REPORTED: "đã báo cáo",
        _E.APPRAISED: "đã thẩm định",
        _E.RECOGNISED: "được công nhận",
        _E.NOT_RECOGNISED: "không được công nhận",
        _E.COMMENDED: "được biểu dương",
    }
)

ACTION_LABELS: Mapping[EntryAction, str] = MappingProxyType(
    {
        _A.DRAFT: "lập bản nháp",
        _A.EDIT: "sửa",
        _A.REGISTER: "đăng ký",
        _A.RETURN: "trả lại",
        _A.WITHDRAW: "rút",
        _A.MERGE: "gộp",
        _A.REPORT: "báo cáo",
        _A.EVIDENCE: "nộp minh chứng",
        _A.VERIFY: "xét minh chứng",
        _A.APPRAISE: "thẩm định",
        _A.MARK: "ghi phiếu chấm",
        _A.FINALISE: "chốt số liệu",
        _A.RECOGNISE: "công nhận",
        _A.NOT_RECOGNISE: "không công nhận",
        _A.COMMEND: "biểu dương",
    }
)


class EntryMoveRefused(RegistryError):
    """The entry is not in a state for this action; the hint names what is possible."""

    def __init__(self, entry: Entry, action: EntryAction, season: Season) -> None:
        super().__init__(
            f"{entry.code} {STATE_LABELS[entry.state]}, không thể {ACTION_LABELS[action]}.",
            hint=_instead(entry, action, season),
        )


class SeasonRefuses(RegistryError):
    """The season is not in a state for this action, whatever the entry's."""

    def __init__(self, action: EntryAction, season: Season) -> None:
        super().__init__(
            f"Đợt {season.id} {SEASON_LABELS[season.state]}, không thể {ACTION_LABELS[action]} hồ "
            "sơ.",
            hint=_when(action, season),
        )


def possible_actions(entry: Entry, season: Season) -> tuple[EntryAction, ...]:
    """What an officer can do with *entry* now, in the order of the work."""
    of_entry = BY_ENTRY[entry.state].keys() & BY_SEASON[season.state]
    return tuple(one for one in EntryAction if one in of_entry and one not in AWARDS)


def check_season(action: EntryAction, season: Season) -> None:
    """Raises SeasonRefuses unless *season* is in a state for *action*."""
    if action not in BY_SEASON[season.state]:
        raise SeasonRefuses(action, season)


def move_entry(entry: Entry, action: EntryAction, *, season: Season, reason: str = "") -> Entry:
    """Return *entry* after *action*; *reason* is kept where the state changes.

    Raises:
        SeasonRefuses: the season is not in a state for *action*.
        EntryMoveRefused: the entry is not in a state for *action*.
    """
    check_season(action, season)
    to = BY_ENTRY[entry.state].get(action)
    if to is None:
        raise EntryMoveRefused(entry, action, season)
    return entry if to is entry.state else replace(entry, state=to, state_reason=reason)


def _instead(entry: Entry, action: EntryAction, season: Season) -> str:
    if entry.state is _E.MERGED:
        return f"Hồ sơ này đã gộp vào {entry.merged_into}: làm việc với hồ sơ ấy."
    if entry.state is _E.RETURNED and action in OF_RESULTS:
        return "Sửa theo lý do trả lại rồi đăng ký lại, sau đó mới làm tiếp."
    possible = ", ".join(ACTION_LABELS[one] for one in possible_actions(entry, season))
    return f"Có thể: {possible}." if possible else "Chỉ còn xem được hồ sơ này."


def _when(action: EntryAction, season: Season) -> str:
    if season.state is _S.DECIDED:
        return "Kết quả đã ký được giữ nguyên. Có thể: ghi quyết định thay thế, hoặc mở đợt mới."
    if action in AWARDS:
        return "Chấm điểm rồi ghi quyết định; kết quả công nhận đi theo quyết định."
    return "Ghim bộ quy tắc trước: bộ quy tắc nói phải nộp những số liệu nào."

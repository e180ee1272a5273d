"""Every move of a season on one page (vòng đời của đợt thi đua)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from registry.errors import RegistryError
from registry.season import Season, SeasonState


class SeasonAction(StrEnum):
    """What an officer does with a season (việc làm với một đợt)."""

    INTAKE = "intake"
    PIN = "pin"
    SCORE = "score"
    DECIDE = "decide"


MOVES: Mapping[tuple[SeasonState, SeasonAction], SeasonState] = MappingProxyType(
    {
        (SeasonState.OPEN, SeasonAction.INTAKE): SeasonState.OPEN,
        (SeasonState.OPEN, SeasonAction.PIN): SeasonState.PINNED,
        (SeasonState.PINNED, SeasonAction.INTAKE): SeasonState.PINNED,
        (SeasonState.PINNED, SeasonAction.PIN): SeasonState.PINNED,
        (SeasonState.PINNED, SeasonAction.SCORE): SeasonState.SCORED,
        # A result stands beside later facts until it is scored again; the desk calls it stale.
        (SeasonState.SCORED, SeasonAction.INTAKE): SeasonState.SCORED,
        (SeasonState.SCORED, SeasonAction.PIN): SeasonState.PINNED,
        (SeasonState.SCORED, SeasonAction.SCORE): SeasonState.SCORED,
        (SeasonState.SCORED, SeasonAction.DECIDE): SeasonState.DECIDED,
        (SeasonState.DECIDED, SeasonAction.DECIDE): SeasonState.DECIDED,
    }
)

STATE_LABELS: Mapping[SeasonState, str] = MappingProxyType(
    {
        SeasonState.OPEN: "đang mở",
        SeasonState.PINNED: "đã ghim bộ quy tắc",
        SeasonState.SCORED: "đã chấm",
        SeasonState.DECIDED: "đã có quyết định",
    }
)

ACTION_LABELS: Mapping[SeasonAction, str] = MappingProxyType(
    {
        SeasonAction.INTAKE: "nhập số liệu",
        SeasonAction.PIN: "ghim bộ quy tắc",
        SeasonAction.SCORE: "chấm điểm",
        SeasonAction.DECIDE: "ghi quyết định",
    }
)


class MoveRefused(RegistryError):
    """The season is not in a state for this action; the hint names what is possible."""

    def __init__(self, season: Season, action: SeasonAction) -> None:
        possible = ", ".join(ACTION_LABELS[a] for a in possible_actions(season))
        super().__init__(
            f"Đợt {season.id} {STATE_LABELS[season.state]}, không thể {ACTION_LABELS[action]}.",
            hint=f"Có thể: {possible}.",
        )


class SeasonDecided(MoveRefused):
    """The season has its decision: what was signed stays as it was signed."""

    def __init__(self, season: Season, action: SeasonAction) -> None:
        super().__init__(season, action)
        self.hint = (
            "Kết quả đã ký được giữ nguyên. Có thể: ghi quyết định thay thế, có nêu lý do; "
            "hoặc mở một đợt mới."
        )
        self.args = (f"{self.message} {self.hint}",)


def possible_actions(season: Season) -> tuple[SeasonAction, ...]:
    """What can be done with *season* now, in the order of the work."""
    return tuple(action for action in SeasonAction if (season.state, action) in MOVES)


def move(season: Season, action: SeasonAction) -> Season:
    """Return *season* after *action*.

    Raises:
        SeasonDecided: the season has its decision already.
        MoveRefused: the season is not in a state for *action*.
    """
    to = MOVES.get((season.state, action))
    if to is None:
        refusal = SeasonDecided if season.state is SeasonState.DECIDED else MoveRefused
        raise refusal(season, action)
    return replace(season, state=to)

"""Việc tiếp theo: where a season stands, and what to do now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from registry.season import SeasonState
from registry.views import Funnel
from tui.wiring import VIETNAM


@dataclass(frozen=True, slots=True)
class Step:
    """Where the season stands, what to do now, and whether scoring may start from here."""

    state: str
    advice: str
    tone: Literal["calm", "todo"]
    may_score: bool


NO_SEASON = (
    "Sổ chưa có đợt thi đua nào.\n\n"
    "Mở đợt đầu tiên bằng lệnh:\n\n"
    '   dvk --db SỔ.db season open hl-2018 --title "Hồng Lĩnh 2018" --year 2018\n\n'
    "rồi nhấn F5 để đọc lại sổ."
)


def next_step(funnel: Funnel) -> Step:
    """What a secretary should do next with the season."""
    season = funnel.season.id
    if funnel.season.state is SeasonState.DECIDED:
        return Step(
            f"Đã có quyết định. {_scored(funnel)}",
            "Điểm và danh sách đã khóa; chỉ còn xem và in lại.",
            "calm",
            may_score=False,
        )
    if not funnel.registered:
        advice = f"Nhập bảng tính: dvk --db SỔ.db intake apply TỆP.xlsx --season {season}"
        return Step("Đợt chưa có hồ sơ nào.", advice, "todo", may_score=False)
    if not funnel.pack_title:
        advice = f"Ghim bộ quy tắc: dvk --db SỔ.db season pin {season} rules/TÊN-BỘ-QUY-TẮC"
        return Step("Đợt chưa ghim bộ quy tắc chấm điểm.", advice, "todo", may_score=False)
    if funnel.run is None:
        return Step(
            f"Đã ghim {funnel.pack_title} ({funnel.pack_version}), chưa chấm điểm.",
            f"Nhấn F9 để chấm.{_without_results(funnel)}",
            "todo",
            may_score=True,
        )
    if funnel.stale:
        return Step(
            f"{_scored(funnel)} Số liệu đã đổi sau lần chấm đó.",
            f"Nhấn F9 để chấm lại.{_without_results(funnel)}",
            "todo",
            may_score=True,
        )
    return Step(
        f"{_scored(funnel)} Điểm khớp với số liệu.",
        f"Xem Xếp hạng (F4), rồi in: dvk --db SỔ.db print list {season} --out THƯ-MỤC",
        "calm",
        may_score=True,
    )


def _scored(funnel: Funnel) -> str:
    at = funnel.run_at
    if at is None:
        return f"Chấm lần {funnel.run}."
    here = at.astimezone(VIETNAM) if at.tzinfo else at
    return f"Chấm lần {funnel.run} lúc {here:%H:%M} ngày {here:%d/%m/%Y}."


def _without_results(funnel: Funnel) -> str:
    missing = funnel.registered - funnel.with_results
    return f" Còn {missing} hồ sơ chưa có kết quả." if missing else ""

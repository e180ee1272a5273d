"""What the desk refuses, and what can be done instead (lời từ chối)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from registry.entry_lifecycle import ACTION_LABELS, EntryAction
from registry.errors import RegistryError
from scoring.problems import Problem


class OfficerUnnamed(RegistryError):
    def __init__(self) -> None:
        super().__init__(
            "Chưa biết ai đang làm việc với sổ.", hint="Khai tên cán bộ trước, ví dụ “Hà”."
        )


class SeasonUnknown(RegistryError):
    def __init__(self, season: str, known: Iterable[str]) -> None:
        known = tuple(known)
        hint = "Sổ chưa có đợt nào: mở đợt trước." if not known else _meant(season, known, "đợt")
        super().__init__(f"Không có đợt “{season}”.", hint=hint)


class SeasonExists(RegistryError):
    def __init__(self, season: str) -> None:
        super().__init__(
            f"Đã có đợt “{season}”.", hint="Dùng tiếp đợt ấy, hoặc mở đợt mới với mã khác."
        )


class EntryUnknown(RegistryError):
    def __init__(self, code: str, known: Iterable[str]) -> None:
        known = tuple(known)
        hint = "Sổ chưa có hồ sơ nào." if not known else _meant(code, known, "hồ sơ")
        super().__init__(f"Không có hồ sơ mã “{code}”.", hint=hint)


class SelectionUnknown(RegistryError):
    def __init__(self, selection: str, known: Iterable[str]) -> None:
        super().__init__(
            f"Bộ quy tắc không có lượt xét chọn “{selection}”.",
            hint=f"Có: {', '.join(known) or 'không lượt nào'}.",
        )


class NotPinned(RegistryError):
    def __init__(self, season: str) -> None:
        super().__init__(
            f"Đợt {season} chưa ghim bộ quy tắc.", hint="Ghim một bộ quy tắc cho đợt này đã."
        )


class NoPackFits(RegistryError):
    def __init__(self, rules_dir: Path) -> None:
        super().__init__(
            f"Không có bộ quy tắc nào dùng được trong {rules_dir}.",
            hint="Ghim một bộ quy tắc cho đợt trước khi nhập; lỗi trong bộ quy tắc thì xem "
            "bằng dvk rules check.",
        )


class CatalogueMissing(RegistryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Không có danh mục lĩnh vực, cấp, loại hình ở {folder}.",
            hint="Chỉ đúng thư mục rules của chương trình, trong đó có thư mục catalogue.",
        )


class CasesFailed(RegistryError):
    """A pack's own cases do not pass. Carries every one."""

    def __init__(self, problems: tuple[Problem, ...], *, folder: Path) -> None:
        self.problems = problems
        super().__init__(
            f"Không ghim {folder}: {len(problems)} ví dụ của bộ quy tắc chưa đúng.",
            hint="Sửa quy tắc hoặc ví dụ; dvk rules test chỉ từng chỗ.",
        )


class NothingToScore(RegistryError):
    def __init__(self, season: str) -> None:
        super().__init__(f"Đợt {season} chưa có hồ sơ nào để chấm.", hint="Nhập số liệu trước.")


class NotScoredYet(RegistryError):
    def __init__(self, season: str) -> None:
        super().__init__(f"Đợt {season} chưa chấm điểm.", hint="Chấm điểm cho đợt này đã.")


class ResultStale(RegistryError):
    def __init__(self, season: str, run: int) -> None:
        super().__init__(
            f"Số liệu đợt {season} đã thay đổi sau lượt chấm {run}.",
            hint="Chấm lại, xem kết quả, rồi ghi quyết định.",
        )


class ResultDiffers(RegistryError):
    def __init__(self, season: str, run: int) -> None:
        super().__init__(
            f"Tính lại lượt chấm {run} của đợt {season} không ra kết quả đã lưu.",
            hint="Kiểm tra lại đợt (dvk season verify) trước khi dùng kết quả này.",
        )


class NothingToDo(RegistryError):
    """The register holds all of it already."""

    def __init__(self, same: int, *, since: str) -> None:
        super().__init__(f"{same} hồ sơ giống hệt {since}, không ghi gì.")


class PlanChanged(RegistryError):
    def __init__(self) -> None:
        super().__init__(
            "Sổ vừa thay đổi sau khi xem dự kiến, chưa nhập gì.",
            hint="Xem lại dự kiến (dvk intake plan) rồi nhập.",
        )


class ReasonMissing(RegistryError):
    def __init__(self, season: str, number: str) -> None:
        super().__init__(
            f"Đợt {season} đã có quyết định số {number}.",
            hint="Ghi quyết định thay thế thì phải nêu lý do.",
        )


class DecisionUnfit(RegistryError):
    def __init__(self, missing: str) -> None:
        super().__init__(f"Quyết định thiếu {missing}.", hint="Ghi đúng như trên văn bản đã ký.")


class WhyMissing(RegistryError):
    def __init__(self, action: EntryAction) -> None:
        super().__init__(
            f"Chưa nêu lý do {ACTION_LABELS[action]}.",
            hint="Đơn vị đọc lý do để biết phải sửa gì: nêu rõ thiếu gì, sai ở đâu.",
        )


class MergeUnfit(RegistryError):
    def __init__(self, code: str, why: str) -> None:
        super().__init__(
            f"Không gộp {code}: {why}.",
            hint="Gộp vào một hồ sơ khác cùng đợt, đang còn trong đợt.",
        )


def _meant(given: str, known: tuple[str, ...], what: str) -> str:
    by_key = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(given.casefold(), by_key, n=3, cutoff=0.6)
    if near:
        return f"Ý bạn là {' hay '.join(by_key[one] for one in near)}?"
    shown = ", ".join(known[:5]) + (" …" if len(known) > 5 else "")
    return f"Các {what} có trong sổ: {shown}."

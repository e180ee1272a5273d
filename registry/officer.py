"""Who may do what (cán bộ, vai trò, quyền): one table, and the rules no role stands above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What an officer is in a unit and what is below it (vai trò)."""

    SECRETARY = "secretary"
    APPRAISER = "appraiser"
    COUNCIL = "council"
    CHAIR = "chair"
    AUTHOR = "author"
    ADMINISTRATOR = "administrator"
    VIEWER = "viewer"


ROLE_LABELS: Mapping[Role, str] = MappingProxyType(
    {
        Role.SECRETARY: "thư ký",
        Role.APPRAISER: "thẩm định",
        Role.COUNCIL: "ủy viên hội đồng",
        Role.CHAIR: "chủ tịch hội đồng",
        Role.AUTHOR: "người soạn quy tắc",
        Role.ADMINISTRATOR: "quản trị",
        Role.VIEWER: "người xem",
    }
)


class Task(StrEnum):
    """What is asked for at the desk (việc cần quyền)."""

    SEASON_OPEN = "season-open"
    SEASON_SCORE = "season-score"
    ENTRY_READ = "entry-read"
    ENTRY_WRITE = "entry-write"
    ENTRY_APPRAISE = "entry-appraise"
    ENTRY_APPROVE = "entry-approve"
    COUNCIL_MARK = "council-mark"
    DECISION_RECORD = "decision-record"
    PAPER_PRINT = "paper-print"
    RULES_WRITE = "rules-write"
    RULES_ADOPT = "rules-adopt"
    UNITS_CHANGE = "units-change"
    OFFICERS_CHANGE = "officers-change"
    AUDIT_READ = "audit-read"
    BACKUP = "backup"


TASK_LABELS: Mapping[Task, str] = MappingProxyType(
    {
        Task.SEASON_OPEN: "mở đợt",
        Task.SEASON_SCORE: "chấm điểm đợt",
        Task.ENTRY_READ: "xem hồ sơ",
        Task.ENTRY_WRITE: "đăng ký, sửa hồ sơ",
        Task.ENTRY_APPRAISE: "thẩm định hồ sơ",
        Task.ENTRY_APPROVE: "công nhận hồ sơ",
        Task.COUNCIL_MARK: "ghi phiếu chấm của hội đồng",
        Task.DECISION_RECORD: "ghi quyết định",
        Task.PAPER_PRINT: "in văn bản",
        Task.RULES_WRITE: "soạn bộ quy tắc",
        Task.RULES_ADOPT: "ghim bộ quy tắc",
        Task.UNITS_CHANGE: "sửa danh sách đơn vị",
        Task.OFFICERS_CHANGE: "sửa cán bộ và quyền",
        Task.AUDIT_READ: "xem nhật ký",
        Task.BACKUP: "sao lưu, khôi phục sổ",
    }
)

_SEC, _APP, _COU, _CHA, _AUT, _ADM, _VIE = Role

# An administrator keeps the register and its officers; what is in it is for others to say.
ALLOWED: Mapping[Task, frozenset[Role]] = MappingProxyType(
    {
        Task.SEASON_OPEN: frozenset({_SEC, _CHA}),
        Task.SEASON_SCORE: frozenset({_SEC, _APP}),
        Task.ENTRY_READ: frozenset(Role),
        Task.ENTRY_WRITE: frozenset({_SEC}),
        Task.ENTRY_APPRAISE: frozenset({_APP}),
        Task.ENTRY_APPROVE: frozenset({_CHA}),
        Task.COUNCIL_MARK: frozenset({_SEC, _COU, _CHA}),
        Task.DECISION_RECORD: frozenset({_SEC, _CHA}),
        Task.PAPER_PRINT: frozenset({_SEC, _CHA}),
        Task.RULES_WRITE: frozenset({_AUT}),
        Task.RULES_ADOPT: frozenset({_AUT, _CHA}),
        Task.UNITS_CHANGE: frozenset({_SEC, _ADM}),
        Task.OFFICERS_CHANGE: frozenset({_ADM}),
        Task.AUDIT_READ: frozenset({_SEC, _APP, _CHA, _ADM}),
        Task.BACKUP: frozenset({_ADM}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role for a unit and what is below it (quyền được giao)."""

    role: Role
    unit: int | None = None
    """None: the whole register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody who works with the register (cán bộ), by the name they sign in with."""

    name: str
    full_name: str
    grants: tuple[Grant, ...] = ()
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a task is done to (đối tượng của việc)."""

    line: tuple[int, ...] = ()
    """The unit and all above it, nearest first; empty: the whole register."""
    created_by: str = ""
    appraised_by: str = ""
    authors: frozenset[str] = frozenset()
    """Who wrote the pack that is to be adopted."""
    has_another_adopter: bool = False
    """Somebody else, who did not write it, may adopt it."""


WHOLE_REGISTER = Matter()


def may(officer: Officer, task: Task, matter: Matter = WHOLE_REGISTER) -> str | None:
    """None when *officer* may do *task*, else the reason why not, as a sentence."""
    if not officer.is_active:
        return f"Cán bộ {officer.name} đã ngừng hoạt động trong sổ."
    if not any(_covers(grant, task, matter) for grant in officer.grants):
        needed = " hoặc ".join(ROLE_LABELS[role] for role in Role if role in ALLOWED[task])
        where = "đơn vị này" if matter.line else "toàn sổ"
        return f"Việc {TASK_LABELS[task]} cần vai trò {needed} cho {where}."
    if task is Task.ENTRY_APPROVE:
        return _why_not_approve(officer, matter)
    if task is Task.RULES_ADOPT and officer.name in matter.authors and matter.has_another_adopter:
        return "Người soạn bộ quy tắc không tự ghim khi có người khác ghim được."
    return None


def who_may(
    officers: Iterable[Officer], task: Task, matter: Matter = WHOLE_REGISTER
) -> tuple[Officer, ...]:
    """Those of *officers* who may do *task*, in the given order."""
    return tuple(one for one in officers if may(one, task, matter) is None)


def is_last_administrator(officer: Officer, officers: Iterable[Officer]) -> bool:
    """Whether nobody else could still change officers (quản trị cuối cùng)."""
    able = {one.name for one in who_may(officers, Task.OFFICERS_CHANGE)}
    return able == {officer.name}


def _covers(grant: Grant, task: Task, matter: Matter) -> bool:
    return grant.role in ALLOWED[task] and (grant.unit is None or grant.unit in matter.line)


def _why_not_approve(officer: Officer, matter: Matter) -> str | None:
    if officer.name == matter.appraised_by:
        return "Người đã thẩm định hồ sơ không công nhận hồ sơ ấy."
    if officer.name == matter.created_by:
        return "Người lập hồ sơ không công nhận hồ sơ ấy."
    # A unit's own chair answers to the level above: a role from there approves.
    if any(grant.unit == matter.line[0] for grant in officer.grants if matter.line):
        return "Không ai công nhận hồ sơ của chính đơn vị mình; cấp trên công nhận."
    return None

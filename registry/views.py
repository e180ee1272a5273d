"""Read models: what screens, commands and printed papers get from the desk. Frozen, no SQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.assess import Stage
from registry.decision import Decision
from registry.entry import Entry
from registry.season import Season
from scoring.pack import Pack
from scoring.sheet import Award, ScoreSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A group and how many entries it has, e.g. a field of the season."""

    label: str
    registered: int
    recognised: int | None = None
    commended: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The season in numbers (112 → 65 → 8). Counts after scoring are None before it."""

    season: Season
    registered: int
    with_results: int
    considered: int | None
    recognised: int | None
    commended: int | None
    by_level: tuple[Count, ...]
    by_field: tuple[Count, ...]
    by_unit: tuple[Count, ...]
    by_grade: tuple[tuple[str, int], ...]
    """(grade label, number of entries), best grade first; empty before scoring."""
    pack_title: str
    pack_version: str
    run: int | None
    run_at: dt.datetime | None
    stale: bool
    """True when facts, entries or the pin changed after the last run."""
    awaiting: tuple[str, ...] = ()
    """Seasons the pack counts from that are not scored yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One row of the list of entries. Labels are Vietnamese, ready to show."""

    code: str
    name: str
    person: str
    unit: str
    field: str
    level: str
    kind: str
    total: Decimal | None
    rank: int | None
    grade: str
    """Grade label; empty before scoring or when not considered."""
    failed_gates: tuple[str, ...]
    recognised: bool
    commended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySheet:
    """One entry with its score sheet, as the last run has it."""

    entry: Entry
    field_label: str
    level_label: str
    kind_label: str
    sheet: ScoreSheet | None
    """None when the season has no run yet."""
    rank: int | None
    grade_label: str
    awards: tuple[Award, ...]
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingLine:
    """One row of the ranking: an entry, its standing, and what the selections made of it."""

    line: EntryLine
    bonus: Decimal
    penalty: Decimal
    group_points: tuple[tuple[str, Decimal], ...]
    """(group id, points) for each top group: I, II, III …"""
    awards: tuple[Award, ...]
    tie_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The ranking of a season: ranked entries best first, then the others by code."""

    season: Season
    pack: Pack
    run: int
    run_at: dt.datetime
    run_digest: str
    lines: tuple[RankingLine, ...]
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLine:
    """A recipient: one row of an annexed list, one certificate."""

    ordinal: int
    """Its number on the list (số vào sổ), from 1."""
    code: str
    name: str
    person: str
    host: str
    unit: str
    address: str
    field: str
    level: str
    kind: str
    total: Decimal
    grade: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateList:
    """A list to be annexed to a decision (danh sách kèm theo quyết định)."""

    season: Season
    selection: str
    """Id of the selection, e.g. ``cong-nhan``, ``bieu-duong``."""
    title: str
    """E.g. ``Mô hình "Dân vận khéo" được công nhận năm 2018``."""
    lines: tuple[CertificateLine, ...]
    decision: Decision | None
    """None: a draft; DỰ THẢO stands across every page."""
    pack_title: str
    pack_version: str
    pack_digest: str
    run: int
    run_digest: str
    audit_head: str
    """Digest of the last audit line: signed paper anchors the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDifference:
    """Where an entry is not what the log last wrote (hồ sơ khác nhật ký)."""

    code: str
    name: str
    what: str
    """``Ủy viên 2``, ``Số hộ tham gia``, ``Tên mô hình``."""
    stored: str
    logged: str
    line: int
    """The line of the log that wrote it last; 0 where none did."""
    at: dt.datetime | None
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What came of computing a run again (kiểm tra lại). No problems: everything holds."""

    season: Season
    run: int | None
    """None when the season has no run yet; the audit log is checked all the same."""
    run_digest: str
    audit_lines: int
    audit_head: str
    """Digest of the last audit line: compare it with one printed on signed paper."""
    problems: tuple[str, ...]
    """One Vietnamese sentence each."""
    notices: tuple[str, ...] = ()
    """What other seasons came to since; the run keeps what was frozen, so nothing is wrong."""
    entries: tuple[EntryDifference, ...] = ()
    """The entries among the problems, one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """What one stage says of a fact (giá trị của một giai đoạn), who put it there and when."""

    fact: str
    stage: Stage
    cell: str
    """Canonical text, as it is scored."""
    officer: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact of the pack with what every stage says of it, side by side (dòng số liệu)."""

    fact: str
    label: str
    reported: FactValue | None
    appraised: FactValue | None
    final: FactValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """The facts of one entry at three stages (số liệu ba giai đoạn), in the pack's order."""

    entry: Entry
    lines: tuple[FactLine, ...]


class Health(StrEnum):
    """How a checked part of the register is (tình trạng)."""

    GOOD = "good"
    NOTICE = "notice"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """One thing that was looked at in a register (mục khám): how it is, and what to do."""

    check: str
    """E.g. ``chain``, ``disk``."""
    health: Health
    said: str
    hint: str = ""

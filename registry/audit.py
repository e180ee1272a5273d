"""The audit log (nhật ký): what was done, by whom, when, each line chained to the one before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

GENESIS = "0" * 64
"""What the first line names as its predecessor."""


class EventKind(StrEnum):
    """What can happen to a season (việc đã làm)."""

    SEASON_OPENED = "season-opened"
    INTAKE_APPLIED = "intake-applied"
    PACK_PINNED = "pack-pinned"
    SEASON_SCORED = "season-scored"
    SEASON_DECIDED = "season-decided"
    PAPER_PRINTED = "paper-printed"
    CALENDAR_SET = "calendar-set"
    ENTRY_DRAFTED = "entry-drafted"
    ENTRY_EDITED = "entry-edited"
    ENTRY_REGISTERED = "entry-registered"
    ENTRY_RETURNED = "entry-returned"
    ENTRY_WITHDRAWN = "entry-withdrawn"
    ENTRY_MERGED = "entry-merged"
    FACTS_REPORTED = "facts-reported"
    FACTS_APPRAISED = "facts-appraised"
    FACTS_FINALISED = "facts-finalised"
    MARKS_GIVEN = "marks-given"
    EVIDENCE_ADDED = "evidence-added"
    EVIDENCE_CHECKED = "evidence-checked"
    LOOK_ALIKE_JUDGED = "look-alike-judged"
    BULK_APPLIED = "bulk-applied"
    BULK_UNDONE = "bulk-undone"
    BACKUP_MADE = "backup-made"
    REGISTER_RESTORED = "register-restored"
    VALUES_KEPT = "values-kept"
    """More of what the line before wrote: one line holds no more than so many rows."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something done to a season, not yet on the chain (sự kiện)."""

    kind: EventKind
    season: str
    data: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the audit log (dòng nhật ký). ``data`` is canonical JSON text."""

    seq: int
    at: dt.datetime
    officer: str
    season: str
    event: str
    data: str
    previous: str
    digest: str

    @property
    def sentence(self) -> str:
        """What was done, as one Vietnamese sentence."""
        try:
            return _sentence_of(self.event, self.told)
        except (ValueError, TypeError):
            # Only where the line was tampered with: the chain says so.
            return f"{self.event}: nội dung dòng này không đọc được."

    @property
    def told(self) -> Mapping[str, Json]:
        """What the line says; nothing where it was tampered with beyond reading."""
        try:
            data = json.loads(self.data)
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}


class StoredLine(NamedTuple):
    """A line as it stands in the database (dòng nhật ký đã lưu), whatever was done to it there."""

    seq: int
    at: str
    officer: str
    season: str
    event: str
    data: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """Where the chain does not hold (chỗ đứt của nhật ký). ``seq`` 0: where nobody can tell."""

    seq: int
    reason: str

    @property
    def hint(self) -> str:
        """What to do now."""
        return (
            "Đừng ghi thêm vào sổ. Tìm bản sao lưu gần nhất còn nguyên (dvk --db BẢN_SAO audit "
            "verify), so hai bản bằng dvk audit --json, rồi khôi phục bằng dvk restore."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainCheck:
    """What came of reading the whole chain (kết quả soát nhật ký)."""

    lines: int
    """How many were read."""
    head: str
    """Digest of the last line that holds."""
    anchor: str = ""
    anchored: AuditEntry | None = None
    """The line whose digest the anchor is."""
    broken: ChainBreak | None = None
    unguarded: str = ""
    """What kept the log from being changed, and is gone (khóa của nhật ký)."""

    @property
    def holds(self) -> bool:
        return self.broken is None and not self.unguarded


def chained(event: Event, *, after: AuditEntry | None, at: dt.datetime, officer: str) -> AuditEntry:
    """*event* as the audit line that follows *after* (None: the first line)."""
    line = AuditEntry(
        seq=after.seq + 1 if after else 1,
        at=at,
        officer=officer,
        season=event.season,
        event=event.kind.value,
        data=canonical_json(dict(event.data)),
        previous=after.digest if after else GENESIS,
        digest="",
    )
    return replace(line, digest=digest_of(line))


def digest_of(line: AuditEntry) -> str:
    """The digest a line must carry: SHA-256 over everything else in it, predecessor included."""
    return _digest_of(stored_line(line))


def stored_line(line: AuditEntry) -> StoredLine:
    """*line* as it is stored."""
    at = line.at.astimezone(dt.UTC).isoformat()
    told = (line.officer, line.season, line.event, line.data, line.previous, line.digest)
    return StoredLine(line.seq, at, *told)


def verify_chain(lines: Iterable[AuditEntry]) -> ChainBreak | None:
    """The first place where the chain does not hold, or None.

    A tail that was cut off cannot be seen from the lines alone: compare the last digest with
    one kept elsewhere, on paper.
    """
    return check_chain(map(stored_line, lines)).broken


def check_chain(lines: Iterable[StoredLine], *, anchor: str = "") -> ChainCheck:
    """Read the whole chain, and look for *anchor*: a digest kept elsewhere, or its beginning."""
    read, previous, broken, anchored = 0, GENESIS, None, None
    for read, line in enumerate(lines, start=1):
        if broken is None and (reason := _fault_of(line, read, previous)):
            broken = ChainBreak(read, reason)
        if broken is None:
            previous = line.digest
            if anchor and anchored is None and line.digest.startswith(anchor):
                anchored = entry_of(line)
    if broken is None and anchor and anchored is None:
        broken = ChainBreak(
            0,
            f"Nhật ký có {read} dòng, không dòng nào mang dấu {anchor}: dòng ấy đã bị cắt khỏi "
            "cuối nhật ký, hoặc cả nhật ký đã bị viết lại.",
        )
    head = "" if read == 0 or previous == GENESIS else previous
    return ChainCheck(lines=read, head=head, anchor=anchor, anchored=anchored, broken=broken)


def _fault_of(line: StoredLine, seq: int, previous: str) -> str:
    if line.seq != seq:
        return f"Thiếu dòng nhật ký số {seq}."
    if line.previous != previous:
        return f"Dòng nhật ký số {seq} không nối với dòng trước nó."
    if line.digest != _digest_of(line):
        return f"Dòng nhật ký số {seq} đã bị sửa sau khi ghi."
    return ""


def _digest_of(line: StoredLine) -> str:
    # Letters that are no text (bytes put in by other programs) are digested as they stand.
    return hashlib.sha256(_CANONICAL.encode(line[:7]).encode("utf-8", "surrogatepass")).hexdigest()


def entry_of(line: StoredLine) -> AuditEntry:
    """*line* as a value. Raises ValueError for an instant that is none."""
    told = line._asdict()
    return AuditEntry(**{**told, "at": dt.datetime.fromisoformat(line.at)})


def canonical_json(value: Json) -> str:
    """*value* as the one JSON text that is stored and digested."""
    return _CANONICAL.encode(value)


_DONE_TO_ENTRY: Mapping[str, str] = {
    EventKind.ENTRY_DRAFTED: "Lập bản nháp",
    EventKind.ENTRY_EDITED: "Sửa",
    EventKind.ENTRY_REGISTERED: "Đăng ký",
    EventKind.ENTRY_RETURNED: "Trả lại",
    EventKind.ENTRY_WITHDRAWN: "Rút",
    EventKind.ENTRY_MERGED: "Gộp",
    EventKind.FACTS_REPORTED: "Ghi kết quả tự chấm của",
    EventKind.FACTS_APPRAISED: "Ghi kết quả thẩm định của",
    EventKind.FACTS_FINALISED: "Chốt số liệu của",
    EventKind.MARKS_GIVEN: "Ghi phiếu chấm cho",
    EventKind.EVIDENCE_ADDED: "Nộp minh chứng cho",
    EventKind.EVIDENCE_CHECKED: "Xét minh chứng của",
}


def _entry_sentence(event: str, data: Mapping[str, object]) -> str:
    named = f" “{data['name']}”" if data.get("name") else ""
    into = f" vào {data['into']}" if data.get("into") else ""
    reason = f". Lý do: {data['reason']}" if data.get("reason") else ""
    found = data.get("changes")
    changes = [one for one in found if len(one) == 4] if isinstance(found, list) else []
    told = "; ".join(
        f"{what}: {before or '(trống)'} → {after or '(trống)'}"
        for _, what, before, after in changes
    )
    said = f"{_DONE_TO_ENTRY[event]} {data.get('code')}{named}{into}{reason}"
    return f"{said}. {told}." if told else f"{said}."


def _sentence_of(event: str, data: Mapping[str, object]) -> str:
    def told(key: str) -> str:
        return str(data.get(key, ""))

    match event:
        case EventKind.SEASON_OPENED:
            return f"Mở đợt “{told('title')}” năm {told('year')}."
        case EventKind.INTAKE_APPLIED:
            return (
                f"Nhập {told('file')}: {told('new')} hồ sơ mới, "
                f"{told('changed')} chỗ sửa, {told('same')} hồ sơ giữ nguyên."
            )
        case EventKind.PACK_PINNED:
            return f"Ghim bộ quy tắc {told('pack')} {told('version')} ({told('digest')[:12]})."
        case EventKind.SEASON_SCORED:
            again = " Không có gì thay đổi so với lượt trước." if data.get("reused") else ""
            return f"Chấm lượt {told('run')}: {told('entries')} hồ sơ.{again}"
        case EventKind.SEASON_DECIDED:
            reason = f" Lý do: {told('reason')}." if data.get("reason") else ""
            day = dt.date.fromisoformat(told("signed_on"))
            return f"Ghi quyết định số {told('number')} ngày {day:%d/%m/%Y}.{reason}"
        case EventKind.PAPER_PRINTED:
            return f"In {told('paper')}: {told('pages')} trang ({told('digest')[:12]})."
        case _ if event in _DONE_TO_ENTRY:
            return _entry_sentence(event, data)
        case EventKind.BACKUP_MADE:
            return f"Sao lưu ra {told('file')} ({told('digest')[:12]})."
        case EventKind.REGISTER_RESTORED:
            return (
                f"Khôi phục từ bản sao lưu {told('copy')} ({told('digest')[:12]}); "
                f"{told('lost')} dòng nhật ký sau bản ấy không còn trong sổ."
            )
        case EventKind.VALUES_KEPT:
            return f"Ghi tiếp các giá trị của việc ở dòng trên (phần {told('part')})."
        case _:
            return event

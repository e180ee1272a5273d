"""The audit log (nhật ký): what was done, by whom, when, each line chained to the one before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

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
        return _sentence_of(self.event, json.loads(self.data))


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """Where the chain does not hold (chỗ đứt của nhật ký)."""

    seq: int
    reason: str


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
    at = line.at.astimezone(dt.UTC).isoformat()
    told: Json = [line.seq, at, line.officer, line.season, line.event, line.data, line.previous]
    return hashlib.sha256(canonical_json(told).encode()).hexdigest()


def verify_chain(lines: Iterable[AuditEntry]) -> ChainBreak | None:
    """The first place where the chain does not hold, or None.

    A tail that was cut off cannot be seen from the lines alone: compare the last digest with
    one kept elsewhere, on paper.
    """
    previous = GENESIS
    for seq, line in enumerate(lines, start=1):
        if line.seq != seq:
            return ChainBreak(seq, f"Thiếu dòng nhật ký số {seq}.")
        if line.previous != previous:
            return ChainBreak(seq, f"Dòng nhật ký số {seq} không nối với dòng trước nó.")
        if line.digest != digest_of(line):
            return ChainBreak(seq, f"Dòng nhật ký số {seq} đã bị sửa sau khi ghi.")
        previous = line.digest
    return None


def canonical_json(value: Json) -> str:
    """*value* as the one JSON text that is stored and digested."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
        case _:
            return event

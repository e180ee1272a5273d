"""Where the register and its log part, told to a person (chỗ sổ khác nhật ký, thành lời)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from registry.audit import Json, StoredLine
from registry.catalogue import Catalogue
from registry.intake.headings import HEADINGS
from registry.recorded import SEALED, Disagreement
from registry.views import EntryDifference
from scoring.facts import FactRefused, read_fact, show
from scoring.rules import Pack

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "bulk_actions": "việc làm hàng loạt",
        "bulk_changes": "thay đổi của việc hàng loạt",
        "decisions": "quyết định",
        "entries": "hồ sơ",
        "evidence": "minh chứng",
        "evidence_files": "tệp minh chứng",
        "facts": "số liệu",
        "frozen_facts": "số liệu đã chốt theo cột",
        "grants": "quyền của cán bộ",
        "heading_memory": "tên cột đã nhớ",
        "intakes": "lần nhập",
        "look_alikes": "cặp hồ sơ nghi trùng",
        "marks": "phiếu chấm",
        "officers": "cán bộ",
        "packs": "bộ quy tắc đã ghim",
        "run_awards": "kết quả xét chọn",
        "run_sheets": "kết quả chấm",
        "runs": "lượt chấm",
        "seasons": "đợt",
        "snapshots": "số liệu đã chốt",
        "unit_successions": "tách nhập đơn vị",
        "units": "đơn vị",
    }
)
"""What a reader calls the tables of the register."""

_COLUMNS = {
    "at": "thời điểm ghi",
    "body": "nội dung",
    "cell": "giá trị",
    "file": "tên tệp",
    "files": "nội dung",
    "intake": "lần nhập đã đưa vào",
    "mark": "điểm",
    "number": "số",
    "officer": "người ghi",
    "pack_digest": "bộ quy tắc",
    "position": "thứ tự phiếu",
    "result_digest": "kết quả",
    "revision": "số lần sửa",
    "season": "đợt",
    "signed_on": "ngày ký",
    "signer_name": "người ký",
    "signer_post": "chức vụ người ký",
    "state": "trạng thái",
    "title": "tên",
    "version": "bản",
    "year": "năm",
}
_STAGES = {"self": "", "appraised": " (thẩm định)", "final": " (chốt)"}


@dataclass(frozen=True, slots=True)
class Teller:
    """Words differences for a reader; knows entries by name and facts by label."""

    names: Mapping[str, str]
    lines: Mapping[int, StoredLine]
    catalogue: Catalogue
    pack: Pack | None
    zone: dt.tzinfo | None

    def entry_difference(self, one: Disagreement) -> EntryDifference | None:
        """*one* as the difference of an entry; None where it is about something else."""
        code = one.key.get("code")
        if not isinstance(code, str):
            return None
        line = self.lines.get(one.seq)
        return EntryDifference(
            code=code,
            name=self.names.get(code, ""),
            what=self._what(one),
            stored=self._value(one, one.stored),
            logged=self._value(one, one.logged),
            line=one.seq,
            at=_instant(line),
            officer=line.officer if line else "",
        )

    def sentence(self, one: Disagreement) -> str:
        """*one* in a sentence: whose, what, what stands there, what the log says and where."""
        code = one.key.get("code")
        if isinstance(code, str):
            name = self.names.get(code, "")
            subject = f"{code} “{name}”" if name else code
        else:
            keys = ", ".join(str(value)[:16] for value in one.key.values())
            subject = f"{TABLES.get(one.table, one.table)} {keys}"
        if one.column == SEALED:
            return (
                f"Lượt chấm {one.key.get('run')}: {TABLES[one.table]} trong sổ không phải kết quả "
                f"đã ghi khi chấm{self._where(one.seq)}."
            )
        return f"{subject} · {self._what(one)}: {self._told(one)}"

    def _told(self, one: Disagreement) -> str:
        stored, logged = self._value(one, one.stored), self._value(one, one.logged)
        where = self._where(one.seq)
        if one.overwritten:
            return (
                f"trước dòng {one.overwritten} trong sổ đã bị sửa thành {stored}; "
                f"nhật ký ghi {logged}{where}."
            )
        if one.column:
            return f"trong sổ {stored}; nhật ký ghi {logged}{where}."
        if one.stored is None:
            return f"trong sổ không còn; nhật ký ghi {logged}{where}."
        return f"trong sổ có {stored}; nhật ký không ghi lần nào."

    def _where(self, seq: int) -> str:
        line = self.lines.get(seq)
        if line is None:
            return f" (dòng {seq})" if seq else ""
        at = _instant(line)
        day = f"{at.astimezone(self.zone):%d/%m/%Y %H:%M}" if at else line.at
        return f" (dòng {seq}, ngày {day}, {line.officer})"

    def _what(self, one: Disagreement) -> str:
        extra = f", {_column_words(one)}" if one.column not in ("", "cell", "mark") else ""
        if one.table == "facts":
            stage = _STAGES.get(str(one.key.get("stage")), "")
            return f"{self._fact_label(one)}{stage}{extra}"
        if one.table == "marks":
            return f"{one.key.get('member')}{extra}"
        if one.table == "entries":
            return "hồ sơ" if not one.column else _column_words(one)
        return _column_words(one) if one.column else "cả dòng"

    def _fact_label(self, one: Disagreement) -> str:
        fact = str(one.key.get("fact"))
        return self.pack.facts[fact].label if self.pack and fact in self.pack.facts else fact

    def _value(self, one: Disagreement, value: Json) -> str:
        if value is None:
            return "(trống)"
        if value is True:
            return "một dòng"
        text = str(value)
        if text.startswith("sha256:"):
            return f"nội dung khác ({text[7:19]})"
        if one.table == "marks" and one.column in ("", "mark"):
            return text.replace(".", ",") or "(trống)"
        if one.table == "facts" and one.column in ("", "cell"):
            return self._fact_words(str(one.key.get("fact")), text)
        if one.table == "entries" and one.column in ("field", "level", "kind"):
            return self.catalogue.label_of(text)
        return f"“{text}”" if text else "(trống)"

    def _fact_words(self, fact_id: str, cell: str) -> str:
        fact = self.pack.facts.get(fact_id) if self.pack else None
        if not cell or fact is None:
            return cell or "(trống)"
        try:
            return show(fact, read_fact(fact, cell))
        except FactRefused:
            return f"“{cell}”"


def seqs_of(found: Iterable[Disagreement]) -> set[int]:
    """The lines that *found* speaks of."""
    return {one.seq for one in found if one.seq}


def _column_words(one: Disagreement) -> str:
    if one.table == "entries" and one.column in HEADINGS:
        return HEADINGS[one.column][0]
    return _COLUMNS.get(one.column, f"cột {one.column}")


def _instant(line: StoredLine | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(line.at) if line else None
    except ValueError:
        return None  # tampered with: the chain says so

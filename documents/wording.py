"""What papers say around the names (lời văn): dates, blanks to be filled in by hand, counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from documents.typeface import Ink, ink
from registry.decision import Decision
from registry.season import Season
from registry.views import CertificateLine, CertificateList

SHORT, LONG = "……", "…………………………"
"""Dotted lines: what nobody has decided yet is written by hand, never made up."""

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
PAPER = "mẫu giấy"


def printed(text: str) -> Ink:
    """A text of the paper itself, the same for every season."""
    return ink(text, record=PAPER)


def record_of(line: CertificateLine) -> str:
    """How a refusal names a recipient."""
    return f"{line.code or 'hồ sơ không có mã'} (số thứ tự {line.ordinal})"


def readable(line: CertificateLine) -> CertificateLine:
    """*line* with every text as it prints: what shows nothing is empty. Raises GlyphMissing."""
    record = record_of(line)
    return replace(
        line,
        code=ink(line.code, record=record),
        name=ink(line.name, record=record),
        person=ink(line.person, record=record),
        host=ink(line.host, record=record),
        unit=ink(line.unit, record=record),
        address=ink(line.address, record=record),
        field=ink(line.field, record=record),
        level=ink(line.level, record=record),
        grade=ink(line.grade, record=record),
    )


def body_of(season: Season) -> Ink:
    """The issuing body (cơ quan ban hành), as written; a dotted line when it has no name."""
    return ink(season.body, record=f"cơ quan ban hành của đợt {season.id}") or printed(LONG)


def count_of(number: int) -> str:
    """A number as official papers write it: ``08``, ``65``."""
    return f"{number:02d}"


def day_of(date: dt.date | None) -> str:
    """``ngày 05 tháng 02 năm 2019``: days below 10 and the months 1 and 2 are padded.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4.
    """
    if date is None:
        return f"ngày {SHORT} tháng {SHORT} năm {SHORT}"
    month = f"{date.month:02d}" if date.month <= 2 else f"{date.month}"
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def place_and_day(season: Season, decision: Decision | None) -> Ink:
    """``Hồng Lĩnh, ngày 05 tháng 12 năm 2018`` (địa danh và thời gian ban hành)."""
    place = ink(season.place, record=f"địa danh của đợt {season.id}") or SHORT
    return printed(f"{place}, {day_of(decision.signed_on if decision else None)}")


def number_of(decision: Decision | None) -> Ink:
    """The decision's number and symbol, or the blanks for them."""
    number = ink(decision.number, record="số quyết định") if decision else Ink("")
    return number or printed(f"{SHORT}/QĐ-{SHORT}")


def annexed_to(view: CertificateList) -> tuple[Ink, Ink]:
    """The two lines in brackets that tie a list to its decision (kèm theo quyết định)."""
    day = day_of(view.decision.signed_on if view.decision else None)
    return (
        printed(f"(Kèm theo Quyết định số {number_of(view.decision)} {day}"),
        printed(f"của {body_of(view.season)})"),
    )


def posts_of(decision: Decision | None) -> tuple[Ink, ...]:
    """The signer's authority and post, a line each (quyền hạn, chức vụ)."""
    parts = decision.signer_post.split("|") if decision else ()
    posts = tuple(ink(part, record="chức vụ người ký") for part in parts)
    return tuple(post for post in posts if post) or (printed(LONG),)


def signer_of(decision: Decision | None) -> Ink:
    """The signer's name (họ tên người ký), or the blank for it."""
    name = ink(decision.signer_name, record="họ tên người ký") if decision else Ink("")
    return name or printed(LONG)


def origin_of(view: CertificateList) -> Ink:
    """Where the paper comes from: the rules, the run and the audit chain, by their digests."""
    parts = [
        f"Bộ quy tắc: {view.pack_title}, bản {view.pack_version} ({view.pack_digest[:16]})",
        f"Lượt chấm {view.run} ({view.run_digest[:16]})",
        # A draft anchors nothing, and must come out the same each time it is printed.
        *([f"Nhật ký ({view.audit_head[:16]})"] if view.audit_head else []),
        f"Đợt {view.season.id}",
    ]
    return ink(" · ".join(parts), record="dòng nguồn gốc ở chân trang")

"""The right totals (điểm đúng): the regulation of ``benchmarks/pack`` in plain Python fractions.

Written from the pack's text alone, without the engine, an entry at a time, so that every peer,
ours included, can be found wrong. Nothing is rounded but a criterion, once, half away from zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from benchmarks.facts import Facts

CHUNK = 50_000
CITIES = frozenset({"ha-noi", "thanh-pho-ho-chi-minh", "da-nang", "hai-phong", "can-tho"})
KIND_POINTS = {
    "hop-tac-xa": 300,
    "to-hop-tac": 300,
    "to-tu-quan": 200,
    "an-ninh-trat-tu": 200,
    "moi-truong": 200,
    "khuyen-hoc": 150,
    "y-te": 150,
    "van-hoa": 150,
    "giao-thong": 100,
    "chuyen-doi-so": 100,
    "giam-ngheo": 100,
    "khac": 50,
}
LEVEL_POINTS = {"tinh": 300, "huyen": 200, "xa": 100}
REGISTERED_BY, REPORTED_BY = date(2024, 3, 31), date(2024, 11, 30)
INSPECTED_FROM = date(2024, 1, 1)


def totals(facts: Facts) -> np.ndarray:
    """The total of every entry. Unit: hundredths of a point."""
    found = np.empty(len(facts), dtype=np.int32)
    for start in range(0, len(facts), CHUNK):
        # Decimals stay whole hundredths: a ratio of two needs no more.
        rows = facts.slice(start, start + CHUNK).row_dicts(decimal=int)
        found[start : start + len(rows)] = totals_of_rows(rows)
    return found


def totals_of_rows(rows: Sequence[dict[str, Any]]) -> np.ndarray:
    """The total of every row, whose decimals are whole hundredths."""
    return np.array([sum(_points(row)) for row in rows], dtype=np.int32)


def _rounded(points: Fraction) -> int:
    """*points* in hundredths; a half goes away from zero."""
    number = abs(points) * 100
    whole = (2 * number.numerator + number.denominator) // (2 * number.denominator)
    return whole if points >= 0 else -whole


def _points(row: dict[str, Any]) -> Iterator[int]:
    """The points of every criterion. Unit: hundredths."""
    yield from _registering(row)
    yield from _mobilising(row)
    yield from _results(row)
    yield from _lasting(row)
    yield 300 if row["chuyen_doi_so"] or row["lien_ket_tieu_thu"] else 0
    complaints = row["so_vu_khieu_nai"]
    yield -min(1000, 1000 if row["vi_pham"] else 125 * complaints)


def _registering(row: dict[str, Any]) -> Iterator[int]:
    clear = (row["ro_nguoi"], row["ro_viec"], row["ro_dia_chi"], row["ro_ket_qua"])
    yield 100 * sum(clear)
    yield 200 if row["ngay_dang_ky"] <= REGISTERED_BY else 0
    yield min(75 * row["so_to_chuc_phoi_hop"], 300)
    yield LEVEL_POINTS[row["cap_dang_ky"]]
    yield 0 if row["trang_thong_tin"] is None else 100


def _mobilising(row: dict[str, Any]) -> Iterator[int]:
    members, complaints = row["so_thanh_vien"], row["so_vu_khieu_nai"]
    yield 800 if members >= 100 else 500 if members >= 50 else 300 if members >= 20 else 0
    share = Fraction(row["so_ho_tham_gia"], row["so_ho_dia_ban"])
    yield 0 if share < Fraction(1, 2) else _rounded(min(share, Fraction(1)) * 12)
    content, asked = row["so_phieu_hai_long"], row["so_phieu_khao_sat"]
    if content * 10 >= asked * 9 and complaints == 0:
        yield 600
    else:
        yield 400 if content * 4 >= asked * 3 else 0
    yield max(0, 600 - 150 * complaints)
    yield 300 if (row["so_luot_tham_quan"] or 0) > 1000 and row["duoc_tap_huan"] else 100
    area = row["dien_tich_ha"]
    if area <= 0:
        yield 0
    else:
        yield 300 if Fraction(row["so_ho_dia_ban"] * 100, area) > Fraction(5, 2) else 150


def _results(row: dict[str, Any]) -> Iterator[int]:
    takings, costs, before = row["doanh_thu"], row["chi_phi"], row["doanh_thu_nam_truoc"]
    if takings > 0:
        earned = Fraction(takings - costs, takings) * 12
        yield _rounded(max(Fraction(-6), min(earned, Fraction(12))))
    else:
        yield 0
    growth = row["tang_thu_nhap"]
    if growth >= 1550:
        yield 500
    else:
        yield _rounded(Fraction(growth, 100) * Fraction(3, 10)) if growth > 0 else 0
    if before is None:
        yield 0
    else:
        yield 400 if takings * 10 > before * 11 else 200
    poor = row["ty_le_ho_ngheo"]
    yield 0 if poor > 1250 else 200 if poor > 500 else 400
    yield 600 if row["diem_an_toan"] * 3 + row["diem_chat_luong"] * 7 >= 80_000 else 250
    capital = row["von_xa_hoi_hoa"]
    yield 0 if capital < 2000 else min(400, 200 + (capital - 2000) // 1000 * 25)


def _lasting(row: dict[str, Any]) -> Iterator[int]:
    clean = not row["vi_pham"]
    yield 300 if row["dat_chuan"] and clean else 0
    yield 200 if row["nop_bao_cao"] and row["duoc_kiem_tra"] and clean else 0
    yield 100 if row["don_vi"] in CITIES else 200
    yield KIND_POINTS[row["loai_mo_hinh"]]
    inspected = row["ngay_kiem_tra"]
    yield 200 if inspected is not None and inspected >= INSPECTED_FROM else 0
    months = _months(row["ngay_bat_dau"], REPORTED_BY)
    yield 200 if months >= 24 else 125 if months >= 12 else 50 if months >= 6 else 0


def _months(start: date, end: date) -> int:
    """Completed months, as far as they matter: none when *start* is later than *end*."""
    if start > end:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)

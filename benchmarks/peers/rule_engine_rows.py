"""rule-engine: one typed rule a criterion, an entry at a time. All other ratios are to this."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from benchmarks.facts import DATES, DECIMALS, INTEGERS, TEXT, TRUTHS, Facts
from benchmarks.peers.peer import Peer, Run

HUNDREDTH = Decimal("0.01")
BIG_CITIES = '["ha-noi", "thanh-pho-ho-chi-minh", "da-nang", "hai-phong", "can-tho"]'

# The language cannot round: criteria that need it are rounded by the host.
ROUNDED = (
    "(so_ho_tham_gia / so_ho_dia_ban * 100 < 50) ? 0 : (so_ho_tham_gia / so_ho_dia_ban * 12)",
    "doanh_thu > 0 ? $max([-6, (doanh_thu - chi_phi) / doanh_thu * 12]) : 0",
    "tang_thu_nhap >= 15.5 ? 5 : (tang_thu_nhap > 0 ? tang_thu_nhap * 0.3 : 0)",
)
EXACT = (
    "(ro_nguoi ? 1 : 0) + (ro_viec ? 1 : 0) + (ro_dia_chi ? 1 : 0) + (ro_ket_qua ? 1 : 0)",
    'ngay_dang_ky <= d"2024-03-31" ? 2 : 0',
    "$min([so_to_chuc_phoi_hop * 0.75, 3])",
    'cap_dang_ky == "tinh" ? 3 : (cap_dang_ky == "huyen" ? 2 : 1)',
    "trang_thong_tin != null ? 1 : 0",
    "so_thanh_vien >= 100 ? 8 : (so_thanh_vien >= 50 ? 5 : (so_thanh_vien >= 20 ? 3 : 0))",
    (
        "((so_phieu_hai_long / so_phieu_khao_sat * 100 >= 90) and (so_vu_khieu_nai == 0))"
        " ? 6 : (so_phieu_hai_long / so_phieu_khao_sat * 100 >= 75 ? 4 : 0)"
    ),
    "$max([0, 6 - so_vu_khieu_nai * 1.5])",
    "((so_luot_tham_quan ?? 0) > 1000 and duoc_tap_huan) ? 3 : 1",
    "dien_tich_ha <= 0 ? 0 : (so_ho_dia_ban / dien_tich_ha > 2.5 ? 3 : 1.5)",
    "doanh_thu_nam_truoc == null ? 0 : (doanh_thu > (doanh_thu_nam_truoc ?? 0) * 1.1 ? 4 : 2)",
    "ty_le_ho_ngheo > 12.5 ? 0 : (ty_le_ho_ngheo > 5 ? 2 : 4)",
    "(diem_an_toan * 0.3 + diem_chat_luong * 0.7 >= 80) ? 6 : 2.5",
    "von_xa_hoi_hoa < 20 ? 0 : $min([2 + ((von_xa_hoi_hoa - 20) // 10) * 0.25, 4])",
    "(dat_chuan and (not vi_pham)) ? 3 : 0",
    "(nop_bao_cao and duoc_kiem_tra and (not vi_pham)) ? 2 : 0",
    f"don_vi in {BIG_CITIES} ? 1 : 2",
    (
        '(loai_mo_hinh in ["hop-tac-xa", "to-hop-tac"]) ? 3'
        ' : ((loai_mo_hinh in ["to-tu-quan", "an-ninh-trat-tu", "moi-truong"]) ? 2'
        ' : ((loai_mo_hinh in ["khuyen-hoc", "y-te", "van-hoa"]) ? 1.5'
        ' : (loai_mo_hinh == "khac" ? 0.5 : 1)))'
    ),
    '((ngay_kiem_tra ?? d"1970-01-01") >= d"2024-01-01") ? 2 : 0',
    (
        'ngay_bat_dau <= d"2022-11-30" ? 2'
        ' : (ngay_bat_dau <= d"2023-11-30" ? 1.25 : (ngay_bat_dau <= d"2024-05-30" ? 0.5 : 0))'
    ),
    "(chuyen_doi_so or lien_ket_tieu_thu) ? 3 : 0",
    "vi_pham ? -10 : -so_vu_khieu_nai * 1.25",
)


def _prepare(facts: Facts) -> Run:
    import rule_engine

    context = rule_engine.Context(
        type_resolver=rule_engine.type_resolver_from_dict(_types()),
        default_timezone="utc",
    )
    rounded = [rule_engine.Rule(text, context=context) for text in ROUNDED]
    exact = [rule_engine.Rule(text, context=context) for text in EXACT]
    rows = facts.row_dicts()

    def total(row: dict[str, Any]) -> int:
        found = sum(rule.evaluate(row) for rule in exact)
        for rule in rounded:
            found += rule.evaluate(row).quantize(HUNDREDTH, ROUND_HALF_UP)
        return int(found * 100)

    return lambda: np.array([total(row) for row in rows])


def _types() -> dict[str, Any]:
    from rule_engine import DataType

    known = dict.fromkeys((*INTEGERS, *DECIMALS), DataType.FLOAT)
    known |= dict.fromkeys(TRUTHS, DataType.BOOLEAN)
    known |= dict.fromkeys(DATES, DataType.DATETIME)
    known |= dict.fromkeys(("don_vi", "loai_mo_hinh", "cap_dang_ky"), DataType.STRING)
    for name in ("so_luot_tham_quan", "doanh_thu_nam_truoc"):
        known[name] = DataType.NULLABLE(DataType.FLOAT)
    known["ngay_kiem_tra"] = DataType.NULLABLE(DataType.DATETIME)
    known[TEXT] = DataType.NULLABLE(DataType.STRING)
    return known


PEER = Peer(
    name="rule-engine",
    kind="row by row",
    note="25 typed rules, Decimal, rounding by the host",
    prepare=_prepare,
    packages=("rule-engine",),
    most_rows=4_000,
)

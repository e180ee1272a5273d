"""GoRules ZEN (Rust): compiled expressions, an entry at a time; dates as day numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.facts import DATES, Facts
from benchmarks.peers.days import INSPECTED, ON_TIME, STARTED
from benchmarks.peers.peer import Peer, Run
from benchmarks.peers.rule_engine_rows import BIG_CITIES

EXPRESSIONS = (
    "(ro_nguoi ? 1 : 0) + (ro_viec ? 1 : 0) + (ro_dia_chi ? 1 : 0) + (ro_ket_qua ? 1 : 0)",
    f"ngay_dang_ky <= {ON_TIME} ? 2 : 0",
    "min([so_to_chuc_phoi_hop * 0.75, 3])",
    "cap_dang_ky == 'tinh' ? 3 : (cap_dang_ky == 'huyen' ? 2 : 1)",
    "trang_thong_tin != null ? 1 : 0",
    "so_thanh_vien >= 100 ? 8 : (so_thanh_vien >= 50 ? 5 : (so_thanh_vien >= 20 ? 3 : 0))",
    "so_ho_tham_gia / so_ho_dia_ban * 100 < 50 ? 0 : round(so_ho_tham_gia / so_ho_dia_ban * 12, 2)",
    (
        "((so_phieu_hai_long / so_phieu_khao_sat * 100 >= 90) and (so_vu_khieu_nai == 0))"
        " ? 6 : (so_phieu_hai_long / so_phieu_khao_sat * 100 >= 75 ? 4 : 0)"
    ),
    "max([0, 6 - so_vu_khieu_nai * 1.5])",
    "((so_luot_tham_quan ?? 0) > 1000 and duoc_tap_huan) ? 3 : 1",
    "dien_tich_ha <= 0 ? 0 : (so_ho_dia_ban / dien_tich_ha > 2.5 ? 3 : 1.5)",
    "doanh_thu > 0 ? round(max([-6, (doanh_thu - chi_phi) / doanh_thu * 12]), 2) : 0",
    "tang_thu_nhap >= 15.5 ? 5 : (tang_thu_nhap > 0 ? round(tang_thu_nhap * 0.3, 2) : 0)",
    "doanh_thu_nam_truoc == null ? 0 : (doanh_thu > doanh_thu_nam_truoc * 1.1 ? 4 : 2)",
    "ty_le_ho_ngheo > 12.5 ? 0 : (ty_le_ho_ngheo > 5 ? 2 : 4)",
    "(diem_an_toan * 0.3 + diem_chat_luong * 0.7 >= 80) ? 6 : 2.5",
    "von_xa_hoi_hoa < 20 ? 0 : min([2 + floor((von_xa_hoi_hoa - 20) / 10) * 0.25, 4])",
    "(dat_chuan and (not vi_pham)) ? 3 : 0",
    "(nop_bao_cao and duoc_kiem_tra and (not vi_pham)) ? 2 : 0",
    f"don_vi in {BIG_CITIES} ? 1 : 2",
    (
        "(loai_mo_hinh in ['hop-tac-xa', 'to-hop-tac']) ? 3"
        " : ((loai_mo_hinh in ['to-tu-quan', 'an-ninh-trat-tu', 'moi-truong']) ? 2"
        " : ((loai_mo_hinh in ['khuyen-hoc', 'y-te', 'van-hoa']) ? 1.5"
        " : (loai_mo_hinh == 'khac' ? 0.5 : 1)))"
    ),
    f"(ngay_kiem_tra ?? 0) >= {INSPECTED} ? 2 : 0",
    (
        f"ngay_bat_dau <= {STARTED[0]} ? 2"
        f" : (ngay_bat_dau <= {STARTED[1]} ? 1.25 : (ngay_bat_dau <= {STARTED[2]} ? 0.5 : 0))"
    ),
    "(chuyen_doi_so or lien_ket_tieu_thu) ? 3 : 0",
    "vi_pham ? -10 : 0 - so_vu_khieu_nai * 1.25",
)


def _prepare(facts: Facts) -> Run:
    return _prepared(facts, EXPRESSIONS)


def _prepare_fused(facts: Facts) -> Run:
    return _prepared(facts, (" + ".join(f"({text})" for text in EXPRESSIONS),))


def _prepared(facts: Facts, texts: tuple[str, ...]) -> Run:
    import zen

    compiled = [zen.compile_expression(text) for text in texts]
    rows = facts.row_dicts(decimal=lambda value: value / 100)
    for name in DATES:
        for row, at in zip(rows, facts[name].tolist(), strict=True):
            row[name] = None if row[name] is None else at

    def total(row: dict[str, Any]) -> int:
        return round(100 * sum(one.evaluate(row) for one in compiled))

    return lambda: np.array([total(row) for row in rows])


WRONG = "28 digits after a division: 289 / 480 × 12 ends below the half it is"
PEER = Peer(
    name="zen",
    kind="row by row",
    note="GoRules ZEN (Rust), an expression a criterion: every call converts the row again",
    prepare=_prepare,
    packages=("zen-engine",),
    most_rows=4_000,
    wrong_because=WRONG,
)
FUSED = Peer(
    name="zen-fused",
    kind="row by row",
    note="GoRules ZEN, one expression for the total alone: one call a row",
    prepare=_prepare_fused,
    packages=("zen-engine",),
    most_rows=20_000,
    wrong_because=WRONG,
)

"""CEL (Google's C++ behind ``cel-expr-python``): checked expressions, an entry at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.facts import DATES, DECIMALS, INTEGERS, TEXT, TRUTHS, Facts
from benchmarks.peers.days import INSPECTED, ON_TIME, STARTED
from benchmarks.peers.peer import DOUBLES, Peer, Run
from benchmarks.peers.rule_engine_rows import BIG_CITIES

SHARE = "so_ho_tham_gia / so_ho_dia_ban"
CONTENT = "so_phieu_hai_long / so_phieu_khao_sat * 100.0"
# CEL counts in doubles and never mixes them with integers; every number here is a double.
EXPRESSIONS = (
    (
        "(ro_nguoi ? 1.0 : 0.0) + (ro_viec ? 1.0 : 0.0) + (ro_dia_chi ? 1.0 : 0.0)"
        " + (ro_ket_qua ? 1.0 : 0.0)"
    ),
    f"ngay_dang_ky <= {ON_TIME}.0 ? 2.0 : 0.0",
    "math.least(so_to_chuc_phoi_hop * 0.75, 3.0)",
    "cap_dang_ky == 'tinh' ? 3.0 : (cap_dang_ky == 'huyen' ? 2.0 : 1.0)",
    "trang_thong_tin != null ? 1.0 : 0.0",
    (
        "so_thanh_vien >= 100.0 ? 8.0"
        " : (so_thanh_vien >= 50.0 ? 5.0 : (so_thanh_vien >= 20.0 ? 3.0 : 0.0))"
    ),
    f"{SHARE} * 100.0 < 50.0 ? 0.0 : math.round({SHARE} * 12.0 * 100.0) / 100.0",
    f"{CONTENT} >= 90.0 && so_vu_khieu_nai == 0.0 ? 6.0 : ({CONTENT} >= 75.0 ? 4.0 : 0.0)",
    "math.greatest(0.0, 6.0 - so_vu_khieu_nai * 1.5)",
    "so_luot_tham_quan != null && double(so_luot_tham_quan) > 1000.0 && duoc_tap_huan ? 3.0 : 1.0",
    "dien_tich_ha <= 0.0 ? 0.0 : (so_ho_dia_ban / dien_tich_ha > 2.5 ? 3.0 : 1.5)",
    (
        "doanh_thu > 0.0 ? math.round(math.greatest(-6.0, (doanh_thu - chi_phi) / doanh_thu * 12.0)"
        " * 100.0) / 100.0 : 0.0"
    ),
    (
        "tang_thu_nhap >= 15.5 ? 5.0"
        " : (tang_thu_nhap > 0.0 ? math.round(tang_thu_nhap * 0.3 * 100.0) / 100.0 : 0.0)"
    ),
    (
        "doanh_thu_nam_truoc == null ? 0.0"
        " : (doanh_thu > double(doanh_thu_nam_truoc) * 1.1 ? 4.0 : 2.0)"
    ),
    "ty_le_ho_ngheo > 12.5 ? 0.0 : (ty_le_ho_ngheo > 5.0 ? 2.0 : 4.0)",
    "diem_an_toan * 0.3 + diem_chat_luong * 0.7 >= 80.0 ? 6.0 : 2.5",
    (
        "von_xa_hoi_hoa < 20.0 ? 0.0"
        " : math.least(2.0 + math.floor((von_xa_hoi_hoa - 20.0) / 10.0) * 0.25, 4.0)"
    ),
    "dat_chuan && !vi_pham ? 3.0 : 0.0",
    "nop_bao_cao && duoc_kiem_tra && !vi_pham ? 2.0 : 0.0",
    f"don_vi in {BIG_CITIES} ? 1.0 : 2.0",
    (
        "loai_mo_hinh in ['hop-tac-xa', 'to-hop-tac'] ? 3.0"
        " : (loai_mo_hinh in ['to-tu-quan', 'an-ninh-trat-tu', 'moi-truong'] ? 2.0"
        " : (loai_mo_hinh in ['khuyen-hoc', 'y-te', 'van-hoa'] ? 1.5"
        " : (loai_mo_hinh == 'khac' ? 0.5 : 1.0)))"
    ),
    f"ngay_kiem_tra != null && double(ngay_kiem_tra) >= {INSPECTED}.0 ? 2.0 : 0.0",
    (
        f"ngay_bat_dau <= {STARTED[0]}.0 ? 2.0 : (ngay_bat_dau <= {STARTED[1]}.0 ? 1.25"
        f" : (ngay_bat_dau <= {STARTED[2]}.0 ? 0.5 : 0.0))"
    ),
    "chuyen_doi_so || lien_ket_tieu_thu ? 3.0 : 0.0",
    "vi_pham ? -10.0 : -so_vu_khieu_nai * 1.25",
)


def _prepare(facts: Facts) -> Run:
    return _prepared(facts, EXPRESSIONS)


def _prepare_fused(facts: Facts) -> Run:
    return _prepared(facts, (" + ".join(f"({text})" for text in EXPRESSIONS),))


def _prepared(facts: Facts, texts: tuple[str, ...]) -> Run:
    from cel_expr_python import cel
    from cel_expr_python.ext import ext_math

    environment = cel.NewEnv(variables=_types(cel.Type), extensions=[ext_math.ExtMath()])
    compiled = [environment.compile(text) for text in texts]
    rows = facts.row_dicts(decimal=lambda value: value / 100, integer=float)
    for name in DATES:
        for row, at in zip(rows, facts[name].tolist(), strict=True):
            row[name] = None if row[name] is None else float(at)

    def total(row: dict[str, Any]) -> int:
        activation = environment.Activation(row)
        return round(100 * sum(one.eval(activation).value() for one in compiled))

    return lambda: np.array([total(row) for row in rows])


def _types(kinds: Any) -> dict[str, Any]:
    known = dict.fromkeys((*INTEGERS, *DECIMALS, *DATES), kinds.DOUBLE)
    known |= dict.fromkeys(TRUTHS, kinds.BOOL)
    known |= dict.fromkeys(("don_vi", "linh_vuc", "loai_mo_hinh", "cap_dang_ky"), kinds.STRING)
    nullable = ("so_luot_tham_quan", "doanh_thu_nam_truoc", "ngay_kiem_tra", TEXT)
    return known | dict.fromkeys(nullable, kinds.DYN)


PEER = Peer(
    name="cel-cpp",
    kind="row by row",
    note="Google's CEL in C++, a checked expression a criterion, one activation a row",
    prepare=_prepare,
    packages=("cel-expr-python",),
    most_rows=10_000,
    wrong_because=DOUBLES,
)
FUSED = Peer(
    name="cel-cpp-fused",
    kind="row by row",
    note="Google's CEL in C++, one expression for the total alone",
    prepare=_prepare_fused,
    packages=("cel-expr-python",),
    most_rows=20_000,
    wrong_because=DOUBLES,
)

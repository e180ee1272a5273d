"""DuckDB: one SELECT over a table in memory, as an analyst writes it and in whole hundredths."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.facts import Facts
from benchmarks.peers.peer import Peer, Run
from benchmarks.peers.polars_frames import frame_of

ALIKE = """
  CASE WHEN ngay_dang_ky <= DATE '2024-03-31' THEN 200 ELSE 0 END
+ CASE cap_dang_ky WHEN 'tinh' THEN 300 WHEN 'huyen' THEN 200 ELSE 100 END
+ CASE WHEN trang_thong_tin IS NULL THEN 0 ELSE 100 END
+ 100 * (ro_nguoi::INT + ro_viec::INT + ro_dia_chi::INT + ro_ket_qua::INT)
+ CASE WHEN so_thanh_vien >= 100 THEN 800 WHEN so_thanh_vien >= 50 THEN 500
       WHEN so_thanh_vien >= 20 THEN 300 ELSE 0 END
+ least(75 * so_to_chuc_phoi_hop, 300)
+ greatest(0, 600 - 150 * so_vu_khieu_nai)
+ CASE WHEN so_luot_tham_quan > 1000 AND duoc_tap_huan THEN 300 ELSE 100 END
+ CASE WHEN dat_chuan AND NOT vi_pham THEN 300 ELSE 0 END
+ CASE WHEN nop_bao_cao AND duoc_kiem_tra AND NOT vi_pham THEN 200 ELSE 0 END
+ CASE WHEN don_vi IN ('ha-noi', 'thanh-pho-ho-chi-minh', 'da-nang', 'hai-phong', 'can-tho')
       THEN 100 ELSE 200 END
+ CASE loai_mo_hinh WHEN 'hop-tac-xa' THEN 300 WHEN 'to-hop-tac' THEN 300
       WHEN 'to-tu-quan' THEN 200 WHEN 'an-ninh-trat-tu' THEN 200 WHEN 'moi-truong' THEN 200
       WHEN 'khuyen-hoc' THEN 150 WHEN 'y-te' THEN 150 WHEN 'van-hoa' THEN 150
       WHEN 'khac' THEN 50 ELSE 100 END
+ CASE WHEN ngay_kiem_tra >= DATE '2024-01-01' THEN 200 ELSE 0 END
+ CASE WHEN ngay_bat_dau <= DATE '2022-11-30' THEN 200
       WHEN ngay_bat_dau <= DATE '2023-11-30' THEN 125
       WHEN ngay_bat_dau <= DATE '2024-05-30' THEN 50 ELSE 0 END
+ CASE WHEN chuyen_doi_so OR lien_ket_tieu_thu THEN 300 ELSE 0 END
- CASE WHEN vi_pham THEN 1000 ELSE 125 * so_vu_khieu_nai END
"""
"""The criteria that come to whole hundredths whatever the type. Unit: hundredths."""

AS_DECIMALS = f"""{ALIKE} + 100 * (
  CASE WHEN so_ho_tham_gia / so_ho_dia_ban * 100 < 50 THEN 0
       ELSE round(so_ho_tham_gia / so_ho_dia_ban * 12, 2) END
+ CASE WHEN so_phieu_hai_long / so_phieu_khao_sat * 100 >= 90 AND so_vu_khieu_nai = 0 THEN 6
       WHEN so_phieu_hai_long / so_phieu_khao_sat * 100 >= 75 THEN 4 ELSE 0 END
+ CASE WHEN dien_tich_ha <= 0 THEN 0 WHEN so_ho_dia_ban / dien_tich_ha > 2.5 THEN 3 ELSE 1.5 END
+ CASE WHEN doanh_thu > 0
       THEN round(greatest(-6, (doanh_thu - chi_phi) / doanh_thu * 12), 2) ELSE 0 END
+ CASE WHEN tang_thu_nhap >= 15.5 THEN 5 WHEN tang_thu_nhap > 0
       THEN round(tang_thu_nhap * 0.3, 2) ELSE 0 END
+ CASE WHEN doanh_thu_nam_truoc IS NULL THEN 0
       WHEN doanh_thu > doanh_thu_nam_truoc * 1.1 THEN 4 ELSE 2 END
+ CASE WHEN ty_le_ho_ngheo > 12.5 THEN 0 WHEN ty_le_ho_ngheo > 5 THEN 2 ELSE 4 END
+ CASE WHEN diem_an_toan * 0.3 + diem_chat_luong * 0.7 >= 80 THEN 6 ELSE 2.5 END
+ CASE WHEN von_xa_hoi_hoa < 20 THEN 0
       ELSE least(2 + floor((von_xa_hoi_hoa - 20) / 10) * 0.25, 4) END)
"""

AS_INTEGERS = f"""{ALIKE}
+ CASE WHEN so_ho_tham_gia * 2 < so_ho_dia_ban THEN 0
       ELSE (2400 * so_ho_tham_gia + so_ho_dia_ban) // (2 * so_ho_dia_ban) END
+ CASE WHEN so_phieu_hai_long * 10 >= so_phieu_khao_sat * 9 AND so_vu_khieu_nai = 0 THEN 600
       WHEN so_phieu_hai_long * 4 >= so_phieu_khao_sat * 3 THEN 400 ELSE 0 END
+ CASE WHEN dien_tich_ha <= 0 THEN 0 WHEN so_ho_dia_ban * 40 > dien_tich_ha THEN 300 ELSE 150 END
+ CASE WHEN doanh_thu <= 0 THEN 0 WHEN chi_phi <= doanh_thu
       THEN (2400 * (doanh_thu - chi_phi)::BIGINT + doanh_thu) // (2 * doanh_thu::BIGINT)
       ELSE -least(600, (2400 * (chi_phi - doanh_thu)::BIGINT + doanh_thu)
                        // (2 * doanh_thu::BIGINT)) END
+ CASE WHEN tang_thu_nhap >= 1550 THEN 500 WHEN tang_thu_nhap > 0
       THEN (3 * tang_thu_nhap + 5) // 10 ELSE 0 END
+ CASE WHEN doanh_thu_nam_truoc IS NULL THEN 0
       WHEN doanh_thu::BIGINT * 10 > doanh_thu_nam_truoc::BIGINT * 11 THEN 400 ELSE 200 END
+ CASE WHEN ty_le_ho_ngheo > 1250 THEN 0 WHEN ty_le_ho_ngheo > 500 THEN 200 ELSE 400 END
+ CASE WHEN diem_an_toan * 3 + diem_chat_luong * 7 >= 80000 THEN 600 ELSE 250 END
+ CASE WHEN von_xa_hoi_hoa < 2000 THEN 0
       ELSE least(400, 200 + (von_xa_hoi_hoa - 2000) // 1000 * 25) END
"""


def _prepare_decimals(facts: Facts) -> Run:
    return _prepared(facts, "decimal", f"round({AS_DECIMALS})")


def _prepare_integers(facts: Facts) -> Run:
    return _prepared(facts, "hundredths", AS_INTEGERS)


def _prepared(facts: Facts, decimals: str, total: str) -> Run:
    import duckdb

    connection = duckdb.connect()
    _load(connection, facts, decimals)
    # An IN list becomes a join, after which rows come back in any order.
    question = f"SELECT row_no, ({total})::INTEGER AS total FROM facts"  # noqa: S608 (our own text)
    found = np.empty(len(facts), dtype=np.int32)

    def run() -> np.ndarray:
        answer = connection.sql(question).fetchnumpy()
        found[answer["row_no"]] = answer["total"]
        return found

    return run


def _load(connection: Any, facts: Facts, decimals: str) -> None:
    """Make the table ``facts``; choices are enumerations, as DuckDB recommends."""
    frame = frame_of(facts, decimals=decimals, codes=False).with_row_index("row_no")
    for name, ids in facts.choices.items():
        listed = ", ".join(f"'{one}'" for one in ids)
        connection.sql(f"CREATE TYPE {name}_id AS ENUM ({listed})")
    casts = ", ".join(f"{name}::{name}_id AS {name}" for name in facts.choices)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.parquet"
        frame.write_parquet(path)
        connection.sql(
            f"CREATE TABLE facts AS SELECT * REPLACE ({casts}) "  # noqa: S608 (our own text)
            f"FROM read_parquet('{path}')"
        )


DECIMAL = Peer(
    name="duckdb-decimal",
    kind="columns",
    note="SQL as an analyst writes it, DECIMAL columns, choices as ENUM",
    prepare=_prepare_decimals,
    packages=("duckdb",),
    wrong_because="DECIMAL / DECIMAL is a double there: halves of a ratio go a hundredth astray",
)
INTEGER = Peer(
    name="duckdb-integers",
    kind="columns",
    note="SQL rewritten by hand in whole hundredths, exact",
    prepare=_prepare_integers,
    packages=("duckdb",),
)

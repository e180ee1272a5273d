"""NumPy by hand: whole arrays of doubles, choices as codes."""

from __future__ import annotations

import numpy as np

from benchmarks.facts import DECIMALS, Facts
from benchmarks.peers.days import INSPECTED, ON_TIME, STARTED
from benchmarks.peers.peer import DOUBLES, Peer, Run
from benchmarks.reference import CITIES, KIND_POINTS, LEVEL_POINTS

Columns = dict[str, np.ndarray]


def columns_of(facts: Facts) -> Columns:
    """Plain arrays: decimals as doubles, nulls beside their column as ``…_missing``."""
    found = dict(facts.columns)
    found |= {name: found[name] / 100 for name in DECIMALS}
    return found | {f"{name}_missing": mask for name, mask in facts.missing.items()}


def tables_of(facts: Facts) -> Columns:
    """Points by code for the three choices. Unit: points."""
    kinds = [KIND_POINTS[one] / 100 for one in facts.choices["loai_mo_hinh"]]
    levels = [LEVEL_POINTS[one] / 100 for one in facts.choices["cap_dang_ky"]]
    units = [1.0 if one in CITIES else 2.0 for one in facts.choices["don_vi"]]
    return {
        "loai_mo_hinh": np.array(kinds),
        "cap_dang_ky": np.array(levels),
        "don_vi": np.array(units),
    }


def _prepare(facts: Facts) -> Run:
    columns, tables = columns_of(facts), tables_of(facts)

    def run() -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            points = _registering(columns, tables) + _mobilising(columns)
            points += _results(columns) + _lasting(columns, tables) + _beside(columns)
        return np.rint(points * 100).astype(np.int32)

    return run


def rounded(points: np.ndarray) -> np.ndarray:
    """Half away from zero, as far as doubles know a half."""
    return np.trunc(points * 100 + np.copysign(0.5, points)) / 100


def _registering(c: Columns, tables: Columns) -> np.ndarray:
    clear = c["ro_nguoi"].astype(float) + c["ro_viec"] + c["ro_dia_chi"] + c["ro_ket_qua"]
    return (
        clear
        + np.where(c["ngay_dang_ky"] <= ON_TIME, 2.0, 0.0)
        + np.minimum(c["so_to_chuc_phoi_hop"] * 0.75, 3.0)
        + tables["cap_dang_ky"][c["cap_dang_ky"]]
        + ~c["trang_thong_tin_missing"]
    )


def _mobilising(c: Columns) -> np.ndarray:
    members, complaints = c["so_thanh_vien"], c["so_vu_khieu_nai"]
    share = c["so_ho_tham_gia"] / c["so_ho_dia_ban"]
    content = c["so_phieu_hai_long"] / c["so_phieu_khao_sat"] * 100
    crowded = c["so_ho_dia_ban"] / c["dien_tich_ha"] > 2.5
    best = (content >= 90) & (complaints == 0)
    return (
        np.select([members >= 100, members >= 50, members >= 20], [8.0, 5.0, 3.0], 0.0)
        + np.where(share * 100 < 50, 0.0, rounded(share * 12))
        + np.select([best, content >= 75], [6.0, 4.0], 0.0)
        + np.maximum(0.0, 6 - complaints * 1.5)
        + np.where((c["so_luot_tham_quan"] > 1000) & c["duoc_tap_huan"], 3.0, 1.0)
        + np.select([c["dien_tich_ha"] <= 0, crowded], [0.0, 3.0], 1.5)
    )


def _results(c: Columns) -> np.ndarray:
    takings, growth, capital = c["doanh_thu"], c["tang_thu_nhap"], c["von_xa_hoi_hoa"]
    earned = np.maximum(-6.0, (takings - c["chi_phi"]) / takings * 12)
    more = takings > c["doanh_thu_nam_truoc"] * 1.1
    poor = c["ty_le_ho_ngheo"]
    both = c["diem_an_toan"] * 0.3 + c["diem_chat_luong"] * 0.7
    steps = np.minimum(2 + np.floor((capital - 20) / 10) * 0.25, 4.0)
    return (
        np.where(takings > 0, rounded(earned), 0.0)
        + np.select([growth >= 15.5, growth > 0], [5.0, rounded(growth * 0.3)], 0.0)
        + np.select([c["doanh_thu_nam_truoc_missing"], more], [0.0, 4.0], 2.0)
        + np.select([poor > 12.5, poor > 5], [0.0, 2.0], 4.0)
        + np.where(both >= 80, 6.0, 2.5)
        + np.where(capital < 20, 0.0, steps)
    )


def _lasting(c: Columns, tables: Columns) -> np.ndarray:
    clean, started = ~c["vi_pham"], c["ngay_bat_dau"]
    return (
        np.where(c["dat_chuan"] & clean, 3.0, 0.0)
        + np.where(c["nop_bao_cao"] & c["duoc_kiem_tra"] & clean, 2.0, 0.0)
        + tables["don_vi"][c["don_vi"]]
        + tables["loai_mo_hinh"][c["loai_mo_hinh"]]
        + np.where(c["ngay_kiem_tra"] >= INSPECTED, 2.0, 0.0)
        + np.select([started <= day for day in STARTED], [2.0, 1.25, 0.5], 0.0)
    )


def _beside(c: Columns) -> np.ndarray:
    """Bonus less penalty."""
    bonus = np.where(c["chuyen_doi_so"] | c["lien_ket_tieu_thu"], 3.0, 0.0)
    return bonus - np.where(c["vi_pham"], 10.0, c["so_vu_khieu_nai"] * 1.25)


PEER = Peer(
    name="numpy",
    kind="columns",
    note="by hand, doubles, choices as codes, one thread",
    prepare=_prepare,
    packages=("numpy",),
    wrong_because=DOUBLES,
)

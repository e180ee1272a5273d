"""Numba: one fused pass written in plain Python, branches and all, compiled just in time."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.facts import Facts
from benchmarks.peers.days import INSPECTED, ON_TIME, STARTED
from benchmarks.peers.packed import NARROW, choice_points, packed_columns
from benchmarks.peers.peer import Peer, Run
from benchmarks.reference import CITIES, KIND_POINTS, LEVEL_POINTS

BY_24, BY_12, BY_6 = STARTED
Columns = namedtuple("Columns", NARROW)


def _prepare(facts: Facts) -> Run:
    columns = Columns(**packed_columns(facts))
    units = np.array([100 if one in CITIES else 200 for one in facts.choices["don_vi"]], np.int32)
    kinds = choice_points(facts, KIND_POINTS, "loai_mo_hinh")
    levels = choice_points(facts, LEVEL_POINTS, "cap_dang_ky")
    score = _compiled()

    def run() -> np.ndarray:
        totals = np.empty(len(columns.don_vi), dtype=np.int32)
        score(columns, units, kinds, levels, totals)
        return totals

    run()
    return run


def _compiled() -> Callable[..., None]:
    """The pass over all rows, each group of criteria compiled into it."""
    from numba import njit

    registering, mobilising, results, lasting = (
        njit(part) for part in (_registering, _mobilising, _results, _lasting)
    )

    def score(c: Any, units: Any, kinds: Any, levels: Any, totals: Any) -> None:
        for i in range(len(totals)):
            known = units[c.don_vi[i]] + kinds[c.loai_mo_hinh[i]] + levels[c.cap_dang_ky[i]]
            totals[i] = known + registering(c, i) + mobilising(c, i) + results(c, i) + lasting(c, i)

    compiled: Callable[..., None] = njit(score)
    return compiled


def _registering(c: Any, i: int) -> int:
    points = 100 * (c.ro_nguoi[i] + c.ro_viec[i] + c.ro_dia_chi[i] + c.ro_ket_qua[i])
    points += 200 if c.ngay_dang_ky[i] <= ON_TIME else 0
    return points + min(75 * c.so_to_chuc_phoi_hop[i], 300) + 100 * c.trang_thong_tin[i]


def _mobilising(c: Any, i: int) -> int:
    members, complaints = c.so_thanh_vien[i], c.so_vu_khieu_nai[i]
    points = 800 if members >= 100 else 500 if members >= 50 else 300 if members >= 20 else 0
    part, homes = c.so_ho_tham_gia[i], c.so_ho_dia_ban[i]
    points += 0 if 2 * part < homes else (2400 * part + homes) // (2 * homes)
    content, asked = c.so_phieu_hai_long[i], c.so_phieu_khao_sat[i]
    if content * 10 >= asked * 9 and complaints == 0:
        points += 600
    else:
        points += 400 if content * 4 >= asked * 3 else 0
    points += max(0, 600 - 150 * complaints)
    points += 300 if c.so_luot_tham_quan[i] > 1000 and c.duoc_tap_huan[i] else 100
    area = c.dien_tich_ha[i]
    return points + (0 if area <= 0 else 300 if homes * 40 > area else 150)


def _results(c: Any, i: int) -> int:
    takings, costs, before = c.doanh_thu[i], c.chi_phi[i], c.doanh_thu_nam_truoc[i]
    points = 0
    if takings > 0:
        found = (2400 * abs(takings - costs) + takings) // (2 * takings)
        points = found if takings >= costs else -min(600, found)
    growth = c.tang_thu_nhap[i]
    points += 500 if growth >= 1550 else (3 * growth + 5) // 10 if growth > 0 else 0
    points += 0 if before < 0 else 400 if takings * 10 > before * 11 else 200
    poor = c.ty_le_ho_ngheo[i]
    points += 0 if poor > 1250 else 200 if poor > 500 else 400
    points += 600 if c.diem_an_toan[i] * 3 + c.diem_chat_luong[i] * 7 >= 80000 else 250
    capital = c.von_xa_hoi_hoa[i]
    return points + (0 if capital < 2000 else min(400, 200 + (capital - 2000) // 1000 * 25))


def _lasting(c: Any, i: int) -> int:
    clean, started = not c.vi_pham[i], c.ngay_bat_dau[i]
    points = 300 if c.dat_chuan[i] and clean else 0
    points += 200 if c.nop_bao_cao[i] and c.duoc_kiem_tra[i] and clean else 0
    points += 200 if c.ngay_kiem_tra[i] >= INSPECTED else 0
    points += 200 if started <= BY_24 else 125 if started <= BY_12 else 50 if started <= BY_6 else 0
    points += 300 if c.chuyen_doi_so[i] or c.lien_ket_tieu_thu[i] else 0
    return points - (125 * c.so_vu_khieu_nai[i] if clean else 1000)


PEER = Peer(
    name="numba",
    kind="ceiling",
    note="one pass in plain Python compiled by Numba, narrow integers, exact, one thread",
    prepare=_prepare,
    packages=("numba",),
)

"""The facts as narrow integer columns, for the passes that show what the machine can do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from benchmarks.facts import DATES, TRUTHS, Facts

NARROW: Mapping[str, type[np.generic]] = MappingProxyType(
    {
        "don_vi": np.uint8,
        "loai_mo_hinh": np.uint8,
        "cap_dang_ky": np.uint8,
        **dict.fromkeys(DATES, np.int16),
        "so_to_chuc_phoi_hop": np.uint8,
        "so_thanh_vien": np.uint8,
        "so_ho_dia_ban": np.int16,
        "so_ho_tham_gia": np.int16,
        "so_phieu_khao_sat": np.int16,
        "so_phieu_hai_long": np.int16,
        "so_vu_khieu_nai": np.uint8,
        "so_luot_tham_quan": np.int16,
        "dien_tich_ha": np.int32,
        "doanh_thu": np.int32,
        "chi_phi": np.int32,
        "doanh_thu_nam_truoc": np.int32,
        "tang_thu_nhap": np.int16,
        "ty_le_ho_ngheo": np.int16,
        "diem_an_toan": np.int16,
        "diem_chat_luong": np.int16,
        "von_xa_hoi_hoa": np.int16,
        **dict.fromkeys(TRUTHS, np.uint8),
        "trang_thong_tin": np.uint8,
    }
)
"""The narrowest type that holds each column. The nullable money holds −1 where it is empty,
the nullable text only says whether it is there; the other empty ones hold 0, which scores alike."""


def packed_columns(facts: Facts) -> dict[str, np.ndarray]:
    """Every column a total depends on, packed. Raises OverflowError when one does not fit."""
    found = {}
    for name, kind in NARROW.items():
        column = facts[name]
        if name == "doanh_thu_nam_truoc":
            column = np.where(facts.missing[name], -1, column)
        elif name == "trang_thong_tin":
            column = ~facts.missing[name]
        found[name] = column.astype(kind)
        if not np.array_equal(found[name], column):
            raise OverflowError(f"{name} does not fit {kind.__name__}")
    return found


def choice_points(facts: Facts, points: Mapping[str, int], name: str) -> np.ndarray:
    """Points by code. Unit: hundredths."""
    return np.array([points[one] for one in facts.choices[name]], dtype=np.int32)

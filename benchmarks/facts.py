"""Facts to measure with (số liệu): the columns of ``do-toc-do``, the same for every peer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import yaml

PACK = Path(__file__).parent / "pack"

INTEGERS = (
    "so_to_chuc_phoi_hop",
    "so_thanh_vien",
    "so_ho_dia_ban",
    "so_ho_tham_gia",
    "so_phieu_khao_sat",
    "so_phieu_hai_long",
    "so_vu_khieu_nai",
    "so_luot_tham_quan",
)
DECIMALS = (
    "dien_tich_ha",
    "doanh_thu",
    "chi_phi",
    "doanh_thu_nam_truoc",
    "tang_thu_nhap",
    "ty_le_ho_ngheo",
    "diem_an_toan",
    "diem_chat_luong",
    "von_xa_hoi_hoa",
)
"""Held in hundredths."""
TRUTHS: Mapping[str, float] = {
    "ro_nguoi": 0.9,
    "ro_viec": 0.85,
    "ro_dia_chi": 0.9,
    "ro_ket_qua": 0.7,
    "dat_chuan": 0.6,
    "vi_pham": 0.06,
    "nop_bao_cao": 0.9,
    "duoc_kiem_tra": 0.7,
    "duoc_tap_huan": 0.6,
    "chuyen_doi_so": 0.4,
    "lien_ket_tieu_thu": 0.3,
}
"""With how often each holds."""
CHOICES = ("don_vi", "linh_vuc", "loai_mo_hinh", "cap_dang_ky")
DATES = ("ngay_dang_ky", "ngay_bat_dau", "ngay_kiem_tra")
TEXT = "trang_thong_tin"
NULLABLE = ("so_luot_tham_quan", "doanh_thu_nam_truoc", "ngay_kiem_tra", TEXT)
NAMES = (*CHOICES, *DATES, *INTEGERS, *DECIMALS, *TRUTHS, TEXT)


def list_choices() -> dict[str, tuple[str, ...]]:
    """The ids a choice may hold, in the pack's order: a code is an index into them."""
    declared = yaml.safe_load((PACK / "pack.yaml").read_text(encoding="utf-8"))["facts"]
    return {name: tuple(declared[name]["choices"]) for name in CHOICES}


@dataclass(frozen=True)
class Facts:
    """The facts of many entries, a column each.

    Shape: integers; decimals as integers; truths as booleans; choices as codes; dates as days;
    the nullable text as a row number. Unit: decimals in hundredths, days since 1970-01-01.
    """

    columns: Mapping[str, np.ndarray]
    missing: Mapping[str, np.ndarray]
    """For each nullable column, where it is empty; the column holds 0 there."""
    choices: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.columns[INTEGERS[0]])

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def slice(self, start: int, end: int) -> Facts:
        """The entries from *start* to before *end*."""
        return Facts(
            {name: column[start:end] for name, column in self.columns.items()},
            {name: mask[start:end] for name, mask in self.missing.items()},
            self.choices,
        )

    def text(self, name: str) -> np.ndarray:
        """A choice as the ids people's files hold."""
        return np.array(self.choices[name], dtype=object)[self.columns[name]]

    def values(self, name: str, decimal: Callable[[int], Any] | None = None) -> list[Any]:
        """A column as Python values; *decimal* makes one of hundredths."""
        if name in self.choices:
            found: list[Any] = self.text(name).tolist()
        elif name == TEXT:
            found = [f"mo-hinh-{at}.example" for at in self.columns[name].tolist()]
        elif name in DATES:
            found = self.columns[name].astype("datetime64[D]").tolist()
        else:
            found = self.columns[name].tolist()
        if name in DECIMALS:
            found = [(decimal or hundredths)(one) for one in found]
        if name in self.missing:
            gone = self.missing[name].tolist()
            found = [None if out else one for out, one in zip(gone, found, strict=True)]
        return found

    def row_dicts(
        self, decimal: Callable[[int], Any] | None = None, integer: Callable[[int], Any] = int
    ) -> list[dict[str, Any]]:
        """One mapping an entry, as a register would hand them over."""
        columns = []
        for name in NAMES:
            column = self.values(name, decimal)
            if name in INTEGERS and integer is not int:
                column = [None if one is None else integer(one) for one in column]
            columns.append(column)
        return [dict(zip(NAMES, row, strict=True)) for row in zip(*columns, strict=True)]


def hundredths(value: int) -> Decimal:
    return Decimal(value).scaleb(-2)

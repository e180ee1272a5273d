"""OpenFisca: a variable and a formula a criterion, float32 arrays, as its country packages do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.facts import CHOICES, DATES, DECIMALS, INTEGERS, NULLABLE, TRUTHS, Facts
from benchmarks.peers.days import INSPECTED, ON_TIME, STARTED
from benchmarks.peers.numpy_arrays import columns_of, tables_of
from benchmarks.peers.peer import Peer, Run

PERIOD = "2024"
Read = Callable[[str], np.ndarray]
Formula = Callable[[Read], Any]


def _rounded(points: np.ndarray) -> np.ndarray:
    return np.trunc(points * 100 + np.copysign(np.float32(0.5), points)) / 100


def _bands(value: np.ndarray, bands: list[tuple[float, float]], otherwise: float) -> np.ndarray:
    """The points of the first bound that *value* reaches."""
    return np.select([value >= low for low, _ in bands], [points for _, points in bands], otherwise)


def _content(v: Read) -> np.ndarray:
    return v("so_phieu_hai_long") / v("so_phieu_khao_sat") * 100


def _formulas(tables: dict[str, np.ndarray]) -> dict[str, Formula]:
    """A formula a criterion; *v* reads a variable."""
    where = np.where
    return {
        "i_1": lambda v: v("ro_nguoi") * 1 + v("ro_viec") + v("ro_dia_chi") + v("ro_ket_qua"),
        "i_2": lambda v: where(v("ngay_dang_ky") <= ON_TIME, 2, 0),
        "i_3": lambda v: np.minimum(v("so_to_chuc_phoi_hop") * 0.75, 3),
        "i_4": lambda v: tables["cap_dang_ky"][v("cap_dang_ky")],
        "i_5": lambda v: where(v("trang_thong_tin_missing"), 0, 1),
        "ii_1": lambda v: _bands(v("so_thanh_vien"), [(100, 8), (50, 5), (20, 3)], 0),
        "ii_2": lambda v: where(
            v("so_ho_tham_gia") / v("so_ho_dia_ban") * 100 < 50,
            0,
            _rounded(v("so_ho_tham_gia") / v("so_ho_dia_ban") * 12),
        ),
        "ii_3": lambda v: np.select(
            [(_content(v) >= 90) & (v("so_vu_khieu_nai") == 0), _content(v) >= 75], [6, 4], 0
        ),
        "ii_4": lambda v: np.maximum(0, 6 - v("so_vu_khieu_nai") * 1.5),
        "ii_5": lambda v: where((v("so_luot_tham_quan") > 1000) & v("duoc_tap_huan"), 3, 1),
        "ii_6": lambda v: np.select(
            [v("dien_tich_ha") <= 0, v("so_ho_dia_ban") / v("dien_tich_ha") > 2.5], [0, 3], 1.5
        ),
        "iii_1": lambda v: where(
            v("doanh_thu") > 0,
            _rounded(np.maximum(-6, (v("doanh_thu") - v("chi_phi")) / v("doanh_thu") * 12)),
            0,
        ),
        "iii_2": lambda v: np.select(
            [v("tang_thu_nhap") >= 15.5, v("tang_thu_nhap") > 0],
            [5, _rounded(v("tang_thu_nhap") * np.float32(0.3))],
            0,
        ),
        "iii_3": lambda v: np.select(
            [
                v("doanh_thu_nam_truoc_missing"),
                v("doanh_thu") > v("doanh_thu_nam_truoc") * np.float32(1.1),
            ],
            [0, 4],
            2,
        ),
        "iii_4": lambda v: np.select(
            [v("ty_le_ho_ngheo") > 12.5, v("ty_le_ho_ngheo") > 5], [0, 2], 4
        ),
        "iii_5": lambda v: where(
            v("diem_an_toan") * np.float32(0.3) + v("diem_chat_luong") * np.float32(0.7) >= 80,
            6,
            2.5,
        ),
        "iii_6": lambda v: where(
            v("von_xa_hoi_hoa") < 20,
            0,
            np.minimum(2 + np.floor((v("von_xa_hoi_hoa") - 20) / 10) * 0.25, 4),
        ),
        "iv_1": lambda v: where(v("dat_chuan") & ~v("vi_pham"), 3, 0),
        "iv_2": lambda v: where(v("nop_bao_cao") & v("duoc_kiem_tra") & ~v("vi_pham"), 2, 0),
        "iv_3": lambda v: tables["don_vi"][v("don_vi")],
        "iv_4": lambda v: tables["loai_mo_hinh"][v("loai_mo_hinh")],
        "iv_5": lambda v: where(v("ngay_kiem_tra") >= INSPECTED, 2, 0),
        "iv_6": lambda v: np.select(
            [v("ngay_bat_dau") <= day for day in STARTED], [2, 1.25, 0.5], 0
        ),
        "t_1": lambda v: where(v("chuyen_doi_so") | v("lien_ket_tieu_thu"), 3, 0),
        "p_1": lambda v: -where(v("vi_pham"), 10, v("so_vu_khieu_nai") * 1.25),
    }


def _prepare(facts: Facts) -> Run:
    from openfisca_core.simulation_builder import SimulationBuilder

    tables = {name: column.astype(np.float32) for name, column in tables_of(facts).items()}
    formulas = _formulas(tables)
    system = _system(formulas)
    simulation = SimulationBuilder().build_default_simulation(system, count=len(facts))
    for name, column in columns_of(facts).items():
        if name in system.variables:
            simulation.set_input(name, PERIOD, column)

    def run() -> np.ndarray:
        for name in (*formulas, "total"):
            simulation.delete_arrays(name)
        with np.errstate(divide="ignore", invalid="ignore"):
            total: np.ndarray = simulation.calculate("total", PERIOD)
        return np.rint(total.astype(np.float64) * 100).astype(np.int32)

    return run


def _system(formulas: dict[str, Formula]) -> Any:
    from openfisca_core.entities import build_entity
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    entity = build_entity("mo_hinh", "cac_mo_hinh", "Mô hình", is_person=True)
    system = TaxBenefitSystem([entity])
    kinds: dict[str, type] = dict.fromkeys((*INTEGERS, *CHOICES, *DATES), int)
    kinds |= dict.fromkeys(DECIMALS, float) | dict.fromkeys(TRUTHS, bool)
    kinds |= {f"{name}_missing": bool for name in NULLABLE}
    for name, kind in kinds.items():
        system.add_variable(_variable(name, kind, entity))
    for name, formula in formulas.items():
        system.add_variable(_variable(name, float, entity, formula))
    names = tuple(formulas)
    system.add_variable(_variable("total", float, entity, lambda v: sum(v(one) for one in names)))
    return system


def _variable(name: str, kind: type, entity: Any, formula: Formula | None = None) -> type:
    from openfisca_core.periods import DateUnit
    from openfisca_core.variables import Variable

    body: dict[str, Any] = {
        "value_type": kind,
        "entity": entity,
        "definition_period": DateUnit.YEAR,
        "label": name,
    }
    if formula is not None:
        body["formula"] = _asked(formula)
    return type(name, (Variable,), body)


def _asked(formula: Formula) -> Callable[[Any, Any], Any]:
    """*formula* in the shape OpenFisca calls."""

    def formula_of(population: Any, period: Any) -> Any:
        return formula(lambda name: population(name, period))

    return formula_of


PEER = Peer(
    name="openfisca",
    kind="columns",
    note="a variable a criterion, float32; no nulls or decimals, so flags and floats",
    prepare=_prepare,
    packages=("OpenFisca-Core", "numpy"),
    wrong_because="float32: money has lost its hundredths; thresholds and halves go astray",
)

"""Polars by hand: one lazy expression for the total, in doubles, on the streaming engine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.facts import DATES, DECIMALS, NAMES, TEXT, Facts
from benchmarks.peers.peer import DOUBLES, Peer, Run
from benchmarks.reference import CITIES, KIND_POINTS, LEVEL_POINTS

if TYPE_CHECKING:
    import polars as pl


def frame_of(facts: Facts, *, decimals: str, codes: bool) -> pl.DataFrame:
    """The facts as a frame, choices as text or as codes.

    *decimals* is how decimals are held: ``float``, ``decimal`` or ``hundredths``.
    """
    import polars as pl

    columns = []
    for name in NAMES:
        if name in facts.choices and not codes:
            ids = pl.Series(facts.choices[name], dtype=pl.String)
            column = ids.gather(facts[name])
        elif name == TEXT:
            numbers = pl.DataFrame({"at": facts[name]})
            column = numbers.select(pl.format("mo-hinh-{}.example", "at")).to_series()
        else:
            column = pl.Series(facts[name])
        columns.append(_typed(column.alias(name), name, decimals))
    frame = pl.DataFrame(columns)
    masks = {f"{name}_missing": mask for name, mask in facts.missing.items()}
    return frame.with_columns(pl.Series(name, mask) for name, mask in masks.items()).select(
        pl.when(f"{name}_missing").then(None).otherwise(name).alias(name) if name in facts.missing
        else name
        for name in NAMES
    )  # fmt: skip


def _typed(column: pl.Series, name: str, decimals: str) -> pl.Series:
    import polars as pl

    if name in DATES:
        return column.cast(pl.Date)
    if name not in DECIMALS or decimals == "hundredths":
        return column
    if decimals == "float":
        return column / 100
    hundredth = pl.lit(Decimal("0.01"), dtype=pl.Decimal(18, 2))
    scaled = pl.col(name).cast(pl.Decimal(18, 2)) * hundredth
    return column.to_frame().select(scaled.cast(pl.Decimal(18, 2))).to_series()


def _prepare_text(facts: Facts) -> Run:
    return _prepared(facts, codes=False)


def _prepare_codes(facts: Facts) -> Run:
    return _prepared(facts, codes=True)


def _prepared(facts: Facts, *, codes: bool) -> Run:
    import polars as pl

    frame = frame_of(facts, decimals="float", codes=codes)
    known = facts.choices if codes else {}
    total = sum(_criteria(pl, known), pl.lit(0.0))
    asked = frame.lazy().select((total * 100).round().cast(pl.Int32).alias("total"))

    def run() -> np.ndarray:
        return asked.collect(engine="streaming")["total"].to_numpy()

    return run


def _criteria(pl: Any, choices: dict[str, tuple[str, ...]]) -> list[Any]:
    """The expression of every criterion."""
    return [*_registering(pl, choices), *_mobilising(pl), *_results(pl), *_lasting(pl, choices)]


def _rounded(points: Any) -> Any:
    """Half away from zero, as far as doubles know a half."""
    return points.round(2, mode="half_away_from_zero")


def _bands(pl: Any, bands: list[tuple[Any, Any]], otherwise: float) -> Any:
    """The points of the first condition that holds."""
    found = pl.lit(otherwise)
    for when, points in reversed(bands):
        found = pl.when(when).then(points).otherwise(found)
    return found


def _by_choice(
    pl: Any, name: str, points: dict[str, int], choices: dict[str, tuple[str, ...]]
) -> Any:
    """Points of each choice, compared with its code where there are codes."""
    groups: dict[int, list[Any]] = {}
    for choice, hundredths in points.items():
        value = choices[name].index(choice) if choices else choice
        groups.setdefault(hundredths, []).append(value)
    *told, (rest, _) = groups.items()
    bands = [(_among(pl, name, values), hundredths / 100) for hundredths, values in told]
    return _bands(pl, bands, rest / 100)


def _among(pl: Any, name: str, values: list[Any]) -> Any:
    column = pl.col(name)
    return column == values[0] if len(values) == 1 else column.is_in(values)


def _registering(pl: Any, choices: dict[str, tuple[str, ...]]) -> list[Any]:
    clear = ("ro_nguoi", "ro_viec", "ro_dia_chi", "ro_ket_qua")
    return [
        sum((pl.col(name).cast(pl.Float64) for name in clear), pl.lit(0.0)),
        pl.when(pl.col("ngay_dang_ky") <= pl.date(2024, 3, 31)).then(2.0).otherwise(0.0),
        pl.min_horizontal(pl.col("so_to_chuc_phoi_hop") * 0.75, 3.0),
        _by_choice(pl, "cap_dang_ky", LEVEL_POINTS, choices),
        pl.col("trang_thong_tin").is_not_null().cast(pl.Float64),
    ]


def _mobilising(pl: Any) -> list[Any]:
    members, complaints = pl.col("so_thanh_vien"), pl.col("so_vu_khieu_nai")
    households, area = pl.col("so_ho_dia_ban"), pl.col("dien_tich_ha")
    share = pl.col("so_ho_tham_gia") / households
    content = pl.col("so_phieu_hai_long") / pl.col("so_phieu_khao_sat") * 100
    visited = pl.col("so_luot_tham_quan").fill_null(0) > 1000
    best = (content >= 90) & (complaints == 0)
    return [
        _bands(pl, [(members >= 100, 8.0), (members >= 50, 5.0), (members >= 20, 3.0)], 0.0),
        pl.when(share * 100 < 50).then(0.0).otherwise(_rounded(share * 12)),
        _bands(pl, [(best, 6.0), (content >= 75, 4.0)], 0.0),
        pl.max_horizontal(0.0, 6 - complaints * 1.5),
        pl.when(visited & pl.col("duoc_tap_huan")).then(3.0).otherwise(1.0),
        _bands(pl, [(area <= 0, 0.0), (households / area > 2.5, 3.0)], 1.5),
    ]


def _results(pl: Any) -> list[Any]:
    takings, before = pl.col("doanh_thu"), pl.col("doanh_thu_nam_truoc")
    growth, poor, capital = (
        pl.col("tang_thu_nhap"),
        pl.col("ty_le_ho_ngheo"),
        pl.col("von_xa_hoi_hoa"),
    )
    earned = pl.max_horizontal(-6.0, (takings - pl.col("chi_phi")) / takings * 12)
    both = pl.col("diem_an_toan") * 0.3 + pl.col("diem_chat_luong") * 0.7
    steps = pl.min_horizontal(2 + ((capital - 20) / 10).floor() * 0.25, 4.0)
    return [
        pl.when(takings > 0).then(_rounded(earned)).otherwise(0.0),
        _bands(pl, [(growth >= 15.5, 5.0), (growth > 0, _rounded(growth * 0.3))], 0.0),
        _bands(pl, [(before.is_null(), 0.0), (takings > before * 1.1, 4.0)], 2.0),
        _bands(pl, [(poor > 12.5, 0.0), (poor > 5, 2.0)], 4.0),
        pl.when(both >= 80).then(6.0).otherwise(2.5),
        pl.when(capital < 20).then(0.0).otherwise(steps),
    ]


def _lasting(pl: Any, choices: dict[str, tuple[str, ...]]) -> list[Any]:
    clean, started = ~pl.col("vi_pham"), pl.col("ngay_bat_dau")
    reported = pl.col("nop_bao_cao") & pl.col("duoc_kiem_tra") & clean
    inspected = (pl.col("ngay_kiem_tra") >= pl.date(2024, 1, 1)).fill_null(value=False)
    cities = [choices["don_vi"].index(one) if choices else one for one in sorted(CITIES)]
    lasted = [
        (started <= pl.date(2022, 11, 30), 2.0),
        (started <= pl.date(2023, 11, 30), 1.25),
        (started <= pl.date(2024, 5, 30), 0.5),
    ]
    digital = pl.col("chuyen_doi_so") | pl.col("lien_ket_tieu_thu")
    complaints = pl.col("so_vu_khieu_nai") * -1.25
    return [
        pl.when(pl.col("dat_chuan") & clean).then(3.0).otherwise(0.0),
        pl.when(reported).then(2.0).otherwise(0.0),
        pl.when(pl.col("don_vi").is_in(cities)).then(1.0).otherwise(2.0),
        _by_choice(pl, "loai_mo_hinh", KIND_POINTS, choices),
        pl.when(inspected).then(2.0).otherwise(0.0),
        _bands(pl, lasted, 0.0),
        pl.when(digital).then(3.0).otherwise(0.0),
        pl.when("vi_pham").then(-10.0).otherwise(complaints),
    ]


RAW_TEXT = Peer(
    name="polars-text",
    kind="columns",
    note="by hand, doubles, streaming; choices as raw text",
    prepare=_prepare_text,
    packages=("polars",),
    wrong_because=DOUBLES,
)
CODES = Peer(
    name="polars-codes",
    kind="columns",
    note="by hand, doubles, streaming; choices coded beforehand",
    prepare=_prepare_codes,
    packages=("polars",),
    wrong_because=DOUBLES,
)

"""Generation (sinh số liệu): seeded facts, heavy with edges.

A good share of the rows stands on a threshold, a step, or half a hundredth of a point, where floats
and early division go wrong; ``edges=False`` leaves that to chance, as a real season does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from benchmarks.facts import CHOICES, NAMES, NULLABLE, TEXT, TRUTHS, Facts, list_choices

SEED = 2024


class _Chance:
    """Seeded chance over a fixed number of rows."""

    def __init__(self, rows: int, seed: int, *, edges: bool) -> None:
        self.rows, self.edges, self.random = rows, edges, np.random.default_rng(seed)

    def whole(self, low: int, high: int) -> np.ndarray:
        return self.random.integers(low, high + 1, self.rows)

    def holds(self, share: float) -> np.ndarray:
        return self.random.random(self.rows) < share

    def on_edge(self, share: float) -> np.ndarray:
        """Rows to be put on an edge; none when edges are left to chance."""
        return self.holds(share) & self.edges

    def share_of(self, column: np.ndarray, low: float, high: float) -> np.ndarray:
        return (column * self.random.uniform(low, high, self.rows)).astype(np.int64)

    def one_of(self, values: Sequence[int]) -> np.ndarray:
        return np.array(values)[self.random.integers(0, len(values), self.rows)]

    def edged(self, column: np.ndarray, share: float, edges: Sequence[int]) -> np.ndarray:
        """*column*, a *share* of whose rows stands on or beside one of *edges*."""
        beside = self.one_of(edges) + self.one_of((-1, 0, 0, 1))
        return np.where(self.on_edge(share), beside, column)


def generate(rows: int, seed: int = SEED, *, edges: bool = True) -> Facts:
    """*rows* entries; the same arguments give the same facts."""
    chance = _Chance(rows, seed, edges=edges)
    choices = list_choices()
    found: dict[str, np.ndarray] = {
        name: chance.whole(0, len(choices[name]) - 1).astype(np.uint8) for name in CHOICES
    }
    found["cap_dang_ky"] = np.searchsorted([0.7, 0.95], chance.random.random(rows)).astype(np.uint8)
    found |= {name: chance.holds(share) for name, share in TRUTHS.items()}
    found |= _counts(chance) | _money(chance) | _measures(chance) | _days(chance)
    found["dien_tich_ha"] = _area(chance, found["so_ho_dia_ban"])
    found[TEXT] = np.arange(rows, dtype=np.int32)
    missing = {name: chance.holds(0.1) for name in NULLABLE}
    for name, mask in missing.items():
        found[name] = np.where(mask, 0, found[name])
    return Facts({name: _narrow(found[name]) for name in NAMES}, missing, choices)


def _narrow(column: np.ndarray) -> np.ndarray:
    return column if column.dtype in (np.bool_, np.uint8) else column.astype(np.int32)


def _counts(chance: _Chance) -> dict[str, np.ndarray]:
    # Of these numbers of households, whole hundredths of 12 points are halved again and again.
    halving = chance.one_of((32, 96, 160, 480, 800, 960, 1600, 2400))
    households = np.where(chance.on_edge(0.4), halving, chance.whole(1, 3000))
    taking_part = chance.share_of(households, 0.35, 1.0)
    taking_part = np.where(chance.on_edge(0.05), households // 2, taking_part)
    taking_part = np.where(chance.on_edge(0.05), households, taking_part)
    asked, content = chance.whole(1, 500), chance.random.uniform(0.55, 1.0, chance.rows)
    content = (asked * content).astype(np.int64)
    on_edge, twenties = chance.on_edge(0.25), chance.whole(1, 25)
    at_edge = twenties * chance.one_of((15, 18)) - chance.one_of((0, 0, 1))
    return {
        "so_thanh_vien": chance.edged(chance.whole(0, 200), 0.2, (20, 50, 100)),
        "so_ho_dia_ban": households,
        "so_ho_tham_gia": taking_part,
        "so_phieu_khao_sat": np.where(on_edge, twenties * 20, asked),
        "so_phieu_hai_long": np.where(on_edge, at_edge, content),
        "so_vu_khieu_nai": chance.whole(0, 7) * chance.holds(0.5),
        "so_to_chuc_phoi_hop": chance.whole(0, 7),
        "so_luot_tham_quan": chance.edged(chance.whole(0, 3000), 0.2, (1000,)),
    }


def _money(chance: _Chance) -> dict[str, np.ndarray]:
    """Takings, costs and last year's takings, in hundredths."""
    takings = chance.whole(0, 10**9)
    before = chance.share_of(takings, 0.7, 1.3)
    # Exactly a tenth more than last year is not "more than a tenth more".
    tenth, unit = chance.on_edge(0.1), chance.whole(1, 9 * 10**7)
    takings, before = np.where(tenth, unit * 11, takings), np.where(tenth, unit * 10, before)
    # (takings − costs) / takings × 12 is a whole number of half hundredths.
    half, unit = chance.on_edge(0.25) & ~tenth, chance.whole(1, 4 * 10**5)
    takings = np.where(half, unit * 2400, takings) * ~chance.holds(0.02)
    margin = unit * (2 * chance.whole(-620, 1100) + 1)
    costs = np.where(half, takings - margin, chance.share_of(takings, 0.2, 1.6))
    return {
        "doanh_thu": takings,
        "chi_phi": np.maximum(costs, 0),
        "doanh_thu_nam_truoc": before,
    }


def _measures(chance: _Chance) -> dict[str, np.ndarray]:
    """Percentages, marks and capital, in hundredths."""
    safety, quality = chance.whole(3000, 10000), chance.whole(5000, 10000)
    # 0.3 × safety + 0.7 × quality is exactly 80.
    exact = 7145 + 3 * chance.whole(0, 951)
    on_edge = chance.on_edge(0.2)
    safety = np.where(on_edge, (80000 - 7 * exact) // 3 - chance.one_of((0, 0, 0, 1)), safety)
    growth = chance.edged(chance.whole(-1500, 3500), 0.1, (0, 1550))
    growth = np.where(chance.on_edge(0.2), chance.whole(0, 154) * 10 + 5, growth)
    capital = chance.edged(chance.whole(0, 15000), 0.3, tuple(range(1000, 11000, 1000)))
    return {
        "tang_thu_nhap": growth,
        "ty_le_ho_ngheo": chance.edged(chance.whole(0, 2500), 0.2, (500, 1250)),
        "diem_an_toan": safety,
        "diem_chat_luong": np.where(on_edge, exact, quality),
        "von_xa_hoi_hoa": capital,
    }


def _area(chance: _Chance, households: np.ndarray) -> np.ndarray:
    """Hectares in hundredths; 40 of them a household are exactly 2.5 households a hectare."""
    area = chance.whole(0, 10**5)
    beside = households * 40 + chance.one_of((-1, 0, 0, 1))
    return np.where(chance.on_edge(0.2), beside, area) * ~chance.holds(0.02)


def _days(chance: _Chance) -> dict[str, np.ndarray]:
    started = _on(2020, 1, 1) + chance.whole(0, 1820)
    anniversaries = (_on(2022, 11, 30), _on(2023, 11, 30), _on(2024, 5, 30), _on(2024, 5, 31))
    return {
        "ngay_dang_ky": chance.edged(
            _on(2024, 1, 1) + chance.whole(0, 120), 0.2, (_on(2024, 3, 31),)
        ),
        "ngay_bat_dau": chance.edged(started, 0.25, anniversaries),
        "ngay_kiem_tra": chance.edged(
            _on(2022, 1, 1) + chance.whole(0, 1060), 0.2, (_on(2024, 1, 1),)
        ),
    }


def _on(year: int, month: int, day: int) -> int:
    """A date as days since 1970-01-01."""
    return (dt.date(year, month, day) - dt.date(1970, 1, 1)).days

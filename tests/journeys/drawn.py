"""Drawn entries and seasons that crowd around the edges of QUY-DINH.md.

One way of drawing, two sources of chance: a seeded ``random.Random`` for volume and Hypothesis
for shrinking. ``pick`` is whatever chooses one item of a sequence.
"""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction

from hypothesis import strategies as st
from independent import score_entry

YES_NO = (
    *("ro_nguoi", "ro_viec", "ro_dia_chi", "ro_ket_qua"),
    *("dan_biet", "dan_ban", "dan_lam", "dan_kiem_tra"),
    *("duoc_cap_tinh_khen", "co_sang_kien_moi"),
)
FIELDS = ("kinh-te", "van-hoa-xa-hoi", "an-ninh-quoc-phong", "xay-dung-dang-chinh-quyen")
UNITS = ("Phường Bắc Hồng", "Phường Nam Hồng", "Xã Thuận Lộc", "Thị đoàn Hồng Lĩnh")

STARTS = tuple(
    dt.date.fromisoformat(day)
    for day in (
        *("2014-12-28", "2016-02-28", "2016-02-29", "2016-11-29", "2016-11-30", "2016-12-01"),
        *("2016-10-31", "2016-12-31", "2017-11-29", "2017-11-30", "2017-12-01", "2017-10-31"),
        *("2017-12-30", "2017-12-31", "2018-02-28", "2018-05-29", "2018-05-30", "2018-05-31"),
        *("2018-06-01", "2018-06-30", "2018-07-01", "2018-11-29", "2018-11-30", "2018-12-01"),
        *("2018-12-31", "2019-06-15"),
    )
)
REGISTERED = tuple(dt.date(2018, *day) for day in ((1, 2), (3, 30), (3, 31), (3, 31), (4, 1)))
RAISED = tuple(
    Fraction(hundredths, 100)
    for hundredths in (
        *(0, 500, 1990, 2000, 2001, 1999, 2990, 2999, 3000, 3001, 3990, 4000),
        *(5000, 5990, 6000, 6001, 6100, 7000, 12000),
    )
)
MARKS = tuple(Fraction(half, 2) for half in range(21))
WHOLES = (1, 2, 3, 7, 20, 100, 101, 150, 300, 2000, 3000, 10000)
EDGE_PERCENTS = (50, 60, 70, 85, 95, 100)
TOTALS = tuple(
    Fraction(hundredths, 100)
    for hundredths in (6999, 7000, 7001, 7999, 8000, 8001, 8999, 9000, 9001, 8500, 8500, 8750, 9100)
)


def _share(pick, *, strong):
    """``(part, whole)``: at, just below and just above an edge, far away, or more than all."""
    whole = Fraction(pick(WHOLES))
    if strong:
        return max(Fraction(0), whole - pick((0, 0, 1, 3))), whole
    percent = pick(EDGE_PERCENTS)
    at_edge = -(-whole * percent // 100)  # the smallest count that reaches the percentage
    part = pick((at_edge, at_edge - 1, at_edge + 1, Fraction(0), whole, whole + 3, whole // 3))
    return Fraction(max(0, part)), whole


def _marks(pick, *, strong):
    given = pick((3, 4, 5, 6) if strong else (0, 1, 2, 2, 3, 3, 4, 5, 5, 6, 7))
    marks = [pick(MARKS[15:] if strong else MARKS) for _ in range(given)]
    for _ in range(pick((0, 0, 1, 2))):
        marks.insert(pick(range(len(marks) + 1)), None)
    return tuple(marks)


def draw_entry(pick, *, strong=False, unit=None, field=None):
    """Facts of one entry; a *strong* one meets every gate and is good nearly everywhere."""
    mostly = (True, True, True, True, True, True, True, False)
    facts = {
        "ten_mo_hinh": "Mô hình",
        "dia_chi": "Tổ dân phố 4",
        "don_vi": unit or pick(UNITS),
        "linh_vuc": field or pick(FIELDS),
        "ngay_dang_ky": dt.date(2018, 3, 31) if strong else pick(REGISTERED),
        "ngay_bat_dau": pick(STARTS[:17]) if strong else pick(STARTS),
        "phieu_iii_3": _marks(pick, strong=strong),
        "so_ngay_ke_hoach_cham": Fraction(
            pick((0, 0, 1, 15) if strong else (0, 1, 14, 15, 16, 45))
        ),
        "so_to_chuc_phoi_hop": Fraction(pick((1, 2, 3) if strong else (0, 1, 2, 3))),
        "so_buoi_doi_thoai": Fraction(pick((3, 4, 5) if strong else (0, 1, 3, 4, 5))),
        "so_dia_ban_nhan_rong": Fraction(pick((2, 3, 4, 5) if strong else (0, 1, 2, 3, 4))),
        "von_xa_hoi_hoa": pick(RAISED[3:]) if strong else pick(RAISED),
        "cap_dua_tin": pick(("huyen", "tinh", "tinh") if strong else ("khong", "huyen", "tinh")),
        "so_ngay_nop_muon": Fraction(pick((0, 0, 1) if strong else range(13))),
        "so_vu_khieu_nai_dung": Fraction(pick((0, 0, 0, 1, 2, 3, 4)) if not strong else 0),
        "ky_luat": pick(
            ("khong",) * 9 + ("khien-trach",)
            if strong
            else ("khong",) * 6 + ("khien-trach", "canh-cao", "cach-chuc", "khai-tru")
        ),
        "mat_doan_ket": False if strong else not pick(mostly),
        "da_tu_cham": True if strong else pick(mostly),
        "cap_uy_xac_nhan": True if strong else pick(mostly),
    }
    facts["so_ho_tham_gia"], facts["so_ho_dia_ban"] = _share(pick, strong=strong)
    reached, _ = _share(pick, strong=strong)
    facts["so_ho_tuyen_truyen"] = pick((facts["so_ho_dia_ban"], facts["so_ho_tham_gia"], reached))
    facts["ket_qua_dat_duoc"], facts["chi_tieu_dang_ky"] = _share(pick, strong=strong)
    facts["so_phieu_hai_long"], facts["so_phieu_khao_sat"] = _share(pick, strong=strong)
    for fact in YES_NO:
        facts[fact] = (
            pick(mostly) if strong or fact.startswith(("ro_", "dan_")) else pick((True, False))
        )
    return facts


def weakened(pick, facts):
    """A strong entry brought down by 3 to 25 points, so that every grade comes up."""
    weak = {
        "so_dia_ban_nhan_rong": Fraction(pick((0, 1))),
        "von_xa_hoi_hoa": pick((Fraction(0), Fraction("19.9"))),
        "cap_dua_tin": pick(("khong", "huyen")),
        "so_to_chuc_phoi_hop": Fraction(pick((0, 1))),
        "so_ngay_nop_muon": Fraction(pick((2, 3, 10))),
        "so_vu_khieu_nai_dung": Fraction(pick((1, 2))),
        "so_ngay_ke_hoach_cham": Fraction(pick((15, 16))),
    }
    return facts | {
        fact: weak[fact] for fact in {pick(sorted(weak)) for _ in range(pick((2, 4, 7)))}
    }


def with_gaps(pick, facts):
    """The same entry with a few facts nobody filled in, or with nothing to divide by."""
    facts = dict(facts)
    for _ in range(pick((1, 1, 2, 5))):
        facts.pop(pick(sorted(facts)), None)
    if pick((True, False, False)):
        facts[pick(("so_ho_dia_ban", "chi_tieu_dang_ky", "so_phieu_khao_sat"))] = Fraction(0)
    return facts


def tuned(facts, total):
    """The entry with its survey (III.2) changed so that its total is exactly *total*, if it can be."""
    rest = score_entry({**facts, "so_phieu_khao_sat": Fraction(0)})["total"]
    if not 0 <= total - rest <= 10:
        return facts
    return {
        **facts,
        "so_phieu_khao_sat": Fraction(1000),
        "so_phieu_hai_long": (total - rest) * 100,
    }


def draw_any(pick):
    """An entry of any sort: strong, weak, on the edge of a grade, or with gaps."""
    sort = pick(("edges", "edges", "strong", "tuned", "tuned", "gaps", "strong gaps"))
    facts = draw_entry(pick, strong=sort not in ("edges", "gaps"))
    if sort == "tuned":
        facts = weakened(pick, facts) if pick((True, False)) else facts
        facts = tuned(facts, pick(TOTALS))
        if pick((True, False, False)):
            facts = {**facts, pick(("mat_doan_ket", "da_tu_cham")): pick((True, False))}
    return with_gaps(pick, facts) if "gaps" in sort else facts


def draw_season(pick, *, size):
    """A season where units and fields are few, totals meet and quotas fill up."""
    units = UNITS[: pick((1, 2, 3, 4, 4, 4))] + tuple(
        f"Đơn vị {n}" for n in range(pick((0, 0, 4, 12)))
    )
    fields = FIELDS[: pick((1, 2, 3, 4, 4))]
    season = {}
    for number in range(1, size + 1):
        how = pick(("new", "new", "tuned", "tuned", "twin", "sibling", "spread", "any"))
        placed = {"unit": pick(units), "field": pick(fields)}
        facts = draw_entry(pick, strong=True, **placed)
        if season and how in ("twin", "sibling", "spread"):
            model = season[pick(sorted(season))]
            if how == "sibling":  # the same total by other ways: the tie goes down the chain
                facts = tuned(facts, score_entry(model)["total"])
            else:
                facts = {**model, "don_vi": placed["unit"], "linh_vuc": placed["field"]}
            if how == "spread":  # beyond the cap of IV.2: only the last link of the chain differs
                facts["so_dia_ban_nhan_rong"] = Fraction(pick((3, 4, 5)))
        elif how == "tuned":
            facts = tuned(facts, pick(TOTALS))
        elif how == "any":
            facts = {**draw_any(pick), "don_vi": placed["unit"], "linh_vuc": placed["field"]}
        season[f"M-{number:03d}"] = facts
    return season


def seeded_entries(seed, count):
    """*count* entries, always the same ones for a *seed*."""
    pick = random.Random(seed).choice
    return {f"M-{number:05d}": draw_any(pick) for number in range(1, count + 1)}


def seeded_seasons(seed, count):
    """*count* seasons of 5 to 40 entries, always the same ones for a *seed*."""
    chance = random.Random(seed)
    for _ in range(count):
        yield draw_season(chance.choice, size=chance.randint(5, 40))


@st.composite
def entries(draw):
    return draw_any(lambda items: draw(st.sampled_from(items)))


@st.composite
def seasons(draw):
    size = draw(st.integers(2, 12))
    return draw_season(lambda items: draw(st.sampled_from(items)), size=size)

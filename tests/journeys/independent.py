"""The regulation's examples worked out a second time, clause by clause, by other means.

Written from QUY-DINH.md and the workbook alone, without a look at the rule pack or at the
scoring code, so that the two can be held against each other. Plain fractions, no imports from
the project: whatever the project gets wrong is not repeated here.

Conventions the regulation leaves open:
- a month is a completed calendar month up to the reporting deadline, negative when it starts later;
- a criterion that lacks a fact, or divides by zero, has no score: it adds nothing to the total
  and stands in the way of "Xuất sắc" like a criterion with 0 points;
- a gate whose fact is missing fails; a missing discipline or discord is no ground for a veto.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import floor

import openpyxl

DEADLINE_REGISTER = dt.date(2018, 3, 31)
DEADLINE_REPORT = dt.date(2018, 11, 30)

FIELDS = {
    "Kinh tế": "kinh-te",
    "Văn hóa - xã hội và chỉnh trang đô thị": "van-hoa-xa-hoi",
    "An ninh - quốc phòng": "an-ninh-quoc-phong",
    "Xây dựng Đảng, xây dựng chính quyền": "xay-dung-dang-chinh-quyen",
}
YES_NO = {"Có": True, "Không": False}
PRESS = {"Không": "khong", "Cấp huyện": "huyen", "Cấp tỉnh": "tinh"}
DISCIPLINE = {
    "Không": "khong",
    "Khiển trách": "khien-trach",
    "Cảnh cáo": "canh-cao",
    "Cách chức": "cach-chuc",
    "Khai trừ": "khai-tru",
}
REGISTER = {
    "Tên mô hình": "ten_mo_hinh",
    "Địa chỉ thực hiện": "dia_chi",
    "Đơn vị đăng ký": "don_vi",
    "Lĩnh vực": "linh_vuc",
    "Ngày bắt đầu": "ngay_bat_dau",
    "Ngày đăng ký": "ngay_dang_ky",
}
RESULTS = {
    "Rõ người": "ro_nguoi",
    "Rõ việc": "ro_viec",
    "Rõ địa chỉ": "ro_dia_chi",
    "Rõ kết quả": "ro_ket_qua",
    "Số ngày ban hành kế hoạch chậm": "so_ngay_ke_hoach_cham",
    "Số tổ chức phối hợp": "so_to_chuc_phoi_hop",
    "Tổng số hộ trên địa bàn": "so_ho_dia_ban",
    "Số hộ được tuyên truyền": "so_ho_tuyen_truyen",
    "Số hộ tham gia": "so_ho_tham_gia",
    "Số buổi đối thoại, sinh hoạt": "so_buoi_doi_thoai",
    "Dân biết": "dan_biet",
    "Dân bàn": "dan_ban",
    "Dân làm": "dan_lam",
    "Dân kiểm tra": "dan_kiem_tra",
    "Chỉ tiêu đăng ký": "chi_tieu_dang_ky",
    "Kết quả đạt được": "ket_qua_dat_duoc",
    "Số phiếu khảo sát": "so_phieu_khao_sat",
    "Số phiếu hài lòng": "so_phieu_hai_long",
    "Số địa bàn nhân rộng": "so_dia_ban_nhan_rong",
    "Vốn xã hội hóa (triệu đồng)": "von_xa_hoi_hoa",
    "Cấp báo, đài đưa tin": "cap_dua_tin",
    "Được cấp tỉnh khen": "duoc_cap_tinh_khen",
    "Có sáng kiến mới": "co_sang_kien_moi",
    "Số ngày nộp báo cáo muộn": "so_ngay_nop_muon",
    "Số vụ khiếu nại đúng": "so_vu_khieu_nai_dung",
    "Kỷ luật người phụ trách": "ky_luat",
    "Mất đoàn kết nghiêm trọng": "mat_doan_ket",
    "Đã tự chấm": "da_tu_cham",
    "Cấp ủy, chính quyền xác nhận": "cap_uy_xac_nhan",
}
LEAVES = (
    *("I.1", "I.2", "I.3"),
    *("II.1", "II.2", "II.3", "II.4"),
    *("III.1", "III.2", "III.3"),
    *("IV.1", "IV.2", "IV.3", "IV.4"),
)
PASSING = ("xuat-sac", "tot", "dat")
AT_MOST_ALL, AT_MOST_UNIT, AT_MOST_FIELD = 8, 2, 4


@dataclass(frozen=True)
class Clauses:
    """The numbers of the regulation that a draft may change; as they stand when nothing is said."""

    households: tuple = ((95, 12), (85, 10), (70, 7), (50, 4))
    most_days_late: int = 10
    excellent_from: int = 90
    at_most_all: int = AT_MOST_ALL
    at_most_unit: int = AT_MOST_UNIT
    at_most_field: int = AT_MOST_FIELD


AS_WRITTEN = Clauses()


# The workbook ----------------------------------------------------------------------------------


def read_season(path):
    """Facts of every entry in the workbook: ``{code: {fact id: value}}``; blank cells are absent."""
    book = openpyxl.load_workbook(path, data_only=True)
    season = {}
    for row in _rows(book["Đăng ký"]):
        facts = {
            fact: row[heading] for heading, fact in REGISTER.items() if row[heading] is not None
        }
        facts["linh_vuc"] = FIELDS[facts["linh_vuc"]]
        for date in ("ngay_bat_dau", "ngay_dang_ky"):
            if date in facts:
                facts[date] = facts[date].date()
        season[row["Mã"]] = facts
    for row in _rows(book["Kết quả"]):
        for heading, fact in RESULTS.items():
            if row[heading] is not None:
                season[row["Mã"]][fact] = _value(fact, row[heading])
    for row in _rows(book["Hội đồng chấm III.3"]):
        members = sorted(heading for heading in row if heading.startswith("Ủy viên"))
        season[row["Mã"]]["phieu_iii_3"] = tuple(
            None if row[member] is None else Fraction(str(row[member])) for member in members
        )
    book.close()
    return season


def _rows(sheet):
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows if row[0] is not None]


def _value(fact, cell):
    if fact == "cap_dua_tin":
        return PRESS[cell]
    if fact == "ky_luat":
        return DISCIPLINE[cell]
    return YES_NO[cell] if isinstance(cell, str) else Fraction(str(cell))


# Điều 2: criteria ------------------------------------------------------------------------------


def months_kept(start):
    """Completed months from *start* to the deadline of the report (thời gian duy trì)."""
    months = (DEADLINE_REPORT.year - start.year) * 12 + DEADLINE_REPORT.month - start.month
    return months - 1 if start.day > DEADLINE_REPORT.day else months


def half_up(number):
    """*number* to two places, a half goes away from zero."""
    cents = floor(abs(number) * 100 + Fraction(1, 2))
    return Fraction(-cents if number < 0 else cents, 100)


def _i_1(f):
    return 2 * (f["ro_nguoi"] + f["ro_viec"] + f["ro_dia_chi"] + f["ro_ket_qua"])


def _i_2(f):
    late = f["so_ngay_ke_hoach_cham"]
    if late <= 0:
        return 4
    return 2 if late <= 15 else 0


def _i_3(f):
    partners = f["so_to_chuc_phoi_hop"]
    if partners >= 2:
        return 3
    return Fraction(3, 2) if partners >= 1 else 0


def _ii_1(f):
    share = Fraction(f["so_ho_tuyen_truyen"]) / f["so_ho_dia_ban"]
    return 0 if share < Fraction(1, 2) else min(10, share * 10)


def _ii_2(f, clauses=AS_WRITTEN):
    percent = 100 * Fraction(f["so_ho_tham_gia"]) / f["so_ho_dia_ban"]
    for least, points in clauses.households:
        if percent >= least:
            return points
    return 0


def _ii_3(f):
    return min(4, f["so_buoi_doi_thoai"])


def _ii_4(f):
    return f["dan_biet"] + f["dan_ban"] + f["dan_lam"] + f["dan_kiem_tra"]


def _iii_1(f):
    share = Fraction(f["ket_qua_dat_duoc"]) / f["chi_tieu_dang_ky"]
    return 0 if share < Fraction(3, 5) else min(15, share * 15)


def _iii_2(f):
    return min(10, Fraction(f["so_phieu_hai_long"]) / f["so_phieu_khao_sat"] * 10)


def _iii_3(f):
    marks = sorted(given_marks(f))
    if len(marks) < 3:
        return None
    if len(marks) >= 5:
        marks = marks[1:-1]
    return Fraction(sum(marks)) / len(marks)


def _iv_1(f):
    months = months_kept(f["ngay_bat_dau"])
    for least, points in ((24, 6), (12, 4), (6, 2)):
        if months >= least:
            return points
    return 0


def _iv_2(f):
    return min(6, 2 * f["so_dia_ban_nhan_rong"])


def _iv_3(f):
    raised = Fraction(f["von_xa_hoi_hoa"])
    if raised < 20:
        return 0
    return min(5, 3 + Fraction(floor((raised - 20) / 10), 2))


def _iv_4(f):
    return {"tinh": 3, "huyen": Fraction(3, 2), "khong": 0}[f["cap_dua_tin"]]


CRITERIA = dict(
    zip(
        LEAVES,
        (
            _i_1,
            _i_2,
            _i_3,
            _ii_1,
            _ii_2,
            _ii_3,
            _ii_4,
            _iii_1,
            _iii_2,
            _iii_3,
            _iv_1,
            _iv_2,
            _iv_3,
            _iv_4,
        ),
        strict=True,
    )
)


def given_marks(facts):
    """The marks that were handed in; an absent member's mark is not a zero."""
    return [mark for mark in facts.get("phieu_iii_3", ()) if mark is not None]


def points_of(criterion, facts, clauses=AS_WRITTEN):
    """Points of one criterion, to two places; None when it has no score."""
    try:
        points = _ii_2(facts, clauses) if criterion == "II.2" else CRITERIA[criterion](facts)
    except (KeyError, ZeroDivisionError):
        return None
    return None if points is None else half_up(Fraction(points))


# Điều 1, 3, 4, 5 -------------------------------------------------------------------------------


def failed_gates(f, clauses=AS_WRITTEN):
    """Ids of the conditions of Điều 1 that the entry does not meet."""
    registered = f.get("ngay_dang_ky")
    started = f.get("ngay_bat_dau")
    late = f.get("so_ngay_nop_muon")
    met = {
        "DK.1": bool(f.get("ten_mo_hinh"))
        and bool(f.get("dia_chi"))
        and f.get("linh_vuc") in FIELDS.values()
        and registered is not None
        and registered <= DEADLINE_REGISTER,
        "DK.2": f.get("cap_uy_xac_nhan") is True,
        "DK.3": started is not None and months_kept(started) >= 6,
        "DK.4": late is not None and late <= clauses.most_days_late,
        "DK.5": f.get("da_tu_cham") is True,
        "DK.6": len(given_marks(f)) >= 3,
    }
    return tuple(gate for gate, is_met in met.items() if not is_met)


def bonus_of(f):
    return min(
        Fraction(5), Fraction(3 * f.get("duoc_cap_tinh_khen", 0) + 2 * f.get("co_sang_kien_moi", 0))
    )


def penalty_of(f):
    """What is taken off, as a positive number."""
    late = f.get("so_ngay_nop_muon", 0)
    if late <= 0:
        for_days = 0
    elif late <= 2:
        for_days = 1
    else:
        for_days = 1 + (late - 2)
    return min(Fraction(10), Fraction(for_days + 3 * f.get("so_vu_khieu_nai_dung", 0)))


def grade_of(total, points, f, clauses=AS_WRITTEN):
    """The grade by Điều 5, for an entry that met Điều 1."""
    discipline = f.get("ky_luat", "khong")
    if f.get("mat_doan_ket") is True or discipline in ("canh-cao", "cach-chuc", "khai-tru"):
        return "khong-dat"
    none_is_zero = all(points.values())
    if total >= clauses.excellent_from and none_is_zero and discipline != "khien-trach":
        return "xuat-sac"
    if total >= 80:
        return "tot"
    return "dat" if total >= 70 else "khong-dat"


def score_entry(facts, clauses=AS_WRITTEN):
    """Everything Điều 1 to 5 say about one entry."""
    points = {criterion: points_of(criterion, facts, clauses) for criterion in LEAVES}
    groups = {
        group: sum(
            (points[c] or Fraction(0) for c in LEAVES if c.split(".")[0] == group), Fraction(0)
        )
        for group in ("I", "II", "III", "IV")
    }
    bonus, penalty, gates = bonus_of(facts), penalty_of(facts), failed_gates(facts, clauses)
    total = sum(groups.values()) + bonus - penalty
    return {
        "points": points,
        "groups": groups,
        "bonus": bonus,
        "penalty": penalty,
        "total": total,
        "gates": gates,
        "grade": None if gates else grade_of(total, points, facts, clauses),
    }


# Điều 6, 7 -------------------------------------------------------------------------------------


def rank_and_select(results, facts, clauses=AS_WRITTEN):
    """Rank, recognition and commendation of every entry: ``{code: {...}}``.

    ``why`` is what the commendation made of an entry: ``chosen``; ``unit`` or ``field`` (that
    quota is full); ``beyond`` (all eight places are taken); ``tied`` (only a vote can decide);
    ``waiting`` (ranked below an undecided tie); empty when it is not a candidate.
    """

    def standing(code):
        entry = results[code]
        spread = facts[code].get("so_dia_ban_nhan_rong", Fraction(0))
        return entry["total"], entry["groups"]["III"], entry["groups"]["II"], spread

    passing = [code for code in results if results[code]["grade"] in PASSING]
    out = {
        code: {"rank": None, "recognised": False, "commended": False, "why": ""} for code in results
    }
    for code in passing:
        better = sum(standing(other) > standing(code) for other in passing)
        out[code].update(rank=better + 1, recognised=True)

    candidates = [code for code in passing if results[code]["grade"] != "dat"]
    for code, why in commend(candidates, standing, facts, clauses).items():
        out[code].update(why=why, commended=why == "chosen")
    return out


def commend(candidates, standing, facts, clauses=AS_WRITTEN):
    """Điều 7: ``{code: why}``. Those of equal standing are looked at together.

    Whoever has a place in every order a vote could give needs no vote; for the others the vote
    decides, and nobody ranked below them is chosen before it.
    """
    why = {}
    taken = []
    for level in sorted({standing(code) for code in candidates}, reverse=True):
        together = [code for code in candidates if standing(code) == level]
        if "tied" in why.values():
            why.update(dict.fromkeys(together, "waiting"))
            continue
        for code in together:
            others = [other for other in together if other != code]
            why[code] = full_for(code, taken, facts, clauses) or (
                "tied" if may_be_kept_out(code, others, taken, facts, clauses) else "chosen"
            )
        taken += [code for code in together if why[code] == "chosen"]
    return why


def full_for(code, taken, facts, clauses=AS_WRITTEN):
    """The quota that keeps *code* out when *taken* have their places; ``""`` when none does."""
    if len(taken) >= clauses.at_most_all:
        return "beyond"
    if len(_alike(code, taken, facts, "don_vi")) >= clauses.at_most_unit:
        return "unit"
    if len(_alike(code, taken, facts, "linh_vuc")) >= clauses.at_most_field:
        return "field"
    return ""


def may_be_kept_out(code, others, taken, facts, clauses=AS_WRITTEN):
    """Whether some of *others*, voted before *code*, can fill a quota that *code* needs."""
    per_group = (("don_vi", clauses.at_most_unit), ("linh_vuc", clauses.at_most_field))
    quotas = (
        (clauses.at_most_all - len(taken), others),
        *(
            (most - len(_alike(code, taken, facts, fact)), _alike(code, others, facts, fact))
            for fact, most in per_group
        ),
    )
    return any(
        _all_fit(before, taken, facts, clauses)
        for places_left, rivals in quotas
        for before in combinations(rivals, places_left)
    )


def _all_fit(codes, taken, facts, clauses):
    taken = list(taken)
    for code in codes:
        if full_for(code, taken, facts, clauses):
            return False
        taken.append(code)
    return True


def _alike(code, others, facts, fact):
    return [other for other in others if facts[other][fact] == facts[code][fact]]


# The CSV ---------------------------------------------------------------------------------------

COLUMNS = (
    "code",
    "rank",
    "total",
    "grade",
    "recognised",
    "commended",
    "gates",
    *LEAVES,
    "bonus",
    "penalty",
)


def plain(points):
    """A number with two places and a point, ``""`` for no score."""
    if points is None:
        return ""
    cents = abs(points) * 100
    assert cents.denominator == 1
    return f"{'-' if points < 0 else ''}{cents.numerator // 100}.{cents.numerator % 100:02d}"


def csv_rows(season):
    """The season's result, one dictionary of texts an entry: ranked ones first, best first."""
    results = {code: score_entry(facts) for code, facts in season.items()}
    placed = rank_and_select(results, season)
    order = sorted(season, key=lambda code: (placed[code]["rank"] or len(season) + 1, code))
    return [
        {
            "code": code,
            "rank": str(placed[code]["rank"] or ""),
            "total": plain(results[code]["total"]),
            "grade": results[code]["grade"] or "",
            "recognised": str(int(placed[code]["recognised"])),
            "commended": str(int(placed[code]["commended"])),
            "gates": ";".join(results[code]["gates"]),
            **{criterion: plain(results[code]["points"][criterion]) for criterion in LEAVES},
            "bonus": plain(results[code]["bonus"]),
            "penalty": plain(results[code]["penalty"]),
        }
        for code in order
    ]


def expected_csv(path):
    """The CSV that a season's ranking should be, from its workbook."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(csv_rows(read_season(path)))
    return out.getvalue()

"""Orders that read the grade, in columns as in the interpreter."""

from decimal import Decimal

from agreement import told_by_columns, told_by_interpreter

from scoring.pack import parse_pack

PACK = parse_pack(
    {
        "pack.yaml": """
id: thu-tu
version: 1.0.0
title: Thứ tự đọc mức xếp loại (mẫu minh họa)
basis: [{document: Quy định}]
effective: {from: 2026-01-01}
facts:
  diem: {type: integer, label: Điểm, min: 0, max: 100}
  khien_trach: {type: yes_no, label: Bị khiển trách}
criteria: [{id: A, label: Điểm, max: 100, points: diem}]
grades: [{id: xs, label: Xuất sắc, when: total >= 90}, {id: tot, label: Tốt, when: total >= 50}, {id: dat, label: Đạt}]
caps: [{id: C.1, label: Khiển trách, when: khien_trach, at_most: dat}]
ranking: {among: [xs, tot, dat], order: [grade_rank, total]}
selections: [{id: chon, label: Chọn, from: [xs, tot], quotas: [{most: 1}]}]
"""
    },
    name="thu-tu",
)


def test_grade_rank_orders_before_points():
    season = {
        "A": {"diem": Decimal(99), "khien_trach": True},
        "B": {"diem": Decimal(60), "khien_trach": False},
        "C": {"diem": Decimal(50), "khien_trach": False},
    }

    told = told_by_columns(PACK, season)

    assert told == told_by_interpreter(PACK, season)
    assert told[""]["ranked"] == ["B", "C", "A"]

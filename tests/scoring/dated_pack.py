"""A small pack whose base salary and deadline change by date."""

from scoring.pack import parse_pack

PACK = """\
id: theo-ngay
version: 1.0.0
title: Bộ quy tắc có mức lương cơ sở
basis: [{document: Quy định nhỏ}]
effective: {from: 2024-01-01}
facts:
  tien: {type: integer, min: 0, unit: đồng, label: Tiền thưởng}
constants:
  luong_co_so:
    label: lương cơ sở
    unit: đồng
    basis: Luật
    values:
      - {from: 2024-07-01, value: 2340000, basis: NĐ 73/2024}
      - {from: 2026-07-01, value: 2530000}
  tran: {label: trần, value: 3}
derived:
  he_so: {label: Hệ số, value: tien / luong_co_so}
criteria:
  - {id: I, label: Thưởng, max: 10, basis: Điều 1, count: {of: he_so, points: 1, cap: 10}}
  - {id: II, label: Đủ một lương, max: 1, basis: Điều 2, yes_no: {when: tien >= luong_co_so, points: 1}}
grades:
  - {id: dat, label: Đạt, when: total >= 1}
  - {id: kem, label: Kém}
ranking: {among: [dat], order: [total], then: vote}
"""


def dated(*changes, tests=""):
    """The pack, each (old, new) of *changes* made in its text."""
    return parse_pack(files(*changes, tests=tests), name="p")


def files(*changes, tests=""):
    text = PACK
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {"pack.yaml": text} | ({"tests/00.yaml": tests} if tests else {})

"""A pack that asks for what is hardest away from Python: ratios in orders, long numbers, signs."""

from scoring.pack import parse_pack

HARD = """
id: kho
version: 1.0.0
title: Bộ quy tắc khó
basis: [{document: Văn bản}]
effective: {from: 2018-01-01}
rounding: {criterion: 0.01, total: 0.1, mode: half-up}
facts:
  a: {type: integer, label: A}
  b: {type: integer, label: B}
  c: {type: decimal, label: C}
  lon: {type: decimal, label: Số lớn}
  ro: {type: yes_no, label: Rõ}
  cap: {type: choice, label: Cấp, choices: {xa: Xã, tinh: Tỉnh, huyen: Huyện}}
  noi: {type: choice, label: Nơi, choices: {tinh: Tỉnh, xa: Xã}}
  nhom: {type: text, label: Nhóm}
  tu: {type: date, label: Từ}
  den: {type: date, label: Đến}
  phieu: {type: marks, label: Phiếu, ask: council}
derived:
  ty: {label: Tỷ lệ, value: a / b, basis: Điều 1}
  bat: {label: Bậc, value: "lon * lon / 7", basis: Điều 1}
  nguoc: {label: Ngược, value: "0 - bat", basis: Điều 1}
peers:
  tb: {label: Trung bình, of: ty, take: mean, per: nhom, basis: Điều 1}
  cao: {label: Cao nhất, of: "0 - ty", take: max, per: cap, basis: Điều 1}
  thap: {label: Thấp nhất, of: ty, take: min, basis: Điều 1}
  tong: {label: Tổng, of: c, take: sum, per: c, basis: Điều 1}
  dem: {label: Đếm, of: c, take: count, per: tu, basis: Điều 1}
gates:
  - {id: DK, label: Có B, require: b != 0, basis: Điều 1}
criteria:
  - {id: T, label: Tỷ lệ, points: "ty * 3 - c", min: -50, max: 50, basis: Điều 1}
  - {id: S, label: Sàn, points: "floor(c / 3) + floor(0 - ty)", min: -90, max: 90, basis: Điều 1}
  - {id: L, label: Lớn, points: "floor(bat / 1000000000000 / 1000000000)", max: 9, min: -9, basis: Điều 1}
  - {id: M, label: Tháng, points: "months_between(tu, den)", min: -60, max: 60, basis: Điều 1}
  - {id: D, label: Ngày, points: "days_between(tu, den) / 7", min: -60, max: 60, basis: Điều 1}
  - id: C
    label: Cấp
    max: 5
    basis: Điều 1
    branches:
      - {when: 'cap == "xa" and noi == "xa"', points: 3, label: Cùng}
      - {when: 'nhom == "Đội ''3"', points: 2, label: Đội}
      - {when: 'nhom == "xa" or cap in ["tinh", "huyen"]', points: 1, label: Khác}
      - {points: 0, label: Còn lại}
  - {id: P, label: Phiếu, max: 99, min: -99, basis: Điều 1, judged: {marks: phieu, at_least: 2, trim: {from: 4, highest: 2, lowest: 1}}}
  - {id: N, label: Nhóm, points: "(tb ?? 0) - (cao ?? 0) + (thap ?? 0) + (tong ?? 0) - (dem ?? 0)", min: -99, max: 99, basis: Điều 1}
grades:
  - {id: tot, label: Tốt, when: total >= 0, basis: Điều 4}
  - {id: kem, label: Kém}
ranking: {among: [tot, kem], order: [ty, nguoc], then: chair, basis: Điều 7}
selections:
  - id: mot
    label: Một
    from: [tot, kem]
    basis: Điều 5
    require: ro
    quotas:
      - {most: "12 + a - a", label: cả huyện}
      - {share: {percent: 40, of: [tot], round: half-up}, per: nhom, label: theo nhóm}
      - {most: 3, per: cap, only: "c > 0", label: theo cấp}
  - id: hai
    label: Hai
    from: [tot]
    basis: Điều 5
    order: [c]
    quotas:
      - {most: 4, per: tu, label: theo ngày}
"""


def hard_pack():
    return parse_pack({"pack.yaml": HARD}, name="kho")

"""A minimal valid pack, and ways to put one fault into it."""

from scoring.pack import parse_pack
from scoring.problems import PackError

PACK = """\
id: nho
version: 1.0.0
title: Bộ quy tắc nhỏ
basis:
  - {document: Quy định nhỏ}
effective: {from: 2018-01-01, to: 2018-12-31}
facts:
  so_ho: {type: integer, min: 1, unit: hộ, label: Tổng số hộ}
  tham_gia: {type: integer, min: 0, unit: hộ, label: Số hộ tham gia}
  ro_viec: {type: yes_no, label: Rõ việc}
  cap: {type: choice, label: Cấp đưa tin, choices: {khong: Không, tinh: Cấp tỉnh}}
  don_vi: {type: text, label: Đơn vị}
  bat_dau: {type: date, label: Ngày bắt đầu}
  them: {type: decimal, label: Số thêm, optional: true}
  phieu: {type: marks, min: 0, max: 10, step: 0.5, label: Phiếu chấm, ask: council}
constants:
  han: {label: hạn nộp, value: 2018-11-30}
derived:
  ty_le: {label: Tỷ lệ, unit: "%", value: tham_gia / so_ho * 100}
  thang: {label: Số tháng, unit: tháng, value: "months_between(bat_dau, han)"}
gates:
  - {id: DK.1, label: Duy trì 06 tháng, require: thang >= 6, basis: Điều 1}
criteria:
  - id: I
    label: Nhóm một
    max: 20
    basis: Điều 2
    parts:
      - id: I.1
        label: Tỷ lệ tham gia
        max: 10
        basis: Điều 2 khoản 1
        tiers:
          of: ty_le
          unit: "%"
          bands:
            - {from: 80, points: 10}
            - {from: 50, below: 80, points: 5}
            - {below: 50, points: 0}
      - id: I.2
        label: Rõ việc
        max: 4
        basis: Điều 2 khoản 2
        yes_no: {when: ro_viec, points: 4}
      - id: I.3
        label: Đưa tin
        max: 6
        basis: Điều 2 khoản 3
        choice: {of: cap, points: {tinh: 6, khong: 0}}
  - id: II
    label: Hội đồng chấm
    max: 10
    basis: Điều 3
    judged: {marks: phieu, at_least: 3, trim: {from: 5, highest: 1, lowest: 1}}
bonus:
  max: 3
  parts:
    - id: T.1
      label: Thêm
      branches:
        - {when: (them ?? 0) >= 10, points: 3, label: Từ 10}
        - {points: 0, label: Còn lại}
penalty:
  parts:
    - {id: P.1, label: Trừ, max: 2, points: "1 - 1"}
grades:
  - {id: tot, label: Tốt, when: total >= 20, basis: Điều 4}
  - {id: dat, label: Đạt, when: total >= 10, basis: Điều 4}
  - {id: khong-dat, label: Không đạt, basis: Điều 4}
veto:
  - {id: LT.1, label: Chưa rõ việc, when: not ro_viec, grade: khong-dat, basis: Điều 4}
caps:
  - {id: TR.1, label: Không đưa tin, when: cap == "khong", at_most: dat, basis: Điều 4}
ranking:
  among: [tot, dat]
  order: [total, I, tham_gia]
selections:
  - id: khen
    label: Khen
    from: [tot, dat]
    basis: Điều 5
    quotas:
      - {most: 3, label: cả huyện 3}
      - {most: 2, per: don_vi}
"""


def changed(old, new):
    """The text of the pack with *old*, which must stand there once, replaced."""
    assert PACK.count(old) == 1, (PACK.count(old), old)
    return PACK.replace(old, new)


def small_pack(text=PACK):
    return parse_pack({"pack.yaml": text}, name="nho")


def problems_in(files):
    """``(place, code, message, hint)`` of everything wrong in *files*."""
    files = {"pack.yaml": files} if isinstance(files, str) else files
    try:
        parse_pack(files, name="nho")
    except PackError as error:
        return [(str(one.place), one.code, one.message, one.hint) for one in error.problems]
    return []


def place_of(text, piece, *, file="nho/pack.yaml", shift=0):
    """Where *piece*, which must stand once in *text*, begins; *shift* characters further."""
    assert text.count(piece) == 1, (text.count(piece), piece)
    at = text.index(piece) + shift
    line = text.count("\n", 0, at)
    return f"{file}:{line + 1}:{at - text.rfind(chr(10), 0, at)}"

"""A pack to begin with (bộ quy tắc khởi đầu): small, whole, taught by its comments."""

from __future__ import annotations

_PACK = """\
# Bộ quy tắc {name}. Cách viết từng khóa: rules/README.md.
# Soát lỗi: dvk rules check. Chạy ca kiểm thử: dvk rules test. Trình bày lại: dvk rules fmt.
id: {name}
version: 0.1.0
title: Quy định chấm điểm (đổi thành tên văn bản của cơ quan)
basis:
  # Văn bản ban hành quy định này: số, ngày, cơ quan. Có địa chỉ thì thêm url.
  - {{document: Quy định chấm điểm (ghi số và ngày văn bản)}}
effective: {{from: {year}-01-01}}
rounding: {{criterion: 0.01, mode: half-up}}

# Số liệu: mỗi con số quy tắc cần được khai một lần; label trùng tên cột trong bảng tính.
facts:
  # Phiếu đăng ký
  don_vi: {{type: text, label: Đơn vị đăng ký, ask: register, entry: unit}}

  # Báo cáo kết quả
  co_ke_hoach: {{type: yes_no, label: Có kế hoạch}}
  so_ho: {{type: integer, label: Tổng số hộ trên địa bàn, unit: hộ, min: 1}}
  so_ho_tham_gia: {{type: integer, label: Số hộ tham gia, unit: hộ, min: 0}}
  da_tu_cham: {{type: yes_no, label: Đã tự chấm}}

# Điều kiện xét: thiếu một điều thì không xét, dù bao nhiêu điểm.
gates:
  - id: DK.1
    label: Đơn vị đã tự chấm
    require: da_tu_cham
    basis: Điều 1

# Các tiêu chí nằm trong criteria/*.yaml, đọc theo thứ tự tên tệp.

# Xếp loại: từ cao xuống thấp; mức cuối không có when.
grades:
  - {{id: tot, label: Tốt, when: total >= 80, basis: Điều 3}}
  - {{id: dat, label: Đạt, when: total >= 50, basis: Điều 3}}
  - {{id: khong-dat, label: Không đạt, basis: Điều 3}}

# Xếp hạng: so lần lượt từng mục; vẫn ngang nhau thì bỏ phiếu.
ranking:
  among: [tot, dat]
  order: [total, I_2]
  then: vote
  basis: Điều 4

selections:
  - id: khen-thuong
    label: Khen thưởng
    from: [tot]
    quotas:
      - {{most: 3, label: không quá 03, basis: Điều 4}}
    basis: Điều 4
"""

_CRITERIA = """\
criteria:
  - id: I
    label: Kết quả thực hiện
    max: 100
    basis: Điều 2
    # Điểm tối đa của các tiêu chí con cộng lại bằng điểm tối đa của nhóm.
    parts:
      - id: I.1
        label: Có kế hoạch
        max: 40
        basis: Điều 2 khoản 1
        yes_no: {when: co_ke_hoach, points: 40}
      - id: I.2
        label: Tỷ lệ hộ tham gia
        max: 60
        basis: Điều 2 khoản 2
        # Đầu bậc viết rõ: from từ, above trên, below dưới, to đến.
        tiers:
          of: so_ho_tham_gia / so_ho * 100
          unit: "%"
          bands:
            - {from: 95, points: 60}
            - {from: 70, below: 95, points: 40}
            - {below: 70, points: 0}
"""

_CASES = """\
# base là một hồ sơ trọn vẹn; mỗi ca chỉ ghi chỗ khác. Thử mỗi ngưỡng ngay dưới, đúng, ngay trên.
base:
  don_vi: Đơn vị A
  co_ke_hoach: true
  so_ho: 1000
  so_ho_tham_gia: 1000
  da_tu_cham: true

cases:
  - {name: đủ điểm, expect: {I.1: 40, I.2: 60, total: 100, grade: tot, gates: []}}
  # Ca này sai có chủ ý: 94,9% chưa tới bậc 95% nên chỉ được 40 điểm. Đọc lời giải thích rồi sửa.
  - name: "sửa ca này trước: tham gia 94,9%, ghi lại điểm mong đợi cho đúng văn bản"
    given: {so_ho_tham_gia: 949}
    expect: {I.2: 60}
"""

_CHANGES = """\
# Những gì thay đổi

## 0.1.0
Bản đầu tiên.
"""


def scaffold(name: str, *, year: int) -> dict[str, str]:
    """The files of a new pack called *name*, by their name inside its folder.

    It checks without a fault, and exactly one of its cases fails: the one to mend first.
    """
    return {
        "pack.yaml": _PACK.format(name=name, year=year),
        "criteria/10-ket-qua.yaml": _CRITERIA,
        "tests/00-base.yaml": _CASES,
        "CHANGELOG.md": _CHANGES,
    }

"""What a group can still come to, read by grades: ``I_max``."""

from decimal import Decimal

import pytest
from agreement import told_by_columns, told_by_interpreter

from scoring.lint.linting import lint_pack
from scoring.pack import parse_pack
from scoring.score import score

TEXT = """
id: chuan
version: 1.0.0
title: Không nhóm nào dưới 50% (mẫu minh họa)
basis: [{document: Quy định}]
effective: {from: 2026-01-01}
facts:
  a: {type: integer, label: Việc một, min: 0, max: 10}
  b: {type: integer, label: Việc hai, min: 0, max: 10}
  co_b: {type: yes_no, label: Có phát sinh việc hai}
criteria:
  - id: I
    label: Nhóm một
    max: 20
    basis: Điều 1
    parts:
      - {id: I.1, label: Một, max: 10, points: a, basis: Điều 1}
      - {id: I.2, label: Hai, max: 10, points: b, basis: Điều 1, applies: co_b}
grades:
  - {id: dat, label: Đạt chuẩn, when: I >= I_max * 0.5, basis: Điều 2}
  - {id: chua, label: Chưa đạt, basis: Điều 2}
"""
PACK = parse_pack({"pack.yaml": TEXT}, name="p")


def facts(a, b, co_b):
    return {"a": Decimal(a), "b": Decimal(b), "co_b": co_b}


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        (facts(10, 0, True), "dat"),
        (facts(9, 0, True), "chua"),
        (facts(5, 0, False), "dat"),
        (facts(4, 9, False), "chua"),
    ],
)
def test_half_of_the_maximum_that_applies_is_enough(given, grade):
    assert score(PACK, "A", given).grade == grade
    assert told_by_columns(PACK, {"A": given}) == told_by_interpreter(PACK, {"A": given})


def test_a_maximum_that_may_be_less_is_no_doubtful_condition():
    assert lint_pack({"pack.yaml": TEXT}, name="p") == ()

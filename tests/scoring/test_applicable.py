"""Criteria that do not apply, need something first, are multiplied, or count only the best."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.pack import parse_pack
from scoring.problems import PackError
from scoring.score import score, score_season

HEAD = """
id: x
version: 1.0.0
title: X
basis: [{document: Văn bản}]
effective: {from: 2018-01-01}
facts:
  a: {type: decimal, label: A}
  b: {type: decimal, label: B}
  co: {type: yes_no, label: Có kế hoạch}
  mien_nui: {type: yes_no, label: Miền núi}
  nhom: {type: text, label: Nhóm}
grades:
  - {id: tot, label: Tốt, when: total >= 50}
  - {id: kem, label: Kém}
"""
TAIL = "ranking: {among: [tot, kem], order: [total]}\n"


def pack(body, tail=TAIL):
    return parse_pack({"pack.yaml": HEAD + body + tail}, name="x")


def line(rules, wanted, **facts):
    sheet = score(rules, "A", facts)
    lines = {one.id: one for top in sheet.lines for one in (top, *top.leaves())}
    return lines[wanted]


DROP = """
rescale: {to: 100}
criteria:
  - id: I
    label: Một
    max: 60
    parts:
      - {id: I.1, label: Một một, max: 40, points: a}
      - {id: I.2, label: Một hai, max: 20, applies: co, points: b}
  - {id: II, label: Hai, max: 40, points: a}
"""


def test_criterion_that_does_not_apply_lowers_the_maximum_and_the_rest_is_rescaled():
    rules = pack(DROP)
    with_it = score(rules, "A", {"a": Decimal(30), "b": Decimal(10), "co": True})
    without = score(rules, "A", {"a": Decimal(30), "co": False})

    assert (with_it.base, with_it.total) == (Decimal("70"), Decimal("70"))
    # 60 of 80 possible points are 75 of 100.
    assert (without.base, without.total, without.lines[0].maximum) == (
        Decimal("75.00"),
        Decimal("75.00"),
        40,
    )
    dropped = without.lines[0].parts[1]
    assert (dropped.points, dropped.excluded, dropped.reason) == (
        None,
        True,
        "Không áp dụng (Có kế hoạch: Không): không tính vào điểm tối đa",
    )


def test_criterion_that_does_not_apply_is_no_criterion_with_zero_points():
    rules = pack(DROP.replace("- {id: II", "- {id: II"), TAIL.replace("total", "zero_criteria"))
    result = score_season(rules, {"A": {"a": Decimal(30), "co": False}})

    assert result.placings[0].standing == (Decimal("0.000000"),)


def test_criterion_of_which_nobody_knows_whether_it_applies_has_no_points():
    found = line(pack(DROP), "I.2", a=Decimal(1), b=Decimal(1))

    assert (found.points, found.excluded, found.reason) == (
        None,
        False,
        "Chưa có điểm: chưa có “Có kế hoạch”",
    )


@pytest.mark.parametrize(
    ("how", "points", "maximum"),
    [
        ("full", Decimal("50"), Decimal(60)),
        ("share", Decimal("45.00"), Decimal(60)),
        ("drop", Decimal("30"), Decimal(40)),
    ],
)
def test_what_a_criterion_that_does_not_apply_leaves_to_its_group(how, points, maximum):
    rules = pack(DROP.replace("applies: co,", f"applies: co, not_applicable: {how},"))
    group = line(rules, "I", a=Decimal(30), co=False)

    assert (group.points, group.maximum) == (points, maximum)


GROUP = """
rescale: {to: 100}
criteria:
  - id: G
    label: Cả nhóm
    max: 100
    parts:
      - {id: G.1, label: Một, max: 60, points: a}
      - id: G.2
        label: Nhóm con
        max: 40
        applies: co
        parts:
          - {id: G.2.1, label: Hai, max: 30, points: b}
          - {id: G.2.2, label: Ba, max: 10, points: b}
"""


def test_group_that_does_not_apply_lowers_the_maximum_above_it_and_says_so_of_its_parts():
    rules = pack(GROUP)
    sheet = score(rules, "A", {"a": Decimal(60), "co": False})

    assert (sheet.lines[0].maximum, sheet.base) == (Decimal(60), Decimal("100.00"))
    assert [(leaf.id, leaf.points, leaf.excluded) for leaf in sheet.leaves()] == [
        ("G.1", Decimal("60.00"), False),
        ("G.2.1", None, True),
        ("G.2.2", None, True),
    ]


def test_group_of_which_nobody_knows_whether_it_applies_has_parts_without_points():
    sheet = score(pack(GROUP), "A", {"a": Decimal(60)})

    assert (sheet.lines[0].maximum, sheet.base) == (Decimal(100), Decimal("60.00"))
    assert [(leaf.id, leaf.points, leaf.lack) for leaf in sheet.leaves()][1:] == [
        ("G.2.1", None, "chưa có “Có kế hoạch”"),
        ("G.2.2", None, "chưa có “Có kế hoạch”"),
    ]


def test_group_that_does_not_apply_may_be_given_in_full():
    text = GROUP.replace("applies: co", "applies: co\n        not_applicable: full")
    sheet = score(pack(text), "A", {"a": Decimal(50), "co": False})

    assert (sheet.lines[0].points, sheet.base) == (Decimal(90), Decimal("90.00"))
    assert [leaf.points for leaf in sheet.leaves()] == [Decimal("50.00"), 30, 10]


NEEDS = """
criteria:
  - id: I
    label: Một
    max: 20
    needs: {require: co, otherwise: 1, label: Chưa có kế hoạch}
    points: a
"""


def test_precondition_decides_before_anything_is_measured():
    rules = pack(NEEDS)
    met, unmet = line(rules, "I", a=Decimal(7), co=True), line(rules, "I", a=Decimal(7), co=False)

    assert (met.points, unmet.points) == (Decimal("7.00"), Decimal("1.00"))
    assert unmet.reason == "Chưa có kế hoạch (Có kế hoạch: Không) → 1,00 điểm"
    assert [one.name for one in unmet.readings] == ["co", "a"]
    assert line(rules, "I", a=Decimal(7)).reason == "Chưa có điểm: chưa có “Có kế hoạch”"


def test_multiplier_and_bounds_are_applied_before_rounding():
    rules = pack(
        "criteria: [{id: I, label: Một, max: 10, min: -2, "
        'scale: "mien_nui ? 0.75 : 1", points: a / 3}]\n'
    )

    assert line(rules, "I", a=Decimal(2), mien_nui=True).points == Decimal("0.50")
    assert line(rules, "I", a=Decimal(100), mien_nui=True).points == Decimal("10.00")
    assert line(rules, "I", a=Decimal(-100), mien_nui=False).points == Decimal("-2.00")
    assert line(rules, "I", a=Decimal(-100), mien_nui=False).reason.endswith("ít nhất -2,00 điểm")


def test_block_of_which_only_the_best_counts():
    rules = pack(
        """
criteria: [{id: I, label: Một, max: 50, points: a}]
bonus:
  max: 8
  take: best
  parts:
    - {id: T.1, label: Thưởng một, max: 5, points: b}
    - {id: T.2, label: Thưởng hai, max: 10, points: a}
"""
    )
    sheet = score(rules, "A", {"a": Decimal(9), "b": Decimal(4)})

    assert (sheet.bonus.points, sheet.total) == (Decimal(8), Decimal("17.00"))
    assert sheet.bonus.reason == "cao nhất trong (4,00; 9,00): 9,00, tối đa 8,00"


def test_falling_steps_count_whole_steps_below_the_start():
    rules = pack(
        "criteria: [{id: I, label: Nghèo, max: 5, steps: {of: a, unit: '%', from: 4.5, points: 3, "
        "per: 1, add: 1, cap: 5, below: 3, falling: true}}]\n"
    )

    def points(value):
        return line(rules, "I", a=Decimal(value)).points

    assert [points(one) for one in ("6", "4.5", "3.51", "3.5", "2.5", "0")] == [
        Decimal("3.00"), Decimal("3.00"), Decimal("3.00"), Decimal("4.00"), Decimal("5.00"), Decimal("5.00"),
    ]  # fmt: skip


def test_total_is_rounded_when_the_pack_says_so():
    rules = pack(
        "rounding: {criterion: 0.01, total: 0.1}\ncriteria: [{id: I, label: Một, points: a}]\n"
    )

    assert score(rules, "A", {"a": Decimal("50.25")}).total == Decimal("50.3")


def test_override_sets_the_grade_whatever_came_before():
    rules = pack(
        "criteria: [{id: I, label: Một, points: a}]\n"
        "veto: [{id: LT, label: Loại, when: co, grade: kem}]\n"
        "overrides: [{id: QD, label: Quyết định riêng, when: mien_nui, grade: tot}]\n"
    )
    sheet = score(rules, "A", {"a": Decimal(10), "co": True, "mien_nui": True})

    assert (sheet.grade, sheet.verdict[-1].id) == ("tot", "QD")
    assert score(rules, "A", {"a": Decimal(90), "co": True, "mien_nui": False}).grade == "kem"


PEERS = """
peers:
  trung_binh: {label: trung bình khối, of: a, take: mean, per: nhom}
  cao_nhat: {label: cao nhất, of: a, take: max}
criteria:
  - {id: I, label: So với khối, max: 10, yes_no: {when: a > trung_binh, points: 10}}
  - {id: II, label: So với đầu bảng, max: 10, points: a / cao_nhat * 10}
"""


def test_peer_values_are_taken_within_the_group_and_over_all():
    season = {
        "A": {"a": Decimal(1), "nhom": "x"},
        "B": {"a": Decimal(2), "nhom": "x"},
        "C": {"a": Decimal(4), "nhom": "y"},
        "D": {"nhom": "x"},
    }
    sheets = score_season(pack(PEERS), season).sheets

    assert {code: [one.points for one in sheet.lines] for code, sheet in sheets.items()} == {
        "A": [Decimal("0.00"), Decimal("2.50")],
        "B": [Decimal("10.00"), Decimal("5.00")],
        "C": [Decimal("0.00"), Decimal("10.00")],
        "D": [None, None],
    }
    assert sheets["A"].lines[0].readings[1].text == "1,5"


def test_group_in_which_nobody_has_a_value_has_none():
    sheets = score_season(pack(PEERS), {"A": {"nhom": "x"}, "B": {"a": Decimal(1)}}).sheets

    assert [one.lack for one in sheets["A"].lines] == ["chưa có “A”", "chưa có “A”"]
    assert [one.points for one in sheets["B"].lines] == [Decimal("0.00"), Decimal("10.00")]


def test_entry_scored_alone_is_given_the_values_of_its_peers():
    facts = {"a": Decimal(3), "nhom": "x"}
    rules = pack(PEERS)

    assert score(rules, "A", facts).lines[0].lack == "chưa có “trung bình khối”"
    alone = score(rules, "A", facts, peers={"trung_binh": Fraction(5, 2), "cao_nhat": Fraction(4)})
    assert [one.points for one in alone.lines] == [Decimal("10.00"), Decimal("7.50")]


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("criteria: [{id: I, label: Một, take: best, points: a}]\n", "misplaced", "nhóm (parts)"),
        (
            "criteria: [{id: I, label: Một, scale: 2, parts: [{id: J, label: Hai, points: a}]}]\n",
            "misplaced",
            "tiêu chí có điểm",
        ),
        ("criteria: [{id: I, label: Một, applies: a, points: a}]\n", "type", "đúng/sai"),
        (
            "peers: {a: {label: X, of: b, take: mean}}\ncriteria: [{id: I, label: M, points: b}]\n",
            "duplicate",
            "Tên “a”",
        ),
        (
            "peers: {t: {label: X, of: b, take: mean, per: nhm}}\ncriteria: []\n",
            "name",
            "Ý bạn là “nhom”?",
        ),
    ],
)
def test_fault_in_the_new_keys_is_refused(body, code, said):
    with pytest.raises(PackError) as refused:
        pack(body)

    [problem] = refused.value.problems
    assert problem.code == code
    assert said in f"{problem.message} {problem.hint}"

"""Expressions over columns: what a short circuit, a gap or a council's marks come to."""

import datetime as dt
from decimal import Decimal

import pytest
from agreement import values_by_columns, values_by_interpreter
from bare_pack import MARKS, NUMBER, bare_pack, derived

from scoring.columns.program import NoColumns

DATE = {"type": "date", "label": "Ngày"}
YES = {"type": "yes_no", "label": "Có"}
ENDS = [
    dt.date(year, month, day)
    for year in (1968, 2019, 2020, 2100)
    for month, day in ((1, 31), (2, 28), (3, 1), (3, 30), (12, 31))
] + [dt.date(1968, 2, 29), dt.date(2020, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31)]


def values(pack, season):
    """What both engines say, which must be the same."""
    told = values_by_columns(pack, season)
    assert told == values_by_interpreter(pack, season)
    return told


def test_months_and_days_between_any_two_ends_of_months():
    pack = bare_pack(
        facts={"a": DATE, "b": DATE},
        derived=derived(
            thang="months_between(a, b)",
            ngay="days_between(a, b)",
            nhuan="months_between(d'2020-02-29', b)",
        ),
    )
    season = {f"E{m}-{n}": {"a": a, "b": b} for m, a in enumerate(ENDS) for n, b in enumerate(ENDS)}

    assert len(values(pack, season)) == len(ENDS) ** 2


def test_short_circuits_need_no_value_on_the_other_side():
    asked = ("p and q", "p or q", "not p or q", "(p and q) or (q and p)", "p and 1 / a > 0")
    asked += ("p ? q : p", "(1 / a > 0) == p", "(a == null) or (a > 0 and q)", "p in [true]")
    pack = bare_pack(
        facts={"a": NUMBER, "p": YES, "q": YES},
        gates=[
            {"id": f"DK.{at}", "label": "Điều kiện", "require": text}
            for at, text in enumerate(asked)
        ],
    )
    may_be = {
        "a": (Decimal(0), Decimal(1), None),
        "p": (True, False, None),
        "q": (True, False, None),
    }
    rows = [{"a": a, "p": p, "q": q} for a in may_be["a"] for p in may_be["p"] for q in may_be["q"]]
    season = {
        f"E{at:02d}": {name: value for name, value in row.items() if value is not None}
        for at, row in enumerate(rows)
    }

    told = values(pack, season)

    assert told["E05"]["DK.0"] is False  # a 0, p false, q missing: not both, whatever q is
    assert told["E02"]["DK.0"] is None


@pytest.mark.parametrize(
    "text",
    [
        "trimmed_mean(phieu, 1 / 0, 1, 1)",
        "trimmed_mean(phieu, 3, 1, 1 / 0)",
        "trimmed_mean(phieu, 3, 1, 1)",
        "trimmed_mean(phieu, 0, 0, 0)",
        "trimmed_mean(phieu, 2.5, 1.9, 0 - 3)",
        "trimmed_mean(phieu, 0 - 1, 100000, 0)",
        "trimmed_mean(phieu, 5, 999999999999999, 2)",
        "trimmed_mean(phieu, 5, 2, 999999999999999)",
        "mean(phieu)",
        "count(phieu)",
        "mean(phieu) ?? trimmed_mean(phieu, 1, 1, 0) ?? 7",
    ],
)
def test_marks_are_counted_as_the_interpreter_counts_them(text):
    pack = bare_pack(derived=derived(t=text))
    marks = [(), (8,), (8, None), (7, 7, 7), (10, 0, 5), (1, 2, 3, 4, 5, None, 6), (-1, -2, -3)]
    season = {
        f"E{at}": {"phieu": tuple(None if one is None else Decimal(one) for one in given)}
        for at, given in enumerate(marks)
    }

    values(pack, {**season, "": {}})


def test_marks_far_apart_are_added_up_exactly():
    pack = bare_pack(derived=derived(t="trimmed_mean(phieu, 2, 1, 0) * 3 + 1", u="mean(phieu)"))
    far = Decimal("999999999999999.123456789")
    season = {"A": {"phieu": (far, Decimal(1), -far)}, "B": {"phieu": (Decimal(2), Decimal(3))}}

    values(pack, season)


def test_marks_of_whom_only_the_highest_are_long():
    pack = bare_pack(derived=derived(t="trimmed_mean(phieu, 2, 0, 1) * 3 + 1"))
    far, near = Decimal("999999999999999.5"), Decimal("0.000000001")

    values(pack, {"A": {"phieu": (far, near)}, "B": {"phieu": (far, near * 2)}})


def test_the_sum_of_marks_may_be_longer_than_each_of_them():
    pack = bare_pack(derived=derived(t="mean(phieu)", u="trimmed_mean(phieu, 1, 1, 1)"))
    long = Decimal("9000000000.123456789")

    values(pack, {"A": {"phieu": (long,) * 9}, "B": {"phieu": (-long,) * 9}})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("trimmed_mean(phieu, a, 1, 1)", "trimmed_mean với số phiếu không viết sẵn"),
        ("count(phieu ?? khac)", "chọn giữa hai danh sách phiếu chấm"),
        ("count_true(phieu == khac)", "so sánh hai danh sách phiếu chấm"),
        (" * ".join(["(a + 0.000000001)"] * 40), "số quá lớn"),
    ],
)
def test_what_only_the_interpreter_does_is_said(text, why):
    pack = bare_pack(facts={"a": NUMBER, "phieu": MARKS, "khac": MARKS}, derived=derived(t=text))
    season = {
        "A": {"a": Decimal(10) ** 14, "phieu": (Decimal(1),)},
        "B": {"a": Decimal(1), "khac": (Decimal(2),)},
    }

    with pytest.raises(NoColumns, match=why):
        values_by_columns(pack, season)


def test_a_text_no_row_holds_equals_no_other_such_text():
    texts = ("chu == 'không ai có'", "'một' == 'hai'", "chu in ['hai', 'Đội 3']", "chu != 'một'")
    pack = bare_pack(
        gates=[
            {"id": f"DK.{at}", "label": "Điều kiện", "require": text}
            for at, text in enumerate(texts)
        ]
    )

    told = values(pack, {"A": {"chu": "Đội 3"}, "B": {"chu": "Đội 1"}, "C": {}})

    assert [*told["A"].values()] == [False, False, True, True]
    assert [*told["C"].values()] == [None, False, None, None]

"""Rows without a code beside the register: same, changed, new, and what only looks new."""

import datetime as dt

import pytest
from unit_lists import FIRST, HEAD, planned, unit_list, workbook

from registry.intake.answers import Answers
from registry.intake.unit_plan import new_codes

TITLE = ("PHƯỜNG ĐẬU LIÊU",)
CELL = "05 Phường Đậu Liêu.xlsx:DS!B3"


def one_row(name="Đường hoa phụ nữ tổ 3", person="Lê Thị Hoà", started="02/03/2018"):
    row = (1, name, "KT", "TX", "Tập thể", person, started)
    return unit_list(workbook(TITLE, HEAD, row))


def stored(*lists):
    return {one.entry.code: one.entry for one in planned(*lists).new}


def counts(plan):
    return tuple(map(len, (plan.new, plan.same, plan.changed, plan.look_alike)))


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("ĐƯỜNG HOA  PHỤ NỮ tổ 3", "Lê Thị Hòa"),
        ("Đường hoa phụ nữ tổ 3", "lê thị hoà"),
    ],
)
def test_same_words_in_another_spelling_are_the_same(name, person):
    plan = planned(one_row(name, person), stored=stored(one_row()))

    assert counts(plan) == (0, 1, 0, 0)


def test_new_day_is_a_change_and_an_empty_cell_takes_nothing_away():
    before = stored(one_row())

    changed = planned(one_row(started="03/03/2018"), stored=before)
    emptied = planned(one_row(started=None), stored=before)

    assert counts(changed) == (0, 0, 1, 0)
    assert changed.entries[0].started_on == dt.date(2018, 3, 3)
    assert counts(emptied) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Đường hoa phụ nữ tổ 3", "Lê Thị Hà"),
        ("Đường hao phụ nữ tổ 3", "Lê Thị Hoà"),
        ("Đường hoa phụ nử tổ 3", "Trần An"),
        ("Mô hình đường hoa phụ nữ tổ 3", "Lê Thị Hoà"),
    ],
)
def test_near_names_are_held_until_a_person_decides(name, person):
    before, row = stored(one_row()), one_row(name, person)

    held = planned(row, stored=before)
    different = planned(row, stored=before, answers=Answers(different=frozenset({CELL})))
    alike = planned(row, stored=before, answers=Answers(alike=frozenset({CELL})))

    assert counts(held) == (0, 0, 0, 1)
    assert (held.look_alike[0].line.cell, held.look_alike[0].other_code) == (CELL, "HL-2018-001")
    assert [one.entry.code for one in different.new] == ["HL-2018-002"]
    assert [one.entry.code for one in alike.changed] == ["HL-2018-001"]


@pytest.mark.parametrize("name", ["Đường hoa phụ nữ tổ 4", "Đường hoa thanh niên tổ 3"])
def test_another_number_or_word_is_another_model(name):
    plan = planned(one_row(name), stored=stored(one_row()))

    assert counts(plan) == (1, 0, 0, 0)


def test_one_model_twice_in_a_list_is_taken_once():
    both = unit_list(workbook(TITLE, HEAD, FIRST, FIRST))

    assert counts(planned(both)) == (1, 0, 0, 1)
    assert counts(planned(both, stored=stored(both))) == (0, 1, 0, 1)


def test_codes_follow_the_highest_and_never_come_again():
    codes = new_codes("hl-2018", ("HL-2018-007", "HL-2018-002", "KHAC-900"))

    assert [next(codes), next(codes)] == ["HL-2018-008", "HL-2018-009"]

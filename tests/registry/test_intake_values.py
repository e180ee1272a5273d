"""Cells to canonical text: whatever way a value is typed, it is stored in one way."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_books import pack, saved

from registry.intake.sheets import Cell, read_workbook
from registry.intake.values import read_code, read_date, read_mark, read_value
from registry.vietnamese import tidy
from scoring.facts import Fact, FactRefused, FactType, cell_of, read_fact

AMOUNT = Fact(id="von", label="Vốn", type=FactType.DECIMAL, minimum=Decimal(0))
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def typed(text):
    return Cell(text, "S!A1")


def counted(text):
    return Cell(text, "S!A1", is_number=True)


@given(st.decimals(0, 10**9, places=3))
def test_number_typed_with_comma_or_point_is_one_number(number):
    text = f"{number:f}"
    stored = cell_of(number)

    assert read_value(AMOUNT, counted(text)) == stored
    assert read_value(AMOUNT, counted(text.replace(".", ","))) == stored


@given(st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)))
def test_day_is_read_however_it_is_written(day):
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year:04}"):
        assert read_date(typed(text)) == day


@given(st.sampled_from(sorted(pack().facts.values(), key=lambda fact: fact.id)), st.data())
def test_canonical_text_is_read_as_itself(fact, data):
    value = data.draw(_values(fact))

    text = read_value(fact, counted(cell_of(value)))

    assert read_fact(fact, text) == value
    assert read_value(fact, counted(text)) == text


def _values(fact):
    tenths = st.integers(0, 20).map(lambda half: Decimal(half) / 2)
    return {
        FactType.INTEGER: st.integers(1, 10**6).map(Decimal),
        FactType.DECIMAL: st.decimals(0, 10**6, places=2),
        FactType.YES_NO: st.booleans(),
        FactType.CHOICE: st.sampled_from(sorted(fact.choices) or ["-"]),
        FactType.DATE: st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        FactType.TEXT: PRINTABLE.map(tidy).filter(bool),
        FactType.MARKS: st.lists(tenths, min_size=1, max_size=7).map(tuple),
    }[fact.type]


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("khong", "khong"),
        ("Cấp  huyện".replace("  ", " "), "huyen"),
        ("CAP TINH", "tinh"),
        ("tinh", "tinh"),
    ],
)
def test_choice_is_stored_by_id(text, stored):
    assert read_value(pack().facts["cap_dua_tin"], typed(text)) == stored


@pytest.mark.parametrize("text", ["1.000", "12,500", "1.234.567"])
def test_thousands_typed_as_text_are_refused_rather_than_guessed(text):
    with pytest.raises(FactRefused, match="ngăn nghìn"):
        read_value(AMOUNT, typed(text))
    if text.count(".") < 2:
        assert read_value(AMOUNT, counted(text))


def test_number_that_never_ends_is_refused():
    with pytest.raises(FactRefused, match="quá nhiều chữ số thập phân"):
        read_value(AMOUNT, counted("66.6666666666667"))


@pytest.mark.parametrize("text", ["10,3", "10.5", "-0,5", "7.25", "7 điểm", "-"])
def test_mark_outside_the_scale_is_refused(text):
    with pytest.raises(FactRefused):
        read_mark(pack().facts["phieu_iii_3"], typed(text))


@pytest.mark.parametrize("text", ["", "vắng", "Vắng mặt"])
def test_absent_member_gives_no_mark(text):
    assert read_mark(pack().facts["phieu_iii_3"], typed(text)) == ""


@pytest.mark.parametrize("text", ["02/03/0218", "1899-12-31", "01/01/20180"])
def test_day_in_an_impossible_year_is_refused(text):
    with pytest.raises(FactRefused):
        read_date(typed(text))


@pytest.mark.parametrize("text", ["HL-2018-001", "12", "ĐL.2018/7", "a_b"])
def test_code_is_kept_as_it_stands(text):
    assert read_code(typed(text)) == text


@pytest.mark.parametrize("text", ["HL 001", "-1", "=A1", "x" * 41, "a;b", "../a b"])
def test_code_that_would_not_survive_a_list_or_a_file_name_is_refused(text):
    with pytest.raises(FactRefused, match="không dùng được"):
        read_code(typed(text))


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(PRINTABLE, min_size=1, max_size=4), min_size=1, max_size=60))
def test_text_survives_the_way_through_a_workbook(rows):
    workbook = openpyxl.Workbook()
    for y, row in enumerate(rows, 1):
        for x, text in enumerate(row, 1):
            cell = workbook.active.cell(y, x)
            cell.value, cell.data_type = text, "s"

    (sheet,) = read_workbook(saved(workbook), file="a.xlsx")

    came = {cell.place: cell.text for row in sheet.rows for cell in row if cell.text}
    went = {
        f"Sheet!{chr(64 + x)}{y}": tidy(text)
        for y, row in enumerate(rows, 1)
        for x, text in enumerate(row, 1)
        if tidy(text)
    }
    assert came == went

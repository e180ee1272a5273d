import pytest

from documents.lines import Line, TextTooLong
from documents.table import Row, pack_pages
from documents.typeface import LEADING, Face, ink

PADDING = 5.8


def row(name, height=20.0, *, leads=False):
    """A row exactly *height* high."""
    line = Line(
        text=ink(name, record=name), face=Face.REGULAR, size=(height - PADDING) / LEADING + 1e-9
    )
    return Row(record=name, cells=((line,),), leads=leads)


def packed(rows, *, first=100.0, room=100.0, tail=30.0):
    pages = pack_pages(rows, first=first + 0.01, room=room + 0.01, tail=tail)
    return [[row.record for row in page] for page in pages]


def test_one_page_holds_rows_and_signature():
    assert packed([row("1"), row("2"), row("3")]) == [["1", "2", "3"]]


def test_last_three_rows_stay_with_the_signature():
    rows = [row(str(number)) for number in range(1, 6)]

    assert packed(rows) == [["1", "2"], ["3", "4", "5"]]


def test_fewer_rows_are_kept_when_three_do_not_fit_one_page():
    rows = [row("1", 40), row("2", 40), row("3", 40)]

    assert packed(rows, tail=30) == [["1", "2"], ["3"]]


def test_signature_stands_alone_when_the_last_row_fills_a_page():
    assert packed([row("1", 90)]) == [["1"], []]


def test_group_heading_moves_on_with_its_first_row():
    rows = [row("1"), row("2"), row("3"), row("4"), row("A", leads=True), row("5")]
    rows += [row("6"), row("7"), row("8")]

    assert packed(rows) == [["1", "2", "3", "4"], ["A", "5"], ["6", "7", "8"]]


def test_first_page_holds_less():
    rows = [row(str(number)) for number in range(1, 7)]

    assert packed(rows, first=45) == [["1", "2"], ["3"], ["4", "5", "6"]]


def test_row_too_tall_for_what_the_first_page_has_left_goes_to_the_next():
    assert packed([row("1", 60)], first=50) == [[], ["1"]]


def test_row_taller_than_a_page_is_refused_by_name():
    with pytest.raises(TextTooLong, match=r"HL-2018-009.*một trang giấy"):
        packed([row("1"), row("HL-2018-009", 120)])

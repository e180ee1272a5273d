"""Cells of an open export: nothing a spreadsheet would run, nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.store.cells import NOTHING, cell_of, text_in

TEXTS = st.text(st.sampled_from("=+-@'\\;,|\t\r\n a1.＝＠Nạ\""), max_size=12)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Đường hoa", "Đường hoa"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("'quoted'", "'quoted'"),
        ("+84 912 345 678", "'+84 912 345 678"),
        ("-3.5", "-3.5"),
        ("- gạch đầu dòng", "'- gạch đầu dòng"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
        ("\t=1", "'\t'=1"),
        (r"\N", r"'\N"),
    ],
)
def test_cell_is_harmless_and_read_back(text, cell):
    assert (cell_of(text), text_in(cell)) == (cell, text)


@given(TEXTS)
def test_no_text_is_lost(text):
    assert text_in(cell_of(text)) == text
    assert cell_of(text) != NOTHING


@given(TEXTS)
def test_no_part_of_a_cell_begins_a_formula(text):
    cell = cell_of(text)
    number = re.fullmatch(r"[+-]?\d+(\.\d+)?", text)

    assert number or not re.match(r"[=+\-@\t\r＝＠]", cell)
    assert number or not re.search(r"[;,|\t\r\n][=+\-@＝＠]", cell)

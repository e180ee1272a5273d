import datetime as dt
from dataclasses import replace

import pytest
from hong_linh import DECISION, SEASON, a_line, a_list

from documents.layouts import LayoutUnknown, layout_of
from documents.roll import where_of
from documents.wording import annexed_to, count_of, day_of, place_and_day, posts_of, signer_of


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (dt.date(2019, 2, 5), "ngày 05 tháng 02 năm 2019"),
        (dt.date(2019, 1, 10), "ngày 10 tháng 01 năm 2019"),
        (dt.date(2018, 3, 9), "ngày 09 tháng 3 năm 2018"),
        (dt.date(2018, 12, 31), "ngày 31 tháng 12 năm 2018"),
        (None, "ngày …… tháng …… năm ……"),
    ],
)
def test_day_is_padded_as_the_decree_asks(date, text):
    assert day_of(date) == text


def test_counts_below_ten_are_padded():
    assert [count_of(8), count_of(65)] == ["08", "65"]


def test_decided_list_names_its_decision():
    assert annexed_to(a_list([])) == (
        "(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2019",
        "của Ủy ban nhân dân thị xã Hồng Lĩnh)",
    )


def test_draft_of_a_body_without_a_name_has_blanks_only():
    view = a_list([], decision=None, season=replace(SEASON, body=" "))

    assert annexed_to(view) == (
        "(Kèm theo Quyết định số ……/QĐ-…… ngày …… tháng …… năm ……",
        "của …………………………)",
    )


def test_signer_and_place_are_blank_until_somebody_decides():
    assert posts_of(None) == ("…………………………",)
    assert signer_of(None) == "…………………………"
    assert place_and_day(replace(SEASON, place=""), None) == "……, ngày …… tháng …… năm ……"


def test_signer_post_is_a_line_for_each_part():
    assert posts_of(DECISION) == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    ("unit", "address", "said"),
    [
        ("Phường Đức Thuận", "Tổ dân phố 9, Phường Đức Thuận", ("Tổ dân phố 9, Phường Đức Thuận",)),
        ("Hội Nông dân thị xã", "Tổ dân phố 5", ("Hội Nông dân thị xã", "Tổ dân phố 5")),
        ("Thị đoàn Hồng Lĩnh", "", ("Thị đoàn Hồng Lĩnh",)),
        ("", "", ()),
    ],
)
def test_unit_is_not_said_twice(unit, address, said):
    assert where_of(a_line(unit=unit, address=address)) == said


def test_unknown_layout_is_refused_with_those_there_are():
    with pytest.raises(LayoutUnknown, match=r"“party-36-2018”\. Hiện có: nd30\."):
        layout_of("party-36-2018")

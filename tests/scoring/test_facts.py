"""Cells of text to values and back, and the refusals in between."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import Fact, FactRefused, FactType, cell_of, read_fact, show

HOUSEHOLDS = Fact(id="so_ho", label="Số hộ", type=FactType.INTEGER, unit="hộ", minimum=Decimal(0))
MONEY = Fact(id="von", label="Vốn", type=FactType.DECIMAL, unit="triệu đồng")
YES_NO = Fact(id="ro", label="Rõ việc", type=FactType.YES_NO)
LEVEL = Fact(
    id="cap",
    label="Cấp",
    type=FactType.CHOICE,
    choices={"khong": "Không", "huyen": "Cấp huyện", "tinh": "Cấp tỉnh"},
)
DAY = Fact(id="ngay", label="Ngày", type=FactType.DATE)
TEXT = Fact(id="ten", label="Tên", type=FactType.TEXT)
MARKS = Fact(
    id="phieu",
    label="Phiếu",
    type=FactType.MARKS,
    minimum=Decimal(0),
    maximum=Decimal(10),
    step=Decimal("0.5"),
)

marks = st.integers(0, 20).map(lambda n: Decimal(n) / 2)
VALUES = st.one_of(
    st.tuples(st.just(HOUSEHOLDS), st.integers(0, 10**15 - 1).map(Decimal)),
    st.tuples(st.just(MONEY), st.decimals(-(10**12), 10**12, places=9)),
    st.tuples(st.just(MONEY), st.integers(-(10**6), 10**6).map(lambda n: Decimal(n).scaleb(3))),
    st.tuples(st.just(YES_NO), st.booleans()),
    st.tuples(st.just(LEVEL), st.sampled_from(sorted(LEVEL.choices))),
    st.tuples(st.just(DAY), st.dates(dt.date(1000, 1, 1))),
    st.tuples(st.just(TEXT), st.text(min_size=1).map(str.strip).filter(bool)),
    st.tuples(
        st.just(MARKS),
        st.lists(marks | st.none(), min_size=1, max_size=9)
        .map(tuple)
        .filter(lambda m: set(m) != {None}),
    ),
)


@given(VALUES)
def test_cell_of_a_value_reads_as_that_value(pair):
    fact, value = pair
    found = read_fact(fact, cell_of(value))
    assert (found, type(found)) == (value, type(value))
    assert cell_of(found) == cell_of(value)


@given(VALUES)
def test_every_value_can_be_shown(pair):
    assert show(*pair)


@given(
    st.sampled_from([HOUSEHOLDS, MONEY, YES_NO, LEVEL, DAY, TEXT, MARKS]),
    st.text(max_size=20) | st.from_regex(r"[0-9.,;/\- ]{1,12}", fullmatch=True),
)
def test_any_cell_is_read_or_refused(fact, cell):
    try:
        value = read_fact(fact, cell)
    except FactRefused:
        return
    assert value is None or read_fact(fact, cell_of(value)) == value


@pytest.mark.parametrize(
    ("fact", "cell", "value"),
    [
        (HOUSEHOLDS, "", None),
        (HOUSEHOLDS, "  ", None),
        (HOUSEHOLDS, "12", Decimal(12)),
        (HOUSEHOLDS, "12,0", Decimal(12)),
        (HOUSEHOLDS, "+5", Decimal(5)),
        (MONEY, "19,9", Decimal("19.9")),
        (MONEY, "19.9", Decimal("19.9")),
        (MONEY, "-0", Decimal(0)),
        (YES_NO, "Có", True),
        (YES_NO, "không", False),
        (YES_NO, "CHƯA", False),
        (YES_NO, "x", True),
        (YES_NO, "0", False),
        (LEVEL, "tinh", "tinh"),
        (LEVEL, "cấp TỈNH", "tinh"),
        (DAY, "31/3/2018", dt.date(2018, 3, 31)),
        (DAY, "31-03-2018", dt.date(2018, 3, 31)),
        (DAY, "31.03.2018", dt.date(2018, 3, 31)),
        (DAY, "2018-03-31", dt.date(2018, 3, 31)),
        (DAY, "2018-03-31 00:00:00", dt.date(2018, 3, 31)),
        (MARKS, "8;8,5;;9; 7", (Decimal(8), Decimal("8.5"), None, Decimal(9), Decimal(7))),
        (MARKS, ";;", None),
        (TEXT, " Đường hoa ", "Đường hoa"),
    ],
)
def test_cells_people_write_are_read(fact, cell, value):
    assert read_fact(fact, cell) == value


@pytest.mark.parametrize(
    ("fact", "cell", "message", "hint"),
    [
        (HOUSEHOLDS, "mười", "“mười” không phải là số.", "Viết số, ví dụ 12 hoặc 12,5."),
        (HOUSEHOLDS, "1.5", "1,5 phải là số nguyên.", "Bỏ phần lẻ."),
        (HOUSEHOLDS, "-1", "−1 nhỏ hơn 0.", "Số hộ: nhận từ 0."),
        (HOUSEHOLDS, "1e5", "“1e5” không phải là số.", "Viết số, ví dụ 12 hoặc 12,5."),
        (MONEY, "1.250.000", "“1.250.000” không phải là số.", "Viết số, ví dụ 12 hoặc 12,5."),
        (MARKS, "8;10,5", "10,5 lớn hơn 10.", "Phiếu: nhận từ 0 đến 10, bước 0,5."),
        (MARKS, "8,25", "8,25 không theo bước 0,5.", "Phiếu: nhận từ 0 đến 10, bước 0,5."),
        (
            MARKS,
            "8 9",
            "“8 9” không phải là số.",
            "Viết số, ví dụ 12 hoặc 12,5. Nhiều phiếu cách nhau bằng dấu chấm phẩy: 8;8,5;;9, trống là vắng.",
        ),
        (YES_NO, "có lẽ", "“có lẽ” không phải Có hay Không.", "Ghi Có hoặc Không (hay 1, 0)."),
        (YES_NO, "2", "“2” không phải Có hay Không.", "Ghi Có hoặc Không (hay 1, 0)."),
        (
            LEVEL,
            "Cấp tinh",
            "Không có lựa chọn “Cấp tinh”.",
            "Ý bạn là “Cấp tỉnh”? Chọn một trong: Không, Cấp huyện, Cấp tỉnh.",
        ),
        (
            LEVEL,
            "trung ương",
            "Không có lựa chọn “trung ương”.",
            "Chọn một trong: Không, Cấp huyện, Cấp tỉnh.",
        ),
        (
            DAY,
            "31/02/2018",
            "Không có ngày 31/02/2018 trên lịch.",
            "Viết ngày/tháng/năm, ví dụ 31/03/2018.",
        ),
        (
            DAY,
            "2018-02-30",
            "Không có ngày 2018-02-30 trên lịch.",
            "Viết ngày/tháng/năm, ví dụ 31/03/2018.",
        ),
        (
            DAY,
            "03/31/2018",
            "Không có ngày 03/31/2018 trên lịch.",
            "Viết ngày/tháng/năm, ví dụ 31/03/2018.",
        ),
        (DAY, "tháng 3", "“tháng 3” không phải là ngày.", "Viết ngày/tháng/năm, ví dụ 31/03/2018."),
        (
            DAY,
            "0/0/0000",
            "Không có ngày 0/0/0000 trên lịch.",
            "Viết ngày/tháng/năm, ví dụ 31/03/2018.",
        ),
    ],
)
def test_cells_that_do_not_fit_are_refused_with_a_remedy(fact, cell, message, hint):
    with pytest.raises(FactRefused) as refused:
        read_fact(fact, cell)
    assert (refused.value.message, refused.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        (MONEY, Decimal("19.90"), "19,9 triệu đồng"),
        (MONEY, Decimal(1250), "1.250 triệu đồng"),
        (HOUSEHOLDS, Decimal(0), "0 hộ"),
        (YES_NO, True, "Có"),
        (YES_NO, False, "Không"),
        (LEVEL, "tinh", "Cấp tỉnh"),
        (DAY, dt.date(2018, 3, 31), "31/03/2018"),
        (MARKS, (Decimal(8), Decimal("8.5"), None), "8; 8,5; vắng"),
        (TEXT, "Đường hoa", "Đường hoa"),
        (TEXT, None, "chưa có"),
    ],
)
def test_values_are_shown_as_a_vietnamese_reader_expects(fact, value, shown):
    assert show(fact, value) == shown

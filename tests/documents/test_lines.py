import pytest

from documents.lines import Item, TextTooLong, balanced, fit_stack, wrap
from documents.typeface import Face, ink


def inked(text):
    return ink(text, record="phép thử")


def a_name(text):
    return Item(text=inked(text), face=Face.BOLD, size=20, floor=16)


def said(lines):
    return [line.text for line in lines]


def sizes(stack):
    return [round(line.size, 2) for _, line in stack.lines]


def fitted(text, *, box=100):
    return fit_stack([a_name(text)], room=400, box=box, record="HL-2018-001", place="khung")


def test_wrap_fills_lines_from_the_left():
    assert said(wrap(inked("Tổ tự quản thu gom rác thải"), Face.REGULAR, 12, 90)) == [
        "Tổ tự quản thu",
        "gom rác thải",
    ]


def test_wrap_keeps_a_number_with_the_word_before_it():
    assert said(wrap(inked("Đường hoa tổ dân phố 9"), Face.REGULAR, 12, 116)) == [
        "Đường hoa tổ dân",
        "phố 9",
    ]


def test_wrap_breaks_a_word_wider_than_the_room():
    assert said(wrap(inked("WWWWWWWW"), Face.REGULAR, 10, 40)) == ["WWWW", "WWWW"]


def test_wrap_of_nothing_is_no_line():
    assert wrap(inked(""), Face.REGULAR, 12, 100) == ()


def test_balanced_lines_are_about_equal():
    assert said(balanced(inked("một hai ba bốn năm sáu"), Face.REGULAR, 12)) == [
        "một hai ba",
        "bốn năm sáu",
    ]


def test_short_name_keeps_its_full_size():
    assert sizes(fitted("Nụ cười")) == [20]


def test_longer_name_shrinks_on_one_line():
    stack = fitted("Tổ hợp tác trồng rau an toàn thực phẩm tổ dân phố 6")

    assert len(stack.lines) == 1
    assert 16 <= stack.lines[0][1].size < 20


def test_name_that_would_shrink_below_its_floor_takes_two_lines():
    stack = fitted("Nhóm phụ nữ khởi nghiệp làm bánh gai truyền thống tổ dân phố 10")

    assert said(line for _, line in stack.lines) == [
        "Nhóm phụ nữ khởi nghiệp làm",
        "bánh gai truyền thống tổ dân phố 10",
    ]
    assert sizes(stack) == [20, 20]


def test_stack_too_high_for_its_box_shrinks_as_a_whole():
    stack = fitted("Nhóm phụ nữ khởi nghiệp làm bánh gai truyền thống tổ dân phố 10", box=46)

    assert sizes(stack) == [18, 18]


def test_name_too_long_for_three_quarters_is_refused_with_its_record():
    with pytest.raises(
        TextTooLong, match=r"HL-2018-001: “Vận động .*\(148 ký tự\) không vừa khung"
    ):
        fitted("Vận động nhân dân hiến đất mở rộng đường " * 3 + "và chỉnh trang khu dân cư")

"""What is told of bodies that ended on 1/7/2025, and what is left in peace."""

from __future__ import annotations

import datetime as dt

import pytest

from registry.dissolved import dissolved_in, read_abolished, why_dissolved

AFTER = dt.date(2025, 7, 1)


def test_abolished_districts_are_696_and_their_successors_all_3321_communes() -> None:
    listed = read_abolished()
    communes = {(one.new_province, name) for one in listed for name in one.successors}
    provinces = {one.new_province for one in listed}
    old = {one.old_province for one in listed}
    assert [len(listed), len(communes), len(provinces), len(old)] == [696, 3321, 34, 63]


def test_hong_linh_is_told_with_the_day_the_basis_and_what_there_is_now() -> None:
    found = dissolved_in("BAN CHỈ ĐẠO DÂN VẬN KHÉO THỊ XÃ HỒNG LĨNH", AFTER)
    assert why_dissolved(found) == (
        "Thị xã Hồng Lĩnh thôi hoạt động từ 01/07/2025 (Nghị quyết 203/2025/QH15); "
        "nay là phường Bắc Hồng Lĩnh, phường Nam Hồng Lĩnh."
    )
    assert dissolved_in("BAN CHỈ ĐẠO THỊ XÃ HỒNG LĨNH", dt.date(2025, 6, 30)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "UBND TX. Hồng Lĩnh",
        "Thị ủy Hồng Lĩnh",
        "Thị uỷ Hồng Lĩnh",
        "Huyện uỷ Nghi Xuân",
        "Huyện đoàn Ea H’leo",
        "UBND TP Hà Tĩnh, tỉnh Hà Tĩnh",
        "Quận 1",
        "Thành phố Thủ Đức",
    ],
)
def test_every_wording_of_a_dissolved_body_is_found(text: str) -> None:
    assert len(dissolved_in(text, AFTER)) == 1


def test_province_in_the_text_says_which_of_the_namesakes_is_meant() -> None:
    everywhere = dissolved_in("UBND huyện Châu Thành", AFTER)
    (one,) = dissolved_in("UBND huyện Châu Thành, tỉnh Trà Vinh", AFTER)
    assert len(everywhere) > 1
    assert one.old_province == "Tỉnh Trà Vinh"


@pytest.mark.parametrize(
    "text",
    [
        "Đảng ủy phường Bắc Hồng Lĩnh",
        "TỈNH ỦY HÀ TĨNH",
        "UBND Thành phố Hồ Chí Minh",
        "Thành ủy Hà Nội",
        "UBND xã Nghi Xuân",
        "Các cơ quan Ba Đình",
        "Quân đội nhân dân",
        "Hồng Lĩnh",
        "",
    ],
)
def test_body_in_force_is_left_in_peace(text: str) -> None:
    assert dissolved_in(text, AFTER) == ()


def test_no_commune_or_province_in_force_is_taken_for_a_dissolved_body() -> None:
    in_force = {name for one in read_abolished() for name in (one.new_province, *one.successors)}
    assert [name for name in sorted(in_force) if dissolved_in(f"UBND {name}", AFTER)] == []

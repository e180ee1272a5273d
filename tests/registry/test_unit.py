"""Units in time: below, before, after, and what a name says."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.unit import (
    Succession,
    Unit,
    UnitTree,
    kind_of,
    name_on,
    named_on,
    predecessors_of,
    successors_on,
    tree_of,
    units_below,
)

REFORM = dt.date(2025, 7, 1)
EVE = dt.date(2025, 6, 30)

PROVINCE = Unit(id=1, name="Tỉnh Mẫu", kind="tinh")
TOWN = Unit(id=2, name="Thị xã Cũ", kind="thi-xa", parent=1, to_on=REFORM)
SPLIT = Unit(id=3, name="Phường Chia", kind="phuong", parent=2, to_on=REFORM)
NORTH = Unit(id=4, name="Phường Bắc", kind="phuong", parent=1, from_on=REFORM)
SOUTH = Unit(id=5, name="Phường Nam", kind="phuong", parent=1, from_on=REFORM)

TREE = tree_of(
    (PROVINCE, TOWN, SPLIT, NORTH, SOUTH),
    tuple(
        Succession(old=old, new=new, succeeded_on=REFORM, basis="Nghị quyết mẫu")
        for old, new in ((2, 4), (2, 5), (3, 4), (3, 5))
    ),
)


def test_unit_ends_the_day_its_successors_begin() -> None:
    assert [TOWN.is_in_force(EVE), TOWN.is_in_force(REFORM)] == [True, False]
    assert [NORTH.is_in_force(EVE), NORTH.is_in_force(REFORM)] == [False, True]
    assert [TOWN.is_dissolved(EVE), TOWN.is_dissolved(REFORM)] == [False, True]


def test_successors_of_a_split_unit_all_stand() -> None:
    assert successors_on(TREE, 3, EVE) == (SPLIT,)
    assert successors_on(TREE, 3, REFORM) == (NORTH, SOUTH)
    assert name_on(TREE, 3, REFORM) == "Phường Bắc, Phường Nam"


def test_units_below_reach_every_depth() -> None:
    assert units_below(TREE, 1) == (TOWN, NORTH, SOUTH, SPLIT)


def test_predecessors_are_all_that_came_together() -> None:
    assert predecessors_of(TREE, 4) == (TOWN, SPLIT)


def test_unit_is_found_by_its_name_however_typed_while_it_stands() -> None:
    assert named_on(TREE, "THI XA  CU", EVE) == (TOWN,)
    assert named_on(TREE, "Thị xã Cũ", REFORM) == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Phường Bắc Hồng", "phuong"),
        ("XÃ THUẬN LỘC", "xa"),
        ("Thị trấn Phố Châu", "thi-tran"),
        ("Thị xã Hồng Lĩnh", "thi-xa"),
        ("Đặc khu Côn Đảo", "dac-khu"),
        ("Thành phố Hà Tĩnh", "thanh-pho"),
        ("Quân sự thị xã", "to-chuc"),
        ("Thị xã đoàn Hồng Lĩnh", "to-chuc"),
        ("Xã hội học tập", "to-chuc"),
        ("Hội Nông dân xã Thuận Lộc", "to-chuc"),
    ],
)
def test_kind_is_read_off_the_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@st.composite
def trees(draw: st.DrawFn) -> UnitTree:
    """Units 0, 1, 2 …, each day one may pass into later ones and end."""
    count = draw(st.integers(2, 8))
    pairs = draw(
        st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=16)
    )
    forward = [(old, new) for old, new in pairs if old < new]
    ended = {old for old, _ in forward}
    start = dt.date(2000, 1, 1)
    ends = {old: start + dt.timedelta(days=old) for old in ended}
    units = [Unit(id=n, name=f"Xã {n}", kind="xa", to_on=ends.get(n)) for n in range(count)]
    steps = [
        Succession(old=old, new=new, succeeded_on=ends[old], basis="mẫu") for old, new in forward
    ]
    return tree_of(units, steps)


@given(trees())
def test_successors_in_the_end_are_in_force_and_came_from_the_unit(tree: UnitTree) -> None:
    last = dt.date(2030, 1, 1)
    for one in tree.units.values():
        found = successors_on(tree, one.id, last)
        assert found
        assert all(unit.is_in_force(last) for unit in found)
        assert all(one == unit or one in predecessors_of(tree, unit.id) for unit in found)


@given(trees(), st.dates(dt.date(1999, 12, 1), dt.date(2000, 2, 1)))
def test_successors_of_successors_are_themselves(tree: UnitTree, day: dt.date) -> None:
    for one in tree.units:
        found = successors_on(tree, one, day)
        again = {unit for each in found for unit in successors_on(tree, each.id, day)}
        assert again == set(found)

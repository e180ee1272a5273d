"""One model registered twice, and what only looks so."""

from registry.entry import Entry, EntryState
from registry.look_alikes import look_alikes


def entry(code, name, *, unit="Phường Bắc Hồng", address="", state=EntryState.REGISTERED):
    where = {"unit": unit, "address": address, "field": "", "level": "", "kind": ""}
    return Entry(code=code, season="hl", name=name, state=state, **where)


def pairs(*entries):
    return [(one.code, other.code) for one, other in look_alikes(entries)]


def test_old_and_new_spelling_and_letters_in_pieces_are_alike():
    assert pairs(
        entry("1", "Uỷ ban giữ hoà khí"),
        entry("2", "Ủy ban giữ hòa khí"),
        entry("3", "U\u0309y ban giu\u031b\u0303 ho\u0300a khi\u0301", unit="PHƯỜNG BẮC HỒNG"),
    ) == [("1", "2"), ("1", "3")]


def test_number_makes_another_model():
    assert pairs(entry("1", "Tổ 3 tự quản"), entry("2", "Tổ 4 tự quản")) == []


def test_two_registrants_are_alike_only_at_one_address():
    names = ("Chi bộ 1", "MTTQ phường")
    assert pairs(*(entry(unit, "Đường hoa", unit=unit, address="Tổ 1") for unit in names)) == [
        names
    ]
    assert pairs(*(entry(unit, "Đường hoa", unit=unit, address=unit) for unit in names)) == []


def test_withdrawn_and_merged_entries_are_like_nobody():
    assert (
        pairs(
            entry("1", "Đường hoa", state=EntryState.WITHDRAWN),
            entry("2", "Đường hoa", state=EntryState.MERGED),
            entry("3", "Đường hoa"),
        )
        == []
    )


def test_ten_thousand_entries_are_each_told_once():
    listed = [
        entry(f"{n:05}", f"Mô hình số {n // 2}", unit=f"Xã {n % 100 // 2}") for n in range(10_000)
    ]

    assert len(look_alikes(listed)) == 5_000

"""Trying a pack on a season at the desk: which facts it is tried on, and what they lack."""

import sqlite3

import pytest
from small_season import PACK_DIR, REPORTED, scored, take_in, with_cell, workbook

from registry.desk.refusals import NothingToScore, NotPinned, SeasonUnknown
from registry.desk.trial import Lacking
from registry.rulebook import load_pack, read_pack_files
from scoring.pack import parse_pack

PACK = load_pack(PACK_DIR)
LATER = workbook(reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", 97))


def draft(old, new):
    files = read_pack_files(PACK_DIR)
    assert files["pack.yaml"].count(old) == 1
    return parse_pack({**files, "pack.yaml": files["pack.yaml"].replace(old, new)}, name="nháp")


def test_trial_is_about_the_facts_of_the_last_run(desk):
    scored(desk)
    take_in(desk, LATER, file="sửa.xlsx")

    trial = desk.trial("hl", PACK)

    assert (trial.run, trial.season.id, trial.pinned.digest) == (1, "hl", PACK.digest)
    assert [*trial.facts] == ["HL-001", "HL-002", "HL-003"]
    assert trial.facts == trial.read
    assert trial.facts["HL-002"]["so_ho_tham_gia"] == 86
    assert (trial.lacking, trial.unfit) == ((), ())


def test_trial_before_the_first_run_is_about_the_facts_as_they_stand(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk, LATER)
    desk.pin_pack("hl", PACK_DIR)

    trial = desk.trial("hl", PACK)

    assert trial.run is None
    assert trial.facts["HL-002"]["so_ho_tham_gia"] == 97


def test_fact_the_season_was_not_asked_for_is_told_with_who_lacks_it(desk):
    scored(desk)
    new = draft(
        "  dan_biet:",
        "  so_ho_ngheo: {type: integer, label: Số hộ nghèo, optional: true}\n"
        "  ten_goi: {type: text, label: Tên gọi, ask: register, entry: name}\n  dan_biet:",
    )

    trial = desk.trial("hl", new)

    assert trial.lacking == (
        Lacking(fact="so_ho_ngheo", label="Số hộ nghèo", entries=3),
        # the register knows the name of every entry, though the pinned pack calls it otherwise
        Lacking(fact="ten_goi", label="Tên gọi", entries=0),
    )
    assert trial.read["HL-001"]["ten_goi"] == "Đường hoa kiểu mẫu"
    assert "ten_goi" not in trial.facts["HL-001"]


def test_value_the_draft_does_not_take_is_told_and_counts_as_missing(desk):
    scored(desk)
    old = "label: Tổng số hộ trên địa bàn, unit: hộ, min: 1}"

    trial = desk.trial("hl", draft(old, old.replace("min: 1", "min: 150")))

    assert [(one.place, one.message) for one in trial.unfit] == [
        ("HL-002 · Tổng số hộ trên địa bàn", "100 nhỏ hơn 150."),
        ("HL-003 · Tổng số hộ trên địa bàn", "100 nhỏ hơn 150."),
    ]
    assert "so_ho_dia_ban" not in trial.read["HL-002"]
    assert trial.facts["HL-002"]["so_ho_dia_ban"] == 100


def test_trial_writes_nothing(desk, path):
    scored(desk)

    def contents():
        with sqlite3.connect(path) as connection:
            return [*connection.iterdump()]

    before = contents()
    desk.trial("hl", draft("title: Chấm điểm, xếp", "title: Chấm, xếp"))

    assert contents() == before


def test_trial_is_refused_where_there_is_nothing_to_compare_with(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    with pytest.raises(SeasonUnknown):
        desk.trial("hl-2019", PACK)
    with pytest.raises(NotPinned):
        desk.trial("hl", PACK)
    desk.pin_pack("hl", PACK_DIR)
    with pytest.raises(NothingToScore):
        desk.trial("hl", PACK)

"""Facts at three stages: none writes over another, the highest counts, every fault is told."""

import pytest
from small_season import PACK_DIR

from registry.assess import Stage
from registry.desk.refusals import NothingReported, NothingToDo
from registry.entry import EntryState
from registry.entry_lifecycle import EntryMoveRefused, SeasonRefuses
from registry.reporting import ReportUnfit

FORM = {
    "name": "Đường hoa kiểu mẫu",
    "unit": "Phường Bắc Hồng",
    "field": "Kinh tế",
    "level": "Cấp tỉnh",
    "kind": "Tập thể",
    "person": "Đặng Thị Hà",
    "address": "Tổ dân phố 1",
    "expected": "200 hộ tham gia",
    "started_on": "01/05/2016",
}


@pytest.fixture
def pinned(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    desk.pin_pack("hl", PACK_DIR)
    desk.add_entry("hl", FORM)
    return desk


def line(desk, fact):
    (found,) = [one for one in desk.entry_facts("HL-001").lines if one.fact == fact]
    return [one and (one.stage, one.cell) for one in (found.reported, found.appraised, found.final)]


def test_stages_stand_side_by_side_with_who_and_when(pinned):
    reported = pinned.report("HL-001", {"so-ho tham gia": "190", "Rõ người": "Có"})
    appraised = pinned.appraise("HL-001", {"so_ho_tham_gia": "180"})
    pinned.finalise("HL-001", {"so_ho_tham_gia": "185"})

    assert (reported.state, appraised.state) == (EntryState.REPORTED, EntryState.APPRAISED)
    assert appraised.appraised_by == "Hà"
    assert line(pinned, "so_ho_tham_gia") == [
        (Stage.SELF, "190"),
        (Stage.APPRAISED, "180"),
        (Stage.FINAL, "185"),
    ]
    assert line(pinned, "so_ho_dia_ban") == [None, None, None]
    assert [one.sentence for one in pinned.entry_history("HL-001")][2:] == [
        "Ghi kết quả thẩm định của HL-001 “Đường hoa kiểu mẫu”. Số hộ tham gia: (trống) → 180 hộ.",
        "Chốt số liệu của HL-001 “Đường hoa kiểu mẫu”. Số hộ tham gia: (trống) → 185 hộ.",
    ]
    report = pinned.verify("hl")
    assert (report.problems, report.entries) == ((), ())


def test_every_fact_the_pack_does_not_take_is_told_at_once(pinned):
    with pytest.raises(ReportUnfit) as refused:
        pinned.report(
            "HL-001",
            {"so_ho_dia_ban": "0", "ro_nguoi": "có lẽ", "Số con trâu": "3", "so_ho_tham_gia": "9"},
        )

    assert [(one.place, one.code) for one in refused.value.problems] == [
        ("Tổng số hộ trên địa bàn", "unfit-fact"),
        ("Rõ người", "unfit-fact"),
        ("Số con trâu", "unknown"),
    ]
    assert line(pinned, "so_ho_tham_gia") == [None, None, None]


def test_report_says_nothing_new_or_comes_too_early_or_late(pinned):
    with pytest.raises(NothingReported):
        pinned.appraise("HL-001", {})
    pinned.report("HL-001", {"so_ho_tham_gia": "190"})
    with pytest.raises(NothingToDo):
        pinned.report("HL-001", {"so_ho_tham_gia": "190"})
    pinned.appraise("HL-001", {})
    with pytest.raises(EntryMoveRefused):
        pinned.report("HL-001", {"so_ho_tham_gia": "200"})


def test_report_waits_for_the_pack(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    desk.add_entry("hl", FORM)

    with pytest.raises(SeasonRefuses):
        desk.report("HL-001", {"so_ho_tham_gia": "190"})


def test_what_came_in_with_a_workbook_is_appraised(scored_desk):
    appraised = scored_desk.appraise("HL-001", {"so_ho_tham_gia": "150"})

    assert appraised.state is EntryState.APPRAISED
    assert line(scored_desk, "so_ho_tham_gia") == [
        (Stage.SELF, "190"),
        (Stage.APPRAISED, "150"),
        None,
    ]
    assert scored_desk.funnel("hl").stale

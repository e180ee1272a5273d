"""What a new document may no longer cite: bodies of the district level, after 1/7/2025."""

import datetime as dt

import pytest
from small_season import PACK_DIR, REGISTERED, Clock, decided, take_in, with_cell, workbook

from registry.desk.refusals import BodyDissolved
from registry.errors import IntakeRefused
from registry.season import SeasonState

TOLD = (
    "Thị xã Hồng Lĩnh thôi hoạt động từ 01/07/2025 (Nghị quyết 203/2025/QH15); "
    "nay là phường Bắc Hồng Lĩnh, phường Nam Hồng Lĩnh."
)
TOWN = "BAN CHỈ ĐẠO DÂN VẬN KHÉO THỊ XÃ HỒNG LĨNH"


@pytest.fixture
def later(desk):
    """The desk on a day of 2026."""
    clock = Clock()
    clock.now = dt.datetime(2026, 3, 2, 8, 0, tzinfo=clock.now.tzinfo)
    desk._clock = clock
    return desk


@pytest.mark.parametrize("where_cited", ["body", "superior", "place"])
def test_new_season_of_a_dissolved_body_is_refused(later, where_cited):
    with pytest.raises(BodyDissolved) as refused:
        later.open_season("hl-2026", title="Đợt 2026", year=2026, **{where_cited: TOWN})

    assert refused.value.message == TOLD
    assert later.seasons() == ()


def test_old_season_may_be_written_down_today(later):
    assert later.open_season("hl-2018", title="Đợt 2018", year=2018, body=TOWN).body == TOWN


def test_decision_signed_after_the_body_ended_is_refused(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018, body=TOWN)
    take_in(desk)
    desk.pin_pack("hl", PACK_DIR)
    desk.score("hl")

    with pytest.raises(BodyDissolved, match="thôi hoạt động từ 01/07/2025"):
        decided(desk, signed_on=dt.date(2025, 7, 1))

    assert desk.season("hl").state is SeasonState.SCORED
    assert decided(desk, signed_on=dt.date(2025, 6, 30)).number == "05/QĐ-UBND"


def test_entry_registered_after_its_unit_ended_is_refused_with_its_cell(desk):
    desk.open_season("hl", title="Hồng Lĩnh", year=2025)
    rows = with_cell(REGISTERED, "HL-001", "Đơn vị đăng ký", "Công an thị xã Hồng Lĩnh")
    rows = with_cell(rows, "HL-001", "Ngày đăng ký", dt.date(2025, 7, 1))

    with pytest.raises(IntakeRefused) as refused:
        take_in(desk, workbook(registered=rows))

    (problem,) = [one for one in refused.value.problems if one.code == "unit-dissolved"]
    assert problem.message == f"HL-001 đăng ký ngày 01/07/2025, nhưng {TOLD}"
    assert len(desk.audit_lines("hl")) == 1  # the opening: nothing was written


def test_single_entry_registered_for_a_dissolved_unit_is_refused(later):
    later.open_season("hl", title="Đợt 2026", year=2026)
    form = {"name": "Đường hoa", "unit": "Thị đoàn Hồng Lĩnh", "field": "Kinh tế"}
    form |= {"level": "Cấp tỉnh", "kind": "Tập thể", "person": "Đặng Thị Hà"}
    form |= {"address": "Tổ dân phố 1", "expected": "200 hộ", "started_on": "01/02/2026"}

    with pytest.raises(BodyDissolved) as refused:
        later.add_entry("hl", form)

    assert refused.value.message == TOLD
    assert later.add_entry("hl", {**form, "unit": "Phường Bắc Hồng Lĩnh"}).code == "HL-001"

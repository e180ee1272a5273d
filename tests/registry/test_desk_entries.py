"""One entry at the desk, from draft to merged; what is refused names every field and what to do."""

import dataclasses
import datetime as dt

import pytest
from small_season import PACK_DIR, desk_at

from registry.desk.refusals import MergeUnfit, NothingToDo, WhyMissing
from registry.entry import Entry, EntryState
from registry.entry_lifecycle import EntryMoveRefused, SeasonRefuses
from registry.registration import RegistrationUnfit
from registry.store.elsewhere import EntryChangedElsewhere

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
def opened(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    return desk


def test_registered_entry_has_the_next_code_and_the_day_it_came_in(opened):
    entry = opened.add_entry("hl", FORM)

    assert entry == Entry(
        code="HL-001",
        season="hl",
        name="Đường hoa kiểu mẫu",
        unit="Phường Bắc Hồng",
        field="kinh-te",
        level="tinh",
        kind="tap-the",
        person="Đặng Thị Hà",
        address="Tổ dân phố 1",
        expected="200 hộ tham gia",
        started_on=dt.date(2016, 5, 1),
        registered_on=dt.date(2018, 12, 1),
        state=EntryState.REGISTERED,
        created_by="Hà",
    )
    assert opened.entry("HL-001") == entry
    assert opened.add_entry("hl", FORM).code == "HL-002"


def test_registration_tells_every_clear_that_is_missing_at_once(opened):
    with pytest.raises(RegistrationUnfit) as refused:
        opened.add_entry("hl", {"name": "…", "unit": "Phường Bắc Hồng", "field": "Kinh tế"})

    assert [(one.place, one.code) for one in refused.value.problems] == [
        ("Cấp đăng ký", "missing"),
        ("Loại hình", "missing"),
        ("Người phụ trách", "not-clear"),
        ("Tên mô hình", "not-clear"),
        ("Địa chỉ thực hiện", "not-clear"),
        ("Kết quả đăng ký", "not-clear"),
    ]
    assert opened.entry_lines("hl") == ()


def test_pinned_pack_asks_for_more_than_the_four_clears(opened):
    opened.pin_pack("hl", PACK_DIR)

    with pytest.raises(RegistrationUnfit) as refused:
        opened.add_entry("hl", FORM | {"started_on": ""})

    assert [str(one) for one in refused.value.problems] == [
        (
            "Ngày bắt đầu: Chưa có ngày bắt đầu; bộ quy tắc dan-van-kheo-minh-hoa cần để xét. [missing]"
            "\n    → Ghi ngày/tháng/năm."
        )
    ]


def test_draft_may_lack_anything_but_holds_nothing_that_cannot_be(opened):
    with pytest.raises(RegistrationUnfit) as refused:
        opened.draft("hl", {"field": "Kinh dị", "started_on": "31/02/2018", "colour": "đỏ"})
    draft = opened.draft("hl", {"name": "  Đường   hoa "})

    assert [one.place for one in refused.value.problems] == ["Lĩnh vực", "Ngày bắt đầu", "colour"]
    assert (draft.code, draft.name, draft.state) == ("HL-001", "Đường hoa", EntryState.DRAFT)


def test_draft_is_filled_in_and_registered(opened):
    draft = opened.draft("hl", {"name": "Đường hoa"})

    with pytest.raises(RegistrationUnfit):
        opened.register(draft.code)
    opened.edit(draft.code, FORM)
    registered = opened.register(draft.code)

    assert registered.state is EntryState.REGISTERED
    assert [line.sentence for line in opened.entry_history(draft.code)] == [
        "Lập bản nháp HL-001 “Đường hoa”.",
        (
            "Sửa HL-001 “Đường hoa kiểu mẫu”. Tên mô hình: Đường hoa → Đường hoa kiểu mẫu; Đơn vị "
            "đăng ký: (trống) → Phường Bắc Hồng; Lĩnh vực: (trống) → Kinh tế; Cấp đăng ký: (trống) → "
            "Cấp tỉnh; Loại hình: (trống) → Tập thể; Người phụ trách: (trống) → Đặng Thị Hà; Địa chỉ "
            "thực hiện: (trống) → Tổ dân phố 1; Kết quả đăng ký: (trống) → 200 hộ tham gia; Ngày bắt "
            "đầu: (trống) → 01/05/2016."
        ),
        "Đăng ký HL-001 “Đường hoa kiểu mẫu”. Ngày đăng ký: (trống) → 01/12/2018.",
    ]


def test_registered_entry_cannot_be_edited_into_an_incomplete_one(opened):
    opened.add_entry("hl", FORM)

    with pytest.raises(RegistrationUnfit):
        opened.edit("HL-001", {"person": ""})
    opened.return_entry("HL-001", reason="Sai người phụ trách")

    assert opened.edit("HL-001", {"person": ""}).person == ""


def test_second_of_two_savers_is_told_who_saved_when_and_what(opened, where, at_desk):
    read = opened.add_entry("hl", FORM)
    other = at_desk(where)
    other.edit("HL-001", {"person": "Lê Văn Ý", "host": "Hội Phụ nữ"}, revision=read.revision)

    with pytest.raises(EntryChangedElsewhere) as refused:
        opened.edit("HL-001", {"address": "Tổ 9"}, revision=read.revision)

    assert [(one.officer, one.labels) for one in refused.value.saved] == [
        ("Hà", ("tổ chức chủ trì", "người phụ trách"))
    ]
    assert opened.entry("HL-001").address == "Tổ dân phố 1"


def test_returned_entry_keeps_the_reason_and_comes_back(opened):
    opened.add_entry("hl", FORM)

    with pytest.raises(WhyMissing):
        opened.return_entry("HL-001", reason=" ")
    returned = opened.return_entry("HL-001", reason="Thiếu tên tổ dân phố")
    opened.edit("HL-001", {"address": "Tổ dân phố 7"})

    assert (returned.state, returned.state_reason) == (
        EntryState.RETURNED,
        "Thiếu tên tổ dân phố",
    )
    assert opened.register("HL-001").state_reason == ""


def test_merged_entry_names_the_one_it_went_into(opened):
    opened.add_entry("hl", FORM)
    opened.add_entry("hl", FORM | {"host": "MTTQ phường"})

    merged = opened.merge("HL-002", into="HL-001")

    assert (merged.state, merged.merged_into) == (EntryState.MERGED, "HL-001")
    with pytest.raises(EntryMoveRefused):
        opened.edit("HL-002", {"host": ""})
    for code, into in (("HL-001", "HL-001"), ("HL-001", "HL-002")):
        with pytest.raises(MergeUnfit):
            opened.merge(code, into=into)


def test_edit_that_says_nothing_new_writes_nothing(opened):
    entry = opened.add_entry("hl", FORM)

    with pytest.raises(NothingToDo):
        opened.edit("HL-001", {"person": "Đặng  Thị Hà"})

    assert opened.entry("HL-001") == entry


def test_only_standing_entries_are_scored_and_none_moves_after_the_decision(scored_desk):
    scored_desk.withdraw("HL-003", reason="Đơn vị xin rút")
    scored_desk.score("hl")

    assert [line.line.code for line in scored_desk.ranking("hl").lines] == ["HL-001", "HL-002"]
    scored_desk.decide(
        "hl",
        number="05/QĐ-UBND",
        signed_on=dt.date(2018, 12, 20),
        signer_post="CHỦ TỊCH",
        signer_name="Nguyễn Văn A",
    )
    for act in (
        lambda: scored_desk.edit("HL-001", {"host": ""}),
        lambda: scored_desk.withdraw("HL-001", reason="x"),
        lambda: scored_desk.add_entry("hl", FORM),
    ):
        with pytest.raises(SeasonRefuses):
            act()


def test_register_agrees_with_its_log_after_every_kind_of_move(opened):
    opened.add_entry("hl", FORM)
    opened.add_entry("hl", FORM)
    opened.draft("hl", {})
    opened.return_entry("HL-001", reason="x")
    opened.register("HL-001")
    opened.merge("HL-002", into="HL-001")
    opened.withdraw("HL-003", reason="thôi")

    report = opened.verify("hl")

    assert (report.problems, report.entries) == ((), ())


def test_officer_who_made_an_entry_stands_in_it(where, at_desk):
    desk = at_desk(where)
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    other = desk_at(where, officer="Ý")
    entry = other.draft("hl", {})
    other.close()

    assert dataclasses.replace(entry, created_by="") != entry
    assert desk.entry(entry.code).created_by == "Ý"

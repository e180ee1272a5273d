"""Plans: what a workbook would change in a season, before anything is written."""

import datetime as dt
from dataclasses import replace

import pytest
from intake_books import HEADINGS, book, catalogue, pack, read, registration, season

from registry.errors import IntakeRefused
from registry.intake.plan import Change, RegisterState, plan_intake


@pytest.fixture(scope="module")
def first():
    return read(season())


@pytest.fixture(scope="module")
def stored(first):
    """The season as it stands once its workbook has been taken in."""
    plan = plan_intake(first, RegisterState(season="hl-2018"))
    entries = {entry.code: replace(entry, revision=3) for entry in plan.entries}
    return RegisterState(season="hl-2018", entries=entries, facts=plan.facts, marks=plan.marks)


def test_first_workbook_is_all_new(first):
    plan = plan_intake(first, RegisterState(season="hl-2018"))

    assert (len(plan.new), plan.same, plan.changed) == (112, (), ())
    assert (len(plan.entries), len(plan.facts), len(plan.marks)) == (112, 112, 112)
    assert not plan.is_empty


def test_same_workbook_again_is_112_same(first, stored):
    plan = plan_intake(first, stored)

    assert (plan.new, len(plan.same), plan.changed) == ((), 112, ())
    assert (plan.entries, plan.facts, plan.marks, plan.is_empty) == ((), {}, {}, True)


def test_each_change_says_what_it_was_and_what_it_becomes(stored):
    cells = {
        "Đăng ký!B3": "Tổ thu gom rác",
        "Đăng ký!D3": "KT",
        "Đăng ký!K3": None,
        "Đăng ký!L3": dt.date(2018, 3, 1),
        "Kết quả!U9": 20.5,
        "Kết quả!V9": "Cấp tỉnh",
        "Kết quả!B9": None,
        "Hội đồng chấm III.3!B2": 8.5,
        "Hội đồng chấm III.3!E2": None,
    }

    plan = plan_intake(read(season(cells)), stored)

    assert plan.changed == (
        Change(
            code="HL-2018-002",
            what="Tên mô hình",
            before="Tổ tự quản thu gom rác thải tại nguồn (đợt 2)",
            after="Tổ thu gom rác",
        ),
        Change(
            code="HL-2018-002",
            what="Lĩnh vực",
            before="Văn hóa - xã hội và chỉnh trang đô thị",
            after="Kinh tế",
        ),
        Change(code="HL-2018-002", what="Ngày bắt đầu", before="24/10/2015", after=""),
        Change(code="HL-2018-002", what="Ngày đăng ký", before="12/02/2018", after="01/03/2018"),
        Change(code="HL-2018-008", what="Rõ người", before="Có", after=""),
        Change(
            code="HL-2018-008",
            what="Vốn xã hội hóa (triệu đồng)",
            before="19,9 triệu đồng",
            after="20,5 triệu đồng",
        ),
        Change(
            code="HL-2018-008", what="Cấp báo, đài đưa tin", before="Cấp huyện", after="Cấp tỉnh"
        ),
        Change(code="HL-2018-001", what="Ủy viên 1", before="", after="8,5"),
        Change(code="HL-2018-001", what="Ủy viên 4", before="7,5", after=""),
    )
    assert plan.changed_codes == ("HL-2018-002", "HL-2018-008", "HL-2018-001")
    assert (plan.new, len(plan.same)) == ((), 109)


def test_only_what_differs_is_to_be_written(stored):
    cells = {"Đăng ký!B3": "Tổ mới", "Kết quả!B9": None, "Hội đồng chấm III.3!B2": 8.5}

    plan = plan_intake(read(season(cells)), stored)

    assert plan.entries == (replace(stored.entries["HL-2018-002"], name="Tổ mới"),)
    assert plan.facts == {"HL-2018-008": {"ro_nguoi": ""}}
    assert plan.marks == {
        ("HL-2018-001", "phieu_iii_3"): {
            "Ủy viên 1": "8.5",
            "Ủy viên 2": "9",
            "Ủy viên 3": "9",
            "Ủy viên 4": "7.5",
            "Ủy viên 5": "9",
        }
    }


def test_change_reads_as_one_line():
    change = Change(code="HL-1", what="Ngày bắt đầu", before="24/10/2015", after="")

    assert str(change) == "HL-1: Ngày bắt đầu: 24/10/2015 → (trống)"


def test_new_entry_beside_stored_ones_leaves_them_and_says_so(stored):
    plan = plan_intake(read(book(S=[HEADINGS, registration("HL-2018-113")])), stored)

    assert (plan.new, plan.same, plan.changed) == (("HL-2018-113",), (), ())
    assert [entry.code for entry in plan.entries] == ["HL-2018-113"]
    (notice,) = plan.notices
    named = ", ".join(f"HL-2018-00{number}" for number in range(1, 6))
    assert notice.message == (f"112 hồ sơ trong sổ không có trong tệp, giữ nguyên: {named}, …")


def test_column_that_is_not_there_changes_nothing(stored):
    keep = [0, 1, 2, 3, 4, 5, 8, 10, 11]
    before = stored.entries["HL-2018-001"]
    row = [
        before.code, "Tên mới", before.unit, catalogue().label_of(before.field), "TX", "Tập thể",
        before.address, before.started_on, before.registered_on,
    ]  # fmt: skip

    plan = plan_intake(read(book(S=[[HEADINGS[at] for at in keep], row])), stored)

    assert plan.entries == (replace(before, name="Tên mới"),)


def test_results_for_a_code_nobody_registered_are_refused(stored):
    intake = read(season({"Kết quả!A9": "X-9"}, drop=("Đăng ký",)), registered=None)

    with pytest.raises(IntakeRefused) as refused:
        plan_intake(intake, stored)

    assert [(str(p.place), p.message) for p in refused.value.problems] == [
        ("Kết quả!A9", "Mã X-9 chưa được đăng ký.")
    ]


def test_unit_spelt_in_another_way_than_in_the_register_is_refused(stored):
    data = book(S=[HEADINGS, registration("HL-2018-113", C="Xã Thuận lộc")])

    with pytest.raises(IntakeRefused) as refused:
        plan_intake(read(data), stored)

    assert [(str(p.place), p.message) for p in refused.value.problems] == [
        ("S!A2", "Đơn vị “Xã Thuận lộc” của HL-2018-113 trong sổ viết là “Xã Thuận Lộc”.")
    ]


def test_plan_without_results_can_come_before_the_reports(stored):
    registrations = read(season(drop=("Kết quả", "Hội đồng chấm III.3", "Ghi chú")))
    empty = RegisterState(season="hl-2018")

    assert len(plan_intake(registrations, empty).new) == 112
    assert len(plan_intake(registrations, stored).same) == 112
    assert pack().id == "dan-van-kheo-minh-hoa"

"""Taking workbooks in at the desk: planned, applied once, refused whole."""

import shutil

import pytest
from small_season import (
    MARKED,
    PACK_DIR,
    REGISTERED,
    REPORTED,
    decided,
    desk_at,
    take_in,
    with_cell,
    workbook,
)

from registry.assess import Stage
from registry.desk.refusals import NoPackFits, NothingToDo
from registry.errors import IntakeRefused
from registry.intake.plan import Change
from registry.lifecycle import SeasonDecided
from registry.rulebook import RULES_DIR
from registry.store import facts


@pytest.fixture
def desk(path):
    """A desk with an open season ``hl`` and nothing in it."""
    desk = desk_at(path)
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    return desk


def sentences(desk):
    return [line.sentence for line in desk.audit_lines()]


def marks(desk, code):
    with desk._store.read() as connection:
        return facts.marks_of(connection, season="hl")[code, "phieu_iii_3"]


def test_plan_writes_nothing(desk):
    plan = desk.plan_intake(workbook(), file="mùa.xlsx", season="hl")

    assert (plan.new, plan.same, plan.changed) == (("HL-001", "HL-002", "HL-003"), (), ())
    assert desk.entry_lines("hl") == ()
    assert len(desk.audit_lines()) == 1


def test_applied_workbook_is_in_the_register(desk):
    plan = take_in(desk)

    assert plan.new == ("HL-001", "HL-002", "HL-003")
    assert [(e.code, e.name, e.field, e.level) for e in desk.entry_lines("hl")] == [
        ("HL-001", "Đường hoa kiểu mẫu", "Kinh tế", "Cấp tỉnh"),
        ("HL-002", "Camera an ninh", "An ninh - quốc phòng", "Cấp thị xã"),
        ("HL-003", "Tiếng trống học bài", "Kinh tế", "Cấp thị xã"),
    ]
    with desk._store.read() as connection:
        cells = facts.cells_by_stage(connection, season="hl")
    assert {stage: len(found) for stage, found in cells.items()} == {
        Stage.SELF: 3,
        Stage.APPRAISED: 0,
        Stage.FINAL: 0,
    }
    assert cells[Stage.SELF]["HL-002"]["so_ho_tham_gia"] == "86"
    assert cells[Stage.SELF]["HL-002"]["cap_dua_tin"] == "huyen"
    members = ["Ủy viên 1", "Ủy viên 2", "Ủy viên 3", "Ủy viên 4", "Ủy viên 5"]
    assert list(marks(desk, "HL-002").items()) == list(
        zip(members, ("8", "", "8.5", "8", ""), strict=False)
    )
    assert sentences(desk)[1:] == [
        "Nhập mùa 2018.xlsx: 3 hồ sơ mới, 0 chỗ sửa, 0 hồ sơ giữ nguyên."
    ]


def test_same_workbook_twice_writes_nothing(desk, path):
    take_in(desk)
    before = path.read_bytes()

    assert desk.plan_intake(workbook(), file="x.xlsx", season="hl").same == (
        "HL-001",
        "HL-002",
        "HL-003",
    )
    with pytest.raises(NothingToDo) as refused:
        take_in(desk, workbook(marked=None))

    assert refused.value.message == "3 hồ sơ giống hệt số liệu đã có trong sổ, không ghi gì."
    assert path.read_bytes() == before


def test_same_file_twice_is_answered_with_the_day_it_came(desk):
    data = workbook()
    take_in(desk, data, file="mùa 2018.xlsx")

    with pytest.raises(NothingToDo) as refused:
        take_in(desk, data, file="gửi lại.xlsx")

    assert refused.value.message == (
        "3 hồ sơ giống hệt lần nhập mùa 2018.xlsx ngày 01/12/2018, không ghi gì."
    )


def test_changed_cells_are_written_and_the_log_keeps_what_stood_there(desk):
    take_in(desk)
    changed = workbook(
        registered=with_cell(REGISTERED, "HL-001", "Người phụ trách", "Đặng Thị Hoa"),
        reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", 97),
        marked=with_cell(MARKED, "HL-003", "Ủy viên 1", 7.5),
    )

    plan = take_in(desk, changed, file="sửa.xlsx")

    assert (plan.new, plan.same) == ((), ())
    assert plan.changed == (
        Change(code="HL-001", what="Người phụ trách", before="Đặng Thị Hà", after="Đặng Thị Hoa"),
        Change(code="HL-002", what="Số hộ tham gia", before="86 hộ", after="97 hộ"),
        Change(code="HL-003", what="Ủy viên 1", before="7", after="7,5"),
    )
    assert [e.person for e in desk.entry_lines("hl", text="hoa")] == ["Đặng Thị Hoa"]
    assert marks(desk, "HL-003")["Ủy viên 1"] == "7.5"
    assert desk.audit_lines()[-1].data.count('["HL-002","Số hộ tham gia","86 hộ","97 hộ"]') == 1


def test_results_may_come_later_than_registrations(desk):
    take_in(desk, workbook(reported=None, marked=None), file="đăng ký.xlsx")
    assert desk.funnel("hl").with_results == 0

    plan = take_in(desk, workbook(registered=None), file="kết quả.xlsx")

    assert (plan.new, len(plan.changed_codes)) == ((), 3)
    assert desk.funnel("hl").with_results == 3


def test_marks_of_members_who_come_later_stand_behind_the_others(desk):
    take_in(desk, workbook(marked=tuple(row[:3] for row in MARKED)))

    take_in(desk, workbook(marked=tuple((row[0], *row[4:]) for row in MARKED)), file="sau.xlsx")

    assert list(marks(desk, "HL-001").items()) == [
        ("Ủy viên 1", "9"),
        ("Ủy viên 2", "9.5"),
        ("Ủy viên 4", "9"),
        ("Ủy viên 5", "9"),
    ]


def test_new_entries_join_those_already_there(desk):
    take_in(desk, workbook(registered=REGISTERED[:3], reported=REPORTED[:3], marked=MARKED[:3]))

    plan = take_in(desk)

    assert (plan.new, plan.same) == (("HL-003",), ("HL-001", "HL-002"))


def test_refused_workbook_names_every_cell_and_writes_nothing(desk, path):
    before = path.read_bytes()
    faulty = workbook(
        registered=with_cell(REGISTERED, "HL-002", "Lĩnh vực", "Kinh tế học"),
        reported=with_cell(REPORTED, "HL-001", "Tổng số hộ trên địa bàn", "hai trăm"),
        marked=with_cell(MARKED, "HL-003", "Ủy viên 1", 10.3),
    )

    with pytest.raises(IntakeRefused) as refused:
        take_in(desk, faulty)

    places = [problem.place for problem in refused.value.problems]
    assert places == ["Đăng ký!D3", "Kết quả!H2", "Hội đồng chấm III.3!B4"]
    assert path.read_bytes() == before


def test_results_for_an_unregistered_code_are_refused(desk):
    take_in(desk)
    stray = (REPORTED[0], ("HL-0O1", *REPORTED[1][1:]))

    with pytest.raises(IntakeRefused) as refused:
        take_in(desk, workbook(registered=None, reported=stray, marked=None))

    (problem,) = refused.value.problems
    assert (problem.place, problem.message) == ("Kết quả!A2", "Mã HL-0O1 chưa được đăng ký.")


def test_code_of_another_season_is_refused(desk):
    take_in(desk)
    desk.open_season("hai", title="Hai", year=2019)

    with pytest.raises(IntakeRefused) as refused:
        take_in(desk, season="hai")

    assert [problem.message for problem in refused.value.problems] == [
        f"Mã HL-00{n} đã đăng ký ở đợt hl." for n in (1, 2, 3)
    ]
    assert desk.entry_lines("hai") == ()


def test_decided_season_takes_nothing_in(scored_desk, path):
    decided(scored_desk)
    before = path.read_bytes()

    for ask in (scored_desk.plan_intake, scored_desk.apply_intake):
        with pytest.raises(SeasonDecided):
            ask(workbook(), file="muộn.xlsx", season="hl")

    assert path.read_bytes() == before


def test_pack_is_chosen_by_the_headings_until_one_is_pinned(desk, tmp_path):
    rules = tmp_path / "rules"
    shutil.copytree(RULES_DIR / "catalogue", rules / "catalogue")
    bare = desk_at(tmp_path / "khác.db", rules_dir=rules)
    bare.open_season("hl", title="Hồng Lĩnh", year=2018)

    with pytest.raises(NoPackFits, match="Không có bộ quy tắc nào dùng được"):
        bare.plan_intake(workbook(), file="mùa.xlsx", season="hl")

    desk.pin_pack("hl", PACK_DIR)
    assert len(take_in(desk).new) == 3

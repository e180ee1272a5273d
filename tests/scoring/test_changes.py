"""What changed between two packs: words or rules, by id, before and after."""

import pytest
from small_pack import PACK, changed, small_pack

from scoring.comparing.changes import Difference, difference_of, rule_changes
from scoring.comparing.meaning import meaning_digest

OLD = small_pack()

WORDING = {
    "label: Rõ việc}": "label: Rõ từng việc}",
    "label: Nhóm một": "label: Nhóm thứ nhất",
    "title: Bộ quy tắc nhỏ": "title: Bộ quy tắc be bé",
    "document: Quy định nhỏ": "document: Quy định số 1",
    "basis: Điều 2 khoản 1": "basis: Điều 2 khoản 1a",
    "unit: hộ, label: Số hộ tham gia": "unit: gia đình, label: Số hộ tham gia",
    "choices: {khong: Không, tinh: Cấp tỉnh}": "choices: {khong: Không có, tinh: Cấp tỉnh}",
    "version: 1.0.0": "version: 1.0.1",
    "label: Từ 10}": "label: Từ mười}",
    "label: cả huyện 3": "label: toàn huyện 03",
}
RULES = {
    "{from: 80, points: 10}": (
        "{from: 80, points: 9}",
        "tiêu chí I.1 (Điều 2 khoản 1): từ 80%: 10 điểm → từ 80%: 9 điểm",
    ),
    "require: thang >= 6": (
        "require: thang >= 8",
        "điều kiện xét DK.1 (Điều 1): khi thang >= 6 → khi thang >= 8",
    ),
    "when: total >= 20": (
        "when: total >= 21",
        "mức xếp loại tot (Điều 4): khi total >= 20 → khi total >= 21",
    ),
    "most: 2, per: don_vi": (
        "most: 1, per: don_vi",
        "chỉ tiêu khen/don_vi: nhiều nhất 2 → nhiều nhất 1",
    ),
    "tham_gia: {type: integer, min: 0": (
        "tham_gia: {type: integer, min: 1",
        "số liệu tham_gia: tối thiểu 0 → tối thiểu 1",
    ),
    "value: 2018-11-30": (
        "value: 2018-12-15",
        "hằng số han: giá trị 30/11/2018 → giá trị 15/12/2018",
    ),
    "value: tham_gia / so_ho * 100": (
        "value: tham_gia / so_ho * 99",
        "số liệu tính ra ty_le: giá trị tham_gia / so_ho * 100 → giá trị tham_gia / so_ho * 99",
    ),
    "when: not ro_viec, grade: khong-dat": (
        "when: not ro_viec, grade: dat",
        "loại trừ LT.1 (Điều 4): mức khong-dat → mức dat",
    ),
    "order: [total, I, tham_gia]": (
        "order: [total, tham_gia, I]",
        "xếp hạng ranking: thứ tự total; I; tham_gia → thứ tự total; tham_gia; I",
    ),
    "trim: {from: 5,": (
        "trim: {from: 6,",
        (
            "tiêu chí II (Điều 3): trung bình các phiếu; từ 5 phiếu thì bỏ 1 phiếu cao nhất, "
            "1 phiếu thấp nhất → trung bình các phiếu; từ 6 phiếu thì bỏ 1 phiếu cao nhất, "
            "1 phiếu thấp nhất"
        ),
    ),
}


@pytest.mark.parametrize("old", WORDING)
def test_words_do_not_count(old):
    new = small_pack(changed(old, WORDING[old]))
    changes = rule_changes(OLD, new)

    assert new.digest != OLD.digest
    assert meaning_digest(new) == meaning_digest(OLD)
    assert all(one.wording for one in changes)
    if not old.startswith("version"):
        assert difference_of(changes) is Difference.WORDING


@pytest.mark.parametrize("old", RULES)
def test_rule_is_told_by_id_before_and_after(old):
    text, told = RULES[old]
    new = small_pack(changed(old, text))

    assert [one.text() for one in rule_changes(OLD, new)] == [told]
    assert difference_of(rule_changes(OLD, new)) is Difference.RULES
    assert meaning_digest(new) != meaning_digest(OLD)


@pytest.mark.parametrize("old", RULES)
def test_changes_the_other_way_round_swap_before_and_after(old):
    new = small_pack(changed(old, RULES[old][0]))
    there, back = rule_changes(OLD, new), rule_changes(new, OLD)

    assert [(one.id, one.before, one.after) for one in there] == [
        (one.id, one.after, one.before) for one in back
    ]


def test_pack_does_not_differ_from_itself():
    assert rule_changes(OLD, small_pack()) == ()
    assert difference_of(()) is Difference.NONE


def test_layout_and_comments_do_not_count():
    assert rule_changes(OLD, small_pack(f"# ghi chú\n{PACK}\n")) == ()


def test_rule_that_comes_or_goes_is_told_whole():
    gate = "  - {id: DK.2, label: Rõ việc, require: ro_viec, basis: Điều 1}\ncriteria:\n"
    new = small_pack(changed("criteria:\n", gate))

    assert [one.text() for one in rule_changes(OLD, new)] == [
        "điều kiện xét DK.2 (Điều 1): thêm mới: khi ro_viec"
    ]
    assert [one.text() for one in rule_changes(new, OLD)] == [
        "điều kiện xét DK.2 (Điều 1): bỏ: khi ro_viec"
    ]


def test_the_same_rule_written_in_another_shape_is_only_worded_otherwise():
    written = "branches: [{when: ro_viec, points: 4}, {points: 0}]"
    new = small_pack(changed("yes_no: {when: ro_viec, points: 4}", written))

    assert difference_of(rule_changes(OLD, new)) is Difference.WORDING


def test_order_of_grades_counts():
    text = changed("criteria:\n", "criteria:\n")
    tot = "  - {id: tot, label: Tốt, when: total >= 20, basis: Điều 4}\n"
    dat = "  - {id: dat, label: Đạt, when: total >= 10, basis: Điều 4}\n"
    new = small_pack(text.replace(tot + dat, dat + tot))

    assert [one.text() for one in rule_changes(OLD, new)] == [
        "mức xếp loại thứ tự: thứ tự: tot, dat, khong-dat → thứ tự: dat, tot, khong-dat"
    ]

"""One doubtful thing in a sound pack: its place, its kind, and what the author is told."""

import datetime as dt

import pytest
from small_pack import PACK, place_of

from registry.rulebook import RULES_DIR, read_pack_files
from scoring.lint.linting import lint_pack
from scoring.problems import PackError

SOUND = (
    PACK.replace("      label: Thêm\n", "      label: Thêm\n      max: 3\n      basis: Điều 6\n")
    .replace(
        'label: Trừ, max: 2, points: "1 - 1"}',
        "label: Trừ, max: 2, points: tham_gia, basis: Điều 7}",
    )
    .replace(
        "  order: [total, I, tham_gia]\n",
        "  order: [total, I, ty_le, thang]\n  then: vote\n  basis: Điều 8\n",
    )
)


def findings(text, *, at=None):
    """``(place, code, message and hint)`` of everything doubtful in a pack of one file."""
    found = lint_pack({"pack.yaml": text}, name="nho", at=at)
    return [(str(one.place), one.code, f"{one.message} {one.hint}") for one in found]


def altered(old, new):
    assert SOUND.count(old) == 1, (SOUND.count(old), old)
    return SOUND.replace(old, new)


TIERS = """\
            - {from: 80, points: 10}
            - {from: 50, below: 80, points: 5}
            - {below: 50, points: 0}
"""
TABLE = f'        tiers:\n          of: ty_le\n          unit: "%"\n          bands:\n{TIERS}'
GATE = "require: thang >= 6"

# (what stands in the pack, what the author wrote instead, the piece the finding points at,
#  how far into that piece, code, part of what is told)
# fmt: off
ONE_DOUBT = [
    # Tiers
    ("{from: 50, below: 80, points: 5}", "{from: 50, to: 80, points: 5}", "{from: 50", 0, "tier-overlap", "Từ 80 đến 80% thuộc hai bậc: “từ 80%” (dòng 37) và “từ 50 đến 80%”."),
    ("{from: 50, below: 80, points: 5}", "{from: 50, below: 90, points: 5}", "{from: 50", 0, "tier-overlap", "Từ 80 đến dưới 90% thuộc hai bậc"),
    ("{below: 50, points: 0}", "{to: 50, points: 0}", "{to: 50", 0, "tier-overlap", "Từ 50 đến 50% thuộc hai bậc"),
    ("{from: 80, points: 10}", "{above: 80, points: 10}", "{from: 50", 0, "tier-gap", "Từ 80 đến 80% không thuộc bậc nào"),
    ("{from: 50, below: 80, points: 5}", "{from: 50, to: 79, points: 5}", "{from: 50", 0, "tier-gap", "Trên 79 đến dưới 80% không thuộc bậc nào"),
    ("            - {below: 50, points: 0}\n", "", "{from: 50", 0, "tier-gap", "Từ 0 đến dưới 50% không thuộc bậc nào"),
    ("{from: 80, points: 10}", "{from: 80, below: 200, points: 10}", "{from: 80", 0, "tier-gap", "Từ 200% trở lên không thuộc bậc nào"),
    ("{below: 50, points: 0}", "{from: 0, below: 50, points: 0}\n            - {below: 0, points: 0}", "{below: 0", 0, "unreachable", "giá trị đo chỉ từ 0% trở lên"),
    ("{below: 50, points: 0}", "{below: 50, points: 0}\n            - {from: 30, below: 20, points: 0}", "{from: 30", 0, "unreachable", "hai đầu ngược nhau"),
    (TIERS, "".join(TIERS.splitlines(keepends=True)[at] for at in (1, 0, 2)), "{from: 50", 0, "tier-order", "không đứng theo thứ tự"),
    # Conditions
    (GATE, "require: so_ho >= 1", "so_ho >= 1", 0, "always-true", "luôn đúng với min, max"),
    (GATE, "require: so_ho < 1", "so_ho < 1", 0, "always-false", "không bao giờ đúng với min, max"),
    (GATE, "require: so_ho == 2.5", "so_ho == 2.5", 0, "always-false", "không bao giờ đúng"),
    (GATE, "require: ty_le >= 0", "ty_le >= 0", 0, "always-true", "luôn đúng"),
    (GATE, "require: thang >= 6 and thang < 3", "thang < 3", 0, "always-false", "khi xét sau vế trước"),
    (GATE, "require: thang >= 6 or thang < 7", "thang < 7", 0, "always-true", "khi xét sau vế trước"),
    (GATE, "require: thang * 2 >= 6 and ro_viec and thang * 2 == 5", "thang * 2 == 5", 0, "always-false", "Sửa ngưỡng"),
    (GATE, "require: 'cap in [\"khong\", \"tinh\"]'", 'cap in ["khong"', 0, "always-true", "không loại ai"),
    (GATE, 'require: cap == "tinh" and cap == "khong"', 'cap == "khong" , '[:-3] + ", basis: Điều 1", 0, "always-false", "khi xét sau"),
    (GATE, "require: true", "true, basis", 0, "always-true", "viết sẵn"),
    (GATE, "require: 'count_true(ro_viec, thang >= 6) <= 2'", "count_true", 0, "always-true", "luôn đúng"),
    (GATE, "require: count(phieu) >= 3 and mean(phieu) > 10", "mean(phieu) > 10", 0, "always-false", "không bao giờ đúng"),
    (GATE, "require: 'max(so_ho, tham_gia) >= 1'", "max(so_ho", 0, "always-true", "luôn đúng"),
    (GATE, "require: '(thang >= 6 ? 1 : (thang >= 8 ? 2 : 3)) > 1'", "thang >= 8", 0, "always-false", "sau những điều kiện trước nó"),
    (GATE, "require: (them ?? 0) >= 1 and not (so_ho > 0)", "so_ho > 0", 0, "always-true", "luôn đúng"),
    ("when: total >= 20", "when: total >= 34", "total >= 34", 0, "always-false", "không bao giờ đúng"),
    ("when: total >= 20", "when: total >= 20 and I >= 20.5", "I >= 20.5", 0, "always-false", "không bao giờ đúng"),
    ("when: total >= 20", "when: total >= 20 and zero_criteria > 4", "zero_criteria > 4", 0, "always-false", "không bao giờ đúng"),
    ("        - {points: 0, label: Còn lại}\n", "        - {when: (them ?? 0) >= 20, points: 2}\n        - {points: 0, label: Còn lại}\n", "(them ?? 0) >= 20", 0, "unreachable", "các nhánh trên đã nhận hết"),
    # Points
    ("{from: 80, points: 10}", "{from: 80, points: 11}", "11}", 0, "over-max", "11 điểm vượt tối đa 10 của I.1"),
    ("yes_no: {when: ro_viec, points: 4}", "yes_no: {when: ro_viec, points: 5}", "5}\n      - id: I.3", 0, "over-max", "5 điểm vượt tối đa 4"),
    ("{tinh: 6, khong: 0}", "{tinh: 7, khong: 0}", "7, khong", 0, "over-max", "7 điểm vượt tối đa 6"),
    ("min: 0, max: 10, step: 0.5", "min: 0, max: 11, step: 0.5", "phieu, at_least", 0, "over-max", "11 điểm vượt tối đa 10 của II"),
    ("points: 3, label: Từ 10", "points: 4, label: Từ 10", "4, label", 0, "over-max", "4 điểm vượt tối đa 3 của T.1"),
    ("{from: 80, points: 10}", "{from: 80, points: 9}", "10\n        basis", 0, "under-max", "Không hồ sơ nào đạt tối đa 10 của I.1: cao nhất là 9."),
    ("min: 0, max: 10, step: 0.5", "min: 0, max: 9, step: 0.5", "10\n    basis: Điều 3\n    judged", 0, "under-max", "cao nhất là 9"),
    ("bonus:\n  max: 3", "bonus:\n  max: 4", "4\n  parts", 0, "under-max", "Điểm thưởng ghi tối đa 4, các mục cộng lại chỉ 3."),
    ("max: 2, points: tham_gia", "max: 2, points: 0 - tham_gia - 1", "0 - tham_gia", 0, "sign", "chỉ cho điểm âm"),
    # Other shapes
    (TABLE, '        ratio: {of: ty_le, unit: "%", points: 10, full_at: 50, cut: 80}\n', "80}", 0, "unreachable", "Không hồ sơ nào rơi vào “tỷ lệ"),
    (TABLE, '        ratio: {of: "min(ty_le, 90)", unit: "%", points: 10, full_at: 95}\n', "95}", 0, "unreachable", "“từ 95%, đủ 10 điểm”"),
    (TABLE, '        ratio: {of: ty_le, unit: "%", points: 10, full_at: 100, cut: 0}\n', "0}\n      - id: I.2", 0, "unreachable", "“dưới 0%, không có điểm”"),
    (TABLE, '        steps: {of: "min(ty_le, 15)", from: 20, points: 3, per: 10, add: 1, cap: 10}\n', "20, points: 3", 0, "unreachable", "Không hồ sơ nào tới được"),
    (TABLE, "        count: {of: tham_gia, points: 1, cap: 11}\n", "11}\n", 0, "over-max", "11 điểm vượt tối đa 10"),
    (TABLE, "        count: {of: tham_gia, points: 1, cap: 9}\n", "10\n        basis", 0, "under-max", "cao nhất là 9"),
    (TABLE, "        each_yes: {of: [ro_viec, thang >= 6, ty_le > 3], points: 4}\n", "4}\n      - id: I.2", 0, "over-max", "12 điểm vượt tối đa 10"),
    # Verdicts
    ("when: total >= 10, ", "when: total >= 25, ", "total >= 25", 0, "grade-unreachable", "Không ai được xếp “Đạt”"),
    ("at_most: dat", "at_most: tot", "tot, basis: Điều 4}\nranking", 0, "no-effect", "đã là mức cao nhất"),
    ("grade: khong-dat", "grade: tot", "tot, basis: Điều 4}\ncaps", 0, "no-effect", "LT.1 không có tác dụng"),
    ("  then: vote\n", "", "order: [total", 0, "tie-end", "Thêm then: vote"),
    ("order: [total, I, ty_le, thang]", "order: [total, I, ty_le, thang, total]", "total]", 0, "tie-key", "đã so ở bước 1"),
    ("order: [total, I, ty_le, thang]", "order: [total, I, ty_le, thang, 5]", "5]", 0, "tie-key", "ở ai cũng như nhau"),
    ("{most: 3, label: cả huyện 3}", "{most: 0, label: cả huyện 3}", "0, label: cả", 0, "quota-zero", "không ai được chọn"),
    ("{most: 2, per: don_vi}", "{most: 3, per: don_vi}", "3, per", 0, "quota-slack", "không bao giờ vướng"),
    ("{most: 2, per: don_vi}", "{share: {percent: 0, of: [tot]}, per: don_vi}", "0, of: [tot]", 0, "quota-zero", "bằng 0%"),
    ("{most: 2, per: don_vi}", "{share: {percent: 100, of: [tot]}, per: don_vi}", "100, of", 0, "quota-slack", "không bao giờ loại ai"),
    ("{most: 2, per: don_vi}", "{share: {percent: 20, of: []}, per: don_vi}", "[]}, per", 0, "quota-base", "tỷ lệ của số không"),
    ("from: [tot, dat]\n    basis", "from: [tot, tot]\n    basis", "tot]\n    basis", 0, "repeated", "viết hai lần"),
    # Text
    (GATE, "require: thang >= 6 or ro_viec and so_ho > 5", "and so_ho > 5", 0, "mixed-logic", "Trộn and với or"),
    (GATE, "require: not thang == 6", "not thang", 0, "not-compare", "not đứng trước"),
    ("points: tham_gia", "points: 'tham_gia > 1 ? 1 : tham_gia > 0 ? 2 : 0'", "? 2", 0, "nested-choice", "“? :” nằm trong"),
    # Declarations
    ("constants:\n", "  la: {type: text, label: Lạ}\nconstants:\n", "la: {", 0, "unused", "Số liệu “la” khai ra"),
    ("constants:\n", "constants:\n  la: {label: Lạ, value: 3}\n", "la: {", 0, "unused", "Hằng số “la” khai ra"),
    ("derived:\n", "derived:\n  la: {label: Lạ, value: so_ho + 1}\n", "la: {", 0, "unused", "Số tính được “la” khai ra"),
    ("constants:\n", "  la: {type: text, label: Lạ, evidence: required}\nconstants:\n", "required}", 0, "evidence", "đòi minh chứng"),
    ("label: Số hộ tham gia}", "label: Tổng số  hộ}", "Tổng số  hộ", 0, "same-label", "Tên “Tổng số  hộ” đã dùng ở dòng 8."),
    ("label: Đạt, when", "label: tốt, when", "tốt, when", 0, "same-label", "Đặt tên khác"),
    ("        label: Rõ việc\n", "        label: Tỷ lệ tham gia\n", "Tỷ lệ tham gia\n        max: 4", 0, "same-label", "đã dùng ở dòng 30"),
    ("{id: DK.1, label: Duy trì 06 tháng, require: thang >= 6, basis: Điều 1}", "{id: DK.1, label: Duy trì 06 tháng, require: thang >= 6}", "{id: DK.1", 0, "no-basis", "DK.1 chưa dẫn điều"),
    ("    basis: Điều 3\n", "", "id: II\n", 0, "no-basis", "II chưa dẫn điều"),
    ("  then: vote\n  basis: Điều 8\n", "  then: vote\n", "ranking:", 0, "no-basis", "Cách xếp hạng chưa dẫn"),
    ("label: Khen\n    from: [tot, dat]\n    basis: Điều 5\n", "label: Khen\n    from: [tot, dat]\n", "id: khen", 0, "no-basis", "khen chưa dẫn điều"),
]
# fmt: on


@pytest.mark.parametrize(
    ("old", "new", "piece", "shift", "code", "told"),
    ONE_DOUBT,
    ids=[f"{one[4]}: {one[1][:40]!r}" for one in ONE_DOUBT],
)
def test_pack_with_one_doubt_names_place_kind_and_remedy(old, new, piece, shift, code, told):
    text = altered(old, new)
    found = findings(text)
    assert [(place, kind) for place, kind, _ in found] == [
        (place_of(text, piece, shift=shift), code)
    ]
    assert told in found[0][2]


# fmt: off
SENSIBLE = [
    # A table of whole numbers may write its ends as whole numbers.
    ("of: ty_le", "of: so_ho", TIERS, TIERS.replace("below: 80", "to: 79").replace("below: 50", "to: 49")),
    # A share ends at 100, though no fact says so.
    ("{from: 80, points: 10}", "{from: 80, to: 100, points: 10}"),
    # Shapes whose last step is where the measure starts.
    (TABLE, '        steps: {of: ty_le, from: 0, points: 3, per: 10, add: 1, cap: 10}\n'),
    (TABLE, "        count: {of: tham_gia, points: 1}\n"),
    # From the lowest up is an order too; and a band that starts where the range does.
    (TIERS, "".join(reversed(TIERS.splitlines(keepends=True)))),
    ("{below: 50, points: 0}", "{from: 0, below: 50, points: 0}"),
    # Said again for the reader's sake.
    ("        - {points: 0, label: Còn lại}\n", "        - {when: (them ?? 0) < 10 and (them ?? 0) >= 5, points: 1}\n        - {points: 0, label: Còn lại}\n"),
    ("        - {points: 0, label: Còn lại}\n", "        - {when: (them ?? 0) < 10, points: 1}\n        - {points: 0, label: Còn lại}\n"),
    # The lower grade is open to those whose better one could not be judged.
    ("when: total >= 20", "when: total >= 10 and tham_gia >= 5"),
    ("when: total >= 20", "when: ro_viec", "when: total >= 10, ", "when: not ro_viec, "),
    # Nobody competes for places, so nobody has to decide between equals.
    ("  then: vote\n", "", "    quotas:\n      - {most: 3, label: cả huyện 3}\n      - {most: 2, per: don_vi}\n", "    require: don_vi != null\n"),
    # Parentheses are there.
    (GATE, "require: (thang >= 6 and ro_viec) or thang >= 12"),
    (GATE, "require: not (thang == 6) and not ro_viec"),
    (GATE, "require: 'ro_viec ? thang >= 6 and so_ho > 3 : thang >= 9 or so_ho > 5'"),
    # A fact that only a quota, a group of peers or the register needs.
    ("constants:\n", "  nguoi: {type: text, label: Người, ask: register, entry: name}\nconstants:\n"),
    # A tiny maximum that only part of the way reaches, by rounding.
    ("{from: 80, points: 10}", "{from: 80, points: 10.0}"),
]
# fmt: on


@pytest.mark.parametrize("changes", [(), *SENSIBLE], ids=lambda one: str(one[1:2])[:50])
def test_sensible_pack_is_left_alone(changes):
    text = SOUND
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    assert findings(text) == []


@pytest.mark.parametrize(
    "folder",
    [file.parent for file in sorted(RULES_DIR.glob("*/pack.yaml"))],
    ids=lambda one: one.name,
)
def test_packs_that_come_along_are_left_alone(folder):
    found = lint_pack(read_pack_files(folder), name=folder.name)
    assert [str(one) for one in found] == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2017, 12, 31), [("not-yet", "from: 2018-01-01", "Ngày 31/12/2017")]),
        (dt.date(2018, 1, 1), []),
        (dt.date(2018, 12, 31), []),
        (dt.date(2019, 1, 1), [("expired", "to: 2018-12-31", "đã hết hiệu lực (đến 31/12/2018)")]),
    ],
)
def test_dates_are_held_against_the_day_asked_for_only(day, expected):
    found = findings(SOUND, at=day)
    assert [(place, code) for place, code, _ in found] == [
        (place_of(SOUND, piece, shift=piece.index(" ") + 1), code) for code, piece, _ in expected
    ]
    assert all(told in text for (_, _, text), (_, _, told) in zip(found, expected, strict=True))
    assert findings(SOUND) == []


def test_look_alike_choices_are_told_apart():
    text = altered("{khong: Không, tinh: Cấp tỉnh}", "{khong: Không, tinh: Cấp tỉnh, kh0ng: Khống}")
    text = text.replace("{tinh: 6, khong: 0}", "{tinh: 6, khong: 0, kh0ng: 0}")
    [(place, code, told)] = findings(text)
    assert (place, code) == (place_of(text, "kh0ng: Khống"), "look-alike")
    assert "“kh0ng” nhìn giống “khong”" in told


def test_footnote_mark_glued_to_a_number_is_told():
    choices = "{a: A, b: B, c: C, khong: Không, tinh: Cấp tỉnh}"
    text = altered("{khong: Không, tinh: Cấp tỉnh}", choices).replace(
        "{tinh: 6, khong: 0}", "{tinh: 6, a: 4, b: 33, c: 2, khong: 0}"
    )
    found = findings(text)
    assert [(place, code) for place, code, _ in found] == [
        (place_of(text, "33, c"), "footnote"),
        (place_of(text, "33, c"), "over-max"),
    ]
    assert "có thể là 3 dính số chú thích 3" in found[0][2]


def test_block_without_items_is_told():
    text = SOUND[: SOUND.index("bonus:")] + "bonus: {max: 3}\n" + SOUND[SOUND.index("penalty:") :]
    text = text.replace("  them: {type: decimal, label: Số thêm, optional: true}\n", "")
    [(place, code, _)] = findings(text)
    assert (place, code) == (place_of(text, "bonus:"), "empty-block")


def test_selection_of_grades_nobody_gets_is_told():
    text = altered("when: total >= 10, ", "when: total >= 25, ")
    text = text.replace("from: [tot, dat]\n    basis", "from: [dat]\n    basis")
    text = text.replace("at_most: dat", "at_most: khong-dat")
    found = findings(text)
    assert [(place, code) for place, code, _ in found] == [
        (place_of(text, "total >= 25"), "grade-unreachable"),
        (place_of(text, "[dat]\n    basis"), "selection-empty"),
    ]


def test_pack_with_faults_is_not_looked_at():
    with pytest.raises(PackError):
        lint_pack({"pack.yaml": altered("max: 20", "max: 21")}, name="nho")

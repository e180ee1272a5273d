"""``dvk rules impact`` on the real season names whom the second calculation names, no one else."""

import json
from fractions import Fraction

import pytest
from command_line import PACK, SEASON, WORKBOOK, ask, contents, english_in
from drafts import draft
from independent import (
    AS_WRITTEN,
    Clauses,
    rank_and_select,
    read_season,
    score_entry,
)

EXCELLENT_92 = {"total >= 90 and": "total >= 92 and"}
FIELD_3 = {
    "most: 4, per: linh_vuc, label: mỗi lĩnh vực không quá 04": (
        "most: 3, per: linh_vuc, label: mỗi lĩnh vực không quá 03"
    )
}
LATE_5 = {"require: so_ngay_nop_muon <= 10": "require: so_ngay_nop_muon <= 5"}
FROM_80 = {
    "{from: 85, below: 95, points: 10}": "{from: 80, below: 95, points: 10}",
    "{from: 70, below: 85, points: 7}": "{from: 70, below: 80, points: 7}",
}
DRAFTS = {
    "Xuất sắc từ 92": ({"pack": EXCELLENT_92}, Clauses(excellent_from=92)),
    "mỗi lĩnh vực không quá 3": ({"pack": FIELD_3}, Clauses(at_most_field=3)),
    "nộp muộn không quá 5 ngày": ({"pack": LATE_5}, Clauses(most_days_late=5)),
    "từ 80% hộ tham gia": (
        {"efforts": FROM_80},
        Clauses(households=((95, 12), (80, 10), (70, 7), (50, 4))),
    ),
    "cả bốn": (
        {"pack": EXCELLENT_92 | FIELD_3 | LATE_5, "efforts": FROM_80},
        Clauses(
            households=((95, 12), (80, 10), (70, 7), (50, 4)),
            most_days_late=5,
            excellent_from=92,
            at_most_field=3,
        ),
    ),
    "mỗi đơn vị không quá 1": (
        {"pack": {"most: 2, per: don_vi": "most: 1, per: don_vi"}},
        Clauses(at_most_unit=1),
    ),
    "biểu dương 12": ({"pack": {"most: 8, label": "most: 12, label"}}, Clauses(at_most_all=12)),
}
WHY = {
    "": "",
    "chosen": "chosen",
    "unit": "displaced",
    "field": "displaced",
    "beyond": "beyond",
    "tied": "tied",
    "waiting": "waiting",
}


@pytest.fixture(scope="module")
def season():
    return read_season(WORKBOOK)


def calculated(season, clauses):
    """What the second calculation makes of every entry."""
    results = {code: score_entry(facts, clauses) for code, facts in season.items()}
    placed = rank_and_select(results, season, clauses)
    return {
        code: {
            "rank": placed[code]["rank"],
            "total": results[code]["total"],
            "grade": results[code]["grade"],
            "gates": list(results[code]["gates"]),
            "recognised": placed[code]["recognised"],
            "bieu-duong": WHY[placed[code]["why"]],
            "points": results[code]["points"],
        }
        for code in season
    }


def expected_moves(season, clauses):
    """``{code: {what: (before, after)}}`` of everything that differs."""
    before, after = calculated(season, AS_WRITTEN), calculated(season, clauses)
    moves = {}
    for code in season:
        one, two = before[code], after[code]
        differing = {what: (one[what], two[what]) for what in one if one[what] != two[what]}
        if "points" in differing:
            differing["points"] = {
                leaf: (points, two["points"][leaf])
                for leaf, points in one["points"].items()
                if points != two["points"][leaf]
            }
        if differing:
            moves[code] = differing
    return moves


def told_moves(answer):
    """The same, from what the command tells as JSON."""
    moves = {}
    for move in answer["moves"]:
        found = {}
        for what, number in (("rank", None), ("total", Fraction), ("grade", None), ("gates", None)):
            before, after = (one if number is None else number(one) for one in move[what])
            if before != after:
                found[what] = (before, after)
        if move["points"]:
            found["points"] = {
                one["id"]: (Fraction(one["before"]), Fraction(one["after"]))
                for one in move["points"]
            }
        for one in move["selections"]:
            if one["selection"] == "cong-nhan":
                found["recognised"] = (one["before"] == "chosen", one["after"] == "chosen")
            else:
                found[one["selection"]] = (one["before"], one["after"])
        moves[move["code"]] = found
    return moves


@pytest.mark.parametrize("name", DRAFTS)
def test_impact_names_exactly_whom_the_second_calculation_names(name, season, register, tmp_path):
    changes, clauses = DRAFTS[name]
    db = register("scored")
    before = contents(db)
    folder = draft(tmp_path / "draft", **changes)

    answer = ask("--db", db, "rules", "impact", folder, "--season", SEASON, "--json")

    assert answer.code == 0, answer.err
    told = json.loads(answer.out)
    wanted = expected_moves(season, clauses)
    assert wanted
    assert told_moves(told) == wanted
    assert told["changed"] == len(wanted)
    assert sum(told["by_unit"].values()) == sum(told["by_field"].values()) == len(wanted)
    assert contents(db) == before


def test_excellent_from_92_costs_seven_entries_their_grade(register, tmp_path):
    folder = draft(tmp_path / "nháp", pack=EXCELLENT_92)

    answer = ask("--db", register("scored"), "rules", "impact", folder, "--season", SEASON)

    assert (answer.code, english_in(answer.out)) == (0, [])
    assert answer.out.splitlines() == [
        (
            "Bản nháp dan-van-kheo-minh-hoa 1.0.0 so với dan-van-kheo-minh-hoa 1.0.0 đã ghim; "
            "đợt hl-2018, số liệu của lượt chấm 1."
        ),
        "Quy tắc đổi:",
        (
            "  mức xếp loại xuat-sac (Điều 5): khi total >= 90 and zero_criteria == 0 → "
            "khi total >= 92 and zero_criteria == 0"
        ),
        "Đổi 7 kết quả trong 112 hồ sơ: 7 đổi xếp loại.",
        *(
            f"  HL-2018-{number}  Xuất sắc → Tốt, vì mức Xuất sắc"
            for number in ("110", "005", "094", "067", "046", "055", "049")
        ),
        "Theo điều khoản:",
        "  mức Xuất sắc (Điều 5): 7 hồ sơ",
        "Theo đơn vị:",
        "  Phường Bắc Hồng: 5 hồ sơ",
        "  Hội Liên hiệp Phụ nữ thị xã: 1 hồ sơ",
        "  Phường Nam Hồng: 1 hồ sơ",
        "Theo lĩnh vực:",
        "  Văn hóa - xã hội và chỉnh trang đô thị: 5 hồ sơ",
        "  Kinh tế: 2 hồ sơ",
    ]


def test_tighter_field_quota_says_who_leaves_and_who_takes_the_place(register, tmp_path):
    folder = draft(tmp_path / "nháp", pack=FIELD_3)

    answer = ask("--db", register("scored"), "rules", "impact", folder, "--season", SEASON)

    assert answer.out.splitlines()[3:7] == [
        "Đổi 3 kết quả trong 112 hồ sơ: biểu dương vào 1, ra 1.",
        (
            "  HL-2018-110  ra khỏi biểu dương, chỉ tiêu mỗi lĩnh vực không quá 03: đã có "
            "HL-2018-065, HL-2018-108, HL-2018-060, vì chỉ tiêu mỗi lĩnh vực không quá 03"
        ),
        (
            "  HL-2018-049  biểu dương: hết chỉ tiêu → vướng chỉ tiêu, "
            "vì chỉ tiêu mỗi lĩnh vực không quá 03"
        ),
        "  HL-2018-059  vào biểu dương thế chỗ HL-2018-110",
    ]


def test_more_points_say_who_rises_and_who_is_pushed_out(register, tmp_path):
    eleven = {"{from: 85, below: 95, points: 10}": "{from: 85, below: 95, points: 11}"}
    folder = draft(tmp_path / "nháp", efforts=eleven)

    answer = ask("--db", register("scored"), "rules", "impact", folder, "--season", SEASON)

    lines = {line.split()[0]: line for line in answer.out.splitlines() if "HL-2018-" in line}
    assert lines["HL-2018-094"] == (
        "  HL-2018-094  hạng 8 → 4, 91,51 → 92,51 điểm (II.2 10 → 11), vào biểu dương thế chỗ "
        "HL-2018-060, vì II.2; đẩy HL-2018-060, HL-2018-055 ra"
    )
    assert lines["HL-2018-060"] == (
        "  HL-2018-060  hạng 4 → 8, bị HL-2018-094 đẩy khỏi biểu dương, chỉ tiêu mỗi lĩnh vực "
        "không quá 04, do hồ sơ khác đổi kết quả"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"label: Không nộp báo cáo muộn quá 10 ngày": "label: Nộp báo cáo muộn tối đa 10 ngày"},
            "tên “Không nộp báo cáo muộn quá 10 ngày” → tên “Nộp báo cáo muộn tối đa 10 ngày”",
        ),
        ({"label: Số hộ tham gia,": "label: Số hộ dự,"}, "tên “Số hộ tham gia” → tên “Số hộ dự”"),
    ],
)
def test_wording_moves_nobody(changes, words, register, tmp_path):
    folder = draft(tmp_path / "nháp", pack=changes)

    answer = ask("--db", register("scored"), "rules", "impact", folder, "--season", SEASON)

    assert answer.code == 0
    assert words in answer.out
    assert "Không hồ sơ nào trong 112 hồ sơ đổi kết quả." in answer.out


def test_draft_with_a_new_fact_says_how_many_entries_lack_it(register, tmp_path):
    fact = "  mat_doan_ket: {type: yes_no, label: Mất đoàn kết nghiêm trọng}\n"
    asked = "  so_ho_ngheo: {type: integer, min: 0, unit: hộ, label: Số hộ nghèo}\n"
    gate = "  - {id: DK.7, label: Ít hộ nghèo, require: so_ho_ngheo <= 5, basis: Điều 1}\n\nbonus:"
    folder = draft(tmp_path / "nháp", pack={fact: fact + asked, "\nbonus:": gate})

    answer = ask("--db", register("scored"), "rules", "impact", folder, "--season", SEASON)

    assert answer.code == 0, answer.err
    assert answer.err == (
        "Lưu ý: bộ quy tắc cần số liệu mới “Số hộ nghèo” (so_ho_ngheo), "
        "112/112 hồ sơ của đợt chưa có.\n"
    )
    assert "công nhận vào 0, ra 65, biểu dương vào 0, ra 8" in answer.out
    assert "  DK.7 (Điều 1): " in answer.out


def test_season_not_scored_yet_is_tried_on_the_facts_it_has(season, register, tmp_path):
    folder = draft(tmp_path / "nháp", pack=EXCELLENT_92)

    answer = ask("--db", register("pinned"), "rules", "impact", folder, "--season", SEASON)

    assert "số liệu hiện có." in answer.out
    assert "Đổi 7 kết quả" in answer.out


def test_impact_without_a_pinned_pack_is_refused(register):
    answer = ask("--db", register("registered"), "rules", "impact", PACK, "--season", SEASON)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Đợt hl-2018 chưa ghim bộ quy tắc.")


def test_diff_on_the_season_says_whether_anybody_notices(register, tmp_path):
    db = register("scored")
    # Nobody of the season handed in a report between six and ten days late.
    unseen = draft(tmp_path / "không ai", pack={"total >= 70, basis": "total >= 69.5, basis"})
    seen = draft(tmp_path / "bảy người", pack=EXCELLENT_92)

    def told(folder):
        return ask("rules", "diff", PACK, folder, "--season", SEASON, "--db", db)

    assert (told(PACK).code, told(PACK).out) == (0, ("Hai bộ quy tắc giống hệt nhau.\nhl-2018: "
        "Không hồ sơ nào trong 112 hồ sơ đổi kết quả.\n"))  # fmt: skip
    assert (told(seen).code, told(seen).out.splitlines()[0]) == (1, "Đổi 7 kết quả.")
    answer = told(unseen)
    assert (answer.code, answer.out.splitlines()[0]) == (
        0,
        "Giống nhau trên mọi số liệu của các đợt này, dù quy tắc khác.",
    )


def test_explain_reads_the_register_by_code(register):
    answer = ask("--db", register("scored"), "rules", "explain", PACK, "HL-2018-013")

    assert answer.code == 0, answer.err
    told = answer.out.splitlines()
    assert told[0].startswith("HL-2018-013  theo Chấm điểm, xếp hạng mô hình")
    for line in (
        (
            "        ↗ thiếu 4 hộ nữa được 12 điểm (II.2): Số hộ tham gia 62 → 66 hộ; "
            "+2 điểm, tổng 93,33"
        ),
        (
            "        ↗ thiếu 1 địa bàn nữa được 6 điểm (IV.2): Số địa bàn nhân rộng 2 → 3 địa bàn; "
            "+2 điểm, tổng 93,33"
        ),
        "        ▸ từ 85 đến dưới 95%: 10 điểm",
        "XẾP LOẠI  Tốt, hạng 10",
        "  ↗ Cấp báo, đài đưa tin mà là Cấp huyện thì lên Xuất sắc: tổng 92,83, xếp loại Xuất sắc",
    ):
        assert line in told
    assert english_in(answer.out) == []

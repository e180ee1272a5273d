"""What cases leave untried: told exactly, and nothing asked for that cannot be."""

from small_pack import PACK as TEXT
from small_pack import changed, place_of, small_pack

from scoring.cases import parse_base, parse_cases
from scoring.proving.coverage import Survey, coverage_of
from scoring.proving.gaps import proposals_for
from scoring.proving.proposals import Proposer

PACK = small_pack()
BASE = """\
base:
  so_ho: 100
  tham_gia: 80
  ro_viec: true
  cap: tinh
  don_vi: Phường A
  bat_dau: 2018-01-01
  phieu: [8, null, 9, 10]
"""


def cases_of(text, pack=PACK):
    files = {"tests/0.yaml": BASE, "tests/1.yaml": f"cases:\n{text}"}
    return parse_cases(files, pack, name="nho"), parse_base(files, pack, name="nho")


def missing(text, owner, pack=PACK):
    cases, _ = cases_of(text, pack)
    return [one.text for one in coverage_of(pack, cases).missing if one.owner == owner]


def case(number, given):
    return f"  - {{name: ca {number}, given: {given}, expect: {{gates: []}}}}\n"


def test_nothing_tried_means_everything_is_missing():
    covered = coverage_of(PACK, ())

    assert covered.percent == 0
    assert len(covered.missing) == covered.wanted


def test_threshold_of_a_ratio_wants_below_equal_and_above():
    tried = case(1, "{tham_gia: 80}")
    left = missing(tried, "I.1")

    assert "“Tỷ lệ ≥ 80”: chưa thử ngay dưới ngưỡng" in left
    assert "“Tỷ lệ ≥ 80”: chưa thử ngay trên ngưỡng" in left
    assert "“Tỷ lệ ≥ 80”: chưa thử đúng ngưỡng" not in left
    assert "chưa ca nào rơi vào bậc “từ 50 đến dưới 80%”" in left


def test_all_tiers_and_thresholds_tried_leave_nothing():
    tried = "".join(case(n, f"{{tham_gia: {n}}}") for n in (80, 81, 79, 50, 51, 49))

    assert missing(tried, "I.1") == []


def test_threshold_of_whole_numbers_wants_the_very_next_ones():
    months = {"2018-05-30": "6", "2018-02-28": "9", "2018-08-30": "3"}
    far = "".join(case(n, f"{{bat_dau: {day}}}") for day, n in months.items())
    near = "".join(
        case(n, f"{{bat_dau: {day}}}")
        for n, day in enumerate(("2018-05-30", "2018-05-31", "2018-04-30"))
    )

    assert missing(far, "DK.1") == [
        "“Số tháng ≥ 6”: chưa thử ngay trên ngưỡng",
        "“Số tháng ≥ 6”: chưa thử ngay dưới ngưỡng",
    ]
    assert missing(near, "DK.1") == []


def test_upper_end_hidden_by_the_band_above_is_not_asked_for():
    survey = Survey(PACK)
    texts = [one.text for one in survey.demands() if one.owner == "I.1"]

    assert "“Tỷ lệ < 80”: chưa thử đúng ngưỡng" not in texts
    assert "chưa ca nào thấy “Tỷ lệ < 80” sai" not in texts
    assert "chưa ca nào thấy “Tỷ lệ < 80” đúng" in texts


def test_condition_behind_a_short_circuit_is_not_seen():
    text = changed("require: thang >= 6", "require: thang >= 6 and ro_viec")
    pack = small_pack(text)

    stopped = missing(case(1, "{bat_dau: 2018-11-01, ro_viec: false}"), "DK.1", pack)

    assert "chưa ca nào thấy “Rõ việc” sai" in stopped
    assert (
        missing(case(1, "{ro_viec: false}"), "DK.1", pack).count("chưa ca nào thấy “Rõ việc” sai")
        == 0
    )


def test_quotas_grades_and_ranking_keys_are_asked_of_seasons():
    texts = [one.text for one in Survey(PACK).demands() if one.owner in ("khen", "ranking")]

    assert texts == [
        "chưa ca nào để “tổng điểm” quyết định thứ hạng",
        "chưa ca nào để “điểm I” quyết định thứ hạng",
        "chưa ca nào để “Số hộ tham gia” quyết định thứ hạng",
        "chưa ca nào có hai hồ sơ ngang nhau mọi mặt",
        "chưa ca nào chọn hồ sơ xếp loại “Tốt”",
        "chưa ca nào chọn hồ sơ xếp loại “Đạt”",
        "chưa ca nào hết chỉ tiêu “cả huyện 3”",
        "chưa ca nào hết chỉ tiêu “mỗi đơn vị không quá 02”",
    ]


def test_full_quota_counts_as_seen():
    season = (
        "  - name: mùa\n    season:\n"
        + "".join(
            f"      {code}: {{tham_gia: {n}}}\n"
            for code, n in zip("ABC", (80, 81, 82), strict=True)
        )
        + "    expect: {rank: {A: 3}}\n"
    )

    left = missing(season, "khen")

    assert "chưa ca nào hết chỉ tiêu “mỗi đơn vị không quá 02”" not in left
    assert "chưa ca nào hết chỉ tiêu “cả huyện 3”" in left


def test_equals_who_contest_the_last_places_fill_the_quota():
    """Three alike, two places in their unit: nobody ranks below them, and yet it ran out."""
    season = "  - {name: mùa, season: {A: {}, B: {}, C: {}}, expect: {rank: {A: 1, B: 1, C: 1}}}\n"

    left = missing(season, "khen")

    assert "chưa ca nào hết chỉ tiêu “mỗi đơn vị không quá 02”" not in left
    assert "chưa ca nào hết chỉ tiêu “cả huyện 3”" in left


def test_every_demand_of_selections_and_quotas_says_where():
    found = [one for one in Survey(PACK).demands() if one.owner in ("khen", "ranking")]

    assert [str(one.place) for one in found[3:]] == [
        place_of(TEXT, "ranking:"),
        *[place_of(TEXT, "id: khen")] * 2,
        place_of(TEXT, "{most: 3"),
        place_of(TEXT, "{most: 2"),
    ]


def demands(owner, *changes):
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [one.text for one in Survey(small_pack(text)).demands() if one.owner == owner]


def test_count_is_not_asked_for_below_zero_however_many_conditions_stand_around():
    many = " and ".join(f"them != {n} and so_ho != {n}" for n in range(2, 12))
    grade = f"when: (them ?? 0) > 1 and tham_gia == 0 and total >= 20 and {many}".replace(
        "them !=", "(them ?? 0) !="
    )
    asked = demands("tot", ("when: total >= 20", f'when: "{grade[6:]}"'))

    assert "“Số hộ tham gia = 0”: chưa thử ngay trên ngưỡng" in asked
    assert "“Số hộ tham gia = 0”: chưa thử ngay dưới ngưỡng" not in asked


def test_percentage_an_odd_number_rules_out_is_not_asked_for():
    odd = "so_ho - floor(so_ho / 2) * 2 == 1"
    gate = ("gates:\n", f"gates:\n  - {{id: DK.0, label: Lẻ, require: {odd}, basis: Điều 1}}\n")
    require = ("    quotas:", "    require: ty_le > 50\n    quotas:")
    half = "“Tỷ lệ > 50”: chưa thử đúng ngưỡng"

    assert half in demands("khen", require)
    assert half not in demands("khen", gate, require)
    assert "“Tỷ lệ > 50”: chưa thử ngay dưới ngưỡng" in demands("khen", gate, require)
    assert [one for one in demands("DK.0", gate) if "trên ngưỡng" in one] == []


def test_proposed_values_cover_what_was_missing():
    cases, base = cases_of(case(1, "{tham_gia: 80}"))
    survey = Survey(PACK)
    left = [one for one in coverage_of(PACK, cases).missing if one.owner in ("I.1", "I.2", "DK.1")]

    proposals = proposals_for(survey, left, Proposer(PACK, base, base), base)

    assert {one.what for one in left} == set(proposals)
    given = "".join(
        f"  - {{name: ca {n}, {text}, expect: {{gates: []}}}}\n"
        for n, text in enumerate(dict.fromkeys(proposals.values()), start=1)
    )
    more, _ = cases_of(given)
    still = coverage_of(PACK, (*cases, *more)).missing
    assert [one.text for one in still if one.owner in ("I.1", "I.2", "DK.1")] == []

"""Mutants: survivors are just those the cases miss, and every proposal kills its own."""

from dataclasses import replace
from decimal import Decimal

import pytest
from small_pack import PACK as TEXT
from small_pack import place_of, small_pack

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.case_runs import run_case
from scoring.cases import parse_base, parse_cases
from scoring.proving.equivalence import is_equivalent
from scoring.proving.ground import Ground
from scoring.proving.junit import Check, junit
from scoring.proving.mutants import mutants_of
from scoring.proving.mutate import mutate

FOLDER = RULES_DIR / "dan-van-kheo-minh-hoa"
PACK = load_pack(FOLDER)
FILES = read_pack_files(FOLDER)
CASES = parse_cases(FILES, PACK, name="minh-hoa")
BASE = parse_base(FILES, PACK, name="minh-hoa")
SMALL = small_pack()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("left_out", "what"),
    [
        (
            "đạt 99% chỉ tiêu",
            (
                "điều kiện của “từ 100%, đủ 15 điểm”: Kết quả so với chỉ tiêu đăng ký ≥ 100 → "
                "Kết quả so với chỉ tiêu đăng ký ≥ 99"
            ),
        ),
        (
            "hơn tổng điểm, dù bằng nhóm III, nhóm II và số địa bàn nhân rộng",
            "bỏ “tổng điểm” khỏi thứ tự xếp hạng",
        ),
        ("khiển trách cao nhất là Tốt", "bỏ trần xếp loại"),
        ("đủ 25 tháng", None),
    ],
)
def test_case_left_out_lets_exactly_its_mutant_live_and_the_proposal_kills_it(left_out, what):
    cases = [case for case in CASES if case.name != left_out]
    assert len(cases) == len(CASES) - 1

    survivors = mutate(PACK, cases, base=BASE).survivors

    assert what is None or what in [one.mutant.what for one in survivors]
    assert what is not None or survivors == ()
    for one in survivors:
        files = {**FILES, "tests/99.yaml": "cases:\n" + indented(one.proposal.text)}
        (proposed,) = [c for c in parse_cases(files, PACK, name="x") if "99" in c.place.file]
        assert run_case(PACK, proposed) == ()
        assert run_case(one.mutant.pack, proposed) != ()


def indented(text):
    return "".join(f"  {line}\n" for line in text.splitlines())


@pytest.mark.slow
def test_no_mutant_called_equivalent_is_noticed_by_a_case():
    """The proof is sound: nothing it lets go is anything a case tells apart."""
    ground = Ground(PACK)
    proved = [one for one in mutants_of(PACK) if is_equivalent(ground, one.pack, one.path)]

    assert len(proved) > 50
    noticed = [one.what for one in proved for case in CASES if run_case(one.pack, case)]
    assert noticed == []


def test_every_mutant_differs_from_the_pack_and_changes_one_clause():
    for mutant in mutants_of(SMALL):
        assert mutant.pack != SMALL
        assert mutant.owner
        assert replace(mutant.pack, title="") != replace(SMALL, title="")


def test_thresholds_points_operators_and_omissions_are_all_tried():
    said = [f"{one.owner}: {one.what}" for one in mutants_of(SMALL)]

    for wanted in (
        "DK.1: điều kiện: Số tháng ≥ 6 → Số tháng > 6",
        "DK.1: điều kiện: Số tháng ≥ 6 → Số tháng ≥ 7",
        "DK.1: bỏ điều kiện xét",
        "I.1: điểm của “từ 80%”: 10 → 9",
        "I.1: bỏ “dưới 50%”",
        "I.1: điểm tối đa 10 → 9",
        "LT.1: bỏ loại trừ",
        "TR.1: bỏ trần xếp loại",
        "TR.1: mức Đạt → Tốt",
        "khen: bỏ chỉ tiêu “cả huyện 3”",
        "khen: bỏ mức “Đạt”",
        "ranking: bỏ “điểm I” khỏi thứ tự xếp hạng",
        "han: 30/11/2018 → 01/12/2018",
    ):
        assert wanted in said, wanted


def test_limit_spreads_over_the_whole_pack():
    report = mutate(PACK, CASES, base=BASE, limit=10)

    assert report.tried == 10


@pytest.mark.slow
def test_quota_nobody_fills_survives_with_a_season_that_fills_it():
    seasons = [case for case in CASES if case.name != "mỗi đơn vị không quá 02"]
    seasons = [case for case in seasons if "ngang nhau ở chỗ cuối" not in case.name]

    survivors = mutate(PACK, seasons, base=BASE).survivors

    assert [one.mutant.what for one in survivors if "đơn vị" in one.mutant.what]
    assert all(one.proposal is not None for one in survivors)


def test_junit_is_well_formed_whatever_a_name_says():
    from xml.etree import ElementTree

    hostile = ']]></failure><x a="1">&\x00\x1b\u2028\'\n\t'
    text = junit(hostile, [Check(hostile, "a.yaml:1:1", hostile), Check("được", "b")])

    suite = ElementTree.fromstring(text.encode())  # noqa: S314 written a moment ago
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    (failed, passed) = suite
    assert failed.get("name") == hostile.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert passed.find("failure") is None


def test_every_mutant_of_ranking_selections_and_quotas_says_where():
    found = [
        (one.what, str(one.place))
        for one in mutants_of(SMALL)
        if one.path[0] in ("ranking", "selections") and one.what.startswith("bỏ")
    ]

    ranking, order = place_of(TEXT, "ranking:"), "order: [total, I, tham_gia]"
    assert found == [
        ("bỏ “tổng điểm” khỏi thứ tự xếp hạng", place_of(TEXT, order, shift=8)),
        ("bỏ “điểm I” khỏi thứ tự xếp hạng", place_of(TEXT, order, shift=15)),
        ("bỏ “Số hộ tham gia” khỏi thứ tự xếp hạng", place_of(TEXT, order, shift=18)),
        ("bỏ mức “Tốt”", ranking),
        ("bỏ mức “Đạt”", ranking),
        ("bỏ mức “Tốt”", place_of(TEXT, "id: khen")),
        ("bỏ mức “Đạt”", place_of(TEXT, "id: khen")),
        ("bỏ chỉ tiêu “cả huyện 3”", place_of(TEXT, "{most: 3")),
        ("bỏ chỉ tiêu “mỗi đơn vị không quá 02”", place_of(TEXT, "{most: 2")),
    ]


def test_points_move_by_their_last_digit():
    points = {
        getattr(one.pack.criteria[0].parts[2], "maximum", None)
        for one in mutants_of(SMALL)
        if one.what.startswith("điểm tối đa") and one.owner == "I.3"
    }

    assert points == {Decimal(5), Decimal(7)}

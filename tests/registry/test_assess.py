"""From registered entries and stored facts to a snapshot, and to the digest of a result."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_season import PACK_DIR

from registry.assess import FactsUnfit, Snapshot, Stage, facts_of, result_digest, snapshot_of
from registry.entry import Entry
from registry.rulebook import load_pack
from scoring.problems import Problem
from scoring.score import score_season
from scoring.sheet import SeasonResult

PACK = load_pack(PACK_DIR)

ENTRY = Entry(
    code="HL-001",
    season="hl",
    name="Đường hoa",
    unit="Phường Bắc Hồng",
    field="kinh-te",
    level="tinh",
    kind="tap-the",
    person="Đặng Thị Hà",
    address="Tổ dân phố 1",
    started_on=dt.date(2016, 5, 1),
    registered_on=dt.date(2018, 2, 1),
)
OF_THE_ENTRY = {
    "ten_mo_hinh": "Đường hoa",
    "dia_chi": "Tổ dân phố 1",
    "don_vi": "Phường Bắc Hồng",
    "linh_vuc": "kinh-te",
    "ngay_bat_dau": "2016-05-01",
    "ngay_dang_ky": "2018-02-01",
}


def frozen(entries=(ENTRY,), *, stages=None, marks=None):
    return snapshot_of(PACK, entries=entries, stages=stages or {}, marks=marks or {})


def test_snapshot_takes_the_registered_facts_from_the_entry():
    assert frozen().cells == {"HL-001": OF_THE_ENTRY}


def test_highest_stage_wins():
    stages = {
        Stage.SELF: {"HL-001": {"dan_biet": "1", "dan_ban": "1", "dan_lam": "1"}},
        Stage.APPRAISED: {"HL-001": {"dan_biet": "0", "dan_ban": "0"}},
        Stage.FINAL: {"HL-001": {"dan_biet": "1"}},
    }

    assert frozen(stages=stages).cells == {
        "HL-001": {**OF_THE_ENTRY, "dan_biet": "1", "dan_ban": "0", "dan_lam": "1"}
    }


def test_emptied_cell_leaves_the_lower_stage_standing():
    stages = {
        Stage.SELF: {"HL-001": {"dan_biet": "1"}},
        Stage.FINAL: {"HL-001": {"dan_biet": ""}},
    }

    assert frozen(stages=stages).cells["HL-001"]["dan_biet"] == "1"


def test_facts_that_the_pack_does_not_declare_stay_out():
    stages = {Stage.SELF: {"HL-001": {"so_cay_trong": "40"}}}

    assert frozen(stages=stages).cells == {"HL-001": OF_THE_ENTRY}


def test_marks_stand_in_the_order_of_the_members_absent_ones_empty():
    marks = {("HL-001", "phieu_iii_3"): {"Ủy viên 9": "8", "Ủy viên 10": "", "Ủy viên 11": "8.5"}}

    assert frozen(marks=marks).cells["HL-001"]["phieu_iii_3"] == "8;;8.5"


def test_marks_that_nobody_gave_are_no_fact():
    marks = {("HL-001", "phieu_iii_3"): {"Ủy viên 1": "", "Ủy viên 2": ""}}

    assert frozen(marks=marks).cells == {"HL-001": OF_THE_ENTRY}


@given(st.permutations(["HL-001", "HL-002", "HL-003", "HL-004"]))
def test_digest_does_not_depend_on_order(codes):
    entries = [replace(ENTRY, code=code) for code in codes]

    assert frozen(entries).digest == frozen(sorted(entries, key=lambda e: e.code)).digest


def test_digest_depends_on_every_value():
    moved = replace(ENTRY, started_on=dt.date(2016, 5, 2))

    assert frozen([moved]).digest != frozen().digest


def test_snapshot_is_read_back_from_its_text():
    assert Snapshot(frozen().body) == frozen()


def test_facts_are_the_values_of_the_cells():
    cells = {"HL-001": {"dan_biet": "1", "so_ho_dia_ban": "200", "phieu_iii_3": "8;;8.5"}}

    assert facts_of(PACK, cells) == {
        "HL-001": {
            "dan_biet": True,
            "so_ho_dia_ban": Decimal(200),
            "phieu_iii_3": (Decimal(8), None, Decimal("8.5")),
        }
    }


def test_facts_that_do_not_fit_are_refused_all_at_once():
    cells = {
        "HL-001": {"dan_biet": "2", "so_ho_dia_ban": "200"},
        "HL-002": {"phieu_iii_3": "8;10.3"},
    }

    with pytest.raises(FactsUnfit) as refused:
        facts_of(PACK, cells)

    assert refused.value.message == ("Không chấm được: 2 số liệu không hợp với bộ quy tắc đã ghim.")
    places = [problem.place for problem in refused.value.problems]
    assert places == [
        f"{c} · {PACK.facts[f].label}"
        for c, f in (
            ("HL-001", "dan_biet"),
            ("HL-002", "phieu_iii_3"),
        )
    ]
    assert all(isinstance(problem, Problem) and problem.hint for problem in refused.value.problems)


def result():
    cells = {"HL-001": {**OF_THE_ENTRY, "dan_biet": "1", "da_tu_cham": "1"}}
    return score_season(PACK, facts_of(PACK, cells))


def digest(of: SeasonResult, pack="p", snapshot="s"):
    return result_digest(of, pack_digest=pack, snapshot_digest=snapshot)


def test_result_digest_ignores_wording():
    told = result()
    sheet = told.sheets["HL-001"]
    lines = tuple(replace(line, reason="nói cách khác") for line in sheet.lines)
    reworded = replace(told, sheets={"HL-001": replace(sheet, lines=lines)})

    assert digest(reworded) == digest(told)


def test_result_digest_depends_on_result_pack_and_snapshot():
    told = result()
    sheet = told.sheets["HL-001"]
    better = replace(told, sheets={"HL-001": replace(sheet, total=sheet.total + 1)})

    digests = {digest(told), digest(better), digest(told, pack="q"), digest(told, snapshot="t")}
    assert len(digests) == 4

"""A season reads its pack at the last day of its year, whenever it is scored or looked at."""

import datetime as dt

import pytest
from small_season import PACK_DIR, take_in

from registry.rulebook import load_pack, read_pack_files
from scoring.dated import pack_at
from tui.commands.run import run

WRITTEN = "{label: hạn nộp báo cáo, value: 2018-11-30, basis: Điều 1 khoản 3}"


@pytest.fixture
def folder(tmp_path):
    """The pack with a deadline for each year; on the old one HL-003 has not lasted six months."""
    values = "[{from: 2017-01-01, value: 2018-05-01}, {from: 2018-12-31, value: 2018-11-30}]"
    for name, text in read_pack_files(PACK_DIR).items():
        changed = text.replace(
            WRITTEN, f"{{label: hạn nộp báo cáo, basis: Điều 1 khoản 3, values: {values}}}"
        )
        target = tmp_path / "goi" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(changed, "utf-8")
    assert "values" in (tmp_path / "goi" / "pack.yaml").read_text("utf-8")
    return tmp_path / "goi"


def scored(desk, folder, *, year):
    desk.open_season("hl", title="Hồng Lĩnh", year=year)
    take_in(desk)
    desk.pin_pack("hl", folder)
    desk.score("hl")
    return desk


def gates(desk):
    return {code: desk.entry_sheet(code).sheet.failed_gates for code in ("HL-001", "HL-002")}


@pytest.mark.parametrize(
    ("year", "failed"), [(2018, ()), (2017, ("DK.3",))], ids=["values of 2018", "values of 2017"]
)
def test_season_is_scored_by_the_values_of_the_last_day_of_its_year(desk, folder, year, failed):
    scored(desk, folder, year=year)

    assert gates(desk) == {"HL-001": (), "HL-002": failed}
    assert desk.verify("hl").problems == ()
    assert desk.funnel("hl").stale is False
    assert desk.season("hl").scored_at == dt.date(year, 12, 31)


def test_explanation_names_the_value_of_the_season_and_since_when(desk, folder):
    scored(desk, folder, year=2017)

    [gate] = [one for one in desk.entry_sheet("HL-001").sheet.gates if one.id == "DK.3"]
    assert "Hạn nộp báo cáo: 01/05/2018 (từ 01/01/2017, Điều 1 khoản 3)" in gate.reason


def test_trial_reads_a_draft_on_the_day_of_the_season_unless_it_has_one(desk, folder):
    scored(desk, folder, year=2017)
    day = dt.date(2018, 12, 31)

    found = [desk.trial("hl", one) for one in (load_pack(folder), pack_at(load_pack(folder), day))]

    assert [one.draft.on for one in found] == [dt.date(2017, 12, 31), day]
    assert [one.pinned.on for one in found] == [dt.date(2017, 12, 31)] * 2


def test_impact_of_a_day_is_told(desk, path, folder, capsys):
    scored(desk, folder, year=2017)
    words = ["impact", str(folder), "--season", "hl", "--db", str(path)]

    run(["rules", *words])
    assert "Không hồ sơ nào" in capsys.readouterr().out
    run(["rules", "at", "31/12/2018", *words])
    told = capsys.readouterr().out
    assert "1.0.0, theo giá trị ngày 31/12/2018 so với" in told
    assert (
        "hằng số han_nop_bao_cao (Điều 1 khoản 3): giá trị 01/05/2018 → giá trị 30/11/2018" in told
    )


def test_recorded_case_names_the_day_of_its_season(desk, path, folder, capsys):
    scored(desk, folder, year=2018)
    out = folder / "tests" / "90-thuc-te.yaml"

    assert run(["rules", "record", "HL-001", "--db", str(path), "--out", str(out)]) == 0
    capsys.readouterr()
    assert "at: 2018-12-31" in out.read_text("utf-8")
    assert run(["rules", "test", str(folder)]) == 0

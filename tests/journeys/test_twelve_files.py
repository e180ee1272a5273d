"""The twelve files of 2018 as the units sent them: planned, taken in once, scored as published."""

import json
from collections import Counter

import openpyxl
import pytest
from command_line import OPEN, PACK, ROOT, SEASON, WORKBOOK, ask, ask_all

from registry.catalogue import read_catalogue
from registry.rulebook import RULES_DIR

TWELVE = ROOT / "examples" / "dang-ky-tu-don-vi"
PAIR = "02 Phường Nam Hồng.xlsx:Sheet1!B14"


def _truth():
    """What the season's own workbook says of its 112 entries."""
    words = read_catalogue(RULES_DIR / "catalogue")
    sheet = openpyxl.load_workbook(WORKBOOK)["Đăng ký"]
    for row in list(sheet.iter_rows(values_only=True))[1:]:
        yield (
            *(row[1], row[2], row[7]),
            *(words.find_field(row[3]).id, words.find_level(row[4]).id),
            *(words.find_kind(row[5]).id, row[10].date().isoformat()),
        )


def _told(item):
    names = ("name", "unit", "person", "field", "level", "kind", "started_on")
    return tuple(item[name] for name in names)


@pytest.fixture
def db(tmp_path):
    db = tmp_path / "S.db"
    ask_all(db, OPEN)
    return db


@pytest.mark.slow
def test_plan_says_of_every_row_what_it_is(db):
    answer = ask("--db", db, "intake", "plan", TWELVE, "--season", SEASON, "--json")
    plan = json.loads(answer.out)

    assert {_told(item) for item in plan["new"]} == set(_truth())
    assert len(plan["new"]) == 112
    assert [(item["cell"], item["code"]) for item in plan["refused"]] == [
        ("06 Xã Thuận Lộc.xlsx:Sheet1!C22", "unknown-field"),
        ("06 Xã Thuận Lộc.xlsx:Sheet1!B24", "missing-name"),
        ("06 Xã Thuận Lộc.xlsx:Sheet1!J26", "value"),
    ]
    assert [(item["cell"], item["other"]["cell"]) for item in plan["look_alike"]] == [
        (PAIR, "02 Phường Nam Hồng.xlsx:Sheet1!B5")
    ]
    assert json.loads(ask("--db", db, "entries", SEASON, "--json").out) == []


@pytest.mark.slow
def test_files_taken_in_twice_and_scored_give_the_published_season(db):
    apply = ("intake", "apply", *sorted(TWELVE.iterdir()), "--season", SEASON, "--yes")
    first, again = ask_all(db, apply, apply)

    assert first.out.startswith(
        "12 tệp: 112 mới, 0 giống hệt, 0 thay đổi, 3 từ chối, 1 nghi trùng.\n"
    )
    assert again.out.startswith("12 tệp: 0 mới, 112 giống hệt, 0 thay đổi, ")
    rest = (
        ("intake", "apply", WORKBOOK, "--season", SEASON, "--yes"),
        ("season", "pin", SEASON, PACK),
        ("season", "score", SEASON),
    )
    results = ask_all(db, *rest)[0]
    assert results.out.startswith("hong-linh-2018.xlsx: 0 mới, 0 giống hệt, 112 thay đổi.\n")
    lines = json.loads(ask("--db", db, "season", "ranking", SEASON, "--json").out)
    grades = Counter(line["grade"] for line in lines)
    assert sorted(grades.values()) == sorted(_published())


def _published():
    """The grades of the season's own workbook, taken in alone."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "T.db"
        ask_all(
            db,
            OPEN,
            ("intake", "apply", WORKBOOK, "--season", SEASON, "--yes"),
            ("season", "pin", SEASON, PACK),
            ("season", "score", SEASON),
        )
        lines = json.loads(ask("--db", db, "season", "ranking", SEASON, "--json").out)
    return Counter(line["grade"] for line in lines).values()


@pytest.mark.slow
def test_answers_take_what_was_left_and_are_remembered(db):
    files = [one for one in TWELVE.iterdir() if one.name[:2] in ("02", "06")]
    said = ("--means", "Nông nghiệp công nghệ=kinh-te", "--accept-look-alike", PAIR)
    apply = ("intake", "apply", *files, "--season", SEASON, "--yes")
    first, again = ask_all(db, (*apply, *said), apply)

    assert first.out.startswith("2 tệp: 25 mới, 0 giống hệt, 0 thay đổi, 2 từ chối, 0 nghi trùng.")
    assert again.out.startswith("2 tệp: 0 mới, 25 giống hệt, 0 thay đổi, 2 từ chối, 0 nghi trùng.")


@pytest.mark.slow
def test_whole_takes_nothing_while_a_row_is_left_out(db):
    answer = ask("--db", db, "intake", "apply", TWELVE, "--season", SEASON, "--yes", "--whole")

    assert answer.code == 2
    assert "06 Xã Thuận Lộc.xlsx:Sheet1!C22" in answer.err
    assert json.loads(ask("--db", db, "entries", SEASON, "--json").out) == []

"""The same season twice: same numbers and same papers, whoever makes them, when and where."""

import json
import random
import subprocess
import sys

import openpyxl
import pytest
from command_line import DECIDE, OPEN, PACK, SEASON, WORKBOOK, ask_all, files_in, surroundings

WHOLE_SEASON = [
    [*OPEN, "--body", "Ủy ban nhân dân thị xã Hồng Lĩnh", "--place", "Hồng Lĩnh"],
    ["intake", "apply", str(WORKBOOK), "--season", SEASON, "--yes"],
    ["season", "pin", SEASON, str(PACK)],
    ["season", "score", SEASON],
    ["season", "ranking", SEASON, "--csv", "OUT.csv"],
    ["print", "list", SEASON, "--out", "pdf"],
    ["print", "certificates", SEASON, "--out", "pdf"],
]
SCRIPT = """
import json, sys
from tui.commands.run import run
sys.exit(max(run(line) for line in json.loads(sys.argv[1])))
"""


def made(folder, **env):
    """What a whole season leaves in *folder*, register aside, made by a process of its own."""
    folder.mkdir()
    officer = env.pop("officer")
    lines = [["--db", "S.db", "--officer", officer, *line] for line in WHOLE_SEASON]
    subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(lines)],
        cwd=folder,
        env=surroundings(folder, **env),
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {name: told for name, told in files_in(folder).items() if name != "S.db"}


@pytest.mark.slow
def test_two_runs_leave_the_same_bytes(tmp_path):
    first = made(tmp_path / "một", officer="Hà", PYTHONHASHSEED="1", TZ="Asia/Ho_Chi_Minh")
    second = made(
        tmp_path / "hai", officer="Đào Thị Lý", PYTHONHASHSEED="4242", TZ="America/Los_Angeles"
    )

    assert len(first) == 5
    assert first == second


def test_rows_in_another_order_give_the_same_csv(register, tmp_path):
    book = openpyxl.load_workbook(WORKBOOK)
    chance = random.Random(8)
    for title in ("Đăng ký", "Kết quả", "Hội đồng chấm III.3"):
        sheet = book[title]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        chance.shuffle(rows)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
    shuffled = tmp_path / "đảo hàng.xlsx"
    book.save(shuffled)
    told = []
    for db, workbook in ((register("scored"), None), (register("opened"), shuffled)):
        if workbook:
            ask_all(
                db,
                ("intake", "apply", workbook, "--season", SEASON, "--yes"),
                ("season", "pin", SEASON, PACK),
                ("season", "score", SEASON),
            )
        ask_all(db, ("season", "ranking", SEASON, "--csv", tmp_path / "OUT.csv"))
        told.append((tmp_path / "OUT.csv").read_bytes())

    assert told[0] == told[1]


def test_scoring_again_changes_nothing(register, tmp_path):
    db = register("scored")
    csv = ("season", "ranking", SEASON, "--csv", tmp_path / "OUT.csv")
    ask_all(db, csv)
    before = (tmp_path / "OUT.csv").read_bytes()
    ask_all(db, ("season", "score", SEASON), csv)

    assert (tmp_path / "OUT.csv").read_bytes() == before


def test_decided_papers_print_the_same_twice(register, tmp_path):
    db = register("scored")
    chosen = (SEASON, "--selection", "bieu-duong", "--out")
    ask_all(db, DECIDE)
    for folder in ("một", "hai"):
        out = tmp_path / folder
        ask_all(db, ("print", "list", *chosen, out), ("print", "certificates", *chosen, out))

    assert files_in(tmp_path / "một") == files_in(tmp_path / "hai")

"""``python3 run.py demo``: one command from a clean checkout to the certificates."""

import re
import shutil
import subprocess
import sys

import openpyxl
import pytest
from command_line import ROOT, SEASON, WORKBOOK, ask_all, english_in, surroundings
from independent import expected_csv


def made(script, *words, cwd):
    done = subprocess.run(
        [sys.executable, str(script), *map(str, words)],
        cwd=cwd,
        env=surroundings(cwd),
        capture_output=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.mark.slow
def test_demo_replaces_the_one_before_and_ends_with_its_numbers(tmp_path, register):
    """From another folder, into one whose name has spaces and accents, over what a cut run left."""
    out = tmp_path / "Kết quả thử “1”"
    out.mkdir()
    shutil.copy(register("opened"), out / "hong-linh-2018.db")
    (out / "hong-linh-2018.db-journal").write_bytes(b"\xd9\xd5\x05\xf9 cut short" + bytes(600))
    (out / "ket-qua.csv").write_text("cũ\n", encoding="utf-8")
    code, told, err = made(ROOT / "run.py", "demo", "--out", out.name, cwd=tmp_path)

    assert code == 0, err
    assert told.rstrip().endswith("Đăng ký → công nhận → biểu dương:  112 → 65 → 8")
    assert len(re.findall(r"^ *\d+  HL-2018-\d{3}  +\d\d,\d\d  ", told, re.M)) == 8
    assert f'--db "{out.name}/hong-linh-2018.db"' in told
    assert english_in(err) == []
    assert (out / "ket-qua.csv").read_bytes() == expected_csv(WORKBOOK).encode()
    assert sorted(path.name for path in out.iterdir() if path.suffix != ".db-journal") == [
        "hong-linh-2018.db",
        "ket-qua.csv",
        "pdf",
    ]
    assert len(list((out / "pdf").glob("*.pdf"))) == 4
    assert ask_all(out / "hong-linh-2018.db", ("season", "verify", SEASON))[0].err == "Khớp.\n"


@pytest.mark.slow
def test_numbers_of_the_demo_come_from_the_run(tmp_path):
    """A checkout whose workbook has two entries fewer, one of them commended, tells other numbers."""
    copy = tmp_path / "bản sao"
    left_out = shutil.ignore_patterns(".*", "demo-output", "tests", "docs", "benchmarks")
    shutil.copytree(ROOT, copy, ignore=left_out)
    (copy / ".venv").symlink_to(ROOT / ".venv", target_is_directory=True)
    book = openpyxl.load_workbook(WORKBOOK)
    gone = {"HL-2018-065", "HL-2018-112"}
    for title in ("Đăng ký", "Kết quả", "Hội đồng chấm III.3"):
        sheet = book[title]
        for row in range(sheet.max_row, 1, -1):
            if sheet.cell(row, 1).value in gone:
                sheet.delete_rows(row)
    path = copy / "examples" / WORKBOOK.name
    path.chmod(0o644)
    book.save(path)
    script = f"import run, pathlib; run.run_demo(pathlib.Path({str(tmp_path / 'ra')!r}))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=copy,
        env={**surroundings(copy), "PYTHONPATH": str(copy)},
        capture_output=True,
        timeout=300,
        check=True,
    )

    assert done.stdout.decode().rstrip().endswith("110 → 64 → 8")


def test_demo_into_a_file_is_refused(tmp_path):
    (tmp_path / "tệp").write_text("giữ nguyên\n", encoding="utf-8")
    code, out, err = made(ROOT / "run.py", "demo", "--out", "tệp", cwd=tmp_path)

    assert (code, out) == (2, "")
    assert err.startswith(f"Không ghi được vào {tmp_path / 'tệp'} ")
    assert (tmp_path / "tệp").read_text(encoding="utf-8") == "giữ nguyên\n"


def test_run_tells_what_it_can_do(tmp_path):
    code, out, _ = made(ROOT / "run.py", "--help", cwd=tmp_path)

    assert code == 0
    assert {"demo", "test", "setup"} <= set(re.findall(r"^    (\w+)", out, re.M))
    assert made(ROOT / "run.py", cwd=tmp_path)[0] == 2

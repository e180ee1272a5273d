"""Commands among other programs: closed pipes, full disks, odd consoles, Ctrl-C."""

import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from season_file import desk_at, opened, pinned, taken_in

ROOT = Path(__file__).parents[3]
ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}


def started(*words, stdout=subprocess.PIPE, **env):
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def dump(path):
    connection = sqlite3.connect(path)
    told = tuple(connection.iterdump())
    connection.close()
    return told


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [("season", "ranking", "hl-2018"), ("entries", "hl-2018", "--json"), ("--help",)],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_reader_that_leaves_early_is_taken_quietly(season_file, words, unbuffered):
    process = started("--db", season_file, *words, PYTHONUNBUFFERED=unbuffered)
    process.stdout.close()
    _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (0, b"")


@pytest.mark.slow
def test_full_disk_under_the_answer_is_told(season_file):
    with Path("/dev/full").open("wb") as full:
        process = started("--db", season_file, "season", "list", stdout=full)
        _, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert err.decode().startswith("Không làm được: ổ đĩa đã đầy.\n    → ")


@pytest.mark.slow
def test_closed_streams_are_no_fault(season_file):
    command = [sys.executable, "-m", "tui", "--db", season_file, "season", "list"]
    script = f"{shlex.join(map(str, command))} >&- 2>&-"
    done = subprocess.run(["sh", "-c", script], cwd=ROOT, timeout=60, check=False)

    assert done.returncode == 0


@pytest.mark.slow
def test_console_of_another_encoding_still_gets_utf8(season_file):
    process = started("--db", season_file, "season", "show", "hl-2018", **ASCII)
    out, err = process.communicate(timeout=60)
    wrong = started("seson", **ASCII)
    _, told = wrong.communicate(timeout=60)

    assert (process.returncode, err) == (0, b"")
    assert "Được biểu dương     8" in out.decode("utf-8")
    assert told.decode("utf-8").startswith("Không có lệnh “seson”.")


@pytest.mark.slow
def test_words_lost_on_the_way_are_not_taken_for_what_was_meant(season_file):
    """Where neither console nor Python speaks UTF-8, accents would be dropped without a word."""
    lost = {**ASCII, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    process = started("--db", season_file, "season", "list", **lost)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out) == (2, b"")
    assert err.decode("utf-8").startswith("Dòng lệnh có chữ không đọc được: ")


@pytest.fixture(scope="module")
def pinned_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("pinned") / "S.db"
    desk = pinned(taken_in(opened(desk_at(path))))
    desk.close()
    return path


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.1, 0.3, 0.5, 0.7, 0.9, 1.1])
def test_ctrl_c_leaves_a_season_scored_wholly_or_not_at_all(pinned_file, tmp_path, after):
    db = shutil.copy(pinned_file, tmp_path / "S.db")
    before = dump(db)
    process = started("--db", db, "season", "score", "hl-2018")
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert "Traceback" not in err.decode()
    if dump(db) == before:
        assert process.returncode in (2, -signal.SIGINT)
        return
    desk = desk_at(db)
    assert desk.verify("hl-2018").problems == ()
    assert (desk.funnel("hl-2018").recognised, desk.funnel("hl-2018").commended) == (65, 8)
    desk.close()

"""Intake asks before it writes, when a person sits at the keyboard."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from season_file import WORKBOOK, desk_at, opened

ROOT = Path(__file__).parents[3]


def answered(db, keys):
    """(exit code, stderr) of an intake whose person types *keys* when asked."""
    mine, its = pty.openpty()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tui",
            "--db",
            db,
            "intake",
            "apply",
            WORKBOOK,
            "--season",
            "hl-2018",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=its,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(its)
    err = b""
    while b"(c/k)" not in err:
        piece = os.read(process.stderr.fileno(), 1000)
        assert piece, err.decode()
        err += piece
    if keys is None:
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
    else:
        os.write(mine, keys.encode())
    process.stdout.read()
    err += process.stderr.read()
    code = process.wait(timeout=60)
    process.stdout.close()
    process.stderr.close()
    os.close(mine)
    return code, err.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "code", "entries", "said"),
    [
        ("Co\u0301\n", 0, 112, "Đã nhập hong-linh-2018.xlsx vào đợt hl-2018."),
        ("\n", 2, 0, "Chưa nhập: cần người đồng ý."),
        ("\x04", 2, 0, "Đã dừng. Việc đang làm dở không được ghi."),
        (None, 2, 0, "Đã dừng. Việc đang làm dở không được ghi."),
    ],
    ids=["yes with a loose accent", "enter is no", "end of input", "Ctrl-C"],
)
def test_intake_writes_only_what_was_agreed_to(tmp_path, keys, code, entries, said):
    db = tmp_path / "S.db"
    opened(desk_at(db)).close()
    found, err = answered(db, keys)
    desk = desk_at(db)

    assert (found, len(desk.entry_lines("hl-2018"))) == (code, entries)
    assert said in err
    assert "Traceback" not in err
    assert "Aborted" not in err
    desk.close()

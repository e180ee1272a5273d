"""The command line as tests use it: as a process of its own, or quickly inside this one."""

import contextlib
import hashlib
import io
import os
import re
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tui.commands.run import run

ROOT = Path(__file__).parents[2]
WORKBOOK = ROOT / "examples" / "hong-linh-2018.xlsx"
PACK = ROOT / "rules" / "dan-van-kheo-minh-hoa"
SEASON = "hl-2018"
OPEN = ("season", "open", SEASON, "--title", "Hồng Lĩnh 2018", "--year", "2018")
DECIDE = (
    *("season", "decide", SEASON, "--number", "05/QĐ-UBND", "--on", "20/12/2018"),
    *("--post", "CHỦ TỊCH", "--signer", "Nguyễn Văn Hà"),
)
_PROBLEM = re.compile(r"^(?! )(.+?): .+ \[([\w-]+)\]$", re.MULTILINE)
_CHECK = re.compile(r"\[[\w-]+\]$", re.MULTILINE)
_ENGLISH = re.compile(
    r"\b(Usage|Options?|Arguments?|Commands?|Error|Missing|Try|Invalid|Traceback|No such|Aborted|"
    r"required|default|unexpected|got|expected|requires|does not)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def problems(self):
        """``(place, check)`` of every problem told, in order."""
        return _PROBLEM.findall(self.err)


def ask(*words):
    """Run one command line inside this process."""
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        code = run([str(word) for word in words])
    return Answer(code, out.getvalue(), err.getvalue())


def ask_all(db, *lines):
    """Run several command lines about *db*, each of which has to succeed; their answers."""
    answers = [ask("--db", db, *line) for line in lines]
    assert [answer.code for answer in answers] == [0] * len(lines), answers[-1].err
    return answers


def dvk(*words, cwd, env=None):
    """Run one command line as a process of its own, standing in *cwd*."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, words)],
        cwd=cwd,
        env=surroundings(cwd, **(env or {})),
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def surroundings(home, **more):
    """The environment of a process that finds the project, and nobody's settings."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith("DVK_")}
    home = str(home)
    return kept | {"PYTHONPATH": str(ROOT), "HOME": home, "XDG_DATA_HOME": home, **more}


def contents(db):
    """Everything that stands in the register at *db*."""
    with contextlib.closing(sqlite3.connect(db)) as connection:
        return tuple(connection.iterdump())


def files_in(folder):
    """What stands in *folder*: the digest of every file by name; registers by their contents."""
    return {
        path.relative_to(folder).as_posix(): _told(path)
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and not path.name.endswith("-journal")
    }


def _told(path):
    data = path.read_bytes()
    if data.startswith(b"SQLite format 3"):
        return contents(path)
    return hashlib.sha256(data).hexdigest()


def english_in(text):
    """English words of the library's that a person would read in *text*."""
    return _ENGLISH.findall(_CHECK.sub("", text))

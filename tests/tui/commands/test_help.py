"""Help and usage faults: Vietnamese to the last word, with what to do next."""

import re

import pytest
from typer.main import get_command

from tui.commands.run import app, run

ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|error|missing|try|invalid|no such|required|default|"
    r"show this|message and exit|unexpected|got|expected|requires|text|integer|path|directory)\b",
    re.IGNORECASE,
)


def _commands(command, path=()):
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, (*path, name))


EVERY = list(_commands(get_command(app)))
GROUPS = [path for path in EVERY if path in {one[:-1] for one in EVERY if one}]


def typed(path):
    """The words of *path* as a person types them: `rules at` takes a day before the command."""
    day = ("01/07/2026",) if path[:2] == ("rules", "at") and len(path) > 2 else ()
    return (*path[:2], *day, *path[2:])


def shown(path):
    return " ".join(("dvk", *path[:2], *(("NGÀY",) if typed(path) != path else ()), *path[2:]))


def asked(capsys, *words):
    code = run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("path", EVERY, ids=lambda path: " ".join(path) or "dvk")
def test_help_is_vietnamese(capsys, path):
    code, out, err = asked(capsys, *typed(path), "--help")

    assert (code, err) == (0, "")
    assert out.startswith(f"Cách dùng: {shown(path)} [TÙY CHỌN]")
    assert "--help" in out
    words = re.sub(r"--[\w-]+|dvk [\w .:/-]*", "", out)
    assert ENGLISH.findall(words) == []
    assert not [line for line in out.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: " ".join(path) or "dvk")
def test_every_option_and_argument_is_explained(path):
    command = get_command(app)
    for name in path:
        command = command.commands[name]

    assert command.help
    assert [one.name for one in command.params if not one.help] == []


LISTING = [["audit"]]
"""Groups that list when they are not told what to do."""


@pytest.mark.parametrize(
    "path", [path for path in GROUPS if path and list(path) not in LISTING], ids=" ".join
)
def test_group_without_a_command_shows_its_help(capsys, path):
    code, out, err = asked(capsys, *path)

    assert (code, out) == (2, "")
    assert err.startswith(f"Cách dùng: dvk {' '.join(path)} ")


@pytest.mark.parametrize(
    ("words", "said", "asks"),
    [
        (["seson"], "Không có lệnh “seson”. Ý bạn là “season”?", "dvk"),
        (["season", "opne"], "Không có lệnh “opne”. Ý bạn là “open”?", "dvk season"),
        (["season", "o'pne"], "Không có lệnh “o'pne”. Ý bạn là “open”?", "dvk season"),
        (["season", "chấm"], "Không có lệnh “chấm”.", "dvk season"),
        (["season", "score"], "Thiếu ĐỢT.", "dvk season score"),
        (["season", "open", "a", "--year", "2018"], "Thiếu --title.", "dvk season open"),
        (
            ["season", "open", "a", "--title", "T", "--year", "2o18"],
            "--year: giá trị không dùng được, cần một số nguyên.",
            "dvk season open",
        ),
        (
            ["season", "open", "a", "--title"],
            "Tùy chọn --title cần một giá trị theo sau.",
            "dvk season open",
        ),
        (["--db"], "Tùy chọn --db cần một giá trị theo sau.", "dvk"),
        (
            ["season", "score", "a", "--json=1"],
            "Tùy chọn --json không nhận giá trị.",
            "dvk season score",
        ),
        (
            ["season", "score", "a", "--jsn"],
            "Không có tùy chọn --jsn. Ý bạn là --json?",
            "dvk season score",
        ),
        (["season", "score", "a", "-x"], "Không có tùy chọn -x.", "dvk season score"),
        (["season", "score", "a", "b (c)", "d"], "Thừa tham số: b (c) d.", "dvk season score"),
        (["explain"], "Thiếu MÃ.", "dvk explain"),
        (["print", "list", "hl-2018"], "Thiếu --out.", "dvk print list"),
        (["intake", "apply", "x.xlsx"], "Thiếu --season.", "dvk intake apply"),
        (["rules", "score", "x"], "Thiếu SỐ_LIỆU.", "dvk rules score"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_wrong_usage_is_told_in_vietnamese(capsys, words, said, asks):
    assert asked(capsys, *words) == (2, "", f"{said}\n    → Xem cách dùng: {asks} --help\n")


def test_without_a_terminal_the_screens_stay_shut_and_write_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    for words in ((), ("open",), ("open", "hl-2018"), ("--db", str(tmp_path / "S.db"))):
        code, out, err = asked(capsys, *words)

        assert (code, out) == (2, "")
        assert err.startswith("Màn hình làm việc cần một cửa sổ dòng lệnh thật.\n    → ")
    assert list(tmp_path.iterdir()) == []

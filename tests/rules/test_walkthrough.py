"""The walk-through of the guide, followed to the letter from an empty folder to a pinned pack."""

import re
import shlex

import pytest

from registry.rulebook import RULES_DIR, read_pack_files
from scoring.authoring.format import format_files
from tui.commands.run import run

GUIDE = (RULES_DIR / "README.md").read_text(encoding="utf-8")
STEPS = re.findall(r"```(sh|diff) walk ?(\S*)\n(.*?)```", GUIDE, flags=re.DOTALL)


def edit(path, change):
    """Put *change*, lines marked with a space, ``-`` or ``+``, into the file at *path*."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def dvk(line):
    words = shlex.split(line)
    assert words[0] == "dvk"
    return run(words[1:])


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """What every command of the walk-through answered, in order: line, code, words."""
    monkeypatch.chdir(tmp_path)
    answers = []
    for kind, argument, body in STEPS:
        if kind == "diff":
            edit(tmp_path / argument, body)
            continue
        for line in body.splitlines():
            code = dvk(line)
            shown = capsys.readouterr()
            assert code == int(argument or 0), (line, shown)
            answers.append((line, code, shown.out + shown.err))
    return answers


def test_walk_through_leads_from_an_empty_folder_to_a_pinned_pack(told, tmp_path):
    assert [(line.split(" --")[0], code) for line, code, _ in told] == [
        ("dvk rules new thi-dua-xa", 0),
        ("dvk rules check quy-tac/thi-dua-xa", 0),
        ("dvk rules test quy-tac/thi-dua-xa", 1),
        ("dvk rules test quy-tac/thi-dua-xa", 0),
        ("dvk rules check quy-tac/thi-dua-xa", 2),
        ("dvk rules check quy-tac/thi-dua-xa", 0),
        ("dvk rules test quy-tac/thi-dua-xa", 0),
        ("dvk rules fmt quy-tac/thi-dua-xa", 0),
        ("dvk rules lint quy-tac/thi-dua-xa", 0),
        ("dvk rules doc quy-tac/thi-dua-xa", 0),
        ("dvk", 0),
        ("dvk", 0),
    ]
    assert "Đã ghim thi-dua-xa 0.1.0" in told[-1][2]
    assert (tmp_path / "quy-dinh.pdf").read_bytes().startswith(b"%PDF")


def test_what_the_walk_through_says_will_be_told_is_told(told):
    failing, adding_up = told[2][2], told[4][2]

    assert "sửa ca này trước" in failing
    assert "được 40,00" in failing
    assert "từ 70 đến dưới 95%" in failing
    assert "1/2 ca đạt." in failing
    assert "tối đa 100, các tiêu chí con cộng lại 95" in adding_up


def test_pack_of_the_walk_through_ends_up_laid_out(told, tmp_path):
    files = read_pack_files(tmp_path / "quy-tac" / "thi-dua-xa")

    assert format_files(files, name="x") == (files, ())
    assert "      - id: I.3\n        label: Có sáng kiến\n" in files["criteria/10-ket-qua.yaml"]


def test_every_command_of_the_walk_through_is_one_the_test_ran(told):
    section = GUIDE.split("## Từ thư mục trống")[1].split("\n## ")[0]

    assert re.findall(r"^dvk .*$", section, flags=re.MULTILINE) == [line for line, _, _ in told]

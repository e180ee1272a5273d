"""Packs with one fault each: told by file, line and column; never pinned, never scored by."""

import json
import shutil

import pytest
from command_line import PACK, SEASON, ask, contents
from test_bad_input import refused

FAULTS = {
    "misspelt fact": ("criteria/20-van-dong.yaml", "so_ho_tham_gia", "so_ho_tham_gja"),
    "misspelt key": ("criteria/20-van-dong.yaml", "label:", "lable:"),
    "misspelt top key": ("pack.yaml", "version:", "versoin:"),
    "key twice": ("pack.yaml", "version:", "version: 1.0.0\nversion:"),
    "broken YAML": ("pack.yaml", "version:", "version: 1.0.0: "),
}


@pytest.fixture
def pack(tmp_path):
    """``pack(file, old, new)``: the folder of a copy where the first *old* became *new*."""

    def alter(file, old, new):
        folder = shutil.copytree(PACK, tmp_path / "bộ quy tắc")
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        line = text[: text.index(old)].count("\n") + 1
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder, line

    return alter


@pytest.mark.parametrize(("file", "old", "new"), FAULTS.values(), ids=FAULTS)
def test_fault_is_told_by_file_line_and_column(register, pack, tmp_path, file, old, new):
    folder, line = pack(file, old, new)
    db = register("pinned")
    facts = tmp_path / "F.csv"
    facts.write_text("code\nA\n", encoding="utf-8")
    told = [
        refused(tmp_path, "rules", "check", folder),
        refused(tmp_path, "rules", "test", folder),
        refused(tmp_path, "--db", db, "season", "pin", SEASON, folder),
        refused(tmp_path, "rules", "score", folder, facts, "--out", tmp_path / "R.csv"),
    ]

    for answer in told:
        places = [place for place, _ in answer.problems]
        assert any(place.startswith(f"{folder}/{file}:") for place in places), answer.err
    near = [int(place.rsplit(":", 2)[1]) for place, _ in told[0].problems]
    assert min(abs(one - line) for one in near) <= 1


def test_misspelt_fact_is_answered_with_the_right_name(pack, tmp_path):
    folder, _ = pack(*FAULTS["misspelt fact"])

    assert "so_ho_tham_gia" in refused(tmp_path, "rules", "check", folder).err


def test_check_shows_the_line_with_a_caret(pack, tmp_path):
    folder, _ = pack(*FAULTS["misspelt key"])
    shown = refused(tmp_path, "rules", "check", folder).err.splitlines()
    carets = [number for number, line in enumerate(shown) if line.strip() == "^"]

    assert any(shown[at - 1][shown[at].index("^") :].startswith("lable") for at in carets)


def test_faults_as_json_have_a_place(pack):
    folder, line = pack(*FAULTS["misspelt key"])
    answer = ask("rules", "check", folder, "--json")
    (fault,) = [one for one in json.loads(answer.out) if "lable" in one["message"]]

    assert answer.code == 2
    assert (fault["file"], fault["line"]) == (f"{folder}/criteria/20-van-dong.yaml", line)
    assert fault["hint"]


def test_pack_whose_case_fails_is_not_pinned(register, pack, tmp_path):
    folder, _ = pack("criteria/40-lan-toa.yaml", "points: 2, cap", "points: 3, cap")
    db = register("registered")
    before = contents(db)
    tested = ask("rules", "test", folder)
    answer = ask("--db", db, "season", "pin", SEASON, folder)

    assert tested.code == 1
    assert f"{folder}/tests/" in tested.err
    assert (answer.code, answer.out) == (2, "")
    assert {check for _, check in answer.problems} == {"case"}
    assert all(place.startswith(f"{folder}/tests/") for place, _ in answer.problems)
    assert contents(db) == before


@pytest.mark.parametrize("command", ["check", "test"])
def test_folder_that_is_no_pack(tmp_path, command):
    assert "không có tệp pack.yaml" in refused(tmp_path, "rules", command, tmp_path).err


def test_file_of_another_encoding(pack, tmp_path):
    folder, _ = pack("pack.yaml", "version:", "version:")
    path = folder / "criteria" / "10-xay-dung.yaml"
    path.write_bytes(path.read_bytes() + b"\n# m\xe3\n")

    assert [check for _, check in refused(tmp_path, "rules", "check", folder).problems] == [
        "encoding"
    ]

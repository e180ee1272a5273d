"""Packs on disk: which files are read, what is no pack, what is passed over."""

import shutil
from pathlib import Path

import pytest
from small_season import PACK_DIR

from registry.rulebook import RULES_DIR, PackMissing, list_packs, load_pack, read_pack_files
from scoring.problems import PackError


def test_rules_stand_beside_the_package():
    assert (RULES_DIR / "dan-van-kheo-minh-hoa" / "pack.yaml").is_file()
    assert (RULES_DIR / "catalogue" / "fields.yaml").is_file()


def test_pack_files_are_named_inside_their_folder(tmp_path):
    for name in ("pack.yaml", "criteria/20-b.yaml", "criteria/10-a.yaml", "tests/t.yaml", "x.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{name}: đủ dấu\n", "utf-8")

    assert read_pack_files(tmp_path) == {
        name: f"{name}: đủ dấu\n"
        for name in ("criteria/10-a.yaml", "criteria/20-b.yaml", "pack.yaml", "tests/t.yaml")
    }


@pytest.mark.parametrize("asked", ["dan-van-kheo-minh-hoa", "rules/dan-van-kheo-minh-hoa"])
def test_pack_that_comes_with_the_program_is_found_by_its_name(tmp_path, monkeypatch, asked):
    monkeypatch.chdir(tmp_path)
    assert load_pack(Path(asked)).digest == load_pack(PACK_DIR).digest

    own = tmp_path / asked
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text("id: của riêng mình\n", "utf-8")
    assert read_pack_files(Path(asked)) == {"pack.yaml": "id: của riêng mình\n"}


@pytest.mark.parametrize("asked", ["khac/dan-van-kheo-minh-hoa", "dan-van-kheo", ""])
def test_name_that_no_pack_of_the_program_has_is_refused(tmp_path, monkeypatch, asked):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(PackMissing):
        read_pack_files(Path(asked))


def test_windows_line_ends_and_byte_order_mark_do_not_count(tmp_path):
    (tmp_path / "pack.yaml").write_bytes("\ufeffid: mẫu\r\nversion: 1\r\n".encode())

    assert read_pack_files(tmp_path) == {"pack.yaml": "id: mẫu\nversion: 1\n"}


def test_file_in_an_old_encoding_is_refused_with_its_line(tmp_path):
    (tmp_path / "pack.yaml").write_bytes(b"id: mau\ntitle: \xd0\xfe\n")

    with pytest.raises(PackError) as refused:
        read_pack_files(tmp_path)

    (problem,) = refused.value.problems
    assert (problem.place.line, problem.message) == (2, "Tệp không phải UTF-8.")


def test_folder_without_a_pack_is_refused(tmp_path):
    with pytest.raises(PackMissing) as refused:
        load_pack(tmp_path)

    assert refused.value.message == (
        f"{tmp_path} không phải thư mục bộ quy tắc: không có tệp pack.yaml trong đó."
    )


def test_draft_with_faults_does_not_hide_the_other_packs(tmp_path):
    shutil.copytree(PACK_DIR, tmp_path / "b-tốt")
    (tmp_path / "a-dở").mkdir()
    (tmp_path / "a-dở" / "pack.yaml").write_text("id: [", "utf-8")

    assert [pack.id for pack in list_packs(tmp_path)] == ["dan-van-kheo-minh-hoa"]


def test_no_rules_folder_holds_no_packs(tmp_path):
    assert list_packs(tmp_path / "không có") == ()

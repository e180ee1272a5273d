"""``dvk rules fmt``, ``schema``, ``new``, ``doc``: files, exit codes, words."""

import json
import shutil
import time

import pytest

from registry.rulebook import RULES_DIR
from tui.commands.run import run

PACK = RULES_DIR / "dan-van-kheo-minh-hoa"


@pytest.fixture
def dvk(capsys):
    def ask(*words):
        code = run(["rules", *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return ask


@pytest.fixture
def pack(tmp_path):
    return shutil.copytree(PACK, tmp_path / "ban-nhap")


def untidy(pack):
    path = pack / "pack.yaml"
    path.write_text(
        path.read_text("utf-8").replace("version: 1.0.0", "version:  '1.0.0'  # bản"), "utf-8"
    )
    return path


# fmt --------------------------------------------------------------------------------------------


def test_fmt_check_shows_a_diff_writes_nothing_and_says_no(dvk, pack):
    path = untidy(pack)
    before = path.read_bytes()

    code, out, err = dvk("fmt", pack, "--check")

    assert code == 1
    assert "-version:  '1.0.0'  # bản\n+version: 1.0.0  # bản\n" in out
    assert out.startswith(f"--- {path}\n+++ {path} (trình bày lại)\n")
    assert err == "1 tệp sẽ trình bày lại.\n"
    assert path.read_bytes() == before


def test_fmt_writes_and_then_there_is_nothing_left_to_do(dvk, pack):
    path = untidy(pack)

    assert dvk("fmt", pack) == (0, "", "1 tệp đã trình bày lại.\n")
    assert "version: 1.0.0  # bản\n" in path.read_text("utf-8")
    assert dvk("fmt", pack, "--check") == (0, "", "Mọi tệp đã đúng kiểu trình bày.\n")
    assert dvk("fmt", pack, "--json") == (
        0,
        '{\n  "changed": [],\n  "problems": []\n}\n',
        "Mọi tệp đã đúng kiểu trình bày.\n",
    )


def test_fmt_sees_line_ends_and_the_mark_at_the_start(dvk, pack):
    path = pack / "pack.yaml"
    tidy = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + tidy.replace(b"\n", b"\r\n"))

    code, out, _ = dvk("fmt", pack, "--check")

    assert (code, out) == (1, f"{path}: chỉ khác cách ngắt dòng ở cuối dòng hoặc cuối tệp.\n")
    assert dvk("fmt", pack)[0] == 0
    assert path.read_bytes() == tidy


def test_fmt_leaves_a_faulty_file_alone_shows_its_faults_and_lays_out_the_rest(dvk, pack):
    untidy(pack)
    faulty = pack / "tests" / "00-base.yaml"
    faulty.write_text("cases: [\n", "utf-8")

    code, out, err = dvk("fmt", pack)

    assert (code, out) == (2, "")
    assert f"{pack}/tests/00-base.yaml:2:1:" in err
    assert "1 tệp đã trình bày lại; 1 lỗi, tệp có lỗi để nguyên." in err
    assert faulty.read_text("utf-8") == "cases: [\n"
    assert "version: 1.0.0  # bản\n" in (pack / "pack.yaml").read_text("utf-8")


def test_fmt_of_a_hundred_criteria_takes_less_than_a_second(dvk, pack):
    one = "- {id: Z.%d, label: Tiêu chí %d, max: 2, basis: Điều 9, yes_no: {when: co_sang_kien_moi, points: 2}}"
    many = "\n".join(one % (at, at) for at in range(100))
    (pack / "criteria" / "90.yaml").write_text(f"criteria:\n{many}\n", "utf-8")

    start = time.process_time()
    assert dvk("fmt", pack)[0] == 0
    assert time.process_time() - start < 1


# schema -----------------------------------------------------------------------------------------


def test_schema_is_printed_or_written_and_the_same(dvk, tmp_path):
    out = tmp_path / "dvk.schema.json"

    code, printed, _ = dvk("schema")
    assert code == 0
    assert dvk("schema", "--json")[1] == printed
    assert dvk("schema", "--out", out) == (
        0,
        "",
        f"Đã ghi {out}. Dòng đầu tệp YAML: # yaml-language-server: $schema=dvk.schema.json\n",
    )
    assert out.read_text("utf-8") == printed
    assert json.loads(printed)["$defs"]["GateFile"]["properties"]["basis"]["title"] == "Căn cứ"


# new --------------------------------------------------------------------------------------------


def test_new_pack_checks_lints_and_fails_exactly_one_case(dvk, tmp_path):
    folder = tmp_path / "thi-dua-xa"

    code, out, err = dvk("new", "thi-dua-xa", "--dir", tmp_path)

    assert (code, out) == (0, "")
    assert f"dvk rules test {folder}" in err
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")) == [
        "CHANGELOG.md",
        "criteria/10-ket-qua.yaml",
        "pack.yaml",
        "tests/00-base.yaml",
    ]
    assert dvk("check", folder)[0] == 0
    assert dvk("lint", folder)[0] == 0
    assert dvk("fmt", folder, "--check")[0] == 0
    code, out, err = dvk("test", folder)
    assert (code, out) == (1, "1/2 ca đạt.\n")
    assert "sửa ca này trước" in err


def test_new_does_not_touch_what_is_there(dvk, tmp_path):
    (tmp_path / "co-san").mkdir()

    code, _, err = dvk("new", "co-san", "--dir", tmp_path)

    assert code == 2
    assert err.startswith(f"Đã có {tmp_path / 'co-san'}; không ghi đè.\n    → ")
    assert list((tmp_path / "co-san").iterdir()) == []


@pytest.mark.parametrize("name", ["xã", "a b", "../x", "", "a/b", ".x", "-"])
def test_name_that_cannot_be_an_id_is_refused(dvk, tmp_path, name):
    code, _, err = dvk("new", "--dir", tmp_path, "--", name)

    assert code == 2
    assert "không dùng làm mã bộ quy tắc được" in err
    assert list(tmp_path.iterdir()) == []


def test_new_tells_a_program_what_it_made(dvk, tmp_path):
    told = json.loads(dvk("new", "x", "--dir", tmp_path, "--json")[1])

    assert told["folder"] == f"{tmp_path.as_posix()}/x"
    assert told["files"][0] == "pack.yaml"


# doc --------------------------------------------------------------------------------------------


def test_doc_prints_markdown_and_writes_the_same(dvk, tmp_path):
    code, printed, err = dvk("doc", PACK)

    assert (code, err) == (0, "")
    assert printed.startswith('# Chấm điểm, xếp hạng mô hình "Dân vận khéo" (mẫu minh họa)\n')
    assert dvk("doc", PACK, "--out", tmp_path / "a.md")[0] == 0
    assert (tmp_path / "a.md").read_text("utf-8") == printed


def test_doc_writes_the_same_pdf_twice(dvk, tmp_path):
    for name in ("a.pdf", "b.PDF"):
        assert dvk("doc", PACK, "--out", tmp_path / name)[0] == 0

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.PDF").read_bytes()


def test_doc_as_json_has_every_block(dvk):
    told = json.loads(dvk("doc", PACK, "--json")[1])

    assert told["version"] == "1.0.0"
    assert {"text": "1. Số liệu", "level": 2} in told["blocks"]


def test_doc_refuses_an_ending_it_cannot_write_and_a_faulty_pack(dvk, tmp_path, pack):
    assert dvk("doc", PACK, "--out", tmp_path / "a.docx")[0] == 2
    (pack / "pack.yaml").write_text("id: x\n", "utf-8")
    code, out, err = dvk("doc", pack, "--out", tmp_path / "a.md")
    assert (code, out) == (2, "")
    assert "lỗi trong bộ quy tắc" in err
    assert not (tmp_path / "a.md").exists()


def test_check_knows_the_words_of_the_catalogue_that_a_counted_fact_names(capsys, tmp_path):
    folder = tmp_path / "goi"
    shutil.copytree(RULES_DIR / "can-tho-2579-2025", folder)
    pack = folder / "pack.yaml"
    text = pack.read_text("utf-8").replace(
        "seasons: same-year,", "seasons: same-year, level: [tihn],"
    )
    pack.write_text(text, "utf-8")

    code = run(["rules", "check", str(folder)])

    told = capsys.readouterr().err
    assert (code, "level không có “tihn” trong danh mục. [register]" in told) == (2, True)
    assert "→ Chọn trong: tinh, thi-xa." in told

"""``dvk rules lint``: findings with a caret, as JSON, on a day; what --fix writes and leaves."""

import json

import pytest

from tui.commands.run import run

PACK = """\
id: nho
version: 1.0.0
title: Bộ quy tắc nhỏ
basis: [{document: Quy định nhỏ}]
effective: {from: 2018-01-01, to: 2018-12-31}
facts:
  so_ngay: {type: integer, min: 0, label: Số ngày muộn}
gates:
  - id: DK.1
    label: Không muộn quá 10 ngày
    require: so_ngay <= 10
    basis: Điều 1
grades: [{id: dat, label: Đạt, basis: Điều 3}]
ranking:
  among: [dat]
  order: [total]
  then: vote
  basis: Điều 4
selections:
  - {id: khen, label: Khen, from: [dat], quotas: [{most: 3}], basis: Điều 5}
"""
TABLE = """\
criteria:
  - id: I
    label: Đúng hạn
    max: 4
    basis: Điều 2
    tiers:
      of: so_ngay
      bands:
        - {to: 0, points: 4}
        - {from: 1, to: 5, points: 2} # muộn ít
        - {above: 5, points: 0}
"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "bộ"
    (folder / "criteria").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "criteria/10.yaml").write_text(TABLE, encoding="utf-8")
    return folder


def change(pack, file, old, new):
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def asked(capsys, *words):
    code = run([str(word) for word in ("rules", "lint", *words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_sound_pack_has_nothing_to_look_at(capsys, pack):
    assert asked(capsys, pack) == (0, f"{pack}: không có chỗ nào đáng ngờ.\n", "")
    assert asked(capsys, pack, "--json") == (0, "[]\n", "")


def test_finding_is_shown_with_its_line_and_a_caret(capsys, pack):
    change(pack, "pack.yaml", "so_ngay <= 10", "so_ngay >= 0")

    code, out, err = asked(capsys, pack)

    told = "Điều kiện này luôn đúng với min, max và lựa chọn đã khai"
    assert code == 1
    assert out.splitlines() == [
        f"{pack}/pack.yaml:11:14: {told}: không loại ai. [always-true]",
        "        require: so_ngay >= 0",
        "                 ^",
        "    → Bỏ đi, hoặc sửa ngưỡng, dấu so sánh cho đúng văn bản.",
    ]
    assert err == f"1 chỗ cần xem lại trong {pack}.\n"


def test_findings_as_json_are_rows_with_place_and_code(capsys, pack):
    change(pack, "criteria/10.yaml", "above: 5", "from: 5")

    code, out, _ = asked(capsys, pack, "--json")

    [row] = json.loads(out)
    assert code == 1
    assert (row["line"], row["column"], row["code"]) == (11, 11, "tier-overlap")
    assert row["file"] == f"{pack}/criteria/10.yaml"
    assert row["message"].startswith("Từ 5 đến 5 thuộc hai bậc: ")
    assert row["hint"]


def test_day_decides_whether_the_pack_applies(capsys, pack):
    assert asked(capsys, pack, "--at", "31/12/2018")[0] == 0

    code, out, _ = asked(capsys, pack, "--at", "2019-01-01")

    assert (code, "[expired]" in out) == (1, True)


@pytest.mark.parametrize("day", ["31/02/2018", "hôm nay"])
def test_day_that_is_none_is_refused(capsys, pack, day):
    code, out, err = asked(capsys, pack, "--at", day)

    assert (code, out) == (2, "")
    assert err.startswith("Ngày xem bộ quy tắc: ")


def test_fix_writes_what_changes_no_points_and_shows_it(capsys, pack):
    best = "        - {to: 0, points: 4}\n"
    next_ = "        - {from: 1, to: 5, points: 2} # muộn ít\n"
    change(pack, "criteria/10.yaml", best + next_, next_ + best)
    change(pack, "pack.yaml", "  then: vote\n", "")

    code, out, err = asked(capsys, pack, "--fix")

    assert (code, out) == (0, f"{pack}: không có chỗ nào đáng ngờ.\n")
    assert f"+{best}" in err
    assert "+  then: vote\n" in err
    assert err.endswith("Đã sửa hộ 2 tệp.\n")
    assert (pack / "criteria/10.yaml").read_text(encoding="utf-8") == TABLE
    assert (pack / "pack.yaml").read_text(encoding="utf-8") == PACK
    assert asked(capsys, pack, "--fix")[2] == "Không có chỗ nào sửa hộ được.\n"


def test_fix_keeps_line_ends_and_the_mark_of_windows(capsys, pack):
    there = b"\xef\xbb\xbf" + PACK.encode().replace(b"\n", b"\r\n")
    (pack / "pack.yaml").write_bytes(there.replace(b"  then: vote\r\n", b""))

    assert asked(capsys, pack, "--fix")[0] == 0
    assert (pack / "pack.yaml").read_bytes() == there


def test_fix_leaves_what_the_author_has_to_decide(capsys, pack):
    change(pack, "criteria/10.yaml", "above: 5", "from: 5")
    before = (pack / "criteria/10.yaml").read_bytes()

    code, out, _ = asked(capsys, pack, "--fix")

    assert (code, "[tier-overlap]" in out) == (1, True)
    assert (pack / "criteria/10.yaml").read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--fix",), ("--json",), ("--fix", "--json")])
def test_pack_with_faults_is_refused_and_never_touched(capsys, pack, options):
    change(pack, "pack.yaml", "  then: vote\n", "  then: vote\n  sau: vote\n")
    before = (pack / "pack.yaml").read_bytes()

    code, out, err = asked(capsys, pack, *options)

    assert code == 2
    assert "1 lỗi trong" in err
    assert (
        [row["code"] for row in json.loads(out)] == ["unknown-key"]
        if "--json" in options
        else out == ""
    )
    assert (pack / "pack.yaml").read_bytes() == before

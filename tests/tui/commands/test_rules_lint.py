"""``dvk rules lint``: findings with a caret, as JSON, on a day; what --fix writes and leaves."""

import json
import shutil
from pathlib import Path

import pytest

from tui.commands.run import run

PACK = Path(__file__).parents[3] / "rules" / "dan-van-kheo-minh-hoa"
TABLE = "criteria/10-xay-dung.yaml"


@pytest.fixture
def pack(tmp_path):
    return shutil.copytree(PACK, tmp_path / "bộ")


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
    change(pack, "pack.yaml", "so_ngay_nop_muon <= 10", "so_ngay_nop_muon >= 0")

    code, out, err = asked(capsys, pack)

    told = "Điều kiện này luôn đúng với min, max và lựa chọn đã khai"
    assert code == 1
    assert out.splitlines() == [
        f"{pack}/pack.yaml:101:14: {told}: không loại ai. [always-true]",
        "        require: so_ngay_nop_muon >= 0",
        "                 ^",
        "    → Bỏ đi, hoặc sửa ngưỡng, dấu so sánh cho đúng văn bản.",
    ]
    assert err == f"1 chỗ cần xem lại trong {pack}.\n"


def test_findings_as_json_are_rows_with_place_and_code(capsys, pack):
    change(pack, "criteria/20-van-dong.yaml", "{from: 85, below: 95,", "{from: 85, to: 95,")

    code, out, _ = asked(capsys, pack, "--json")

    [row] = json.loads(out)
    assert code == 1
    assert (row["line"], row["column"], row["code"]) == (26, 15, "tier-overlap")
    assert row["file"] == f"{pack}/criteria/20-van-dong.yaml"
    assert row["message"].startswith("Từ 95 đến 95% thuộc hai bậc: ")
    assert row["hint"]


def test_day_decides_whether_the_pack_applies(capsys, pack):
    assert asked(capsys, pack, "--at", "31/12/2018")[0] == 0

    code, out, _ = asked(capsys, pack, "--at", "2019-01-01")

    assert (code, "[expired]" in out) == (1, True)


@pytest.mark.parametrize("day", ["31/02/2018", "hôm nay"])
def test_day_that_is_none_is_refused(capsys, pack, day):
    code, out, err = asked(capsys, pack, "--at", day)

    assert (code, out) == (2, "")
    assert err.startswith("Ngày xem hiệu lực (--at): ")


def test_fix_writes_what_changes_no_points_and_shows_it(capsys, pack):
    best = "            - {from: 2, points: 3}\n"
    next_ = "            - {from: 1, below: 2, points: 1.5}\n"
    before = (pack / TABLE).read_bytes()
    change(pack, TABLE, best + next_, next_ + best)
    change(pack, "pack.yaml", "  then: vote\n", "")

    code, out, err = asked(capsys, pack, "--fix")

    assert (code, out) == (0, f"{pack}: không có chỗ nào đáng ngờ.\n")
    assert f"+{best}" in err
    assert "+  then: vote\n" in err
    assert err.endswith("Đã sửa hộ 2 tệp.\n")
    assert (pack / TABLE).read_bytes() == before
    assert asked(capsys, pack, "--fix")[2] == "Không có chỗ nào sửa hộ được.\n"


def test_fix_keeps_line_ends_and_the_mark_of_windows(capsys, pack):
    path = pack / "pack.yaml"
    there = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(there.replace(b"  then: vote\r\n", b""))

    assert asked(capsys, pack, "--fix")[0] == 0

    assert path.read_bytes().replace(b"  then: vote\r\n", b"") == there.replace(
        b"  then: vote\r\n", b""
    )
    assert b"  then: vote\r\n" in path.read_bytes()


def test_fix_leaves_what_the_author_has_to_decide(capsys, pack):
    change(pack, "criteria/20-van-dong.yaml", "{from: 85, below: 95,", "{from: 85, to: 95,")
    before = (pack / "criteria/20-van-dong.yaml").read_bytes()

    code, out, _ = asked(capsys, pack, "--fix")

    assert (code, "[tier-overlap]" in out) == (1, True)
    assert (pack / "criteria/20-van-dong.yaml").read_bytes() == before


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

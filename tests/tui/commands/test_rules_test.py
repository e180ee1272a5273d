"""``dvk rules test``, ``mutate`` and ``record`` as a rule author meets them."""

import json
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.append(str(Path(__file__).parents[2] / "journeys"))
from command_line import PACK, ask


@pytest.fixture
def folder(tmp_path):
    """A copy of the pack that may be spoilt."""
    return Path(shutil.copytree(PACK, tmp_path / "bo"))


def spoilt(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_all_well_says_so_and_exits_0(folder):
    answer = ask("rules", "test", folder, "--min", "100")

    assert answer.code == 0
    assert answer.out.splitlines()[0].endswith(" ca đạt.")
    assert answer.out.splitlines()[1].startswith("Độ phủ 100,0%: ")


def test_failing_case_names_the_first_clause_that_diverges_with_both_operands(folder):
    spoilt(folder, "criteria/20-van-dong.yaml", "{from: 95, points: 12}", "{from: 96, points: 12}")
    spoilt(folder, "criteria/20-van-dong.yaml", "below: 95", "below: 96")

    answer = ask("rules", "test", folder)

    assert answer.code == 1
    assert "tham gia 95%" in answer.err
    assert "II.2: mong đợi 12,00, được 10,00." in answer.err
    assert (
        "rẽ từ II.2 (Điều 2, II.2), “từ 96%” không dùng được: "
        "Tỷ lệ hộ tham gia ≥ 96 (trái: 95, phải: 96): sai"
    ) in answer.err


def test_coverage_below_the_minimum_exits_1_and_says_what_to_try(folder):
    spoilt(
        folder,
        "tests/20-tieu-chi.yaml",
        "  - {name: kế hoạch chậm 14 ngày, given: {so_ngay_ke_hoach_cham: 14}, expect: {I.2: 2}}\n",
        "",
    )

    answer = ask("rules", "test", folder, "--cover", "--min", "100")

    assert answer.code == 1
    assert "I.2: “Số ngày ban hành kế hoạch chậm ≤ 15”: chưa thử ngay dưới ngưỡng" in answer.out
    assert "→ thử given: {so_ngay_ke_hoach_cham: 14}" in answer.out
    assert ask("rules", "test", folder, "--min", "99").code == 0


def test_json_and_junit_say_the_same(folder, tmp_path):
    spoilt(
        folder,
        "criteria/20-van-dong.yaml",
        "points: 10\n          full_at",
        "points: 9\n          full_at",
    )
    report = tmp_path / "ket-qua.xml"

    told = json.loads(ask("rules", "test", folder, "--cover", "--json", "--junit", report).out)
    suite = ElementTree.parse(report).getroot()  # noqa: S314 written a moment ago

    assert int(suite.get("failures")) == len(told["failed"]) > 0
    assert int(suite.get("tests")) == told["cases"]
    assert all(one["diverges"] for one in told["failed"])


def test_mutate_refuses_while_cases_fail(folder):
    spoilt(folder, "tests/20-tieu-chi.yaml", "expect: {III.1: 14.85}", "expect: {III.1: 14.9}")

    answer = ask("rules", "mutate", folder)

    assert answer.code == 2
    assert answer.err.startswith("1 ca kiểm thử đang sai, chưa thử đột biến được.")


LET_BE = """\
accepted:
  - change: "I: điều kiện của “đạt”: Số hộ × Số hộ + 1 > Số hộ → Số hộ × Số hộ + 1 ≥ Số hộ"
    because: bình phương cộng một không bằng chính nó
"""


@pytest.fixture
def square(tmp_path):
    """A pack whose one condition always holds, in a way that is not proved."""
    folder = tmp_path / "mot"
    (folder / "tests").mkdir(parents=True)
    for file, text in {
        "pack.yaml": """\
id: mot
version: 1.0.0
title: Một tiêu chí
basis: [{document: Quy định}]
effective: {from: 2018-01-01}
facts:
  so_ho: {type: integer, min: 1, max: 9, label: Số hộ}
criteria:
  - id: I
    label: Quy mô
    basis: Điều 1
    yes_no: {when: so_ho * so_ho + 1 > so_ho, points: 2}
grades:
  - {id: da-cham, label: Đã chấm, basis: Điều 2}
ranking: {among: [da-cham], order: [total]}
""",
        "tests/00.yaml": "base: {so_ho: 3}\ncases:\n  - {name: ba hộ, expect: {I: 2}}\n",
        "tests/90.yaml": LET_BE,
    }.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def test_mutate_lists_what_is_accepted_with_its_reason(square):
    answer = ask("rules", "mutate", square)

    lines = answer.out.splitlines()
    at = lines.index("    → chấp nhận: bình phương cộng một không bằng chính nó")
    assert lines[at - 1].endswith("Số hộ × Số hộ + 1 > Số hộ → Số hộ × Số hộ + 1 ≥ Số hộ")
    assert ", 1 chấp nhận có lý do, " in lines[-1]


def test_mutate_calls_a_reason_stale_when_nothing_survives_any_more(square):
    spoilt(square, "tests/90.yaml", "Số hộ + 1 ≥ Số hộ", "Số hộ + 1 < Số hộ")

    answer = ask("rules", "mutate", square)

    assert answer.code == 1
    assert f"{square}/tests/90.yaml:2:5: đột biến không còn lọt" in answer.out
    told = json.loads(ask("rules", "mutate", square, "--json").out)
    assert [one["because"] for one in told["stale"]] == ["bình phương cộng một không bằng chính nó"]


def test_mutate_few_exits_0_when_none_survives(folder):
    told = json.loads(ask("rules", "mutate", folder, "--limit", "20", "--json").out)

    assert told["tried"] == 20
    assert told["survivors"] == []


def test_recorded_entry_has_no_name_and_passes_at_once(folder, season_file):
    out = folder / "tests" / "90-thuc-te.yaml"
    out.write_text("# Ghi chú của tôi\ncases:\n- {name: cũ, expect: {total: 100}} # còn\n", "utf-8")
    before = out.read_text(encoding="utf-8")

    answer = ask("--db", season_file, "rules", "record", "HL-2018-001", "--out", out)

    assert answer.code == 0, answer.err
    text = out.read_text(encoding="utf-8")
    assert text.startswith(before)
    assert "don_vi: Đơn vị A" in text
    assert "ten_mo_hinh: Mô hình A" in text
    assert "HL-2018" not in text
    assert ask("rules", "test", folder).code == 0


def test_recorded_entry_is_printed_whole_without_a_file(season_file):
    answer = ask("--db", season_file, "rules", "record", "HL-2018-047")

    assert answer.code == 0
    assert answer.out.startswith('- name: "thực tế 1: ')
    assert "grade: " in answer.out


def test_record_leaves_a_file_it_cannot_extend_alone(folder, season_file):
    out = folder / "tests" / "90-thuc-te.yaml"
    out.write_text("cases: []\nbase: {}\n", encoding="utf-8")

    answer = ask("--db", season_file, "rules", "record", "HL-2018-001", "--out", out)

    assert answer.code == 2
    assert out.read_text(encoding="utf-8") == "cases: []\nbase: {}\n"

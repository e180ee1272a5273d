"""``dvk rules at NGÀY …``: one day for every command about a pack."""

import json
import sys
from pathlib import Path

import pytest

from tui.commands.run import run

sys.path.append(str(Path(__file__).parents[2] / "scoring"))
from dated_pack import PACK

NEWER = PACK.replace("{from: 2024-01-01}", "{from: 2025-01-01}")
OLDER = PACK.replace("{from: 2024-01-01}", "{from: 2020-01-01, to: 2024-12-31}").replace(
    "version: 1.0.0", "version: 0.9.0"
)
CASES = """\
base: {tien: 2340000}
cases:
  - {name: theo ngày hỏi, expect: {II: 1}}
  - {name: ngày của ca, at: 2026-07-01, expect: {II: 0}}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("moi", NEWER), ("cu", OLDER), ("khac", PACK.replace("theo-ngay", "khac"))):
        Path(name).mkdir()
        Path(name, "pack.yaml").write_text(text, "utf-8")
    Path("moi/tests").mkdir()
    Path("moi/tests/00.yaml").write_text(CASES, "utf-8")
    Path("facts.csv").write_text("code,tien\nA,2340000\n", "utf-8")
    return tmp_path


def dvk(capsys, *words):
    code = run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def points(capsys, *words):
    code, out, err = dvk(capsys, *words, "--json")
    told = json.loads(out)
    return [code, err, *(line["points"] for line in told["sheet"]["lines"])]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("30/06/2026", ["1.00", "1.00"]),
        ("2026-06-30", ["1.00", "1.00"]),
        ("01/07/2026", ["0.92", "0.00"]),
    ],
)
def test_explain_reads_the_values_of_the_day(capsys, day, found):
    assert points(capsys, "rules", "at", day, "explain", "moi", "facts.csv") == [0, "", *found]


@pytest.mark.usefixtures("folder")
def test_explanation_tells_the_value_its_day_and_its_basis(capsys):
    _, out, _ = dvk(capsys, "rules", "at", "30/06/2026", "explain", "moi", "facts.csv")

    assert "(theo-ngay 1.0.0), theo giá trị ngày 30/06/2026" in out
    assert out.count("Lương cơ sở: 2.340.000 đồng (từ 01/07/2024, NĐ 73/2024)\n") == 2


@pytest.mark.usefixtures("folder")
def test_pack_beside_it_that_applies_on_the_day_is_taken(capsys):
    found = points(capsys, "rules", "at", "01/08/2024", "explain", "moi", "facts.csv")

    assert found == [
        0,
        (
            "Ngày 01/08/2024 dùng cu (theo-ngay 0.9.0, hiệu lực từ 01/01/2020 đến 31/12/2024) "
            "thay cho moi.\n"
        ),
        "1.00",
        "1.00",
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "command",
    [
        ("check", "moi"),
        ("test", "moi"),
        ("score", "moi", "facts.csv", "--out", "o.csv"),
        ("explain", "moi", "facts.csv"),
        ("doc", "moi"),
        ("fmt", "moi", "--check"),
        ("mutate", "moi"),
        ("diff", "moi", "cu"),
        ("impact", "moi", "--season", "x"),
    ],
    ids=lambda words: words[0],
)
def test_pack_that_does_not_apply_on_the_day_is_refused(capsys, command):
    assert dvk(capsys, "rules", "at", "01/01/2019", *command) == (
        2,
        "",
        (
            "Ngày 01/01/2019 bộ quy tắc theo-ngay 1.0.0 không có hiệu lực (từ 01/01/2025).\n"
            "    → Chọn ngày khác, hoặc đặt bản có hiệu lực ngày ấy, cùng id, ở thư mục bên cạnh; "
            "đang có: cu từ 01/01/2020 đến 31/12/2024.\n"
        ),
    )
    assert not Path("o.csv").exists()


@pytest.mark.usefixtures("folder")
def test_lint_judges_the_pack_on_the_day_whichever_way_it_is_named(capsys):
    one = dvk(capsys, "rules", "at", "01/01/2019", "lint", "moi")

    assert one == dvk(capsys, "rules", "lint", "moi", "--at", "2019-01-01")
    assert (one[0], "[not-yet]" in one[1]) == (1, True)


@pytest.mark.usefixtures("folder")
def test_cases_run_on_the_day_unless_they_name_their_own(capsys):
    assert dvk(capsys, "rules", "at", "30/06/2026", "test", "moi") == (0, "2/2 ca đạt.\n", "")
    assert dvk(capsys, "rules", "test", "moi")[:2] == (1, "1/2 ca đạt.\n")


@pytest.mark.usefixtures("folder")
def test_score_doc_and_diff_read_the_day(capsys):
    words = ("rules", "at", "30/06/2026")
    dvk(capsys, *words, "score", "moi", "facts.csv", "--out", "o.csv")
    assert "2.00" in Path("o.csv").read_text("utf-8")
    assert "Lương cơ sở: 2.340.000 đồng (từ 01/07/2024)" in dvk(capsys, *words, "doc", "moi")[1]

    text = NEWER.replace("value: 2340000", "value: 2300000").replace("theo-ngay", "khac")
    Path("khac/pack.yaml").write_text(text, "utf-8")
    differ = [
        dvk(capsys, "rules", "at", day, "diff", "moi", "khac", "--facts", "facts.csv")[0]
        for day in ("30/06/2026", "01/07/2026")
    ]
    assert differ == [1, 0]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hôm-nay", "check", "moi"), "Ngày xem bộ quy tắc: “hôm-nay” không phải là ngày."),
        (("31/02/2026", "check", "moi"), "Ngày xem bộ quy tắc: Không có ngày 31/02/2026 trên lịch."),
        (("01/07/2026",), "Chưa nêu lệnh."),
        (("01/07/2026", "chek", "moi"), "Không có lệnh “chek”. Ý bạn là “check”?"),
        (("01/07/2026", "check", "nao"), "nao không phải thư mục bộ quy tắc"),
    ],
)  # fmt: skip
def test_slip_is_told_with_what_to_do(capsys, words, said):
    code, out, err = dvk(capsys, "rules", "at", *words)

    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert "→" in err


@pytest.mark.usefixtures("folder")
def test_pack_with_faults_is_checked_all_the_same(capsys):
    Path("moi/pack.yaml").write_text(NEWER.replace("label: lương cơ sở", "lable: x"), "utf-8")

    code, _, err = dvk(capsys, "rules", "at", "01/07/2026", "check", "moi")

    assert (code, "[unknown-key]" in err) == (2, True)

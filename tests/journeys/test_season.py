"""A season from the workbook to the certificates, by the commands as they are documented."""

import json
import re
import shutil
import sqlite3

import pytest
from command_line import DECIDE, PACK, SEASON, WORKBOOK, ask, ask_all, contents, dvk, files_in
from independent import COLUMNS, LEAVES, expected_csv
from pypdf import PdfReader

from registry.rulebook import load_pack

DRAFT = "DỰ THẢO"
PAPERS = {
    "hl-2018-danh-sach-bieu-duong.pdf",
    "hl-2018-danh-sach-cong-nhan.pdf",
    "hl-2018-giay-chung-nhan-bieu-duong.pdf",
    "hl-2018-giay-chung-nhan-cong-nhan.pdf",
}
STEPS = {
    "open": 'dvk --db S.db season open hl-2018 --title "Hồng Lĩnh 2018" --year 2018',
    "intake": "dvk --db S.db intake apply hong-linh-2018.xlsx --season hl-2018 --yes",
    "pin": "dvk --db S.db season pin hl-2018 rules/dan-van-kheo-minh-hoa",
    "score": "dvk --db S.db season score hl-2018",
    "ranking": "dvk --db S.db season ranking hl-2018 --csv OUT.csv",
    "list": "dvk --db S.db print list hl-2018 --out DIR",
    "certificates": "dvk --db S.db print certificates hl-2018 --out DIR",
    "explain": "dvk --db S.db explain HL-2018-065",
    "check": "dvk rules check rules/dan-van-kheo-minh-hoa",
    "test": "dvk rules test rules/dan-van-kheo-minh-hoa",
}


def words_of(line):
    """*line* as a shell would take it apart."""
    return [plain or quoted for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)][1:]


@pytest.fixture(scope="module")
def journey(tmp_path_factory):
    """(folder, answers by step): every command as written, in a folder of its own."""
    folder = tmp_path_factory.mktemp("as-written")
    shutil.copy(WORKBOOK, folder)
    shutil.copytree(PACK, folder / "rules" / PACK.name)
    return folder, {step: dvk(*words_of(line), cwd=folder) for step, line in STEPS.items()}


@pytest.mark.slow
def test_every_command_works_as_written(journey):
    folder, answers = journey

    assert {step: answer.code for step, answer in answers.items()} == dict.fromkeys(STEPS, 0)
    assert set(files_in(folder)) - set(files_in(folder / "rules")) >= {"S.db", "OUT.csv"}
    assert {path.name for path in (folder / "DIR").iterdir()} == PAPERS
    assert not list(folder.rglob(".dvk-*"))


@pytest.mark.slow
def test_answers_are_data_and_narration_stands_apart(journey):
    _, answers = journey
    out = {step: answer.out for step, answer in answers.items()}
    err = {step: answer.err for step, answer in answers.items()}

    assert (out["open"], err["open"]) == ("", "Đã mở đợt hl-2018: Hồng Lĩnh 2018 (2018).\n")
    assert out["intake"] == "hong-linh-2018.xlsx: 112 mới, 0 giống hệt, 0 thay đổi.\n"
    assert out["pin"] == ""
    assert err["score"] == ""
    assert (out["ranking"], err["ranking"]) == ("", "Đã ghi OUT.csv.\n")
    assert {line.removeprefix("DIR/") for line in (out["list"] + out["certificates"]).split()} == (
        PAPERS
    )
    assert (
        err["list"]
        == err["certificates"]
        == (
            "65 mô hình (DỰ THẢO: đợt chưa có số quyết định)\n"
            "8 mô hình (DỰ THẢO: đợt chưa có số quyết định)\n"
        )
    )
    assert err["explain"] == err["check"] == err["test"] == ""
    assert re.fullmatch(r"(\d+)/\1 ca đạt\.\n", out["test"])


@pytest.mark.slow
def test_score_tells_112_then_65_then_8(journey):
    _, answers = journey
    numbers = re.findall(
        r"^(Đăng ký|Được công nhận|Được biểu dương) +(\d+)", answers["score"].out, re.M
    )

    assert numbers == [("Đăng ký", "112"), ("Được công nhận", "65"), ("Được biểu dương", "8")]


@pytest.mark.slow
def test_csv_is_the_independent_calculation_to_the_last_byte(journey):
    folder, _ = journey

    assert (folder / "OUT.csv").read_bytes() == expected_csv(WORKBOOK).encode()
    head, *rows = (folder / "OUT.csv").read_text(encoding="utf-8").splitlines()
    assert tuple(head.split(",")) == COLUMNS
    cells = [dict(zip(COLUMNS, row.split(","), strict=True)) for row in rows]
    assert sum(row["recognised"] == "1" for row in cells) == 65
    assert sum(row["commended"] == "1" for row in cells) == 8


@pytest.mark.slow
def test_explanation_names_every_criterion_with_its_clause_and_values(journey):
    _, answers = journey
    told = answers["explain"].out
    pack = load_pack(PACK)

    for leaf in pack.leaves():
        said = re.search(rf"^ *{re.escape(leaf.id)}  .+\n +(.+)$", told, re.M)
        assert said, leaf.id
        assert said[1].endswith(f"(Điều 2, {leaf.id})")
        assert re.search(r"\d", said[1].rpartition("→")[0]) or "Cấp tỉnh" in said[1], leaf.id
    assert re.findall(r"^  đạt +(DK\.\d)", told, re.M) == [f"DK.{number}" for number in range(1, 7)]
    assert "TỔNG  90,36 + 3,00 − 0,00 = 93,36 điểm" in told
    assert "Điều 6" in told
    assert "Điều 7" in told


@pytest.mark.slow
def test_papers_are_drafts_with_a_page_for_every_recipient(journey):
    folder, _ = journey
    papers = {path.name: PdfReader(path).pages for path in (folder / "DIR").iterdir()}
    pages = {
        # Every eighth of the 65: reading text out of a PDF takes longer than making it.
        name: [page.extract_text() for page in found[:: 8 if len(found) > 20 else 1]]
        for name, found in papers.items()
    }

    assert len(papers["hl-2018-giay-chung-nhan-cong-nhan.pdf"]) == 65
    assert len(papers["hl-2018-giay-chung-nhan-bieu-duong.pdf"]) == 8
    assert [
        (name, number)
        for name, texts in pages.items()
        for number, text in enumerate(texts, 1)
        if DRAFT not in text
    ] == []


def test_papers_carry_the_decision_once_there_is_one(register, tmp_path):
    db, out = register("scored"), tmp_path / "Giấy tờ đợt “8”"
    ask_all(db, DECIDE)
    chosen = (SEASON, "--selection", "bieu-duong", "--out", out)
    ask_all(db, ("print", "list", *chosen), ("print", "certificates", *chosen))
    pages = {
        path.name: [page.extract_text() for page in PdfReader(path).pages] for path in out.iterdir()
    }

    assert set(pages) == {name for name in PAPERS if "bieu-duong" in name}
    assert [name for name, texts in pages.items() for text in texts if DRAFT in text] == []
    for name, texts in pages.items():
        numbered = [text for text in texts if "05/QĐ-UBND" in text]
        assert len(numbered) == (len(texts) if "giay" in name else 1), name


def test_decided_season_is_closed_and_still_holds(register, tmp_path):
    db = register("scored")
    ask_all(db, DECIDE)
    before = contents(db)
    refused = [
        ask("--db", db, *words)
        for words in (
            ("intake", "apply", WORKBOOK, "--season", SEASON, "--yes"),
            ("season", "pin", SEASON, PACK),
            ("season", "score", SEASON),
            DECIDE,
        )
    ]

    assert [(answer.code, answer.out) for answer in refused] == [(2, "")] * 4
    assert all("hl-2018" in answer.err and "→" in answer.err for answer in refused)
    assert contents(db) == before
    verified = ask("--db", db, "season", "verify", SEASON)
    assert (verified.code, verified.err) == (0, "Khớp.\n")


def test_another_decision_needs_a_reason(register):
    db = register("scored")
    ask_all(db, DECIDE, (*DECIDE, "--reason", "Sửa họ tên người ký"))

    last = json.loads(ask("--db", db, "audit", "--json").out)[-1]
    assert json.loads(last["data"])["reason"] == "Sửa họ tên người ký"


def test_verify_says_no_when_a_stored_point_was_changed(register):
    db = register("scored")
    connection = sqlite3.connect(db)
    query = "update run_sheets set total = '99.99' where code = 'HL-2018-065'"
    assert connection.execute(query).rowcount == 1
    connection.commit()
    connection.close()
    verified = ask("--db", db, "season", "verify", SEASON)

    assert verified.code == 1
    assert "SAI: " in verified.out


@pytest.mark.parametrize(
    "words",
    [
        ("season", "list"),
        ("season", "show", SEASON),
        ("season", "score", SEASON),
        ("season", "ranking", SEASON),
        ("season", "ranking", SEASON, "--selection", "bieu-duong"),
        ("season", "verify", SEASON),
        ("season", "pin", SEASON, PACK),
        ("season", "open", "hl-2019", "--title", "Hồng Lĩnh 2019", "--year", "2019"),
        DECIDE,
        ("entries", SEASON),
        ("entries", SEASON, "tieng trong"),
        ("entries", SEASON, "không có ai tên thế này"),
        ("explain", "HL-2018-065"),
        ("explain", "HL-2018-105"),
        ("audit",),
        ("audit", SEASON),
        ("intake", "plan", WORKBOOK, "--season", SEASON),
    ],
    ids=lambda words: " ".join(map(str, words[:2])),
)
def test_json_is_all_that_stands_on_stdout(register, words):
    answer = ask("--db", register("scored"), *words, "--json")

    assert answer.code == 0, answer.err
    assert json.loads(answer.out) is not None


def test_json_of_papers_and_rules(register, tmp_path):
    db = register("scored")
    printed = ask_all(db, ("print", "certificates", SEASON, "--out", tmp_path / "pdf", "--json"))[0]
    tested = ask("rules", "test", PACK, "--json")

    assert [(row["pages"], row["draft"]) for row in json.loads(printed.out)] == [
        (65, True),
        (8, True),
    ]
    assert json.loads(ask("rules", "check", PACK, "--json").out) == []
    assert json.loads(tested.out)["failed"] == []


def test_json_of_intake_without_consent_is_the_plan(register):
    db = register("opened")
    answer = ask("--db", db, "intake", "apply", WORKBOOK, "--season", SEASON, "--json")

    assert answer.code == 2
    plan = json.loads(answer.out)
    counts = {name: len(items) for name, items in plan.items()}
    assert counts == {
        "files": 1, "new": 112, "same": 0, "changed": 0, "refused": 0, "look_alike": 0, "notices": 1,
    }  # fmt: skip
    assert plan["new"][4] == {
        "code": "HL-2018-005",
        "name": "Cải tạo vườn tạp thành vườn mẫu tổ dân phố 8",
        "unit": "Phường Nam Hồng",
        "file": WORKBOOK.name,
        "cell": f"{WORKBOOK.name}:Đăng ký!A6",
    }


def test_search_needs_no_accents(register):
    db = register("scored")
    with_accents, without = (
        ask_all(db, ("entries", SEASON, text, "--json"))[0]
        for text in ("Tiếng trống", "tieng trong")
    )

    assert with_accents == without
    assert "HL-2018-065" in {row["code"] for row in json.loads(without.out)}


def test_points_of_the_ranking_are_those_of_the_explanation(register):
    db = register("scored")
    lines = json.loads(ask("--db", db, "season", "ranking", SEASON, "--json").out)
    first = next(line for line in lines if line["rank"] == 1)
    sheet = json.loads(ask("--db", db, "explain", first["code"], "--json").out)["sheet"]

    assert first["total"] == sheet["total"] == "93.36"
    leaves = [part["id"] for group in sheet["lines"] for part in group["parts"]]
    assert tuple(leaves) == LEAVES

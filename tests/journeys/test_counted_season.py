"""Models recognised in one season earn their units a bonus in another, by the commands alone."""

import datetime as dt
import json

import openpyxl
import pytest
from command_line import DECIDE, ROOT, SEASON, WORKBOOK, ask, ask_all

CAN_THO = ROOT / "rules" / "can-tho-2579-2025"
COUNTED = "Số mô hình Dân vận khéo được công nhận"
UNITS = {"CT-01": "Phường Đức Thuận", "CT-02": "phuong bac hong", "CT-03": "Chi cục Thuế"}
REGISTERED = (
    [
        "Mã",
        "Tên",
        "Đơn vị",
        "Lĩnh vực",
        "Cấp",
        "Loại hình",
        "Địa chỉ",
        "Ngày bắt đầu",
        "Ngày đăng ký",
    ],
    *(
        [
            code,
            f"UBND {unit}",
            unit,
            "Kinh tế",
            "Cấp tỉnh",
            "Tập thể",
            "Trụ sở",
            dt.date(2018, 1, 1),
            dt.date(2018, 1, 2),
        ]
        for code, unit in UNITS.items()
    ),
)
REPORTED = {
    "Khối cơ quan": "UBND xã, phường",
    "Đề nghị khen": "Tập thể",
    "Cơ quan đã tự chấm điểm": "Có",
    "Điểm tổ chức, cụ thể hóa văn bản": 9.5,
    "Điểm tham mưu, tổ chức thực hiện": 84,
    "Số tiêu chí trong phụ lục bị 0 điểm": 0,
    "Điểm thưởng đã thẩm định": 2.5,
    "Điểm trừ đã thẩm định": 0.5,
    "Để xảy ra tham nhũng": "Không",
    "Mất đoàn kết nghiêm trọng trong cơ quan": "Không",
    "Kỷ luật cao nhất với cấp trưởng, cấp phó": "Không",
    "Có công chức, viên chức bị xử lý hình sự": "Không",
}
SCORE = ("season", "score", "ct-2018")


def agencies(folder, **more):
    """The workbook of the agencies' season, with *more* columns of results."""
    results = {**REPORTED, **more}
    book = openpyxl.Workbook()
    book.active.title = "Đăng ký"
    for row in REGISTERED:
        book.active.append(row)
    sheet = book.create_sheet("Kết quả")
    sheet.append(["Mã", *results])
    for code in UNITS:
        sheet.append([code, *results.values()])
    book.save(folder / "co-quan.xlsx")
    return folder / "co-quan.xlsx"


def without(folder, *codes):
    """The workbook of the models' season, *codes* not fit to be recognised any more."""
    book = openpyxl.load_workbook(WORKBOOK)
    sheet = book["Kết quả"]
    at = [cell.value for cell in sheet[1]].index("Mất đoàn kết nghiêm trọng")
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in codes:
            row[at].value = "Có"
    path = folder / f"bot-{len(codes)}.xlsx"
    book.save(path)
    return path


@pytest.fixture
def db(register, tmp_path):
    """A register with the models' season scored, and the agencies' season ready to be."""
    path = register("scored")
    ask_all(
        path,
        ("season", "open", "ct-2018", "--title", "Cần Thơ 2018", "--year", "2018"),
        ("season", "pin", "ct-2018", CAN_THO),
        ("intake", "apply", agencies(tmp_path), "--season", "ct-2018", "--yes"),
    )
    return path


def told(db, code):
    """(what the bonus was read from, bonus, total) of an agency."""
    sheet = json.loads(ask("--db", db, "explain", code, "--json").out)["sheet"]
    line = sheet["bonus"]["parts"][0]
    reading = next(one for one in line["readings"] if one["label"] == COUNTED)
    source = reading["source"].removeprefix("lấy từ sổ: ")
    return reading["text"], len(source.split(", ")), line["points"], sheet["total"]


def recognised(db):
    lines = json.loads(ask("--db", db, "entries", SEASON, "--json").out)
    return {
        unit: sorted(one["code"] for one in lines if one["recognised"] and one["unit"] == unit)
        for unit in ("Phường Đức Thuận", "Phường Bắc Hồng")
    }


def test_units_earn_their_bonus_from_the_models_recognised_in_the_register(db):
    ask_all(db, SCORE)

    assert {unit: len(codes) for unit, codes in recognised(db).items()} == {
        "Phường Đức Thuận": 2,
        "Phường Bắc Hồng": 15,
    }
    assert told(db, "CT-01") == ("2 mô hình", 2, "2.50", "95.50")
    assert told(db, "CT-02") == ("15 mô hình", 15, "2.50", "95.50")  # spelt without accents
    assert told(db, "CT-03") == ("0 mô hình", 1, "0.00", "93.00")
    grades = json.loads(ask("--db", db, "entries", "ct-2018", "--json").out)
    assert [one["grade"] for one in grades] == [
        *("Hoàn thành xuất sắc", "Hoàn thành xuất sắc", "Hoàn thành tốt")
    ]


def test_explanation_says_which_models_were_counted(db):
    ask_all(db, SCORE)
    codes = ", ".join(recognised(db)["Phường Đức Thuận"])

    said = f"{COUNTED}: 2 mô hình (lấy từ sổ: {codes})"
    assert said in ask("--db", db, "explain", "CT-01").out
    assert said in ask("--db", db, "rules", "explain", CAN_THO, "CT-01").out


def test_number_follows_recognition_until_it_is_frozen_again(db, tmp_path):
    ask_all(db, SCORE)
    mine = recognised(db)["Phường Đức Thuận"]

    for lost, text, points, total in (
        (mine[:1], "1 mô hình", "2.50", "95.50"),
        (mine, "0 mô hình", "0.00", "93.00"),
    ):
        before = told(db, "CT-01")
        book = without(tmp_path, *lost)
        ask_all(
            db,
            ("intake", "apply", book, "--season", SEASON, "--yes"),
            ("season", "score", SEASON),
        )
        assert told(db, "CT-01") == before  # frozen with the run
        assert json.loads(ask("--db", db, "season", "show", "ct-2018", "--json").out)["stale"]
        verified = ask("--db", db, "season", "verify", "ct-2018")
        assert (verified.code, "SAI" in verified.out) == (0, False)
        assert f"CT-01 · {COUNTED}: lượt chấm" in verified.err
        ask_all(db, SCORE)
        assert told(db, "CT-01")[::2] == (text, points)
        assert told(db, "CT-01")[3] == total


def test_decided_season_holds_when_what_it_counted_is_scored_again(db, tmp_path):
    decide = tuple("ct-2018" if word == SEASON else word for word in DECIDE)
    ask_all(db, SCORE, decide)
    mine = recognised(db)["Phường Đức Thuận"]
    ask_all(
        db,
        ("intake", "apply", without(tmp_path, *mine), "--season", SEASON, "--yes"),
        ("season", "score", SEASON),
    )

    verified = ask("--db", db, "season", "verify", "ct-2018", "--json")
    report = json.loads(verified.out)

    assert (verified.code, report["problems"]) == (0, [])
    assert report["notices"] == [
        (
            f"CT-01 · {COUNTED}: lượt chấm 2 lấy từ sổ 2, nay là 0; "
            "kết quả của lượt ấy giữ theo số đã chốt."
        )
    ]
    assert told(db, "CT-01") == ("2 mô hình", 2, "2.50", "95.50")


def test_decided_run_counts_though_the_season_goes_on(db, tmp_path):
    """A decision stands: the models' season cannot be scored again, and stays what is counted."""
    ask_all(db, DECIDE, SCORE)
    book = without(tmp_path, *recognised(db)["Phường Đức Thuận"])

    refused = ask("--db", db, "intake", "apply", book, "--season", SEASON, "--yes")

    assert refused.code == 2
    assert told(db, "CT-01")[0] == "2 mô hình"


def test_season_that_is_not_scored_yet_counts_for_nothing_and_is_named(register, tmp_path):
    path = register("pinned")
    ask_all(
        path,
        ("season", "open", "ct-2018", "--title", "Cần Thơ 2018", "--year", "2018"),
        ("season", "pin", "ct-2018", CAN_THO),
        ("intake", "apply", agencies(tmp_path), "--season", "ct-2018", "--yes"),
    )

    [answer] = ask_all(path, SCORE)

    assert answer.err == f"Lưu ý: đợt {SEASON} chưa chấm, số lấy từ sổ chưa tính đợt ấy.\n"
    sheet = json.loads(ask("--db", path, "explain", "CT-01", "--json").out)["sheet"]
    assert sheet["bonus"]["parts"][0]["points"] is None
    assert sheet["bonus"]["parts"][0]["lack"] == f"chưa có “{COUNTED}”"


def test_column_of_what_the_register_counts_is_not_read(db, tmp_path):
    book = agencies(tmp_path, **{COUNTED: 99})

    answer = ask("--db", db, "intake", "plan", book, "--season", "ct-2018")

    assert f"Cột “{COUNTED}” không đọc: máy lấy số này từ sổ." in answer.err
    ask_all(db, SCORE)
    assert told(db, "CT-01")[0] == "2 mô hình"


def test_two_runs_on_the_same_register_come_to_the_same_digest(db):
    first, second = ask_all(db, SCORE, SCORE)

    assert first.out == second.out
    lines = json.loads(ask("--db", db, "audit", "ct-2018", "--json").out)
    scored = [json.loads(one["data"]) for one in lines if one["event"] == "season-scored"]
    assert [one["reused"] for one in scored] == [False, True]

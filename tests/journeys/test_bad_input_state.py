"""Commands at the wrong moment, on the wrong file, to the wrong place: refused, nothing written."""

import pytest
from command_line import DECIDE, OPEN, PACK, SEASON, WORKBOOK, ask, ask_all
from test_bad_input import refused


@pytest.mark.parametrize(
    ("stage", "words", "said"),
    [
        ("opened", OPEN, "Đã có đợt “hl-2018”."),
        ("opened", ("season", "score", SEASON), "Đợt hl-2018"),
        ("registered", ("season", "score", SEASON), "ghim bộ quy tắc"),
        ("pinned", ("season", "ranking", SEASON), "chưa chấm điểm"),
        ("pinned", ("season", "ranking", SEASON, "--csv", "OUT.csv"), "chưa chấm điểm"),
        ("pinned", ("season", "ranking", SEASON, "--selection", "bieu-duong"), "chưa chấm điểm"),
        ("pinned", ("print", "list", SEASON, "--out", "DIR"), "chưa chấm điểm"),
        ("pinned", ("print", "certificates", SEASON, "--out", "DIR"), "chưa chấm điểm"),
        ("registered", ("print", "list", SEASON, "--out", "DIR"), "chưa ghim bộ quy tắc"),
        ("pinned", DECIDE, "hl-2018"),
        (
            "scored",
            ("season", "score", "hl-2081"),
            "Không có đợt “hl-2081”.\n    → Ý bạn là hl-2018?",
        ),
        ("scored", ("season", "show", "hl-2081"), "Ý bạn là hl-2018?"),
        ("scored", ("season", "verify", "hl-2081"), "Ý bạn là hl-2018?"),
        ("scored", ("season", "pin", "hl-2081", PACK), "Ý bạn là hl-2018?"),
        ("scored", ("entries", "hl-2081"), "Ý bạn là hl-2018?"),
        ("scored", ("audit", "hl-2081"), "Ý bạn là hl-2018?"),
        ("scored", ("print", "list", "hl-2081", "--out", "DIR"), "Ý bạn là hl-2018?"),
        (
            "scored",
            ("intake", "apply", WORKBOOK, "--season", "hl-2081", "--yes"),
            "Ý bạn là hl-2018?",
        ),
        ("scored", ("explain", "HL-2018-650"), "Ý bạn là HL-2018-065"),
        (
            "scored",
            ("season", "ranking", SEASON, "--selection", "bieu-dong"),
            "Có: cong-nhan, bieu-duong.",
        ),
        (
            "scored",
            ("print", "list", SEASON, "--out", "DIR", "--selection", "x"),
            "lượt xét chọn “x”",
        ),
        (
            "scored",
            ("season", "open", "hl 2019", "--title", "T", "--year", "2019"),
            "Mã đợt “hl 2019”",
        ),
        ("scored", ("season", "open", "hl-2019", "--title", " ", "--year", "2019"), "chưa có tên"),
        (
            "scored",
            ("season", "open", "hl-2019", "--title", "T", "--year", "19"),
            "Năm 19 không dùng được",
        ),
        ("scored", ("season", "pin", SEASON, "không-có"), "không có tệp pack.yaml"),
        ("scored", ("season", "pin", SEASON, WORKBOOK), "không có tệp pack.yaml"),
    ],
    ids=lambda one: " ".join(map(str, one[:2])) if isinstance(one, tuple) else "",
)
def test_command_at_the_wrong_moment(register, tmp_path, monkeypatch, stage, words, said):
    db = register(stage)
    monkeypatch.chdir(tmp_path)

    assert said in refused(tmp_path, "--db", db, *words).err


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("31/02/2018", "Ngày ký (--on): Không có ngày 31/02/2018 trên lịch."),
        ("", "Ngày ký (--on): chưa ghi ngày nào."),
        ("hôm qua", "Ngày ký (--on): "),
        ("2018-13-01", "Ngày ký (--on): "),
    ],
)
def test_decision_needs_a_day_of_the_calendar(register, tmp_path, on, said):
    words = [on if word == "20/12/2018" else word for word in DECIDE]

    assert refused(tmp_path, "--db", register("scored"), *words).err.startswith(said)


@pytest.mark.parametrize("lacking", ["05/QĐ-UBND", "CHỦ TỊCH", "Nguyễn Văn Hà"])
def test_decision_needs_number_post_and_signer(register, tmp_path, lacking):
    words = [" " if word == lacking else word for word in DECIDE]

    assert "Quyết định thiếu" in refused(tmp_path, "--db", register("scored"), *words).err


@pytest.mark.parametrize(
    "words",
    [
        ("season", "list"),
        ("season", "score", SEASON),
        ("entries", SEASON),
        ("explain", "HL-2018-065"),
        ("audit",),
        ("season", "pin", SEASON, PACK),
        ("intake", "apply", WORKBOOK, "--season", SEASON, "--yes"),
    ],
    ids=lambda words: " ".join(map(str, words[:2])),
)
def test_register_is_not_made_in_passing(tmp_path, words):
    answer = refused(tmp_path, "--db", tmp_path / "gõ nhầm.db", *words)

    assert answer.err.startswith(f"Chưa có tệp sổ {tmp_path / 'gõ nhầm.db'}.")
    assert list(tmp_path.iterdir()) == []


def test_season_that_cannot_be_opened_leaves_no_register(tmp_path):
    words = ("season", "open", "hồng lĩnh", "--title", "Hồng Lĩnh 2018", "--year", "2018")

    answer = refused(tmp_path, "--db", tmp_path / "S.db", *words)

    assert answer.err.startswith("Mã đợt “hồng lĩnh” không dùng được.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("season", "list"), OPEN], ids=["list", "open"])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("không có/S.db", "không có thư mục"),
        (".", "là một thư mục"),
        ("bảng.xlsx", "không phải tệp sổ"),
        ("chữ.txt", "không phải tệp sổ"),
        ("của người khác.db", "không phải tệp sổ"),
        ("chữ.txt/S.db", ""),
    ],
)
def test_file_that_cannot_be_a_register(tmp_path, path, said, words):
    import sqlite3

    (tmp_path / "bảng.xlsx").write_bytes(WORKBOOK.read_bytes())
    (tmp_path / "chữ.txt").write_text("không phải sổ\n", encoding="utf-8")
    other = sqlite3.connect(tmp_path / "của người khác.db")
    other.execute("create table ghi_chu (chu text)")
    other.commit()
    other.close()

    assert said in refused(tmp_path, "--db", tmp_path / path, *words).err


@pytest.mark.parametrize(
    "words",
    [
        ("season", "ranking", SEASON, "--csv", "đây là tệp/OUT.csv"),
        ("season", "ranking", SEASON, "--csv", "thư mục"),
        ("season", "ranking", SEASON, "--csv", "."),
        ("season", "ranking", SEASON, "--csv", "x" * 300),
        ("print", "list", SEASON, "--out", "đây là tệp"),
        (
            "print",
            "certificates",
            SEASON,
            "--out",
            "đây là tệp/sâu/hơn",
            "--selection",
            "bieu-duong",
        ),
    ],
    ids=lambda words: " ".join(words[-2:])[:40],
)
def test_place_that_cannot_be_written_to(register, tmp_path, monkeypatch, words):
    db = register("scored")
    (tmp_path / "đây là tệp").write_text("giữ nguyên\n", encoding="utf-8")
    (tmp_path / "thư mục").mkdir()
    monkeypatch.chdir(tmp_path)

    assert refused(tmp_path, "--db", db, *words).err.startswith("Không ghi được ")


def test_device_is_written_to_and_stays_one(register, capfd):
    from pathlib import Path

    ask_all(register("scored"), ("season", "ranking", SEASON, "--csv", "/dev/null"))

    assert Path("/dev/null").is_char_device()


def test_link_is_followed_and_stays_one(register, tmp_path):
    (tmp_path / "cũ.csv").write_text("cũ\n", encoding="utf-8")
    (tmp_path / "liên kết.csv").symlink_to(tmp_path / "cũ.csv")
    ask_all(register("scored"), ("season", "ranking", SEASON, "--csv", tmp_path / "liên kết.csv"))

    assert (tmp_path / "liên kết.csv").is_symlink()
    assert (tmp_path / "cũ.csv").read_text(encoding="utf-8").startswith("code,rank,total,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("season", "open", "hl-2019", "--title", "T\udce1", "--year", "2019"), "“T�”"),
        (("intake", "apply", "b\udce1ng.xlsx", "--season", SEASON, "--yes"), "“b�ng.xlsx”"),
        (("entries", SEASON, "tr\udcf3ng"), "“tr�ng”"),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else "",
)
def test_letters_of_another_encoding_are_not_dropped(register, tmp_path, words, said):
    answer = refused(tmp_path, "--db", register("scored"), *words)

    assert answer.err.startswith(f"Dòng lệnh có chữ không đọc được: {said}.")


def test_officer_needs_a_name(register, tmp_path):
    answer = ask("--db", register("opened"), "--officer", "   ", "season", "list")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Chưa biết ai đang làm việc với sổ.")

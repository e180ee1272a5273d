"""Keeping a register by the commands: copies, restoring, health, the log, moving house."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from command_line import DECIDE, SEASON, ask, ask_all, contents
from pypdf import PdfReader


def changed(db, statement):
    connection = sqlite3.connect(db, isolation_level=None)
    connection.execute("DROP TRIGGER audit_keeps_update")
    assert connection.execute(statement).rowcount > 0
    connection.execute(
        "CREATE TRIGGER audit_keeps_update BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    )
    connection.close()


def test_copy_is_made_looked_at_and_put_back(register, tmp_path):
    db, copy = register("scored"), tmp_path / "bản sao.db"
    (made,) = ask_all(db, ("backup", copy))
    ask_all(db, DECIDE)
    held = contents(db)

    looked = ask("--db", db, "restore", copy)
    assert (made.out, looked.code) == (f"{copy}\n", 2)
    assert "Sẽ mất 2 việc ghi sau bản sao:" in looked.out
    assert "Ghi quyết định số 05/QĐ-UBND" in looked.out
    assert "--yes" in looked.err
    assert contents(db) == held

    done = ask("--db", db, "--officer", "Nam", "restore", copy, "--yes")
    assert done.code == 0
    (kept,) = Path(db).parent.glob("S.truoc-khoi-phuc-*.db")
    assert contents(kept) == held
    assert str(kept) in done.err
    verified = ask("--db", db, "season", "verify", SEASON)
    assert (verified.code, verified.err) == (0, "Khớp.\n")
    last = json.loads(ask("--db", db, "audit", "--json").out)[-1]
    assert (last["event"], last["officer"]) == ("register-restored", "Nam")


def test_backup_never_overwrites_and_names_itself(register):
    db = register("scored")
    first, second = (Path(one.out.strip()) for one in ask_all(db, ("backup",), ("backup",)))

    assert re.fullmatch(r"S\.sao-luu-\d{4}-\d\d-\d\d-\d{4}\.db", first.name)
    assert first != second
    answer = ask("--db", db, "backup", first)
    assert (answer.code, answer.out) == (2, "")
    assert "không bao giờ ghi đè" in answer.err


def test_doctor_tells_what_is_wrong_and_what_to_do(register):
    db = register("scored")
    well = ask("--db", db, "doctor")
    assert well.code == 0
    assert "mọi giá trị trong sổ đúng như nhật ký ghi" in well.out

    changed(db, "UPDATE marks SET mark = '10' WHERE code = 'HL-2018-047'")
    ill = ask("--db", db, "doctor", "--json")
    found = {one["check"]: one for one in json.loads(ill.out)}
    assert ill.code == 1
    assert found["agreement"]["health"] == "bad"
    assert found["agreement"]["hint"] == "Xem từng chỗ: dvk season verify ĐỢT."
    assert found["chain"]["health"] == "good"


def test_doctor_looks_at_what_no_other_command_opens(tmp_path):
    db = tmp_path / "S.db"
    db.write_text("không phải sổ\n" * 99, "utf-8")

    answer = ask("--db", db, "doctor")
    assert (answer.code, "HỎNG" in answer.out) == (1, True)
    assert ask("--db", tmp_path / "không có.db", "doctor").code == 1


def test_mark_changed_with_a_database_program_is_named(register):
    db = register("pinned")
    changed(db, "UPDATE marks SET mark = '10' WHERE code = 'HL-2018-047' AND position = 1")
    ask_all(db, ("season", "score", SEASON))

    answer = ask("--db", db, "season", "verify", SEASON)
    (wrong,) = [line for line in answer.out.splitlines() if line.startswith("SAI: ")]

    assert answer.code == 1
    assert re.fullmatch(
        r"SAI: HL-2018-047 “.+” · Ủy viên 2: trong sổ 10; nhật ký ghi [\d,]+ \(dòng 2, ngày "
        r"\d\d/\d\d/\d{4} \d\d:\d\d, .+\)\.",
        wrong,
    )
    told = json.loads(ask("--db", db, "season", "verify", SEASON, "--json").out)
    assert [(one["code"], one["what"], one["stored"]) for one in told["entries"]] == [
        ("HL-2018-047", "Ủy viên 2", "10")
    ]


def test_anchor_on_paper_finds_a_cut_log(register, tmp_path):
    db = register("scored")
    ask_all(db, DECIDE, ("print", "list", SEASON, "--selection", "bieu-duong", "--out", tmp_path))
    (paper,) = tmp_path.glob("*.pdf")
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    (anchor,) = set(re.findall(r"Nhật ký \(([0-9a-f]+)\)", text))
    assert len(anchor) == 16

    whole = ask("--db", db, "audit", "verify", "--anchor", anchor)
    assert whole.code == 0
    assert f"Dấu {anchor} là dòng 5, " in whole.out
    for given in (anchor.upper(), f" ({anchor}) ", anchor[:8]):
        assert ask("--db", db, "audit", "verify", "--anchor", given).code == 0
    assert ask("--db", db, "audit", "verify", "--anchor", "12ab").code == 2

    connection = sqlite3.connect(db, isolation_level=None)
    connection.execute("DROP TRIGGER audit_keeps_delete")
    connection.execute("DELETE FROM audit WHERE seq > 4")
    connection.execute(
        "CREATE TRIGGER audit_keeps_delete BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    )
    connection.close()
    assert ask("--db", db, "audit", "verify").code == 0
    cut = ask("--db", db, "audit", "verify", "--anchor", anchor)
    assert cut.code == 1
    assert f"không dòng nào mang dấu {anchor}" in cut.out
    assert "→" in cut.err


def test_edited_line_is_named_with_what_to_do(register):
    db = register("scored")
    changed(db, "UPDATE audit SET officer = 'Nam' WHERE seq = 2")

    answer = ask("--db", db, "audit", "verify", "--json")
    broken = json.loads(answer.out)["broken"]

    assert answer.code == 1
    assert broken == {"seq": 2, "reason": "Dòng nhật ký số 2 đã bị sửa sau khi ghi."}


def test_log_is_listed_as_ever(register):
    db = register("scored")

    whole, named, listed = ask_all(db, ("audit",), ("audit", SEASON), ("audit", "list", SEASON))

    assert whole.out == named.out == listed.out
    assert len(whole.out.splitlines()) == 4


@pytest.mark.slow
def test_register_moves_house_with_nothing_lost(register, tmp_path):
    db = register("scored")
    ask_all(db, DECIDE)
    out, again, new = tmp_path / "ra", tmp_path / "ra nữa", tmp_path / "máy mới.db"
    ask_all(db, ("export", out))
    ask_all(new, ("import", out), ("export", again))

    def files(folder):
        return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*.*")}

    assert files(again) == files(out)
    for words in (("season", "verify", SEASON, "--json"), ("audit", "--json")):
        assert ask_all(new, words) == ask_all(db, words)
    assert ask("--db", new, "import", out).code == 2


def test_synchronised_folder_needs_somebody_to_insist(tmp_path, monkeypatch):
    synced = tmp_path / "OneDrive - UBND thị xã"
    synced.mkdir()
    words = ("season", "open", SEASON, "--title", "Hồng Lĩnh 2018", "--year", "2018")

    refused = ask("--db", synced / "S.db", *words)
    assert (refused.code, list(synced.iterdir())) == (2, [])
    assert "thư mục OneDrive tự đồng bộ" in refused.err
    assert ask("--allow-here", "--db", synced / "S.db", *words).code == 0
    monkeypatch.setenv("DVK_ALLOW_LOCATION", "1")
    assert ask("--db", synced / "S.db", "season", "list").code == 0

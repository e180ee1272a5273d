"""The health of a register: every illness is found, with what to do, and nothing is changed."""

import datetime as dt
import sqlite3

import pytest
from small_season import Clock, desk_at
from test_desk_scoring import tampered

from registry.desk.upkeep import examine
from registry.store import health, location
from registry.store.schema import HEAD
from registry.views import Health


def checkups(path, *, clock=None, anywhere=False):
    return examine(path, clock=clock or Clock(), anywhere=anywhere)


def ill(path, **told):
    return [one.check for one in checkups(path, **told) if one.health is Health.BAD]


def changed(path, *statements):
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_healthy_register_is_found_so_and_left_as_it_is(scored_desk, path):
    path.chmod(0o600)
    scored_desk.back_up()
    before = {one: one.read_bytes() for one in path.parent.iterdir()}

    found = checkups(path)

    assert {one.health for one in found} == {Health.GOOD}
    assert [one.check for one in found] == [
        *("location", "disk", "sqlite", "file", "integrity", "foreign-keys", "schema"),
        *("chain", "clock", "backup", "agreement", "orphans", "permissions"),
    ]
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == before


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("CREATE VIEW nhin AS SELECT 1", "file"),
        ("CREATE TRIGGER t AFTER INSERT ON facts BEGIN SELECT 1; END", "file"),
        ("CREATE TABLE la (x)", "file"),
        ("DROP INDEX ix_facts_season", "file"),
        ("PRAGMA application_id = 3", "file"),
        ("UPDATE alembic_version SET version_num = '0099'", "schema"),
        ("UPDATE facts SET cell = '1' WHERE code = 'HL-002'", "agreement"),
        ("UPDATE facts SET code = 'HL-9' WHERE code = 'HL-001'", "foreign-keys"),
        ("DELETE FROM marks", "agreement"),
    ],
)
def test_what_others_did_to_the_file_is_found(scored_desk, path, statement, check):
    changed(path, statement)

    assert check in ill(path)
    assert all(one.hint for one in checkups(path) if one.health is Health.BAD)


def test_broken_chain_is_found(scored_desk, path):
    tampered(path, "UPDATE audit SET officer = 'Nam' WHERE seq = 2")

    assert ill(path) == ["chain"]


def test_damaged_file_is_found(scored_desk, path):
    content = bytearray(path.read_bytes())
    for start in range(8192, len(content), 4096):
        content[start : start + 16] = b"\xff" * 16
    path.write_bytes(content)

    assert "integrity" in ill(path) or "file" in ill(path)


@pytest.mark.parametrize("content", [b"", b"x", b"m\xc3\xa3,t\xc3\xaan\n" * 500])
def test_file_of_something_else_is_found(path, content):
    path.write_bytes(content)

    assert "file" in ill(path)
    assert path.read_bytes() == content


def test_missing_file_and_folder_are_found(path):
    assert ill(path) == ["file"]
    assert ill(path.parent / "không có" / "sổ.db") == ["file"]


def test_clock_behind_the_log_is_found(scored_desk, path):
    slow = Clock()
    slow.now -= dt.timedelta(days=2)

    assert ill(path, clock=slow) == ["clock"]


def test_place_is_judged_unless_somebody_insists(scored_desk, path, monkeypatch):
    (path.parent / ".stfolder").mkdir()

    assert ill(path) == ["location"]
    assert ill(path, anywhere=True) == []


def test_network_share_is_found(scored_desk, path, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(location, "_MOUNTS", mounts)

    assert ill(path) == ["location"]


def test_old_backups_are_noticed(scored_desk, path):
    def said(clock):
        (one,) = [one for one in checkups(path, clock=clock) if one.check == "backup"]
        return one.health, one.said

    late = Clock()
    late.now += dt.timedelta(days=30)
    never = "sổ chưa được sao lưu lần nào bằng dvk backup"

    assert said(Clock()) == (Health.NOTICE, never)
    scored_desk.back_up()
    assert said(late) == (Health.GOOD, "sao lưu lần cuối 01/12/2018 08:02, từ đó 0 việc")
    scored_desk.note_printed("hl", paper="tờ", digest="ab" * 32, pages=1)
    assert said(late) == (Health.NOTICE, "sao lưu lần cuối 01/12/2018 08:02, từ đó 1 việc")


def test_readers_and_leftovers_are_noticed(scored_desk, path):
    path.chmod(0o644)
    (path.parent / f".dvk-{path.name}-7").touch()
    told = {one.check: one.said for one in checkups(path) if one.health is Health.NOTICE}

    assert told["permissions"] == (
        "nhóm của chủ tệp và mọi người dùng máy đọc được tệp sổ (-rw-r--r--)"
    )
    assert told["leftovers"] == "tệp làm dở còn lại: .dvk-sổ.db-7"


def test_unused_rows_are_noticed(scored_desk, path):
    changed(path, "INSERT INTO snapshots VALUES ('aa', '{}')")

    (one,) = [one for one in checkups(path) if one.check == "orphans"]
    assert one.said == "dòng không còn ai dùng: snapshots 1"


def test_register_of_an_older_program_is_no_illness(scored_desk, path, monkeypatch):
    monkeypatch.setattr(health, "HEAD", f"{int(HEAD) + 1:04}")

    (one,) = [one for one in checkups(path) if one.check == "schema"]
    assert (one.health, one.hint) == (
        Health.NOTICE,
        "Mở sổ bằng lệnh bất kỳ: máy tự sao lưu rồi nâng cấp.",
    )


def test_desk_opens_what_was_examined(scored_desk, path):
    checkups(path)

    assert desk_at(path).verify("hl").problems == ()

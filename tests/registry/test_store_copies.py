"""Backups and what becomes of a register when one is put back; killed at every step besides."""

import contextlib
import datetime as dt
import os
import random
import shutil
import signal
import sqlite3
import sys
import threading
import time

import pytest
from small_season import Clock, decided, desk_at
from test_desk_scoring import tampered

from registry.audit import verify_chain
from registry.desk.upkeep import plan_restore, restore
from registry.store.contents import NotARegister
from registry.store.copies import CopyExists, CopyUnfit, check_copy, file_digest
from registry.store.restoring import CopyIsRegister
from registry.store.schema import HEAD, NewerRegister


def rows(path):
    """Everything that stands in the register, but for the log."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return sorted(row for row in connection.iterdump() if 'INTO "audit"' not in row)


def changed(path, *statements):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


# Backup ------------------------------------------------------------------------------------------


def test_backup_holds_everything_and_the_log_says_it_was_made(scored_desk, path):
    before = rows(path)

    made = scored_desk.back_up()

    assert made.path == path.with_name("sổ.sao-luu-2018-12-01-0801.db")
    assert (made.digest, made.size) == (file_digest(made.path), made.path.stat().st_size)
    assert (made.lines, made.revision) == (4, HEAD)
    assert rows(made.path) == before
    assert desk_at(made.path).verify("hl").problems == ()
    last = scored_desk.audit_lines()[-1]
    assert last.sentence == f"Sao lưu ra {made.path.name} ({made.digest[:12]})."
    assert last.previous == made.head
    assert scored_desk.verify("hl").problems == ()


def test_backups_never_overwrite(scored_desk, path, tmp_path):
    clock = Clock()
    scored_desk._clock = lambda: clock.now
    names = [scored_desk.back_up().path.name for _ in range(3)]
    kept = tmp_path / "ổ khác"
    kept.mkdir()
    taken = kept / "bản sao.db"
    taken.write_text("của người khác", "utf-8")

    assert names == [f"sổ.sao-luu-2018-12-01-0800{end}.db" for end in ("", "-2", "-3")]
    assert scored_desk.back_up(kept).path == kept / "sổ.sao-luu-2018-12-01-0800.db"
    with pytest.raises(CopyExists):
        scored_desk.back_up(taken)
    assert taken.read_text("utf-8") == "của người khác"
    assert not list(tmp_path.rglob(".dvk-*"))


def test_backup_is_no_more_open_than_the_register(scored_desk, path):
    path.chmod(0o600)

    assert scored_desk.back_up().path.stat().st_mode & 0o777 == 0o600


def test_backup_of_a_damaged_register_is_refused(scored_desk, path):
    tampered(path, "UPDATE audit SET officer = 'Nam' WHERE seq = 2")

    with pytest.raises(CopyUnfit, match="nhật ký không còn nguyên, Dòng nhật ký số 2 đã bị sửa"):
        scored_desk.back_up()

    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_backups_are_whole_while_others_write(scored_desk, path):
    stop, written = threading.Event(), []

    def write(officer):
        desk = desk_at(path, officer=officer)
        while not stop.is_set():
            desk.note_printed("hl", paper="tờ", digest="ab" * 32, pages=1)
            written.append(officer)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("Nam", "Lan")]
    for thread in threads:
        thread.start()
    try:
        copies = [scored_desk.back_up(path.with_name(f"bản {n}.db")) for n in range(4)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()

    assert written
    assert verify_chain(scored_desk.audit_lines()) is None
    assert [check_copy(one.path).head for one in copies] == [one.head for one in copies]


# Restore -----------------------------------------------------------------------------------------


def put_back(copy, path):
    return restore(plan_restore(copy, path), officer="Hà", clock=Clock())


def test_plan_says_what_would_be_lost_and_writes_nothing(scored_desk, path):
    copy = scored_desk.back_up().path
    decided(scored_desk)
    before = {one: one.read_bytes() for one in path.parent.iterdir()}

    plan = plan_restore(copy, path)

    assert [line.event for line in plan.lost] == ["backup-made", "season-decided"]
    assert (plan.common, plan.has_parted, plan.is_missing, plan.unreadable) == (4, False, False, "")
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == before


def test_restored_register_is_the_copy_and_says_so(scored_desk, path):
    copy = scored_desk.back_up().path
    decided(scored_desk)
    before, held = path.read_bytes(), rows(copy)

    kept = put_back(copy, path)

    assert kept == path.with_name("sổ.truoc-khoi-phuc-2018-12-01-0802.db")
    assert kept.read_bytes() == before
    assert rows(path) == held
    desk = desk_at(path)
    assert desk.verify("hl").problems == ()
    assert desk.audit_lines()[-1].sentence == (
        f"Khôi phục từ bản sao lưu {copy.name} ({file_digest(copy)[:12]}); 2 dòng nhật ký sau bản "
        "ấy không còn trong sổ."
    )
    desk.score("hl")


def test_copy_that_went_another_way_is_told(scored_desk, path, tmp_path):
    other = tmp_path / "máy khác.db"
    shutil.copy(path, other)
    desk_at(other, officer="Nam").note_printed("hl", paper="tờ", digest="ab" * 32, pages=1)
    scored_desk.note_printed("hl", paper="tờ", digest="cd" * 32, pages=1)

    plan = plan_restore(other, path)

    assert (plan.common, plan.has_parted, [line.seq for line in plan.lost]) == (4, True, [5])


def test_register_is_restored_where_there_is_none(scored_desk, path, tmp_path):
    copy = scored_desk.back_up(tmp_path / "bản sao.db").path
    elsewhere = tmp_path / "máy mới" / "so.db"
    elsewhere.parent.mkdir()

    assert plan_restore(copy, elsewhere).is_missing
    assert put_back(copy, elsewhere) is None
    assert desk_at(elsewhere).verify("hl").problems == ()


@pytest.mark.parametrize("damage", [b"", b"\x00" * 5000, b"kh\xc3\xb4ng ph\xe1\xba\xa3i" * 99])
def test_damaged_register_is_put_aside_as_it_is(scored_desk, path, damage):
    copy = scored_desk.back_up().path
    path.write_bytes(damage)
    path.with_name(f"{path.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 64)

    plan = plan_restore(copy, path)
    kept = restore(plan, officer="Hà", clock=Clock())

    assert plan.unreadable
    assert kept.read_bytes() == damage
    assert desk_at(path).verify("hl").problems == ()


@pytest.mark.parametrize(
    ("spoil", "refused"),
    [
        (lambda one: one.unlink(), CopyUnfit),
        (lambda one: one.write_bytes(one.read_bytes()[:20_000]), CopyUnfit),
        (lambda one: one.write_text("mã,tên\n" * 500, "utf-8"), NotARegister),
        (lambda one: changed(one, "CREATE VIEW v AS SELECT 1"), NotARegister),
        (lambda one: changed(one, "UPDATE alembic_version SET version_num='0099'"), NewerRegister),
        (lambda one: tampered(one, "DELETE FROM audit WHERE seq = 2"), CopyUnfit),
        (
            lambda one: changed(one, "UPDATE facts SET code = 'HL-9' WHERE code = 'HL-001'"),
            CopyUnfit,
        ),
    ],
    ids=["none", "cut", "text", "view", "newer", "chain", "orphans"],
)
def test_unfit_copy_is_refused_and_the_register_stays(scored_desk, path, spoil, refused):
    copy = scored_desk.back_up().path
    spoil(copy)
    before = path.read_bytes()

    with pytest.raises(refused):
        plan_restore(copy, path)

    assert path.read_bytes() == before


def test_register_is_no_copy_of_itself(scored_desk, path):
    with pytest.raises(CopyIsRegister):
        plan_restore(path, path)


# Killed ------------------------------------------------------------------------------------------

STEPS = ("open", "os.", "shutil.", "sqlite3.connect")


def killed_at(step, deed):
    """Do *deed* in a process that dies at its *step*-th touch of the disk; whether it died."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    try:
        left = [step]

        def count(event, _arguments):
            if event.startswith(STEPS):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        deed()
        os._exit(0)
    finally:
        os._exit(1)


@pytest.fixture
def crossing(scored_desk, path):
    """(the register, a copy of it, contents of both): what a restore may leave."""
    copy = scored_desk.back_up().path
    decided(scored_desk)
    return path, copy, (rows(path), rows(copy))


@pytest.mark.slow
def test_restore_killed_at_any_step_leaves_the_old_or_the_new(crossing, path):
    _, copy, (old, new) = crossing
    kept = path.read_bytes()
    outcomes = []
    for step in range(1, 500):
        path.write_bytes(kept)
        died = killed_at(step, lambda: put_back(copy, path))
        outcomes.append("new" if rows(path) == new else "old" if rows(path) == old else "neither")
        assert verify_chain(desk_at(path).audit_lines()) is None
        for left in path.parent.iterdir():
            if left not in (path, copy):
                left.unlink()
        if not died:
            break

    assert outcomes[-1] == "new"
    assert set(outcomes) == {"old", "new"}
    assert outcomes == sorted(outcomes, reverse=True)
    assert len(outcomes) > 10


@pytest.mark.slow
def test_restore_killed_at_any_moment_leaves_the_old_or_the_new(crossing, path):
    _, copy, (old, new) = crossing
    kept, random_ = path.read_bytes(), random.Random(7)
    started = time.monotonic()
    put_back(copy, path)
    whole = time.monotonic() - started
    for _ in range(30):
        path.write_bytes(kept)
        child = os.fork()
        if not child:
            try:
                put_back(copy, path)
            finally:
                os._exit(0)
        time.sleep(random_.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert rows(path) in (old, new)
        assert verify_chain(desk_at(path).audit_lines()) is None


def test_moment_of_a_copy_is_in_its_name_as_clocks_show_it(scored_desk, path):
    assert Clock()().utcoffset() == dt.timedelta(hours=7)
    assert scored_desk.back_up().path.name.endswith("-0801.db")

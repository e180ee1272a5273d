"""A thousand ways to tamper with the log, each found against the head that was printed."""

import contextlib
import datetime as dt
import json
import random
import shutil
import sqlite3

import pytest
from small_season import Clock, decided, desk_at, scored
from test_audit import chain

from registry.audit import Event, EventKind, StoredLine, chained, check_chain, stored_line
from registry.desk import open_desk
from registry.errors import RegistryError
from registry.rulebook import RULES_DIR
from registry.store.contents import NotARegister

SEED = 20181201
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789ạếộ"


def drawn_line(random_, like):
    """A line somebody might put in: of the season, chained or not."""
    data = "".join(random_.choices(LETTERS, k=8))
    return like._replace(data=f'{{"paper":"{data}"}}')


def edited(random_, lines):
    at = random_.randrange(len(lines))
    column = random_.choice([name for name in StoredLine._fields if name != "seq"])
    before = getattr(lines[at], column)
    where = random_.randrange(len(before))
    letter = random_.choice([one for one in LETTERS if one != before[where]])
    lines[at] = lines[at]._replace(**{column: before[:where] + letter + before[where + 1 :]})


def removed(random_, lines):
    del lines[random_.randrange(len(lines))]


def removed_and_renumbered(random_, lines):
    del lines[random_.randrange(len(lines))]
    lines[:] = [line._replace(seq=seq) for seq, line in enumerate(lines, start=1)]


def inserted(random_, lines):
    at = random_.randrange(len(lines))
    lines.insert(at, drawn_line(random_, lines[at]))
    lines[:] = [line._replace(seq=seq) for seq, line in enumerate(lines, start=1)]


def swapped(random_, lines):
    one, other = random_.sample(range(len(lines)), 2)
    lines[one], lines[other] = (
        lines[other]._replace(seq=one + 1),
        lines[one]._replace(seq=other + 1),
    )


def truncated(random_, lines):
    del lines[random_.randrange(len(lines)) :]


def rewritten(random_, lines):
    """Changed, and everything after it chained anew: nothing but the paper can tell."""
    at = random_.randrange(len(lines))
    new = []
    for number, line in enumerate(lines):
        one = drawn_line(random_, line) if number == at else line
        event = Event(EventKind(one.event), one.season, json.loads(one.data))
        when = dt.datetime.fromisoformat(one.at)
        new.append(chained(event, after=new[-1] if new else None, at=when, officer=one.officer))
    lines[:] = [stored_line(one) for one in new]


WAYS = (edited, removed, removed_and_renumbered, inserted, swapped, truncated, rewritten)


def test_every_way_to_tamper_is_found_against_the_printed_head():
    whole = tuple(stored_line(line) for line in chain(40))
    printed = whole[-1].digest[:16]
    random_ = random.Random(SEED)
    unseen = []
    for number in range(1050):
        lines = list(whole)
        way = WAYS[number % len(WAYS)]
        way(random_, lines)
        assert tuple(lines) != whole
        if check_chain(lines, anchor=printed).broken is None:
            unseen.append((number, way.__name__))

    assert unseen == []
    assert check_chain(whole, anchor=printed).broken is None


def test_anchor_in_the_middle_is_found_and_what_follows_is_checked_too():
    lines = [stored_line(line) for line in chain(9)]
    anchor = lines[3].digest[:16]

    assert check_chain(lines, anchor=anchor).anchored.seq == 4
    lines[6] = lines[6]._replace(officer="Nam")
    check = check_chain(lines, anchor=anchor)
    assert (check.anchored.seq, check.broken.seq, check.lines) == (4, 7, 9)
    assert check.head == lines[5].digest


def test_cut_tail_is_told_as_such():
    lines = [stored_line(line) for line in chain(9)]

    check = check_chain(lines[:5], anchor=lines[8].digest)

    assert check.broken.seq == 0
    assert check.broken.reason == (
        f"Nhật ký có 5 dòng, không dòng nào mang dấu {lines[8].digest}: dòng ấy đã bị cắt khỏi "
        "cuối nhật ký, hoặc cả nhật ký đã bị viết lại."
    )


@pytest.fixture(scope="module")
def decided_file(tmp_path_factory):
    """A register with a decision and some papers after it; (path, anchor on the paper)."""
    path = tmp_path_factory.mktemp("decided") / "sổ.db"
    desk = scored(desk_at(path))
    decided(desk)
    printed = desk.certificate_list("hl", "cong-nhan").audit_head[:16]
    for number in range(5):
        desk.note_printed("hl", paper=f"danh sách {number}", digest="ab" * 32, pages=number)
    return path, printed


STATEMENTS = (
    "UPDATE audit SET officer = 'Nam' WHERE seq = {n}",
    "UPDATE audit SET data = replace(data, '1', '2') WHERE seq = {n}",
    "UPDATE audit SET at = replace(at, '2018', '2017') WHERE seq = {n}",
    "UPDATE audit SET data = CAST(x'c328ff' AS TEXT) WHERE seq = {n}",
    "UPDATE audit SET at = 'hôm qua' WHERE seq = {n}",
    "UPDATE audit SET digest = '' WHERE seq = {n}",
    "DELETE FROM audit WHERE seq = {n}",
    "DELETE FROM audit WHERE seq >= {n} AND {n} <= 5",
    (
        "INSERT INTO audit SELECT 11, at, officer, season, event, data, previous, digest "
        "FROM audit WHERE seq = {n}"
    ),
    "UPDATE audit SET seq = seq + 20 WHERE seq >= {n}",
)


def test_missing_guards_are_told(decided_file, tmp_path):
    path, printed = decided_file
    copy = tmp_path / "bản sao.db"
    shutil.copy(path, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("DROP TRIGGER audit_keeps_update")
    connection.close()

    with pytest.raises(NotARegister, match="thiếu trigger “audit_keeps_update”"):
        desk_at(copy)
    inspected = open_desk(copy, officer="Hà", clock=Clock(), rules_dir=RULES_DIR, unguarded=True)
    check = inspected.verify_audit(printed)
    assert (check.broken, check.holds) == (None, False)
    assert check.unguarded.startswith("Khóa giữ nhật ký (trigger audit_keeps_update) đã bị gỡ")
    assert inspected.verify("hl").problems == (check.unguarded,)


VALUES = ("''", "'{'", "'[]'", "'null'", "x'ff'", "CAST(x'c328ff' AS TEXT)", "'2018-13-45'", "9")


PIECES = ('"set"', "rows", "same", "[", "]", "{", ":", ",", "null", "HL-", "table", "cells")


def tampered_somewhere(random_, path):
    """Put something odd into a random column of a random line; whether anything changed."""
    column, seq = random_.choice(StoredLine._fields[1:]), random_.randrange(1, 6)
    value = random_.choice(VALUES)
    if column == "data" and random_.random() < 0.8:
        new = random_.choice(["", "9", "null", "[]", "{}", '"x"'])
        value = f"replace(data, '{random_.choice(PIECES)}', '{new}')"
    guard = "audit_keeps_update"
    everything = "SELECT hex(quote(at) || officer || season || event || data || digest) FROM audit"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        sql = "SELECT sql FROM sqlite_master WHERE name = ?"
        (made,) = connection.execute(sql, (guard,)).fetchone()
        before = connection.execute(everything + " ORDER BY seq").fetchall()
        connection.execute(f"DROP TRIGGER {guard}")
        with contextlib.suppress(sqlite3.IntegrityError):  # a strict column takes no bytes
            connection.execute(
                " ".join(["UPDATE audit SET", column, "=", value, f"WHERE seq={seq}"])
            )
        connection.execute(made)
        return connection.execute(everything + " ORDER BY seq").fetchall() != before


@pytest.mark.slow
def test_whatever_stands_in_the_log_is_told_in_words(decided_file, tmp_path):
    """Random values and pieces of JSON in random columns: refusals and findings, no traceback."""
    path, printed = decided_file
    copy, random_ = tmp_path / "bản sao.db", random.Random(SEED)
    unseen = []
    for number in range(120):
        shutil.copy(path, copy)
        changed = tampered_somewhere(random_, copy)
        desk = desk_at(copy)
        with contextlib.suppress(RegistryError):
            assert [type(line.sentence) for line in desk.audit_lines()].count(str) > 0
        with contextlib.suppress(RegistryError):
            assert desk.verify("hl").problems or not changed
        if changed and desk.verify_audit(printed).broken is None:
            unseen.append(number)

    assert unseen == []


@pytest.mark.parametrize("statement", STATEMENTS)
def test_tampering_in_the_file_is_found_against_the_printed_anchor(decided_file, statement):
    path, printed = decided_file
    desk = desk_at(path)
    assert desk.verify_audit(printed).anchored.seq == 5
    connection = sqlite3.connect(path, isolation_level=None)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    guards = guards.fetchall()
    for seq in range(1, 6):
        kept = connection.execute("SELECT * FROM audit").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement.format(n=seq)).rowcount > 0
        found = desk.verify_audit(printed)
        connection.execute("DELETE FROM audit")
        connection.executemany("INSERT INTO audit VALUES (?,?,?,?,?,?,?,?)", kept)
        for _, sql in guards:
            connection.execute(sql)
        assert found.broken is not None, seq
    connection.close()
    assert desk.verify_audit(printed).broken is None

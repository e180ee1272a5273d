"""Faults at every write, kills at any moment, several writers at once: nothing half, nothing lost."""

import itertools
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from small_season import MARKED, REPORTED, desk_at, take_in, with_cell, workbook

from registry.audit import verify_chain

ROOT = Path(__file__).parents[2]


def rows(path):
    connection = sqlite3.connect(path)
    dumped = list(connection.iterdump())
    connection.close()
    return dumped


class Fault(Exception):
    pass


def fault_at(write):
    """A listener that raises at the *write*-th statement that changes anything."""
    count = itertools.count(1)

    def listener(_connection, _cursor, statement, *_rest):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and next(count) == write:
            raise Fault

    return listener


CHANGED = workbook(
    registered=None,
    reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", 97),
    marked=with_cell(MARKED, "HL-002", "Ủy viên 2", 7),
)


@pytest.mark.parametrize(
    ("deed", "writes"),
    [
        (lambda desk: desk.open_season("khac", title="Khác", year=2019), 2),
        (lambda desk: take_in(desk, CHANGED), 5),
        (lambda desk: desk.score("hl"), 7),
    ],
    ids=["open", "intake", "score"],
)
def test_fault_at_any_write_leaves_nothing(scored_desk, path, deed, writes):
    desk = scored_desk
    if writes == 7:
        take_in(desk, CHANGED)
    before = rows(path)

    for write in itertools.count(1):
        listener = fault_at(write)
        sa.event.listen(desk._store.database.writers, "before_cursor_execute", listener)
        try:
            deed(desk)
        except Fault:
            assert rows(path) == before
        else:
            break
        finally:
            sa.event.remove(desk._store.database.writers, "before_cursor_execute", listener)

    assert write == writes + 1
    assert rows(path) != before


KILLED = """
import sys
sys.path.insert(0, "tests/registry")
import datetime as dt
from pathlib import Path
from small_season import REGISTERED, REPORTED, MARKED, desk_at, workbook

def many(rows):
    head, first, *_ = rows
    return (head, *((f"HL-{n:04}", *first[1:]) for n in range(1, 301)))

data = workbook(registered=many(REGISTERED), reported=many(REPORTED), marked=many(MARKED))
desk = desk_at(Path(sys.argv[1]))
# Few pages in memory: the intake spills into the file long before it commits.
import sqlalchemy as sa
@sa.event.listens_for(desk._store.database.writers, "begin")
def spill(connection):
    connection.exec_driver_sql("PRAGMA cache_size = 5")
    print("begun", flush=True)
desk.apply_intake(data, file="lớn.xlsx", season="hl")
print("done", flush=True)
"""


@pytest.mark.slow
def test_killed_intake_leaves_nothing(path):
    desk_at(path).open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    before = rows(path)
    killed = 0
    for delay in (0.0, 0.01, 0.02, 0.04, 0.08):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout.readline() == "begun\n"
        time.sleep(delay)
        child.kill()
        done = "done" in child.stdout.read()
        child.wait()
        child.stdout.close()
        if done:
            break
        killed += 1
        assert [len(desk_at(path).entry_lines("hl"))] == [0]
        assert rows(path) == before

    assert killed > 2


WRITER = """
import sys
sys.path.insert(0, "tests/registry")
from dataclasses import replace
from pathlib import Path
from small_season import Clock
from registry.audit import Event, EventKind
from registry.store import seasons
from registry.store.work import open_store

store = open_store(Path(sys.argv[1]))
for _ in range(25):
    with store.work(officer=sys.argv[2], clock=Clock()) as job:
        season = seasons.find(job.connection, "hl")
        seasons.save(job.connection, replace(season, year=season.year + 1))
        job.note(Event(EventKind.PAPER_PRINTED, "hl", {"year": season.year + 1}))
"""


@pytest.mark.slow
def test_several_writers_lose_nothing(path):
    desk = desk_at(path)
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2000)

    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name], cwd=ROOT)
        for name in ("An", "Bình", "Cúc", "Dũng")
    ]

    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert desk.season("hl").year == 2100
    assert desk.season("hl").revision == 100
    lines = desk.audit_lines()
    assert len(lines) == 101
    assert verify_chain(lines) is None


@pytest.mark.slow
def test_several_programs_may_make_the_same_register(path):
    code = "import sys; from pathlib import Path; from registry.store.work import open_store;"
    code += "open_store(Path(sys.argv[1])).close()"
    makers = [subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT) for _ in range(4)]

    assert [maker.wait() for maker in makers] == [0, 0, 0, 0]
    assert desk_at(path).seasons() == ()

"""Several programs that read one entry, change it and save it, over and over, on one register."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from small_season import Clock

from registry.audit import Event, EventKind, verify_chain
from registry.database_url import DatabaseUrl, parse_database_url
from registry.entry import Entry
from registry.errors import RegistryError
from registry.season import Season
from registry.store import entries, log, seasons
from registry.store.elsewhere import EntryChangedElsewhere
from registry.store.work import open_store

ROOT = Path(__file__).resolve().parents[2]
CODE = "HL-001"
COUNTED = Entry(
    code=CODE,
    season="hl",
    name="Đường hoa",
    unit="Phường Bắc Hồng",
    field="kinh-te",
    level="tinh",
    kind="tap-the",
    expected="0",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of it: what the writers say, and what stands in the register afterwards."""

    asked: int
    saved: int
    refused: int
    """How often a writer was told that the register is locked, or anything but the next line."""
    changed: int
    """How often the entry had been saved by another since it was read; read and saved again."""
    counted: int
    """What the entry counts at the end: the changes that were kept."""
    revision: int
    lines: int
    chain: str
    """The fault of the audit chain; empty where it is whole."""
    seconds: float
    longest: float
    """Seconds the unluckiest saving took."""

    @property
    def lost(self):
        return self.saved - self.counted

    @property
    def is_good(self):
        kept = (self.saved, self.counted, self.revision, self.lines - 1)
        return kept == (self.asked,) * 4 and not self.refused and not self.chain


def written_together(where, *, writers, total):
    """Let *writers* programs change one entry *total* times in the new register at *where*."""
    _prepare(where)
    shares = [total // writers + (n < total % writers) for n in range(writers)]
    started = time.monotonic()
    programs = [_program(where, f"cán bộ {n}", share) for n, share in enumerate(shares, start=1)]
    said = [json.loads(one.communicate()[0]) for one in programs]
    seconds = time.monotonic() - started
    store = open_store(where)
    with store.read() as connection:
        entry, lines = entries.find(connection, CODE), log.list_lines(connection)
    store.close()
    fault = verify_chain(lines)
    return Told(
        asked=total,
        saved=sum(one["saved"] for one in said),
        refused=sum(one["refused"] for one in said),
        changed=sum(one["changed"] for one in said),
        counted=int(entry.expected),
        revision=entry.revision,
        lines=len(lines),
        chain="" if fault is None else str(fault),
        seconds=seconds,
        longest=max(one["longest"] for one in said),
    )


def _prepare(where):
    store = open_store(where)
    with store.work(officer="Hà", clock=Clock()) as job:
        seasons.add(job.connection, Season(id="hl", title="Hồng Lĩnh 2018", year=2018))
        entries.add_all(job.connection, [COUNTED])
        job.note(Event(EventKind.SEASON_OPENED, "hl", {}))
    store.close()


def _program(where, officer, share):
    address = where.secret if isinstance(where, DatabaseUrl) else str(where)
    command = [sys.executable, __file__, address, officer, str(share)]
    folders = [str(ROOT), str(ROOT / "tests" / "registry")]
    code = f"import sys; sys.path[:0] = {folders!r}; import runpy; del sys.argv[0]; "
    code += "runpy.run_path(sys.argv[0], run_name='__main__')"
    return subprocess.Popen(
        [sys.executable, "-c", code, *command[1:]], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def one_writer(where, officer, share):
    """Save *share* changes, one in twenty as a person does: read first, save later."""
    store = open_store(where)
    told = {"saved": 0, "refused": 0, "changed": 0, "longest": 0.0}
    while told["saved"] < share and told["refused"] < share:
        began = time.monotonic()
        try:
            _save_one(store, officer, reads_before=told["saved"] % 20 == 19)
        except EntryChangedElsewhere:
            told["changed"] += 1
        except RegistryError:
            told["refused"] += 1
        else:
            told["saved"] += 1
        told["longest"] = max(told["longest"], time.monotonic() - began)
    store.close()
    return told


def _save_one(store, officer, *, reads_before):
    read = None
    if reads_before:
        with store.read() as connection:
            read = entries.find(connection, CODE)
    with store.work(officer=officer, clock=Clock()) as job:
        entry = read or entries.find(job.connection, CODE)
        counted = str(int(entry.expected) + 1)
        entries.save(job.connection, replace(entry, expected=counted))
        job.note(Event(EventKind.PAPER_PRINTED, "hl", {"paper": counted}))


if __name__ == "__main__":
    place, name, number = sys.argv[1:]
    at = parse_database_url(place) if place.startswith("postgresql") else Path(place)
    print(json.dumps(one_writer(at, name, int(number))))  # noqa: T201

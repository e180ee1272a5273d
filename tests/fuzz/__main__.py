"""``python -m tests.fuzz``: hostile packs for as long as one likes; each finding becomes a file.

Every input is drawn from ``--seed`` and its number alone, so a finding comes up again with
``--seed N --from INPUT --inputs 1``. Exit code 1 when something was found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.fuzz.journey import ROOT, Finding, Report, journey
from tests.fuzz.limits import cap_memory
from tests.fuzz.mutation import Files, Mutator
from tests.fuzz.shrinking import shrunk

MEGABYTES = 1_500
BATCH = 200
STUCK = 300.0
"""Seconds of wall time after which a child that answers nothing is stopped."""


def main() -> int:
    """Fuzz as the command line asks; the exit code."""
    given = _arguments()
    packs = _packs()
    given.out.mkdir(parents=True, exist_ok=True)
    tally: Counter[str] = Counter()
    found: dict[str, int] = {}
    until = time.monotonic() + given.seconds if given.seconds else None
    at, last = given.start, given.start + given.inputs if given.inputs else None
    while (last is None or at < last) and (until is None or time.monotonic() < until):
        end = at + BATCH if last is None else min(at + BATCH, last)
        at = _batch(given, packs, range(at, end), until, tally, found)
    print(f"{sum(tally.values())} inputs, {len(found)} findings in {given.out}.")
    print(", ".join(f"{step} {many}" for step, many in tally.most_common()))
    for signature, number in found.items():
        print(f"  {number}: {signature}")
    return 1 if found else 0


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long (wall time)")
    parser.add_argument("--inputs", type=int, default=0, help="stop after so many inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--from", dest="start", type=int, default=0, help="number of the first input"
    )
    parser.add_argument("--shrink", type=float, default=60, help="seconds to spend on a finding")
    parser.add_argument("--out", type=Path, default=ROOT / "fuzz-findings")
    given = parser.parse_args()
    if not given.seconds and not given.inputs:
        parser.error("--seconds or --inputs")
    return given


def _packs() -> dict[str, Files]:
    """The packs that come with the program, and a small one that has every section."""
    found = {}
    for file in sorted((ROOT / "rules").glob("*/pack.yaml")):
        folder = file.parent
        names = sorted([file, *folder.glob("criteria/*.yaml"), *folder.glob("tests/*.yaml")])
        found[folder.name] = {
            one.relative_to(folder).as_posix(): one.read_text(encoding="utf-8") for one in names
        }
    small = (ROOT / "tests/scoring/small_pack.py").read_text(encoding="utf-8")
    text = re.search(r'PACK = """\\\n(.*?)"""', small, re.DOTALL)
    assert text is not None
    found["nho"] = {"pack.yaml": text[1]}
    return found


def _batch(
    given: Any,
    packs: dict[str, Files],
    numbers: range,
    until: float | None,
    tally: Counter[str],
    found: dict[str, int],
) -> int:
    """Run *numbers* in a child process; the number to go on with.

    A child that dies or hangs beyond the reach of a signal costs one input, and is a finding.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as told:
            _work(given, packs, numbers, until, told, set(found))
        os._exit(0)
    os.close(writing)
    at = numbers.start
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    with os.fdopen(reading) as heard:
        for line in iter(heard.readline, ""):
            signal.alarm(int(STUCK + given.shrink))
            number, reached, signature = json.loads(line)
            at = number + 1
            tally[reached] += 1
            if signature and signature not in found:
                found[signature] = number
                print(f"{number}: {signature}", flush=True)
    signal.alarm(0)
    _, status = os.waitpid(child, 0)
    if status:
        found.setdefault(f"died {status}", at)
        _, files = _drawn(given.seed, at, packs)
        _write(given, at, files, Finding("?", f"child ended with {status}", "?", ""))
        return at + 1
    return at if until is not None and time.monotonic() >= until else numbers.stop


def _work(
    given: Any,
    packs: dict[str, Files],
    numbers: range,
    until: float | None,
    told: Any,
    known: set[str],
) -> None:
    cap_memory(MEGABYTES)
    for number in numbers:
        if until is not None and time.monotonic() >= until:
            return
        report = Report()
        original, files = _drawn(given.seed, number, packs)
        finding = journey(files, original, _chance(given.seed, number), report)
        if finding is not None and finding.signature not in known:
            known.add(finding.signature)
            _write(given, number, files, finding)
            small = shrunk(files, _same(given, number, original, finding), seconds=given.shrink)
            _write(given, number, small, finding)
        signature = finding.signature if finding is not None else ""
        told.write(json.dumps([number, report.reached, signature]) + "\n")
        told.flush()


def _same(given: Any, number: int, original: Files, finding: Finding) -> Any:
    def fails(files: Files) -> bool:
        again = journey(files, original, _chance(given.seed, number), Report())
        return again is not None and again.signature == finding.signature

    return fails


def _drawn(seed: int, number: int, packs: dict[str, Files]) -> tuple[Files, Files]:
    return _mutator(packs, seed, number).draw()


_MUTATORS: list[Mutator] = []


def _mutator(packs: dict[str, Files], seed: int, number: int) -> Mutator:
    if not _MUTATORS:
        _MUTATORS.append(Mutator(packs, random.Random()))
    _MUTATORS[0].chance = random.Random(f"{seed} {number}")
    return _MUTATORS[0]


def _chance(seed: int, number: int) -> random.Random:
    return random.Random(f"{seed} {number} facts")


def _write(given: Any, number: int, files: Files, finding: Finding) -> None:
    name = given.out / f"{given.seed}-{number}.json"
    told = {
        "again": f"python -m tests.fuzz --seed {given.seed} --from {number} --inputs 1",
        "signature": finding.signature,
        "what": finding.what,
        "trace": finding.trace,
        "files": files,
    }
    text = json.dumps(told, ensure_ascii=True, indent=1)
    name.write_text(text, encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())

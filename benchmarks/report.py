"""The standings as a page for readers and as JSON for programs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence

from benchmarks.contest import CRITERIA, Standing, baseline_of, ceiling_of, times_of

Contests = Mapping[int, Sequence[Standing]]
"""The standings by number of rows."""

HEAD = """# Scoring, against its peers

Made by `python -m benchmarks.scoring`; do not edit. The pack is `benchmarks/pack`: 25 criteria of
the shapes regulations use. Every peer scores the same generated facts, in its own process, turns
interleaved, and every total is compared with exact fractions written by hand
(`benchmarks/reference.py`).

**Read the ratios, not the seconds.** A ratio is the median over rounds, each peer against the same
round of the other, so that a busy machine slows both alike. What is timed is scoring facts that
are ready in the shape the peer wants; bringing them there is in `scoring.json` as
`prepare_seconds`. Row-by-row peers score the first rows only ("rows"). Peers give totals alone,
except those whose note says more. "Wrong, edges" counts rows of facts that were put on thresholds
and on halves of a hundredth on purpose, where most rows stand on one; "wrong, ordinary" those of
facts left to chance, as in a real season.
"""


def markdown(contests: Contests, machine: Mapping[str, str]) -> str:
    """The page: the machine, a table a number of rows, why rows are wrong."""
    told = ", ".join(f"{key} {value}" for key, value in machine.items())
    parts = [HEAD, f"Machine: {told}.\n", "![times rule-engine](scoring.svg)\n"]
    for rows, standings in contests.items():
        parts += [f"## {rows:,} rows\n", _table(standings)]
    latest = contests[max(contests)]
    return "\n".join([*parts, _notes(latest)])


def _table(standings: Sequence[Standing]) -> str:
    base, top = baseline_of(standings), ceiling_of(standings)
    lines = [
        (
            "| peer | rows | criteria/s, median | best | × rule-engine | of the C pass "
            "| wrong, edges | wrong, ordinary | extra memory |"
        ),
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in standings:
        if one.missing:
            lines.append(f"| {one.peer.name} | missing: {one.missing} | | | | | | | |")
            continue
        cells = [
            one.peer.name,
            f"{one.rows:,}",
            _rate(statistics.median(one.rates)),
            _rate(max(one.rates)),
            _times(times_of(one, base)),
            _share(times_of(one, top)),
            _wrong(one.wrong, one.rows),
            _wrong(one.wrong_ordinary, one.ordinary_rows),
            "–" if one.memory_mb is None else f"{one.memory_mb:,.0f} MB",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _rate(rate: float) -> str:
    """Two figures are all a shared machine is good for."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if rate >= size:
            return f"{rate / size:.2g} {unit}" if rate < 99 * size else f"{rate / size:.0f} {unit}"
    return f"{rate:.0f}"


def _times(times: float | None) -> str:
    return "–" if times is None else f"{times:,.0f}" if times >= 10 else f"{times:.2g}"


def _share(share: float | None) -> str:
    if share is None:
        return "–"
    return f"{share:.1f} ×" if share >= 1 else f"{100 * share:.2g} %"


def _wrong(wrong: int | None, rows: int) -> str:
    return "–" if wrong is None else "0" if not wrong else f"{wrong:,} of {rows:,}"


def _notes(standings: Sequence[Standing]) -> str:
    lines = ["## The peers\n", "| peer | what it is | why rows are wrong |", "|---|---|---|"]
    for one in standings:
        named = ", ".join(f"{name} {version}" for name, version in one.versions.items())
        what = f"{one.peer.note} ({named})" if named else one.peer.note
        lines.append(f"| {one.peer.name} | {what} | {one.peer.wrong_because or '–'} |")
    return "\n".join(lines) + "\n"


def as_json(contests: Contests, machine: Mapping[str, str]) -> str:
    """Everything measured."""
    told = {
        "machine": machine,
        "criteria": CRITERIA,
        "contests": [
            {"rows": rows, "peers": [_row(one, standings) for one in standings]}
            for rows, standings in contests.items()
        ],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _row(one: Standing, standings: Sequence[Standing]) -> dict[str, object]:
    return {
        "name": one.peer.name,
        "kind": one.peer.kind,
        "note": one.peer.note,
        "missing": one.missing,
        "rows": one.rows,
        "seconds": one.seconds,
        "criteria_per_second": statistics.median(one.rates) if one.rates else None,
        "times_rule_engine": times_of(one, baseline_of(standings)),
        "of_c_pass": times_of(one, ceiling_of(standings)),
        "wrong": one.wrong,
        "wrong_ordinary": one.wrong_ordinary,
        "ordinary_rows": one.ordinary_rows,
        "wrong_because": one.peer.wrong_because,
        "prepare_seconds": one.prepare_seconds,
        "memory_mb": one.memory_mb,
        "versions": one.versions,
    }

"""The way of one input through everything that reads packs; what may be refused, and what not."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from scoring.authoring.format import format_files
from scoring.authoring.prose import markdown
from scoring.authoring.regulation import regulation_of
from scoring.case_runs import run_case
from scoring.cases import Case, parse_base, parse_cases
from scoring.comparing.changes import rule_changes
from scoring.comparing.compare import compare
from scoring.explain import sentences_of, verdict_sentences
from scoring.lint.linting import lint_pack
from scoring.nearness.near_misses import near_misses
from scoring.pack import parse_pack
from scoring.problems import PackError, Place, Problem
from scoring.proving.coverage import Survey, coverage_of
from scoring.proving.divergence import divergence_of
from scoring.proving.gaps import proposals_for
from scoring.proving.mutate import mutate
from scoring.proving.proposals import Proposer
from scoring.results_csv import results_csv
from scoring.rules import Pack
from scoring.score import score, score_season
from tests.fuzz.drawing import Drawer
from tests.fuzz.limits import Bloat, Hang, limited
from tests.fuzz.mutation import Files

ROOT = Path(__file__).parents[2]
SECONDS = {"mutate": 30.0, "cover": 20.0, "compare": 4.0, "season": 4.0}
T = TypeVar("T")


class Broken(AssertionError):
    """A promise the product makes of every input did not hold."""


@dataclass(frozen=True)
class Finding:
    """An input that went wrong: in which step, how, and where in the product."""

    step: str
    what: str
    where: str
    trace: str

    @property
    def signature(self) -> str:
        return f"{self.step} {self.what.partition(':')[0]} {self.where}"


@dataclass
class Report:
    """How far an input came, for the tally."""

    reached: str = ""


def journey(files: Files, original: Files, chance: random.Random, report: Report) -> Finding | None:
    """What goes wrong with *files*, if anything does."""
    step = "?"
    try:
        for step, act in _steps(files, original, chance):
            report.reached = step
            with limited(SECONDS.get(step, 2.0)):
                act()
    except (Exception, Hang, Bloat) as error:  # noqa: BLE001 every other end is what is looked for
        return _finding(step, error)
    return None


def _finding(step: str, error: BaseException) -> Finding:
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        one for one in frames if one.filename.startswith(str(ROOT)) and ".venv" not in one.filename
    ]
    inside = [one for one in own if "/tests/" not in one.filename] or own
    if isinstance(error, Hang) and len(inside) > 1:
        inside = inside[:2]  # where it stands when time is up is chance; who called is not
    at = inside[-1]
    where = f"{Path(at.filename).relative_to(ROOT)}:{at.name}"
    text = "".join(traceback.format_exception(error, limit=-25))[-8000:]
    return Finding(step, f"{type(error).__name__}: {error}"[:300], where, text)


def _steps(
    files: Files, original: Files, chance: random.Random
) -> Iterator[tuple[str, Callable[[], Any]]]:
    known: dict[str, Any] = {"cases": (), "base": {}}

    def keep(name: str, act: Callable[[], T]) -> Callable[[], None]:
        def run() -> None:
            known[name] = _or_refused(act, files)

        return run

    yield "parse", keep("pack", lambda: parse_pack(files, name="p"))
    yield "format", lambda: _format(files, known["pack"])
    yield "lint", lambda: _or_refused(lambda: lint_pack(files, name="p"), files)
    pack: Pack | None = known["pack"]
    if pack is None:
        return
    yield "cases", keep("cases", lambda: parse_cases(files, pack, name="p"))
    yield "base", keep("base", lambda: parse_base(files, pack, name="p"))
    cases, base = known["cases"] or (), known["base"] or {}
    yield "run", lambda: [divergence_of(pack, one) for one in cases if run_case(pack, one)]
    yield "doc", lambda: markdown(regulation_of(pack, files))
    drawer = Drawer(pack, chance)
    entries = [drawer.entry() for _ in range(2)] + [one.facts for one in cases[:1]]
    for facts in entries:
        yield "explain", lambda facts=facts: _explain(pack, facts)
        yield "nearness", lambda facts=facts: near_misses(pack, facts)
    season = drawer.season(chance.choice((1, 3, 8)))
    yield "season", lambda: results_csv(pack, score_season(pack, season))
    yield "compare", lambda: _compare(pack, original, season)
    if chance.random() < 0.3:
        yield "cover", lambda: _cover(pack, cases, base)
    if chance.random() < 0.2 and not any(run_case(pack, one) for one in cases):
        yield "mutate", lambda: mutate(pack, cases, base=base, limit=3)


def _or_refused(act: Callable[[], T], files: Files) -> T | None:
    """What *act* gives, or None when it refuses as promised: with places that exist, in words."""
    try:
        return act()
    except PackError as error:
        if not error.problems:
            raise Broken("refused without a reason") from error
        for one in error.problems:
            _check_problem(one, files)
        return None


def _check_problem(problem: Problem, files: Files) -> None:
    place = problem.place
    if not isinstance(place, Place) or not place.file.startswith("p/"):
        raise Broken(f"no place: {place} {problem.code}")
    lines = files.get(place.file.removeprefix("p/"), "").count("\n") + 1
    if not (1 <= place.line <= lines + 1 and place.column >= 1):
        raise Broken(f"outside the file: {place} {problem.code}")
    if not problem.message or len(problem.message) + len(problem.hint) > 4_000:
        raise Broken(f"message of {len(problem.message)} signs {problem.code}")


def _format(files: Files, pack: Pack | None) -> None:
    done, _ = format_files(files, name="p")
    again, problems = format_files(done, name="p")
    if problems or again != done:
        raise Broken("laid out twice is not laid out once")
    if pack is not None and parse_pack({**files, **done}, name="p").digest != pack.digest:
        raise Broken("laying out changed the content")


def _explain(pack: Pack, facts: Any) -> None:
    sheet = score(pack, "A", facts)
    verdict_sentences(sheet)
    todo = [*sheet.lines, sheet.bonus, sheet.penalty]
    while todo:
        line = todo.pop()
        sentences_of(line)
        todo += line.parts


def _compare(pack: Pack, original: Files, season: Any) -> None:
    before = parse_pack(original, name="o")
    rule_changes(before, pack)
    compare(before, score_season(before, season), pack, score_season(pack, season))


def _cover(pack: Pack, cases: tuple[Case, ...], base: Any) -> None:
    covered = coverage_of(pack, cases)
    if covered.missing:
        start = base or next((one.facts for one in cases if one.facts), {})
        proposer = Proposer(pack, base, start, cases)
        proposals_for(Survey(pack), covered.missing[:6], proposer, base)

"""Do the cases notice when the pack is wrong (thử bằng đột biến)?

Every mutant is run against the cases, those about what was changed first, until one fails. One
that no case notices has survived: it comes with a case that would have noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.accepted import Accepted
from scoring.case_runs import run_case
from scoring.cases import Case
from scoring.nodes import names
from scoring.proving.dating import day_of, on_day
from scoring.proving.equivalence import is_equivalent
from scoring.proving.ground import Ground
from scoring.proving.mutants import Mutant, mutants_of
from scoring.proving.proposals import Proposal, Proposer, points_of
from scoring.proving.sites import criteria_of, sites_of
from scoring.rules import Pack
from scoring.score import score, score_season
from scoring.sheet import Facts, ScoreSheet, SeasonResult


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant no case noticed, and a case that would (None when the search found none)."""

    mutant: Mutant
    proposal: Proposal | None
    because: str = ""
    """Why its author accepts it. With a proposal the reason does not stand: there is a case."""

    @property
    def is_justified(self) -> bool:
        return bool(self.because) and self.proposal is None


@dataclass(frozen=True, slots=True)
class MutationReport:
    """What became of the mutants."""

    killed: int
    equivalent: tuple[Mutant, ...]
    survivors: tuple[Survivor, ...]
    justified: tuple[Survivor, ...] = ()
    """Survivors that the author accepts, with the reason in writing."""
    stale: tuple[Accepted, ...] = ()
    """What is accepted and did not survive: the reason is about nothing any more."""

    @property
    def tried(self) -> int:
        survived = len(self.survivors) + len(self.justified)
        return self.killed + len(self.equivalent) + survived


def mutate(
    pack: Pack,
    cases: Sequence[Case],
    *,
    base: Facts,
    accepted: Iterable[Accepted] = (),
    limit: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> MutationReport:
    """Try every mutant of *pack*, or *limit* of them spread evenly over it.

    *base* is what the cases' ``given`` is told against, *accepted* what may survive.
    """
    every = [*mutants_of(pack)]
    chosen = _spread(every, limit)
    reasons = {one.change: one for one in accepted}
    order = _Order(pack, cases, base)
    start = base or next((one.facts for one in cases if one.facts), {})
    proposer = Proposer(pack, base, start, cases)
    ground = Ground(pack)
    killed = 0
    equivalent: list[Mutant] = []
    survivors: list[Survivor] = []
    for done, mutant in enumerate(chosen, start=1):
        if is_equivalent(ground, mutant.pack, mutant.path):
            equivalent.append(mutant)
        elif any(run_case(mutant.pack, case) for case in order.of(mutant)):
            killed += 1
        else:
            found = proposal_for(mutant, proposer, order.of(mutant))
            reason = reasons.get(mutant.change)
            survivors.append(Survivor(mutant, found, reason.because if reason else ""))
        if progress is not None:
            progress(done, len(chosen))
    return MutationReport(
        killed,
        tuple(equivalent),
        survivors=tuple(one for one in survivors if not one.is_justified),
        justified=tuple(one for one in survivors if one.is_justified),
        stale=_stale(reasons, every, chosen, survivors),
    )


def _stale(
    reasons: Mapping[str, Accepted],
    every: Iterable[Mutant],
    chosen: Iterable[Mutant],
    survivors: Iterable[Survivor],
) -> tuple[Accepted, ...]:
    """What is accepted without need; nothing is said of a mutant that was not tried."""
    untried = {one.change for one in every} - {one.change for one in chosen}
    needed = untried | {one.mutant.change for one in survivors}
    return tuple(one for change, one in reasons.items() if change not in needed)


def _spread(mutants: list[Mutant], limit: int | None) -> list[Mutant]:
    if limit is None or limit >= len(mutants):
        return mutants
    return [mutants[n * len(mutants) // limit] for n in range(limit)]


class _Order:
    """The cases in the order in which they are likely to notice a change."""

    def __init__(self, pack: Pack, cases: Sequence[Case], base: Facts) -> None:
        self._pack = pack
        self._cases = [(case, _words(case, base)) for case in cases]
        self._groups: dict[str, tuple[str, ...]] = {}
        for path, criterion in criteria_of(pack):
            above = [one.id for at_, one in criteria_of(pack) if path[: len(at_)] == at_]
            self._groups[criterion.id] = (*above, criterion.id)
        self._reads: dict[str, set[str]] = {}
        for site in sites_of(pack):
            self._reads.setdefault(site.owner, set()).update(names(site.node))

    def of(self, mutant: Mutant) -> Iterator[Case]:
        wanted = {mutant.owner: 16, **dict.fromkeys(self._read_by(mutant.owner), 4)}
        wanted |= dict.fromkeys(self._groups.get(mutant.owner, ())[:-1], 2)
        key = str(mutant.path[0])
        wanted |= {
            "gates": {"gates": 8},
            "grades": {"grade": 8, "total": 2},
            "vetoes": {"grade": 8},
            "caps": {"grade": 8},
            "overrides": {"grade": 8},
            "ranking": {"rank": 16},
            "selections": {"outcome": 8},
        }.get(key, {})
        seasons = key in ("ranking", "selections")

        def weight(numbered: tuple[int, tuple[Case, frozenset[str]]]) -> tuple[int, int]:
            number, (case, words) = numbered
            likely = sum(wanted.get(word, 0) for word in words)
            return -(likely + (64 if bool(case.season) is seasons else 0)), number

        return (case for _, (case, _) in sorted(enumerate(self._cases), key=weight))

    def _read_by(self, owner: str) -> set[str]:
        found: set[str] = set()
        todo = [*self._reads.get(owner, ())]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                derived = self._pack.derived.get(name)
                todo.extend(names(derived.value.node) if derived is not None else ())
        return found


def _words(case: Case, base: Facts) -> frozenset[str]:
    """What a case speaks of: what it expects, and the facts it gives."""
    found: set[str] = set()
    todo: list[Any] = [case.expect]
    while todo:
        one = todo.pop()
        if isinstance(one, Mapping):
            todo += [*one, *one.values()]
        elif isinstance(one, list):
            todo += one
        elif isinstance(one, str):
            found.add(one)
    entries = case.season.values() or [case.facts]
    for facts in entries:
        found |= {name for name in {*facts, *base} if facts.get(name) != base.get(name)}
    return frozenset(found)


# A case that would have noticed -----------------------------------------------------------------


def proposal_for(mutant: Mutant, proposer: Proposer, cases: Iterable[Case] = ()) -> Proposal | None:
    """A case on which *mutant* and the pack differ; tried on both before it is shown."""
    if "values" in mutant.path and mutant.path[0] in ("constants", "not_yet"):
        return _dated_proposal(mutant, proposer)

    def entry_tells(facts: Facts, sheet: ScoreSheet) -> Mapping[str, Any]:
        return _difference(sheet, score(mutant.pack, "", facts))

    def season_tells(season: Mapping[str, Facts], result: SeasonResult) -> Mapping[str, Any]:
        return _season_difference(proposer.pack, result, score_season(mutant.pack, season))

    name = _name(mutant)
    if mutant.path[0] in ("ranking", "selections"):
        return proposer.season(mutant.path, season_tells, name)
    return proposer.entry(mutant.path, entry_tells, name, other=mutant.pack, cases=cases)


def _dated_proposal(mutant: Mutant, proposer: Proposer) -> Proposal | None:
    """The same on the day on which a value by date tells them apart."""
    # A value that begins a day earlier or later shows on the day between.
    day = min(day_of(one, mutant.path) for one in (proposer.pack, mutant.pack))
    right, path = on_day(proposer.pack, day, mutant.path)
    wrong, _ = on_day(mutant.pack, day, mutant.path)

    def tells(facts: Facts, sheet: ScoreSheet) -> Mapping[str, Any]:
        return _difference(sheet, score(wrong, "", facts))

    return proposer.on(right).entry(path, tells, _name(mutant), other=wrong, cases=())


def _name(mutant: Mutant) -> str:
    """A name to start from; the author will find a better one."""
    words = f"{mutant.owner} {mutant.what.rpartition(': ')[2]}"
    plain = words.translate(str.maketrans("≥≤→×−“”;", "    -   "))
    return " ".join(plain.split())[:70].strip()


def _difference(right: ScoreSheet, wrong: ScoreSheet) -> dict[str, Any]:
    """What to expect of *right* that *wrong* does not give: the clause itself, or the grade."""
    if right.failed_gates != wrong.failed_gates:
        return {"gates": list(right.failed_gates)}
    theirs = {line.id: line.points for line in points_of(wrong)}
    for line in _deepest_first(right):
        if line[1] != theirs.get(line[0]):
            return {line[0]: line[1]}
    if right.total != wrong.total:
        return {"total": right.total}
    return {} if right.grade == wrong.grade else {"grade": right.grade}


def _deepest_first(sheet: ScoreSheet) -> Iterator[tuple[str, Any]]:
    lines = [*points_of(sheet)]
    yield from (
        (one.id, one.points) for one in lines if one.is_leaf and one.id not in ("bonus", "penalty")
    )
    yield from ((one.id, one.points) for one in lines if not one.is_leaf)


def _season_difference(pack: Pack, right: SeasonResult, wrong: SeasonResult) -> dict[str, Any]:
    for selection in pack.selections:
        chosen = right.chosen(selection.id)
        if chosen != wrong.chosen(selection.id):
            return {selection.id: list(chosen)}
        outcomes = [
            {one.code: str(one.outcome) for one in some.awards if one.selection == selection.id}
            for some in (right, wrong)
        ]
        if outcomes[0] != outcomes[1] and outcomes[0]:
            return {"outcome": {selection.id: outcomes[0]}}
    ranks = [{one.code: one.rank for one in some.placings} for some in (right, wrong)]
    return {"rank": ranks[0]} if ranks[0] != ranks[1] else {}

"""Cases proposed to an author (ca đề xuất): searched for, tried, and only then shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from scoring.case_runs import run_case
from scoring.cases import Case
from scoring.facts import FactType
from scoring.nodes import names
from scoring.problems import Place
from scoring.proving.candidates import Change, changed, changes
from scoring.proving.case_text import entry_case, season_case
from scoring.proving.ranges import range_of
from scoring.proving.sites import Path, Site, at, criteria_of, sites_of
from scoring.proving.totals import ladder, totals_in, with_totals
from scoring.rules import Pack, Selection, score_name
from scoring.score import score, score_season
from scoring.sheet import Facts, Line, ScoreSheet, SeasonResult

MOST_ENTRIES = 500
MOST_PLACES = 40
MOST_CASES = 5
MOST_NEAR = 20
MOST_MOVES = 10
MOST_SEASONS = 80
_SCORES = frozenset({"total", "base", "bonus", "penalty", "zero_criteria"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case an author may add: its text, and the same as a value."""

    text: str
    case: Case


class Proposer:
    """Looks for cases around the clauses of one pack, starting from one whole entry."""

    def __init__(self, pack: Pack, base: Facts, start: Facts, cases: Sequence[Case] = ()) -> None:
        self.pack = pack
        self._cases = cases
        """Where the search goes on from when nothing is found around *start*."""
        self._base = base
        """What ``given`` is told against."""
        self._start = start
        """The entry the search starts from: the base, when there is a whole one."""
        self.sites = tuple(sites_of(pack))
        self._at = pack.on
        """The day a case has to name, when the pack counts by date."""

    def on(self, pack: Pack) -> Proposer:
        """The same search over *pack*, the pack as it reads on another day."""
        return Proposer(pack, self._base, self._start, self._cases)

    def entries(
        self, path: Path, other: Pack | None = None, cases: Iterable[Case] | None = None
    ) -> Iterator[Facts]:
        """Entries around the clause at *path*, of *other* as well, the simplest first.

        After those near the start come those near the entries of *cases*, likely ones first.
        """
        found = islice(self._changes(path, other), MOST_ENTRIES)
        yield from (changed(self._start, one) for one in found)
        near = self._near(path, other)
        whole = (one.facts for one in (self._cases if cases is None else cases) if one.facts)
        for facts in islice(whole, MOST_CASES):
            yield from (
                changed(facts, one) for one in islice(changes(self.pack, facts, near), MOST_NEAR)
            )

    def _changes(self, path: Path, other: Pack | None) -> Iterator[Change]:
        near = self._near(path, other)
        read = {name for site in near for name in names(site.node)}
        yield from islice(changes(self.pack, self._start, near), MOST_ENTRIES // 2)
        scored = {score_name(one.id): at_ for at_, one in criteria_of(self.pack)}
        for name in sorted(read & scored.keys()):
            inner = [site for site in self.sites if site.path[: len(scored[name])] == scored[name]]
            yield from islice(changes(self.pack, self._start, inner), MOST_ENTRIES // 4)
        if read & _SCORES or path[0] in ("grades", "ranking", "selections", "caps", "vetoes"):
            totals = totals_in(self.pack, [site.node for site in self.sites])
            yield from with_totals(self.pack, self._start, self.sites, totals)
        if path[0] in ("bonus", "penalty", "criteria"):
            yield from with_totals(self.pack, self._start, near, ())
            yield from self._together(near)

    def _together(self, near: list[Site]) -> Iterator[Change]:
        """Every criterion of a group moved at once, for a ceiling over the group."""
        owners: dict[str, list[Site]] = {}
        for site in near:
            owners.setdefault(site.owner, []).append(site)
        moves = [
            [one for one in islice(changes(self.pack, self._start, some), 12) if one]
            for some in owners.values()
        ]
        for turn in range(max(map(len, moves), default=0)):
            together: Change = {}
            for some in moves:
                together.update(some[turn] if turn < len(some) else {})
            yield together

    def _near(self, path: Path, other: Pack | None = None) -> list[Site]:
        """The clauses of the criterion, gate, derived value … around *path*, or that read it."""
        holder = _holder(self.pack, path)
        both = (*self.sites, *(sites_of(other) if other is not None else ()))
        inside = [site for site in both if site.path[: len(holder)] == holder]
        if path[0] in ("constants", "not_yet", "derived", "peers"):
            name = str(path[1])
            inside += [site for site in self.sites if self._reads(site, name)]
        return inside

    def _reads(self, site: Site, name: str) -> bool:
        read = set(names(site.node))
        if "rule" in site.path:
            rule = at(self.pack, site.path[: site.path.index("rule") + 1])
            read |= set(names(rule.measure.node)) if rule.measure else set()
        through = {one for one in read & self.pack.derived.keys() if one != name}
        inner = {n for one in through for n in names(self.pack.derived[one].value.node)}
        return name in read | inner

    # Cases ------------------------------------------------------------------------------------

    def entry(
        self,
        path: Path,
        tells: Callable[[Facts, ScoreSheet], Mapping[str, Any]],
        name: str,
        *,
        other: Pack | None = None,
        cases: Iterable[Case] | None = None,
    ) -> Proposal | None:
        """The first entry around *path* about which *tells* has something to expect."""
        for facts in self.entries(path, other, cases):
            sheet = score(self.pack, "", facts)
            if expect := tells(facts, sheet):
                case = Case(name=name, expect=expect, facts=facts, at=self._at, place=Place("?"))
                if not run_case(self.pack, case):
                    text = entry_case(name, facts, self._base, expect, at=self._at)
                    return Proposal(text, case)
        return None

    def season(
        self,
        path: Path,
        tells: Callable[[Mapping[str, Facts], SeasonResult], Mapping[str, Any]],
        name: str,
    ) -> Proposal | None:
        """The first small season around *path* about which *tells* has something to expect."""
        for season in islice(self.seasons(path), MOST_SEASONS):
            result = score_season(self.pack, season)
            if expect := tells(season, result):
                case = Case(name=name, expect=expect, season=season, at=self._at, place=Place("?"))
                if not run_case(self.pack, case):
                    text = season_case(name, season, self._base, expect, at=self._at)
                    return Proposal(text, case)
        return None

    def seasons(self, path: Path) -> Iterator[dict[str, Facts]]:
        """Small seasons around the ranking, selection or quota at *path*."""
        if path[0] == "selections" and "quotas" in path:
            yield from self._crowds(self.pack.selections[int(path[1])], path)
        if path[:2] != ("ranking", "order"):
            yield from self._graded()
        yield from self._pairs()
        yield from self._varied_seasons(path)
        if path[0] == "selections" and "quotas" not in path:
            yield from self._crowds(self.pack.selections[int(path[1])], path)

    def _varied_seasons(self, path: Path) -> Iterator[dict[str, Facts]]:
        """The seasons of the cases with one entry moved, or one more like it."""
        near = self._near(path)
        for case in (one for one in self._cases if one.season):
            for code, facts in case.season.items():
                for one in islice(changes(self.pack, facts, near), MOST_MOVES):
                    yield {**case.season, code: changed(facts, one)}
                    yield {**case.season, f"{code}2": changed(facts, one)}

    def _crowds(self, selection: Selection, path: Path) -> Iterator[dict[str, Facts]]:
        """One entry more than a quota has places for, all of its group, others kept apart."""
        quotas = selection.quotas
        chosen = [int(path[3])] if len(path) > 3 and path[2] == "quotas" else range(len(quotas))
        for at_ in chosen:
            quota = quotas[at_]
            places = range_of(quota.most.node, self.pack).only if quota.most is not None else 10
            if places is None or places > MOST_PLACES:
                continue
            for more in (2, 3, 1):
                length = int(places) + more
                steps = [*ladder(self.pack, self._start, self.sites, length)]
                yield {
                    _code(n): changed(self._start, {**one, **self._group(selection, at_, n)})
                    for n, one in enumerate(steps)
                }

    def _group(self, selection: Selection, same: int, number: int) -> Change:
        """Facts that put all entries in one group of the quota *same*, in many of the others."""
        found: Change = {}
        for quota in selection.quotas:
            fact = self.pack.facts.get(quota.per)
            if fact is None or quota.per == selection.quotas[same].per:
                continue
            if fact.type is FactType.TEXT:
                found[fact.id] = f"X{number + 1}"
            elif fact.choices:
                found[fact.id] = [*fact.choices][number % len(fact.choices)]
        return found

    def _graded(self) -> Iterator[dict[str, Facts]]:
        """The entry to start from beside one of each grade."""
        best: dict[str | None, Facts] = {}
        totals = totals_in(self.pack, [site.node for site in self.sites])
        paths: list[Path] = [(key, n) for key in ("vetoes", "caps") for n in range(9)]
        moves = chain(
            with_totals(self.pack, self._start, self.sites, totals),
            *(
                islice(changes(self.pack, self._start, self._near(path)), 30)
                for path in paths
                if int(path[1]) < len(getattr(self.pack, str(path[0])))
            ),
        )
        for one in moves:
            facts = changed(self._start, one)
            best.setdefault(score(self.pack, "", facts).grade, facts)
        for other in best.values():
            yield {"A": self._start, "B": other}

    def _pairs(self) -> Iterator[dict[str, Facts]]:
        """Two entries equal in the first keys of the ranking, and not in a later one."""
        pool: dict[tuple[object, ...], list[Facts]] = {}
        keys = self.pack.ranking.order
        for n in range(len(keys)):
            pool.clear()
            for facts in self._varied():
                result = score_season(self.pack, {"A": facts})
                stands = result.placings[0].standing
                if not stands:
                    continue
                alike = pool.setdefault(stands[:n], [])
                for other in alike:
                    other_stands = score_season(self.pack, {"A": other}).placings[0].standing
                    if other_stands[n] != stands[n]:
                        yield {"A": other, "B": facts}
                        yield {"A": facts, "B": other}
                        break
                alike.append(facts)

    def _varied(self) -> Iterator[Facts]:
        read = [site for site in self.sites if "rule" in site.path]
        owners = dict.fromkeys(site.owner for site in read)
        for owner in owners:
            some = [site for site in read if site.owner == owner]
            for one in islice(changes(self.pack, self._start, some), 10):
                yield changed(self._start, one)


def _holder(pack: Pack, path: Path) -> Path:
    """The path of the criterion, condition, grade or selection around *path*."""
    for end in range(len(path), 0, -1):
        one = at(pack, path[:end])
        if not isinstance(one, tuple) and hasattr(one, "id") and hasattr(one, "label"):
            return path[:end]
    return path[:1]


def _code(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"A{number}"


def points_of(sheet: ScoreSheet) -> Iterator[Line]:
    """Every line of *sheet*, the leaves of a group before the group."""
    todo = [sheet.penalty, sheet.bonus, *reversed(sheet.lines)]
    while todo:
        line = todo.pop()
        yield line
        todo.extend(reversed(line.parts))

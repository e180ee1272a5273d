"""What the cases of a pack have tried, and what they left out (độ phủ của ca kiểm thử).

Wanted: every atomic condition seen both ways, every branch and grade entered, every threshold
tried at one step below, at it, and one step above (a ratio has no step: any value on each side),
every ceiling hit, every maximum earned, every quota full for somebody, every ranking key deciding.
What no entry whatever can show (the upper end of a band below the band above) is not wanted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from scoring.cases import Case
from scoring.dated import pack_at
from scoring.interpret import Exact, Scope
from scoring.nodes import Call, Node
from scoring.peers import peer_values
from scoring.proving.chains import Observation, observations, of_pack, possible
from scoring.proving.dating import dated_demands, dated_seen
from scoring.proving.demands import Demand, demand_of, season_demands
from scoring.proving.ground import Ground
from scoring.proving.observable import observable
from scoring.proving.ranges import range_of
from scoring.proving.season_seen import seen_of_season
from scoring.proving.sites import (
    Path,
    Site,
    at,
    criteria_of,
    parts_of,
    rule_of_path,
    site_path,
    sites_of,
)
from scoring.proving.trace import reached, value_or_none
from scoring.rules import Criterion, Pack
from scoring.scope import scope_of
from scoring.score import results_of, score, score_season
from scoring.sheet import Facts, Line, ScoreSheet

Seen: TypeAlias = frozenset[Observation]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was wanted of the cases, and what of it they did not show."""

    wanted: int
    missing: tuple[Demand, ...]

    @property
    def percent(self) -> Fraction:
        """Unit: of 100."""
        if not self.wanted:
            return Fraction(100)
        return Fraction(100 * (self.wanted - len(self.missing)), self.wanted)


@dataclass(frozen=True, slots=True)
class Tried:
    """One entry as it was scored: what its conditions could read, and what came out."""

    sheet: ScoreSheet
    scope: Scope
    ranked: bool


class Survey:
    """The clauses of one pack, and what an entry or a season shows of them (khảo sát)."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.sites: Mapping[Path, Site] = {site.path: site for site in sites_of(pack)}
        self._chains = of_pack(pack)
        self._calls = [site for site in self.sites.values() if _has_ceiling(site.node)]
        self._days: dict[dt.date, Survey] = {}

    def on(self, day: dt.date | None) -> Survey:
        """The same clauses as they read on that day."""
        if day is None:
            return self
        return self._days.setdefault(day, Survey(pack_at(self.pack, day)))

    def demands(self) -> tuple[Demand, ...]:
        """Everything wanted, in the pack's order."""
        wanted: dict[Observation, Demand] = {}
        ground = Ground(self.pack)
        for chain in self._chains:
            for what in sorted(possible(chain, self.pack) & {*observable(chain, ground)}):
                if not (chain.alone and what[1] == "entered"):
                    wanted[what] = demand_of(self.pack, self.sites, what)
        for site in self._calls:
            for what in _possible_ceilings(site, self.pack):
                wanted[what] = demand_of(self.pack, self.sites, what)
        for path, criterion in criteria_of(self.pack):
            if criterion.maximum and (criterion.rule is not None or path[0] != "criteria"):
                wanted[path, "maximum"] = demand_of(self.pack, self.sites, (path, "maximum"))
        wanted.update((one.what, one) for one in season_demands(self.pack))
        wanted.update((one.what, one) for one in dated_demands(self.pack))
        order = {path: n for n, path in enumerate(self.sites)}
        return tuple(
            sorted(
                wanted.values(), key=lambda one: order.get(site_path(self.sites, one.what[0]), 0)
            )
        )

    def seen_in(self, cases: Iterable[Case]) -> Seen:
        """Everything that *cases* show."""
        found: set[Observation] = set()
        for case in cases:
            survey = self.on(case.at)
            if case.season:
                found |= survey.seen_in_season(case.season)
            else:
                found |= survey.seen_in_entry(case.facts, peers=case.peers)
        return frozenset(found)

    def seen_in_entry(self, facts: Facts, *, peers: Mapping[str, Fraction] | None = None) -> Seen:
        """Everything that one entry shows."""
        sheet = score(self.pack, "", facts, peers=peers or {})
        scope = {**scope_of(self.pack, facts, peers or {}), **results_of(self.pack, sheet)}
        ranked = sheet.grade in self.pack.ranking.among
        seen = self._seen(Tried(sheet, scope, ranked))
        return frozenset((*seen, *dated_seen(self.pack, sheet)))

    def seen_in_season(self, season: Mapping[str, Facts]) -> Seen:
        """Everything that a season shows: its entries, and what ranking and selection made."""
        result = score_season(self.pack, season)
        peers = peer_values(self.pack, season)
        found: set[Observation] = set()
        scopes: dict[str, Scope] = {}
        for code, sheet in result.sheets.items():
            scope = {
                **scope_of(self.pack, season[code], peers[code]),
                **results_of(self.pack, sheet),
            }
            ranked = sheet.grade in self.pack.ranking.among
            found |= {*self._seen(Tried(sheet, scope, ranked))}
            found |= {*dated_seen(self.pack, sheet, season=True)}
            scopes[code] = scope
        found |= {*seen_of_season(self.pack, result, season, scopes)}
        return frozenset(found)

    def _seen(self, tried: Tried) -> Iterator[Observation]:
        for chain in self._chains:
            scope = self._scope_at(chain.path, tried)
            if scope is not None:
                yield from observations(chain, self.pack, scope)
        for site in self._calls:
            scope = self._scope_at(site.path, tried)
            if scope is not None:
                yield from _ceilings(site, scope)
        lines = dict(_lines(tried.sheet))
        for path, criterion in criteria_of(self.pack):
            line = lines.get(criterion.id)
            if line is not None and line.points is not None and line.points == line.maximum:
                yield path, "maximum"

    def _scope_at(self, path: Path, tried: Tried) -> Scope | None:
        """The values the clause at *path* reads for this entry; None when it is not come to."""
        if path[0] in ("grades", "vetoes", "caps", "overrides") and tried.sheet.grade is None:
            return None
        if path[0] in ("ranking", "selections") and not tried.ranked:
            return None
        if "rule" not in path:
            return tried.scope
        criterion = at(self.pack, path[: path.index("rule")])
        if not _applies(criterion, tried.scope):
            return None
        scope: dict[str, Exact] = dict(tried.scope)
        rule = rule_of_path(self.pack, path)
        if rule is not None and rule.measure is not None and "measure" not in path:
            measured = value_or_none(rule.measure.node, scope)
            if measured is None:
                return None
            scope["measure"] = measured
        if path[-1] != "when" and "branches" in path and rule is not None:
            number = path[path.index("branches") + 1]
            taken = next(
                (
                    n
                    for n, branch in enumerate(rule.branches)
                    if branch.when is None or value_or_none(branch.when, scope) is not False
                ),
                None,
            )
            if "points" in path and taken != number:
                return None
        return scope


def coverage_of(pack: Pack, cases: Iterable[Case]) -> Coverage:
    """What *cases* show of everything in *pack* there is to show."""
    survey = Survey(pack)
    wanted = survey.demands()
    seen = survey.seen_in(cases)
    return Coverage(len(wanted), tuple(one for one in wanted if one.what not in seen))


def _applies(criterion: Criterion, scope: Scope) -> bool:
    asked = (criterion.applies, criterion.needs.require if criterion.needs else None)
    return all(one is None or value_or_none(one.node, scope) is True for one in asked)


def _has_ceiling(node: Node) -> bool:
    return any(
        isinstance(one, Call) and one.function in ("min", "max") for _, one in parts_of(node)
    )


def _ceilings(site: Site, scope: Scope) -> Iterator[Observation]:
    """Which of the numbers of a ``min`` or ``max`` decided, when just one did."""
    for path, node, value in reached(site.node, scope):
        if isinstance(node, Call) and node.function in ("min", "max") and value is not None:
            deciding = [
                n for n, one in enumerate(node.arguments) if value_or_none(one, scope) == value
            ]
            if len(deciding) == 1:
                yield (*site.path, *path), f"argument {deciding[0]}"


def _possible_ceilings(site: Site, pack: Pack) -> Iterator[Observation]:
    rule = rule_of_path(pack, site.path)
    known = (
        {"measure": range_of(rule.measure.node, pack)} if rule is not None and rule.measure else {}
    )
    for path, node in parts_of(site.node):
        if not isinstance(node, Call) or node.function not in ("min", "max"):
            continue
        ends = [range_of(one, pack, known) for one in node.arguments]
        for n, mine in enumerate(ends):
            others = [one for m, one in enumerate(ends) if m != n]
            if node.function == "min":
                never = any(
                    mine.low is not None and one.high is not None and mine.low >= one.high
                    for one in others
                )
            else:
                never = any(
                    mine.high is not None and one.low is not None and mine.high <= one.low
                    for one in others
                )
            if not never:
                yield (*site.path, *path), f"argument {n}"


def _lines(sheet: ScoreSheet) -> Iterator[tuple[str, Line]]:
    todo = [*sheet.lines, sheet.bonus, sheet.penalty]
    while todo:
        line = todo.pop()
        yield line.id, line
        todo.extend(line.parts)

"""What an entry would have with one fact changed (tính thử); what was tried once is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.earned import Kept, earn
from scoring.interpret import Exact, NoValue, Scope, evaluate, exact, number
from scoring.nearness.reading import every_node, facts_read, nodes_in, whole_nodes
from scoring.nearness.ways import Way, first_step
from scoring.nodes import Compare, Node
from scoring.peers import peer_values
from scoring.rules import Criterion, Pack
from scoring.scope import scope_of
from scoring.score import Tally, tallied
from scoring.sheet import Facts

_FEW = 16
_NO_PEERS: Mapping[str, Fraction] = {}


class Trials:
    """Results, values and points of one entry at the steps of a way; step 0 is as it is now.

    A criterion that does not rest on the fact of a way keeps what it earned.
    """

    def __init__(self, pack: Pack, code: str, facts: Facts, season: Mapping[str, Facts]) -> None:
        self.pack, self.code, self.facts, self.season = pack, code, facts, season
        self._scope_now = scope_of(pack, facts, self._peers(facts))
        self.now = tallied(pack, self._scope_now)[0]
        self._rests = _resting(pack)
        self._kept: dict[str, Kept] = {}
        self._rest_on: dict[str, bool] = {}
        self._compared: dict[str, tuple[Compare, ...]] = {}
        self._results: dict[tuple[Way, int], Tally] = {}
        self._scopes: dict[tuple[Way, int], Scope] = {}
        self._points: dict[tuple[str, Way, int], Decimal | None] = {}

    def changed(self, way: Way, step: int) -> Facts:
        return {**self.facts, way.fact.id: way.at(step)} if step else self.facts

    def result(self, way: Way, step: int) -> Tally:
        """The whole entry scored again."""
        if not step:
            return self.now
        if (way, step) not in self._results:
            scope, kept = self.scope(way, step), self._untouched(way.fact.id)
            self._results[way, step] = tallied(self.pack, scope, kept=kept)[0]
        return self._results[way, step]

    def _untouched(self, name: str) -> Kept:
        """What is earned whatever the fact *name* is."""
        if name not in self._kept:
            self._kept[name] = {
                one.id: one for one in self.now.whole() if name not in self._rests[one.id]
            }
        return self._kept[name]

    def scope(self, way: Way, step: int) -> Scope:
        if not step:
            return self._scope_now
        if (way, step) not in self._scopes:
            self._scopes[way, step] = self._scope_with(way.fact.id, self.changed(way, step))
        return self._scopes[way, step]

    def _scope_with(self, name: str, facts: Facts) -> Scope:
        """The values now with one fact changed, and whatever is worked out from it."""
        if name not in self._rest_on:
            derived = (one.value.node for one in self.pack.derived.values())
            known = any(name in facts_read(self.pack, (node,)) for node in derived)
            self._rest_on[name] = known or bool(self.pack.peers)
        if self._rest_on[name]:
            return scope_of(self.pack, facts, self._peers(facts))
        return {**self._scope_now, name: exact(facts[name])}

    def points(self, leaf: Criterion, way: Way, step: int) -> Decimal | None:
        """What *leaf* alone would give."""
        key = (leaf.id, way, step)
        if key not in self._points:
            self._points[key] = earn(leaf, self.pack, self.scope(way, step)).points
        return self._points[key]

    def probes(self, way: Way, nodes: tuple[Node, ...], leaf: Criterion | None = None) -> list[int]:
        """Steps worth trying: growing distances, and both sides of every threshold in *nodes*."""
        return way.probes(self._edges(way, nodes, leaf))

    def edges(self, way: Way, nodes: tuple[Node, ...]) -> list[int]:
        """Both sides of every threshold in *nodes*, and both ends: enough where nothing but
        conditions decides. Of a few choices, all."""
        ends = range(1, way.most + 1) if way.most <= _FEW else (1, way.most)
        found = self._edges(way, nodes, None) | {*ends}
        return sorted(step for step in found if 1 <= step <= way.most)

    def _edges(self, way: Way, nodes: tuple[Node, ...], leaf: Criterion | None) -> set[int]:
        """Thresholds are found by halving, so any arithmetic may stand around them."""
        measure = leaf.rule.measure if leaf and leaf.rule else None

        def scope_at(step: int) -> Scope:
            scope = self.scope(way, step)
            if measure is None:
                return scope
            try:
                return {**scope, "measure": number(measure.node, scope)}
            except NoValue:
                return scope

        name = leaf.id if leaf else ""
        if leaf is None or name not in self._compared:
            found = dict.fromkeys(every_node(whole_nodes(self.pack, nodes)))
            self._compared[name] = tuple(one for one in found if isinstance(one, Compare))
        edges: set[int] = set()
        for node in self._compared[name]:
            edges |= _edges(way.probes(), lambda step, node=node: _side(node, scope_at(step)))  # type: ignore[misc]
        return edges

    def _peers(self, facts: Facts) -> Mapping[str, Fraction]:
        if not self.pack.peers:
            return _NO_PEERS
        return peer_values(self.pack, {**self.season, self.code: facts})[self.code]


def _resting(pack: Pack) -> dict[str, frozenset[str]]:
    """For every criterion, group and block the facts its points rest on."""
    found: dict[str, frozenset[str]] = {}

    def visit(criterion: Criterion, above: frozenset[str]) -> frozenset[str]:
        """*above* decide whether it is for the entry at all."""
        nodes = tuple(nodes_in(criterion.applies))
        inside = above | frozenset(facts_read(pack, nodes))
        rests = inside | frozenset(facts_read(pack, tuple(nodes_in(criterion))))
        for part in criterion.parts:
            rests |= visit(part, inside)
        found[criterion.id] = rests
        return rests

    for top in (*pack.criteria, pack.bonus, pack.penalty):
        visit(top, frozenset())
    return found


def _edges(probes: list[int], side: Callable[[int], int | None]) -> set[int]:
    """The steps around which *side* changes between two of *probes*."""
    found: set[int] = set()
    before, last = 0, side(0)
    for probe in probes:
        now = side(probe)
        if now != last:
            bounds = [step for step in (before, probe) if step]
            edge = first_step(bounds, lambda step, last=last: side(step) != last) or probe  # type: ignore[misc]
            found.update((edge - 1, edge, edge + 1))
        before, last = probe, now
    return found


def _side(node: Compare, scope: Mapping[str, Exact]) -> int | None:
    """Whether the left of a comparison is below, at or above its right; None: no value."""
    try:
        left: Any = evaluate(node.left, scope)
        right: Any = evaluate(node.right, scope)
    except NoValue:
        return None
    if isinstance(left, str | bool):
        return int(left == right)
    return int(left > right) - int(left < right)

"""Near misses (suýt đạt): the smallest change of one fact that gives more points, the next grade,
or lets an entry through a gate. Each is found from the rules' own expressions, and is true: the
changed facts have been scored again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from scoring.facts import FactType
from scoring.interpret import NoValue, truth
from scoring.nearness.misses import NearMiss, Target, miss_of
from scoring.nearness.reading import facts_read, nodes_in
from scoring.nearness.trials import Trials
from scoring.nearness.ways import Way, first_step, ways_of
from scoring.nodes import Node
from scoring.rules import Condition, Criterion, Pack
from scoring.score import Tally
from scoring.sheet import Facts

ZERO = Decimal(0)
_IDENTITY = frozenset({"name", "address", "unit", "field"})


def near_misses(
    pack: Pack, facts: Facts, *, code: str = "", season: Mapping[str, Facts] | None = None
) -> tuple[NearMiss, ...]:
    """What the entry with *facts* misses narrowly: gates, then the grade, then each criterion.

    *season* holds the facts of all entries by code, this one included; rules about a peer group
    need it.
    """
    return tuple(_Search(pack, facts, Trials(pack, code, facts, season or {code: facts})).found())


class _Search:
    """The search for one entry; every step that was tried is tried once."""

    def __init__(self, pack: Pack, facts: Facts, trials: Trials) -> None:
        self.pack, self.facts, self.trials = pack, facts, trials
        self.now = trials.now
        self.fixed = _fixed(pack)
        self.ways: dict[str, tuple[Way, ...]] = {}
        self.tried: dict[Way, set[int]] = {}
        """Steps of a way at which a criterion has something else to say."""
        self.reach: dict[Way, int] = {}
        """How far a way is worth going: to the most points it can bring."""

    def found(self) -> Iterator[NearMiss]:
        criteria = [*self._criteria()]  # first: the grade looks where points can be had
        for gate in self.pack.gates:
            if gate.id in self.now.failed_gates:
                yield from self._gate(gate)
        if self.now.grade is not None:
            yield from self._grade()
        yield from criteria

    def _ways(self, nodes: tuple[Node, ...]) -> Iterator[Way]:
        for name in facts_read(self.pack, nodes):
            if name in self.fixed and name in self.facts:
                continue
            fact = self.pack.facts[name]
            if name not in self.ways:
                found = ways_of(fact, self.facts.get(name), day=self._day())
                self.ways[name] = tuple(way for way in found if way.most)
            yield from self.ways[name]

    def _day(self) -> dt.date | None:
        """A date the rules speak of: where to look for one that nobody has given."""
        days = (one.value for one in self.pack.constants.values())
        return next((day for day in days if isinstance(day, dt.date)), None)

    # Criteria ---------------------------------------------------------------------------------

    def _criteria(self) -> Iterator[NearMiss]:
        for top in (*self.pack.criteria, self.pack.bonus):
            for leaf in top.leaves():
                yield from self._leaf(leaf, leaf.maximum, sign=1)
        for leaf in self.pack.penalty.leaves():
            yield from self._leaf(leaf, ZERO, sign=-1)

    def _leaf(self, leaf: Criterion, whole: Decimal | None, *, sign: int) -> Iterator[NearMiss]:
        """*whole* is the best there is: all the points, or none of a penalty."""
        nodes = tuple(nodes_in(leaf))
        for way in self._ways(nodes):

            def worth(step: int, way: Way = way) -> Decimal:
                return sign * (self.trials.points(leaf, way, step) or ZERO)

            probes = self.trials.probes(way, nodes, leaf)
            now, best = worth(0), max(map(worth, probes))
            if best <= now:
                continue
            first = _must(first_step(probes, partial(_above, worth, now)))
            last = _must(first_step(probes, partial(_from, worth, best)))
            self.tried.setdefault(way, set()).update((*probes, first, last))
            self.reach[way] = max(self.reach.get(way, 0), last)
            if not self._is_gradual(way, worth, first, now):
                yield from self._more_points(leaf, way, first, Target.POINTS, sign)
            if last != first and whole is not None and best == sign * whole:
                yield from self._more_points(leaf, way, last, Target.FULL, sign)

    def _is_gradual(
        self, way: Way, worth: Callable[[int], Decimal], step: int, now: Decimal
    ) -> bool:
        """Whether the smallest change stands for nothing but points that grow with every bit."""
        if way.fact.type is not FactType.DECIMAL or step == way.most:
            return False
        if worth(step) - now <= self.pack.quantum:
            return True
        return way.fact.step is None and step == 1 and worth(2) > worth(1)

    def _more_points(
        self, leaf: Criterion, way: Way, step: int, target: Target, sign: int
    ) -> Iterator[NearMiss]:
        after = self.trials.result(way, step)
        before, then = _points(self.now, leaf.id), _points(after, leaf.id)
        more = sign * ((then or ZERO) - (before or ZERO)) > 0
        if more and after.total > self.now.total and not self._worse(after):
            yield miss_of(
                self.pack,
                way,
                step,
                target=target,
                rule=leaf,
                before=self.now,
                after=after,
                facts=self.facts,
                points=(before, then),
            )

    def _worse(self, after: Tally) -> bool:
        """Whether a change costs a gate or a grade elsewhere."""
        if not set(after.failed_gates) <= set(self.now.failed_gates):
            return True
        if self.now.grade is None or after.grade is None:
            return False
        return self._place(after.grade) > self._place(self.now.grade)

    # Gates and the grade ----------------------------------------------------------------------

    def _gate(self, gate: Condition) -> Iterator[NearMiss]:
        nodes = (gate.when.node,)
        for way in self._ways(nodes):

            def opens(step: int, way: Way = way) -> bool:
                try:
                    return truth(gate.when.node, self.trials.scope(way, step))
                except NoValue:
                    return False

            step = first_step(self.trials.probes(way, nodes), opens)
            if step is None:
                continue
            after = self.trials.result(way, step)
            if set(after.failed_gates) < set(self.now.failed_gates):
                yield self._verdict(Target.GATE, gate, way, step, after)

    def _grade(self) -> Iterator[NearMiss]:
        """The next grade, by a fact the grades read themselves or by points."""
        pack = self.pack
        here = self._place(self.now.grade)
        conditions = (pack.grades, pack.vetoes, pack.caps, pack.overrides)
        nodes = tuple(nodes_in(conditions))
        direct = dict.fromkeys(self._ways(nodes))

        def is_better(way: Way, step: int) -> bool:
            grade = self.trials.result(way, step).grade
            return grade is not None and self._place(grade) < here

        for way in dict.fromkeys((*direct, *self.reach)):
            probes = self.trials.edges(way, nodes) if way in direct else []
            if way in self.reach and is_better(way, self.reach[way]):
                near = (step for step in self.tried[way] if step <= self.reach[way])
                probes = sorted({*probes, *near, self.reach[way]})
            step = first_step(probes, partial(is_better, way))
            if step is not None:
                after = self.trials.result(way, step)
                grade = pack.grade(after.grade)
                assert grade is not None  # noqa: S101 (a better one was found)
                yield self._verdict(Target.GRADE, grade, way, step, after)

    def _place(self, grade: str | None) -> int:
        return [one.id for one in self.pack.grades].index(grade or "")

    def _verdict(self, target: Target, rule: object, way: Way, step: int, after: Tally) -> NearMiss:
        return miss_of(
            self.pack,
            way,
            step,
            target=target,
            rule=rule,
            before=self.now,
            after=after,
            facts=self.facts,
        )


def _fixed(pack: Pack) -> frozenset[str]:
    """The facts that say what an entry is: with another value it would not be the same entry.

    So is a choice that decides which criteria an entry is scored by, e.g. commune or ward, and one
    it is compared or counted by, or was registered with, e.g. its block (khối).
    """
    tops = (*pack.criteria, pack.bonus, pack.penalty)
    asked = tuple(nodes_in(tuple(one.applies for top in tops for one in top.whole())))
    deciding = {
        name for name in facts_read(pack, asked) if pack.facts[name].type is FactType.CHOICE
    }
    groups = {peer.per for peer in pack.peers.values()}
    groups |= {quota.per for one in pack.selections for quota in one.quotas}
    identity = {
        one.id
        for one in pack.facts.values()
        if one.entry in _IDENTITY or (one.ask == "register" and one.type is FactType.CHOICE)
    }
    return frozenset(deciding | identity | (groups & pack.facts.keys()))


def _above(worth: Callable[[int], Decimal], points: Decimal, step: int) -> bool:
    return worth(step) > points


def _from(worth: Callable[[int], Decimal], points: Decimal, step: int) -> bool:
    return worth(step) >= points


def _must(step: int | None) -> int:
    assert step is not None  # noqa: S101 (a probe had shown it)
    return step


def _points(result: Tally, id_: str) -> Decimal | None:
    return next(one.points for one in result.whole() if one.id == id_)

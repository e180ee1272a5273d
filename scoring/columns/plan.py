"""A pack as one program with named outputs (kế hoạch chấm): points, grade, order, places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.columns.criteria import Criteria, ScoredLine, unit_of
from scoring.columns.lowering import Lowering
from scoring.columns.program import Program, Ref
from scoring.columns.rational import Number
from scoring.columns.values import Inputs, Value
from scoring.interpret import exact
from scoring.nodes import Node
from scoring.rules import Condition, OrderKey, Pack, Quota, Selection, maximum_name, score_name


@dataclass(frozen=True, slots=True)
class Key:
    """One step of an order: more is better, and a value is better than none."""

    value: Number
    defined: Ref


@dataclass(frozen=True, slots=True)
class QuotaPlan:
    """What a quota asks of each entry; how many places a group has is read off one of it."""

    quota: Quota
    concerns: Ref
    places: Key | None
    """The number of places, when the quota says one."""
    percent: Key | None
    """The percentage, when the quota is a share."""


@dataclass(frozen=True, slots=True)
class SelectionPlan:
    """What a selection asks of each entry."""

    selection: Selection
    meets: Ref
    order: tuple[Key, ...]
    quotas: tuple[QuotaPlan, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything scoring one entry comes to, as steps of ``program``.

    Unit: points are whole multiples of ``1 / unit`` of a point; ``grade`` is the index in the
    pack's grades, -1 when a gate failed.
    """

    pack: Pack
    program: Program
    unit: int
    gates: tuple[Ref, ...]
    lines: tuple[ScoredLine, ...]
    bonus: ScoredLine
    penalty: ScoredLine
    base: Ref
    total: Ref
    grade: Ref
    order: tuple[Key, ...]
    selections: tuple[SelectionPlan, ...]

    def outputs(self) -> dict[str, Ref]:
        """Every step somebody reads when a whole season is scored, by what it is read as."""
        found = {"base": self.base, "total": self.total, "grade": self.grade}
        for gate, ref in zip(self.pack.gates, self.gates, strict=True):
            found[f"gate {gate.id}"] = ref
        for line in self.every_line():
            found[f"points {line.id}"] = line.points
            found[f"scored {line.id}"] = line.scored
            found[f"excluded {line.id}"] = line.excluded
        for one in self.selections:
            found[f"meets {one.selection.id}"] = one.meets
            for at, quota in enumerate(one.quotas):
                found[f"concerns {one.selection.id} {at}"] = quota.concerns
        for name, key in self.keys().items():
            found[f"{name} top"] = key.value.top
            found[f"{name} bottom"] = key.value.bottom
            found[f"{name} defined"] = key.defined
        return found

    def keys(self) -> dict[str, Key]:
        """Every number that orders entries or counts places, by what it is read as."""
        found = {f"order {at}": key for at, key in enumerate(self.order)}
        for one in self.selections:
            id_ = one.selection.id
            found |= {f"order {id_} {at}": key for at, key in enumerate(one.order)}
            for at, quota in enumerate(one.quotas):
                if (key := quota.places or quota.percent) is not None:
                    found[f"places {id_} {at}"] = key
        return found

    def every_line(self) -> Iterator[ScoredLine]:
        """Every criterion with what is under it, bonus and penalty last."""
        for top in (*self.lines, self.bonus, self.penalty):
            yield from top.whole()


def plan_of(pack: Pack, inputs: Inputs) -> Plan:
    """*pack* lowered for the columns of *inputs*. Raises NoColumns."""
    return _Planner(pack, inputs).plan()


def lowering_of(pack: Pack, inputs: Inputs) -> Lowering:
    """A lowering that knows the constants and derived values of *pack*."""
    lowering = Lowering(Program(), inputs)
    for constant in pack.constants.values():
        lowering.words[constant.id] = lowering.constant(exact(constant.value))
    for constant in pack.not_yet.values():  # nothing has a value before its first day
        value = lowering.constant(exact(constant.value))
        lowering.words[constant.id] = Value(value.content, lowering.false)
    for derived in pack.derived.values():
        lowering.words[derived.id] = lowering.value(derived.value.node)
    return lowering


class _Planner:
    def __init__(self, pack: Pack, inputs: Inputs) -> None:
        self.pack = pack
        self.lowering = lowering_of(pack, inputs)
        self.program, self.numbers = self.lowering.program, self.lowering.numbers
        self.unit = unit_of(pack)

    def plan(self) -> Plan:
        pack, criteria = self.pack, Criteria(self.pack, self.lowering, self.unit)
        gates = tuple(self.lowering.holds(gate.when.node) for gate in pack.gates)
        lines = tuple(criteria.line(one) for one in pack.criteria)
        bonus, penalty = criteria.line(pack.bonus), criteria.line(pack.penalty)
        base = criteria.base(lines)
        total = criteria.total(base, bonus.points, penalty.points)
        self._name_scores(lines, {"base": base, "total": total})
        self._name_scores((), {"bonus": bonus.points, "penalty": penalty.points})
        grade = self.program.select(
            self.program.both(*gates), self._grade(), self.program.constant(-1)
        )
        worst_first = self.program.subtract(self.program.constant(len(pack.grades)), grade)
        has_grade = self.program.at_most(self.program.constant(0), grade)
        self.lowering.words["grade_rank"] = Value(self.numbers.scaled(worst_first), has_grade)
        return Plan(
            pack=pack,
            program=self.program,
            unit=self.unit,
            gates=gates,
            lines=lines,
            bonus=bonus,
            penalty=penalty,
            base=base,
            total=total,
            grade=grade,
            order=self._order(pack.ranking.order),
            selections=tuple(self._selection(one) for one in pack.selections),
        )

    def _name_scores(self, lines: Sequence[ScoredLine], scores: Mapping[str, Ref]) -> None:
        """Let grades, ranking and selections read the scores."""
        words, unit = self.lowering.words, Fraction(1, self.unit)
        for name, points in scores.items():
            words[name] = self.lowering.always(self.numbers.scaled(points, unit))
        for line in (below for top in lines for below in top.whole()):
            words[score_name(line.id)] = self.lowering.always(
                self.numbers.scaled(line.points, unit)
            )
            if line.parts:
                maximum = line.maximum or self.program.constant(0)
                words[maximum_name(line.id)] = self.lowering.always(
                    self.numbers.scaled(maximum, unit)
                )
        if lines:
            p = self.program
            zeros = [
                p.both(p.negated(leaf.excluded), p.equal(leaf.points, p.constant(0)))
                for top in lines
                for leaf in top.leaves()
            ]
            words["zero_criteria"] = self.lowering.always(
                self.numbers.scaled(self.lowering.counted(zeros))
            )

    def _grade(self) -> Ref:
        """The index of the grade, as ``scoring.grade.graded`` decides it."""
        p, pack = self.program, self.pack
        index = {grade.id: at for at, grade in enumerate(pack.grades)}
        found = p.constant(len(pack.grades) - 1)
        for grade in reversed(pack.grades):
            if grade.when is not None:
                holds = self.lowering.holds(grade.when.node)
                found = p.select(holds, p.constant(index[grade.id]), found)
        for condition in (*pack.caps, *pack.vetoes):
            lowered = p.most(found, p.constant(index[condition.grade]))
            found = p.select(self._holds(condition), lowered, found)
        for decided in pack.overrides:
            found = p.select(self._holds(decided), p.constant(index[decided.grade]), found)
        return found

    def _holds(self, condition: Condition) -> Ref:
        return self.lowering.holds(condition.when.node)

    def _order(self, keys: Sequence[OrderKey]) -> tuple[Key, ...]:
        return tuple(self._key(key.value.node) for key in keys)

    def _key(self, node: Node) -> Key:
        return Key(*self.lowering.number(node))

    def _selection(self, selection: Selection) -> SelectionPlan:
        require = selection.require
        return SelectionPlan(
            selection=selection,
            meets=self.lowering.true if require is None else self.lowering.holds(require.node),
            order=self._order(selection.order),
            quotas=tuple(self._quota(quota) for quota in selection.quotas),
        )

    def _quota(self, quota: Quota) -> QuotaPlan:
        concerns = self.lowering.true
        if quota.only is not None:
            truth, told = self.lowering.truth(quota.only.node)
            concerns = self.program.either(self.program.negated(told), truth)
        return QuotaPlan(
            quota=quota,
            concerns=concerns,
            places=None if quota.most is None else self._key(quota.most.node),
            percent=None if quota.share is None else self._key(quota.share.percent.node),
        )

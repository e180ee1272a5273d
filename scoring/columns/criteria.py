"""Criteria as steps: points in whole units, what applies, what could not be scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from scoring.columns.lowering import Lowering
from scoring.columns.program import Ref
from scoring.columns.rational import Number
from scoring.rules import Branch, Criterion, Pack, Rule


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """The points of a criterion as steps of a program.

    Unit: ``points`` and ``maximum`` are whole multiples of the pack's unit (``unit_of``).
    ``points`` is 0 where ``scored`` does not hold.
    """

    id: str
    points: Ref
    scored: Ref
    excluded: Ref
    maximum: Ref | None
    parts: tuple[ScoredLine, ...] = ()

    def whole(self) -> Iterator[ScoredLine]:
        """This line and everything under it."""
        yield self
        for part in self.parts:
            yield from part.whole()

    def leaves(self) -> Iterator[ScoredLine]:
        """The lines without parts under this one, itself when it has none."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def unit_of(pack: Pack) -> int:
    """How many units make a point: every step of rounding and every limit is whole in them."""
    steps = [pack.quantum, pack.total_quantum, pack.rescale]
    for top in (*pack.criteria, pack.bonus, pack.penalty):
        for one in top.whole():
            steps += [one.maximum, one.minimum]
    return lcm(*(Fraction(step).denominator for step in steps if step is not None))


@dataclass(frozen=True, slots=True)
class Criteria:
    """Lowers the criteria of *pack*."""

    pack: Pack
    lowering: Lowering
    unit: int

    def line(self, criterion: Criterion) -> ScoredLine:
        """*criterion* as ``scoring.earned.earn`` scores it."""
        body = self._group(criterion) if criterion.rule is None else self._leaf(criterion)
        if criterion.applies is None:
            return body
        applies, told = self.lowering.truth(criterion.applies.node)
        p = self.lowering.program
        full = criterion.not_applicable == "full"
        return self._overlaid(
            criterion, body, p.both(told, applies), p.both(told, p.negated(applies)), full=full
        )

    def _overlaid(
        self, criterion: Criterion, line: ScoredLine, applies: Ref, not_for: Ref, *, full: bool
    ) -> ScoredLine:
        """*line* where the criterion applies; else what its not applying leaves of it."""
        p = self.lowering.program
        nothing, maximum = p.constant(0), self._units(criterion.maximum)
        given = maximum if full and maximum is not None else nothing
        has_full = p.truth(full and maximum is not None)
        return ScoredLine(
            id=line.id,
            points=p.select(applies, line.points, p.select(not_for, given, nothing)),
            scored=p.select(applies, line.scored, p.both(not_for, has_full)),
            excluded=p.select(applies, line.excluded, p.both(not_for, p.truth(not full))),
            maximum=None
            if maximum is None or line.maximum is None
            else p.select(applies, line.maximum, maximum),
            parts=tuple(
                self._overlaid(part, below, applies, not_for, full=full)
                for part, below in zip(criterion.parts, line.parts, strict=True)
            ),
        )

    def _units(self, points: Decimal | None) -> Ref | None:
        if points is None:
            return None
        return self.lowering.program.constant(int(Fraction(points) * self.unit))

    # Leaves -----------------------------------------------------------------------------------

    def _leaf(self, criterion: Criterion) -> ScoredLine:
        assert criterion.rule is not None  # noqa: S101 (asked by line)
        lowering, p = self.lowering, self.lowering.program
        points, scored = self._earned(criterion, criterion.rule)
        if (needs := criterion.needs) is not None:
            met, told = lowering.truth(needs.require.node)
            otherwise = self._settled(criterion, lowering.numbers.number(Fraction(needs.otherwise)))
            points = p.select(met, points, otherwise)
            scored = p.both(told, p.either(p.negated(met), scored))
        return ScoredLine(
            id=criterion.id,
            points=p.select(scored, points, p.constant(0)),
            scored=scored,
            excluded=lowering.false,
            maximum=self._units(criterion.maximum),
        )

    def _earned(self, criterion: Criterion, rule: Rule) -> tuple[Ref, Ref]:
        """The points of the first branch that holds, and whether there are any."""
        lowering, p = self.lowering, self.lowering.program
        before = dict(lowering.words)
        scored = lowering.true
        if rule.measure is not None:
            lowering.words["measure"] = lowering.value(rule.measure.node)
            scored = lowering.words["measure"].defined
        factor = None
        if criterion.scale is not None:
            factor, told = lowering.number(criterion.scale.node)
            scored = p.both(scored, told)
        points, given = p.constant(0), lowering.false
        for branch in reversed(rule.branches):
            points, given = self._branch(criterion, branch, factor, points, given)
        lowering.words.pop("measure", None)
        if "measure" in before:
            lowering.words["measure"] = before["measure"]
        return points, p.both(scored, given)

    def _branch(
        self, criterion: Criterion, branch: Branch, factor: Number | None, points: Ref, given: Ref
    ) -> tuple[Ref, Ref]:
        """*branch* tried before the rest, which come to *points* where *given* holds."""
        lowering, p = self.lowering, self.lowering.program
        mine, has = p.constant(0), lowering.false
        if branch.points is not None:
            number, has = lowering.number(branch.points)
            if factor is not None:
                number = lowering.numbers.multiply(number, factor)
            mine = self._settled(criterion, number)
        if branch.when is None:
            return mine, has
        holds, told = lowering.truth(branch.when)
        return p.select(holds, mine, points), p.both(told, p.select(holds, has, given))

    def _settled(self, criterion: Criterion, number: Number) -> Ref:
        """*number* within the criterion's limits, rounded: once, at the end."""
        limited = self._limited(criterion, number)
        return self._rounded(limited, self.pack.quantum)

    def _limited(self, criterion: Criterion, number: Number) -> Number:
        r = self.lowering.numbers
        if criterion.maximum is not None:
            number = r.least(number, r.number(Fraction(criterion.maximum)))
        if criterion.minimum is not None:
            number = r.most(number, r.number(Fraction(criterion.minimum)))
        return number

    def _rounded(self, number: Number, quantum: Decimal) -> Ref:
        step = Fraction(quantum)
        rounded = self.lowering.numbers.rounded(number, step)
        return self.lowering.program.times(rounded, int(step * self.unit))

    # Groups -----------------------------------------------------------------------------------

    def _group(self, criterion: Criterion) -> ScoredLine:
        p = self.lowering.program
        parts = tuple(self.line(part) for part in criterion.parts)
        counted = p.either(*(p.negated(part.excluded) for part in parts))
        found = self.summed(parts) if criterion.take == "sum" else self._best(parts)
        maximum = self._maximum(criterion, parts)
        points = self._clamped(criterion, found, maximum)
        if any(part.not_applicable == "share" for part in criterion.parts) and maximum is not None:
            points = self._shared(criterion, parts, found, maximum, points)
        return ScoredLine(
            id=criterion.id,
            points=points,
            scored=self.lowering.true,
            excluded=p.negated(counted) if parts else self.lowering.false,
            maximum=maximum,
            parts=parts,
        )

    def summed(self, lines: Sequence[ScoredLine]) -> Ref:
        """The points of those that are not excluded, together."""
        p = self.lowering.program
        total = p.constant(0)
        for line in lines:
            total = p.add(total, p.select(line.excluded, p.constant(0), line.points))
        return total

    def possible(self, lines: Sequence[ScoredLine]) -> Ref:
        """The maxima of those that are not excluded, together."""
        p = self.lowering.program
        total = nothing = p.constant(0)
        for line in lines:
            total = p.add(total, p.select(line.excluded, nothing, line.maximum or nothing))
        return total

    def _best(self, parts: Sequence[ScoredLine]) -> Ref:
        p = self.lowering.program
        found, some = p.constant(0), self.lowering.false
        for part in parts:
            counts = p.negated(part.excluded)
            first = p.select(some, p.most(found, part.points), part.points)
            found = p.select(counts, first, found)
            some = p.either(some, counts)
        return found

    def _maximum(self, criterion: Criterion, parts: Sequence[ScoredLine]) -> Ref | None:
        """The maximum left when what was dropped, here or further down, is taken off."""
        p = self.lowering.program
        whole = self._units(criterion.maximum)
        if whole is None or criterion.take == "best":
            return whole
        for line, part in zip(parts, criterion.parts, strict=True):
            own = self._units(part.maximum) or p.constant(0)
            left = line.maximum or p.constant(0)
            if part.not_applicable == "drop":
                left = p.select(line.excluded, p.constant(0), left)
            whole = p.subtract(whole, p.subtract(own, left))
        return whole

    def _clamped(self, criterion: Criterion, found: Ref, maximum: Ref | None) -> Ref:
        p = self.lowering.program
        if maximum is not None:
            found = p.least(found, maximum)
        minimum = self._units(criterion.minimum)
        return found if minimum is None else p.most(found, minimum)

    def _shared(
        self,
        criterion: Criterion,
        parts: Sequence[ScoredLine],
        found: Ref,
        maximum: Ref,
        unshared: Ref,
    ) -> Ref:
        """The points stretched over what the parts that do not apply leave to the others."""
        p, r = self.lowering.program, self.lowering.numbers
        sharing = p.constant(0)
        some = self.lowering.false
        for line, part in zip(parts, criterion.parts, strict=True):
            if part.not_applicable == "share":
                share = line.maximum or p.constant(0)
                sharing = p.add(sharing, p.select(line.excluded, share, p.constant(0)))
                some = p.either(some, line.excluded)
        left = self.possible(parts)
        whole = r.multiply(r.scaled(found), r.scaled(p.add(left, sharing)))
        stretched, there_is = r.divide(whole, r.scaled(left))
        limited = r.least(stretched, r.scaled(maximum))
        if (minimum := self._units(criterion.minimum)) is not None:
            limited = r.most(limited, r.scaled(minimum))
        points = self._rounded(
            r.multiply(limited, r.number(Fraction(1, self.unit))), self.pack.quantum
        )
        return p.select(p.both(some, there_is), points, unshared)

    # The whole --------------------------------------------------------------------------------

    def base(self, lines: Sequence[ScoredLine]) -> Ref:
        """The points of the criteria, brought to the pack's scale where some do not apply."""
        p, r = self.lowering.program, self.lowering.numbers
        earned = self.summed(lines)
        if self.pack.rescale is None:
            return earned
        possible, scale = self.possible(lines), self._units(self.pack.rescale)
        assert scale is not None  # noqa: S101 (rescale is a number here)
        stretched, there_is = r.divide(
            r.multiply(r.scaled(earned), r.number(Fraction(self.pack.rescale))), r.scaled(possible)
        )
        rounded = self._rounded(stretched, self.pack.quantum)
        as_is = p.either(p.negated(there_is), p.equal(possible, scale))
        return p.select(as_is, earned, rounded)

    def total(self, base: Ref, bonus: Ref, penalty: Ref) -> Ref:
        """Base, bonus and penalty together, rounded when the pack says so."""
        p, r = self.lowering.program, self.lowering.numbers
        whole = p.subtract(p.add(base, bonus), penalty)
        if self.pack.total_quantum is None:
            return whole
        return self._rounded(r.scaled(whole, Fraction(1, self.unit)), self.pack.total_quantum)

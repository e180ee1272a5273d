"""What a pack's facts, branches and scores can come to (tầm với), from what it declares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.facts import Fact, FactType
from scoring.measured import MEASURE
from scoring.nodes import Arithmetic, Call, Name, Node, children
from scoring.numbers import round_half_up
from scoring.possible.arithmetic import calculated
from scoring.possible.bounds import Known, assuming, possible, quantities
from scoring.possible.possibility import EITHER, Marks, Possible, union
from scoring.possible.spans import (
    EVERY,
    INFINITE,
    WHOLE,
    End,
    Grid,
    Numbers,
    Span,
    between,
    numbers,
    only,
)
from scoring.rules import Branch, Constant, Criterion, Pack, Rule, maximum_name, score_name
from scoring.sheet import Value


def declared_of(pack: Pack) -> Known:
    """What names may be before anything is scored."""
    found: dict[Node, Possible] = {
        Name(one.id): _constant(one, pack.on) for one in pack.constants.values()
    }
    found.update((Name(one.id), _fact(one)) for one in pack.facts.values())
    for derived in pack.derived.values():
        found[Name(derived.id)] = possible(derived.value.node, Known(found))
    return Known(found)


def scored_of(pack: Pack, declared: Known) -> Known:
    """The same with every score a grade may read."""
    found: dict[Node, Possible] = dict(declared.declared)
    base = only(0)
    leaves = 0
    for criterion in pack.criteria:
        for one in criterion.whole():
            found[Name(score_name(one.id))] = points_of(one, pack, declared)
            if one.parts:
                found[Name(maximum_name(one.id))] = _maximum(one)
        leaves += sum(1 for _ in criterion.leaves())
        base = calculated("+", base, points_of(criterion, pack, declared))
    bonus, penalty = (points_of(one, pack, declared) for one in (pack.bonus, pack.penalty))
    total = calculated("-", calculated("+", base, bonus), penalty)
    if pack.rescale is not None:
        base = total = EVERY
    if pack.total_quantum is not None:
        total = rounded(total, pack.total_quantum)
    scores = {"base": base, "bonus": bonus, "penalty": penalty, "total": total}
    found.update((Name(name), score) for name, score in scores.items())
    found[Name("grade_rank")] = between(Fraction(1), Fraction(len(pack.grades)), WHOLE)
    found[Name("zero_criteria")] = between(Fraction(0), Fraction(leaves), WHOLE)
    return Known(found, work=declared.work)


def _maximum(group: Criterion) -> Numbers:
    """What a group can come to: its maximum, or less where parts of it may not apply."""
    whole = Fraction(group.maximum or 0)
    drops = any(one.applies is not None for one in group.whole())
    return between(Fraction(0), whole) if drops else only(whole)


def _constant(constant: Constant, on: dt.date | None) -> Possible:
    """The value in force; without a day any that ever was."""
    if on is not None or not constant.values:
        return _value(constant.value)
    found = [_value(one.value) for one in constant.values]
    return union(found[0], *found[1:])


def _value(value: Value) -> Possible:
    if isinstance(value, bool):
        return frozenset({value})
    if isinstance(value, dt.date):
        return only(value.toordinal())
    return only(Fraction(value)) if isinstance(value, Decimal) else None


def _fact(fact: Fact) -> Possible:
    match fact.type:
        case FactType.YES_NO:
            return EITHER
        case FactType.CHOICE:
            return frozenset(fact.choices)
        case FactType.DATE:
            return between(grid=WHOLE)
        case FactType.INTEGER | FactType.DECIMAL:
            return _range(fact)
        case FactType.MARKS:
            return Marks(_range(fact))
    return None


def _range(fact: Fact) -> Numbers:
    low: End = -INFINITE if fact.minimum is None else Fraction(fact.minimum)
    high: End = INFINITE if fact.maximum is None else Fraction(fact.maximum)
    grid = WHOLE if fact.type is FactType.INTEGER else None
    if fact.step is not None and not (grid and fact.step % 1):
        grid = Grid(Fraction(fact.minimum or 0), Fraction(fact.step))
    found = between(low, high, grid)
    return found if found.spans else EVERY


MOST_BRANCHES = 60
"""What the branches above leave over is followed so far; no regulation has longer tables."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A branch, and what is known before its condition is asked and once it is taken."""

    at: int
    branch: Branch
    before: Known | None
    inside: Known | None


def entered(rule: Rule, known: Known) -> Iterator[Entered]:
    """Every branch in turn; ``inside`` is None for one that can never be taken."""
    before: Known | None = measuring(rule, known)
    for at, branch in enumerate(rule.branches):
        if before is None or branch.when is None:
            yield Entered(at, branch, before, before)
            continue
        yield Entered(at, branch, before, assuming(branch.when, before, holds=True))
        if at < MOST_BRANCHES:
            before = assuming(branch.when, before, holds=False)


def measuring(rule: Rule, known: Known) -> Known:
    """*known* with what ``measure`` can be."""
    if rule.measure is None:
        return known
    return known.with_(MEASURE, quantities(rule.measure.node, known))


def earned_of(criterion: Criterion, known: Known) -> Numbers:
    """What a leaf's own rule gives, before its maximum and rounding."""
    if id(criterion) not in known.earned:
        known.earned[id(criterion)] = criterion, _earned(criterion, known)
    return known.earned[id(criterion)][1]


def _earned(criterion: Criterion, known: Known) -> Numbers:
    found = Numbers(())
    for one in entered(criterion.rule, known) if criterion.rule else ():
        if one.inside is not None and one.branch.points is not None:
            found = found.join(quantities(one.branch.points, one.inside))
    if criterion.scale is not None:
        found = calculated("*", found, quantities(criterion.scale.node, known))
    return found


def points_of(criterion: Criterion, pack: Pack, known: Known) -> Numbers:
    """The points a criterion, group or block can end with; 0 also stands for no score."""
    if criterion.rule is not None:
        found = earned_of(criterion, known)
        if criterion.needs is not None:
            found = found.join(only(Fraction(criterion.needs.otherwise)))
        found = rounded(_clamped(found, criterion), pack.quantum)
    else:
        found = _clamped(_gathered(criterion, pack, known), criterion)
    if criterion.applies is not None and criterion.not_applicable == "full":
        found = found.join(only(Fraction(criterion.maximum or 0)))
    return found.join(only(0))


def _gathered(group: Criterion, pack: Pack, known: Known) -> Numbers:
    parts = [points_of(part, pack, known) for part in group.parts]
    if any(part.not_applicable == "share" for part in group.parts):
        return EVERY
    found = only(0)
    for part in parts:
        found = found.join(part) if group.take == "best" else calculated("+", found, part)
    return found


def _clamped(found: Numbers, criterion: Criterion) -> Numbers:
    """Within the criterion's maximum and minimum; what drops out may lower the maximum to 0."""
    if not found.spans:
        return found
    for limit, is_top in ((criterion.maximum, True), (criterion.minimum, False)):
        if limit is None:
            continue
        end = Fraction(limit)
        side = Span(high=end) if is_top else Span(low=end)
        kept = found.meet(numbers([side]))
        beyond = found.high > end if is_top else found.low < end
        if beyond:
            kept = kept.join(only(end))
        found = kept
    dropped = any(one.applies is not None for one in criterion.whole())
    return found.join(between(Fraction(0), found.high)) if dropped and found.high > 0 else found


def rounded(found: Numbers, quantum: Decimal) -> Numbers:
    """*found* rounded half up to multiples of *quantum*."""
    spans = [Span(_rounded(one.low, quantum), _rounded(one.high, quantum)) for one in found.spans]
    return numbers(spans, Grid(Fraction(0), Fraction(quantum)))


def _rounded(end: End, quantum: Decimal) -> End:
    return end if isinstance(end, float) else Fraction(round_half_up(end, quantum))


def bands_reached(pack: Pack, scored: Known) -> Mapping[str, bool]:
    """Whether the bands alone leave each grade open to anyone, best first.

    A condition that could not be judged makes way for the next grade, so only those that rest on
    scores alone are known to have failed when a lower grade is tried.
    """
    found: dict[str, bool] = {}
    before: Known | None = scored
    sure = {*pack.words} - {*pack.facts, *pack.derived, *pack.peers}
    for grade in pack.grades:
        if before is None or grade.when is None:
            found[grade.id] = before is not None
            continue
        node = grade.when.node
        found[grade.id] = assuming(node, before, holds=True) is not None
        if is_sure(node, sure):
            before = assuming(node, before, holds=False)
    return found


def is_sure(node: Node, names: set[str]) -> bool:
    """Whether *node* always has a value: it reads *names* only and never divides."""
    match node:
        case Name(id_):
            return id_ in names
        case Arithmetic("/", _, _) | Call():
            return False
    return all(is_sure(one, names) for one in children(node))

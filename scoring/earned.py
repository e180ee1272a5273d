"""What each criterion earns (điểm từng tiêu chí): one evaluation, before a word is said of it.

``scoring.points`` words what is found here. Who asks for thousands of changed entries (near
misses, cases, mutants) needs the points alone, and a sentence costs more than the points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from scoring.dated import missing_words
from scoring.interpret import Exact, NoValue, Scope, number, truth
from scoring.numbers import round_half_up
from scoring.rules import Branch, Criterion, Pack, Rule

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ByRule:
    """A leaf that was scored, or could not be: what its rule read and did."""

    seen: Scope
    branch: Branch | None
    capped: Fraction | None
    factor: Fraction
    unmet: bool
    """Its precondition (needs) did not hold."""


@dataclass(frozen=True, slots=True)
class ByParts:
    """A group: its parts together, and whether they were stretched to its own maximum."""

    found: Decimal
    shared: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """Not for this entry, or nobody knows whether it is; the same is said of every part."""


How: TypeAlias = ByRule | ByParts | Aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """The points of one criterion as ``Line`` has them, and how they came about."""

    criterion: Criterion
    points: Decimal | None
    maximum: Decimal | None
    how: How
    exact: Fraction | None = None
    lack: str = ""
    parts: tuple[Earned, ...] = ()
    excluded: bool = False

    @property
    def id(self) -> str:
        return self.criterion.id

    def leaves(self) -> Iterator[Earned]:
        """What was earned under this one, itself when it has no parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def whole(self) -> Iterator[Earned]:
        """This one and everything under it."""
        yield self
        for part in self.parts:
            yield from part.whole()


Kept: TypeAlias = Mapping[str, Earned]
NOTHING_KEPT: Kept = MappingProxyType({})


def earn(criterion: Criterion, pack: Pack, scope: Scope, *, kept: Kept = NOTHING_KEPT) -> Earned:
    """What *criterion* earns on the values in *scope*.

    *kept* are criteria by id that are known to earn what they did.
    """
    if criterion.id in kept:
        return kept[criterion.id]
    try:
        if criterion.applies is not None and not truth(criterion.applies.node, scope):
            return _aside(criterion, full=criterion.not_applicable == "full")
    except NoValue as no_value:
        return _aside(criterion, full=False, lack=_lack(no_value, pack))
    if criterion.rule is not None:
        return _leaf(criterion, criterion.rule, pack, scope)
    return _group(criterion, pack, scope, kept)


def _aside(criterion: Criterion, *, full: bool, lack: str = "") -> Earned:
    """*criterion* and every part of it left alone; with *full*, given all the same."""
    return Earned(
        criterion=criterion,
        points=criterion.maximum if full else None,
        maximum=criterion.maximum,
        how=Aside(),
        lack=lack,
        parts=tuple(_aside(part, full=full, lack=lack) for part in criterion.parts),
        excluded=not full and not lack,
    )


def _group(criterion: Criterion, pack: Pack, scope: Scope, kept: Kept) -> Earned:
    """The parts added up, or the best of them; what does not apply is left out of the maximum."""
    parts = tuple(earn(part, pack, scope, kept=kept) for part in criterion.parts)
    counted = [part for part in parts if not part.excluded]
    earned = [part.points or ZERO for part in counted]
    found = max(earned, default=ZERO) if criterion.take == "best" else sum(earned, ZERO)
    maximum = _maximum(criterion, parts)
    shared = _shared(criterion, parts, Fraction(found))
    points = _clamped(shared if shared is not None else Fraction(found), criterion, maximum)
    return Earned(
        criterion=criterion,
        points=round_half_up(points, pack.quantum) if shared is not None else _settled(points),
        maximum=maximum,
        how=ByParts(found, shared is not None),
        exact=Fraction(found),
        parts=parts,
        excluded=bool(parts) and not counted,
    )


def _maximum(criterion: Criterion, parts: tuple[Earned, ...]) -> Decimal | None:
    """The maximum left when what was dropped, here or further down, is taken off."""
    if criterion.maximum is None or criterion.take == "best":
        return criterion.maximum
    dropped = ZERO
    for line, part in zip(parts, criterion.parts, strict=True):
        gone = line.excluded and part.not_applicable == "drop"
        dropped += (part.maximum or ZERO) - (ZERO if gone else line.maximum or ZERO)
    return criterion.maximum - dropped


def _shared(criterion: Criterion, parts: tuple[Earned, ...], found: Fraction) -> Fraction | None:
    """*found* stretched to the group's own maximum when a part left its share to its siblings."""
    sharing = [
        line
        for line, part in zip(parts, criterion.parts, strict=True)
        if line.excluded and part.not_applicable == "share"
    ]
    left = sum((line.maximum or ZERO for line in parts if not line.excluded), ZERO)
    if not sharing or not left or criterion.maximum is None:
        return None
    whole = left + sum((line.maximum or ZERO for line in sharing), ZERO)
    return found * Fraction(whole) / Fraction(left)


def _settled(points: Fraction) -> Decimal:
    """A sum of rounded points is a decimal already."""
    return Decimal(points.numerator) / Decimal(points.denominator)


def _clamped(found: Fraction, criterion: Criterion, maximum: Decimal | None) -> Fraction:
    if maximum is not None:
        found = min(found, Fraction(maximum))
    if criterion.minimum is not None:
        found = max(found, Fraction(criterion.minimum))
    return found


def _leaf(criterion: Criterion, rule: Rule, pack: Pack, scope: Scope) -> Earned:
    seen: dict[str, Exact] = dict(scope)
    branch: Branch | None = None
    found: Fraction | None = None
    factor = Fraction(1)
    unmet = False
    lack = ""
    try:
        if criterion.needs is not None and not truth(criterion.needs.require.node, scope):
            unmet, found = True, Fraction(criterion.needs.otherwise)
        else:
            if rule.measure is not None:
                seen["measure"] = number(rule.measure.node, seen)
            branch = _branch(rule, seen)
            points = _points(branch, seen)
            if criterion.scale is not None:
                factor = number(criterion.scale.node, seen)
            found = points * factor
    except NoValue as no_value:
        lack = _lack(no_value, pack)
    capped = None if found is None else _clamped(found, criterion, criterion.maximum)
    return Earned(
        criterion=criterion,
        points=None if capped is None else round_half_up(capped, pack.quantum),
        maximum=criterion.maximum,
        how=ByRule(seen, branch, capped, factor, unmet),
        exact=found,
        lack=lack,
    )


def _branch(rule: Rule, scope: Scope) -> Branch:
    for branch in rule.branches:
        if branch.when is None or truth(branch.when, scope):
            return branch
    raise NoValue("không rơi vào bậc nào của tiêu chí")


def _points(branch: Branch, scope: Scope) -> Fraction:
    if branch.points is None:
        raise NoValue(branch.label)
    return number(branch.points, scope)


def _lack(no_value: NoValue, pack: Pack) -> str:
    if not no_value.missing:
        return no_value.reason
    word = pack.words.get(no_value.missing)
    why = missing_words(no_value.missing, pack)
    lack = f"chưa có “{word.label}”" if word else f"chưa có {no_value.missing}"
    return f"{lack}: {why}" if why else lack

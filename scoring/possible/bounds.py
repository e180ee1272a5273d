"""What an expression can come to (miền giá trị), given what the pack declares of its facts.

Sound, never guessing: what is left out cannot happen; what is kept may or may not. A condition
assumed to hold narrows what its sides can be, so ``a >= 5 and a < 3`` is seen to be impossible.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from scoring.functions import FUNCTIONS
from scoring.nodes import (
    Among,
    Arithmetic,
    Call,
    Coalesce,
    Compare,
    If,
    Kind,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Present,
)
from scoring.possible.arithmetic import calculated, called
from scoring.possible.possibility import EITHER, MIRRORED, Marks, Possible, among, compared, union
from scoring.possible.remainders import (
    divisors,
    is_whole,
    meets,
    ratio_of,
    remainder_of,
    remainders,
)
from scoring.possible.spans import EVERY, WHOLE, Numbers, Span, between, numbers, only

MOST_SPLITS = 5
"""Alternatives looked into one inside the other; beyond, an assumption teaches nothing."""
MOST_SPANS = 24
"""More pieces than any table has; beyond, only the ends are remembered."""


MOST_WORK = 40_000
"""Narrowings in one pack; beyond, nothing more is learnt from assumptions. A long regulation of
300 criteria of 100 bands each takes half of it."""


@dataclass(slots=True)
class Work:
    """What reasoning about one pack has cost."""

    done: int = 0

    def is_over(self) -> bool:
        return self.done > MOST_WORK


@dataclass(frozen=True, slots=True)
class Known:
    """What names and expressions can be: as declared, and as narrowed by what was assumed."""

    declared: Mapping[Node, Possible]
    narrowed: Mapping[Node, Possible] = field(default_factory=dict)
    found: dict[Node, Possible] = field(default_factory=dict, compare=False, repr=False)
    """What was already worked out: the same part is asked again and again."""
    work: Work = field(default_factory=Work, compare=False, repr=False)
    earned: dict[int, tuple[object, Numbers]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What criteria earn as far as this is known, by identity: groups ask for it again."""

    def of(self, node: Node) -> Possible:
        return self.narrowed.get(node) or self.declared.get(node)

    def with_(self, node: Node, found: Possible) -> Known:
        if isinstance(found, Numbers) and len(found.spans) > MOST_SPANS:
            found = found.hull()
        self.work.done += 1 + len(self.narrowed) // 16
        return Known(self.declared, {**self.narrowed, node: found}, work=self.work)

    def either(self, other: Known) -> Known:
        """What holds when one of the two does, nobody knows which."""
        merged = {
            node: union(possible(node, self), possible(node, other))
            for node in {**self.narrowed, **other.narrowed}
        }
        return Known(self.declared, merged, work=self.work)


def possible(node: Node, known: Known) -> Possible:
    """Everything *node* can come to, if it comes to anything."""
    found = known.of(node)
    if found is not None:
        return found
    if node not in known.found:
        known.found[node] = _worked_out(node, known)
    return known.found[node]


def _worked_out(node: Node, known: Known) -> Possible:
    match node:
        case Literal(value):
            return _literal(value)
        case Name():
            return None
        case Present():
            return EITHER
        case Not(operand):
            return frozenset(not one for one in truths(operand, known))
        case Negate(operand):
            return quantities(operand, known).moved(Fraction(-1), Fraction(0))
        case Logic(sign, left, right):
            return _logic(sign == "and", left, right, known)
        case Compare(sign, left, right):
            return compared(sign, possible(left, known), possible(right, known))
        case Arithmetic(sign, left, right):
            if (rest := remainder_of(node)) is not None:
                of_whole = is_whole(quantities(rest[0], known))
                return remainders(rest[1], of_whole=of_whole)
            return calculated(sign, quantities(left, known), quantities(right, known))
        case Among(member, options):
            return among(possible(member, known), [_literal_of(one) for one in options])
        case If(condition, then, otherwise):
            sides = [
                possible(side, narrowed)
                for side, holds in ((then, True), (otherwise, False))
                if (narrowed := assuming(condition, known, holds=holds)) is not None
            ]
            return sides[0] if len(sides) == 1 else union(*sides) if sides else None
        case Coalesce(left, right):
            return union(possible(left, known), possible(right, known))
        case Call(name, arguments):
            return _call(name, arguments, known)


def truths(node: Node, known: Known) -> frozenset[bool | str]:
    """How the condition *node* can come out."""
    found = possible(node, known)
    return found if isinstance(found, frozenset) and found and found <= EITHER else EITHER


def quantities(node: Node, known: Known) -> Numbers:
    """The numbers *node* can be."""
    found = possible(node, known)
    return found if isinstance(found, Numbers) and found.spans else EVERY


def assuming(node: Node, known: Known, *, holds: bool, splits: int = 0) -> Known | None:
    """*known* once *node* has come out as *holds*; None when it cannot."""
    if known.work.is_over():
        return known
    match node:
        case Not(operand):
            return assuming(operand, known, holds=not holds, splits=splits)
        case Logic(sign, left, right) if (sign == "and") == holds:
            first = assuming(left, known, holds=holds, splits=splits)
            return first and assuming(right, first, holds=holds, splits=splits)
        case Logic(_, left, right):
            return _one_of(left, right, known, holds=holds, splits=splits + 1)
        case Compare(sign, left, right):
            return _narrowed(sign if holds else _OPPOSITE[sign], left, right, known)
        case Among(member, options):
            return _narrowed_among(member, options, known, holds=holds)
    if holds not in truths(node, known):
        return None
    return known if isinstance(node, Literal) else known.with_(node, frozenset({holds}))


_OPPOSITE = MappingProxyType({"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"})


def _one_of(left: Node, right: Node, known: Known, *, holds: bool, splits: int) -> Known | None:
    if splits > MOST_SPLITS:
        return known
    first = assuming(left, known, holds=holds, splits=splits)
    other = assuming(left, known, holds=not holds, splits=splits)
    second = other and assuming(right, other, holds=holds, splits=splits)
    return first.either(second) if first and second else first or second


def _narrowed(sign: str, left: Node, right: Node, known: Known) -> Known | None:
    one, other = possible(left, known), possible(right, known)
    if compared(sign, one, other) == {False}:
        return None
    for node, mine, theirs, seen in (
        (left, one, other, sign),
        (right, other, one, MIRRORED[sign]),
    ):
        if isinstance(node, Literal):
            continue
        kept = _kept(seen, mine, theirs)
        if isinstance(kept, Numbers | frozenset):
            if not (kept.spans if isinstance(kept, Numbers) else kept):
                return None
            if isinstance(kept, Numbers) and _is_ruled_out(node, kept, known):
                return None
            known = known.with_(node, kept)
    return known


def _is_ruled_out(node: Node, kept: Numbers, known: Known) -> bool:
    """Whether what is known of remainders keeps *node* from the one number left for it."""
    value, ratio = kept.single(), ratio_of(node)
    if value is None or ratio is None:
        return False
    if not all(is_whole(quantities(one, known)) for one in (ratio.over, ratio.under)):
        return False
    wanted = dict(divisors(ratio, value))
    for other, found in known.narrowed.items():
        rest = remainder_of(other)
        left = found.single() if isinstance(found, Numbers) else None
        if rest is None or left is None or rest[0] not in wanted:
            continue
        if not meets(wanted[rest[0]], left, rest[1]):
            return True
    return False


def _kept(sign: str, mine: Possible, theirs: Possible) -> Possible:
    """What is left of *mine* when it compares with something of *theirs* as *sign* says."""
    if isinstance(mine, frozenset) and isinstance(theirs, frozenset):
        if sign == "==":
            return mine & theirs
        return mine - theirs if sign == "!=" and len(theirs) == 1 else mine
    if isinstance(theirs, Numbers) and theirs.spans and (mine is None or isinstance(mine, Numbers)):
        mine = mine if isinstance(mine, Numbers) else EVERY
        if sign == "!=":
            return mine.without(theirs) if theirs.single() is not None else mine
        return mine.meet(theirs if sign == "==" else _reach(sign, theirs))
    return mine


def _reach(sign: str, theirs: Numbers) -> Numbers:
    strict = sign in ("<", ">")
    if sign in ("<", "<="):
        return numbers([Span(high=theirs.high, high_open=strict or theirs.spans[-1].high_open)])
    return numbers([Span(low=theirs.low, low_open=strict or theirs.spans[0].low_open)])


def _narrowed_among(
    member: Node, options: tuple[Node, ...], known: Known, *, holds: bool
) -> Known | None:
    mine, listed = possible(member, known), [_literal_of(one) for one in options]
    if among(mine, listed) == {not holds}:
        return None
    if not isinstance(mine, frozenset) or isinstance(member, Literal):
        return known
    named = frozenset[bool | str]().union(*(one for one in listed if isinstance(one, frozenset)))
    return known.with_(member, mine & named if holds else mine - named)


def _literal_of(node: Node) -> Possible:
    return _literal(node.value) if isinstance(node, Literal) else None


def _literal(value: Fraction | bool | str | dt.date) -> Possible:
    if isinstance(value, bool):
        return frozenset({value})
    if isinstance(value, str):
        return frozenset({value})
    return only(value.toordinal() if isinstance(value, dt.date) else value)


def _logic(is_and: bool, left: Node, right: Node, known: Known) -> frozenset[bool | str]:
    first = truths(left, known)
    found = first & {not is_and}
    if is_and in first:
        narrowed = assuming(left, known, holds=is_and)
        found = found | truths(right, narrowed) if narrowed is not None else found
    return found or EITHER


def _call(name: str, arguments: tuple[Node, ...], known: Known) -> Possible:
    if FUNCTIONS[name].gives is not Kind.NUMBER:
        return None
    given = [possible(one, known) for one in arguments]
    if name == "count_true":
        sure = sum(truths(one, known) == {True} for one in arguments)
        most = sum(True in truths(one, known) for one in arguments)
        return between(Fraction(sure), Fraction(most), WHOLE)
    if FUNCTIONS[name].takes[0] is Kind.MARKS:
        marks = given[0]
        if name == "count":
            return between(Fraction(0), grid=WHOLE)
        return numbers(marks.each.spans).hull() if isinstance(marks, Marks) else EVERY
    found = [one if isinstance(one, Numbers) and one.spans else EVERY for one in given]
    return called(name, found)

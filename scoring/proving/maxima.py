"""Maxima that no formula reaches (điểm tối đa không ai chạm tới), before and after a change.

A maximum is read where points are cut to it, and also where a criterion that drops out lowers its
group, gives all its points, leaves its share to others or counts in the scale of the total. Only
when nothing but the cut is left can bounds on the points prove anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.possible.bounds import Known
from scoring.possible.reach import earned_of, points_of
from scoring.possible.spans import End
from scoring.proving.ground import Ground
from scoring.proving.sites import Path, at
from scoring.rules import Criterion, Pack


def is_same_maximum(ground: Ground, mutant: Pack, path: Path) -> bool:
    """Whether the points stay under the old and the new maximum of the criterion at *path*."""
    pack, here = ground.pack, path[:-1]
    criterion: Criterion = at(pack, here)
    limit = Fraction(min(at(pack, path), at(mutant, path)))
    around = [*_around(pack, here)]
    if _is_read_elsewhere(criterion, around, pack):
        return False
    if any(one.applies is not None for one in criterion.whole() if one is not criterion):
        return _is_within_parts(criterion, limit)
    found = most_of(criterion, pack, ground.declared)
    return found is not None and found <= limit


def most_of(criterion: Criterion, pack: Pack, known: Known) -> End | None:
    """The most points *criterion* comes to before its maximum; None when nothing earns any."""
    if criterion.rule is not None:
        found = earned_of(criterion, known)
        otherwise = Fraction(criterion.needs.otherwise) if criterion.needs is not None else None
        return max(found.high, otherwise or found.high) if found.spans else otherwise
    if any(part.not_applicable == "share" for part in criterion.parts):
        return None
    highs = [points_of(part, pack, known).high for part in criterion.parts]
    return max(highs, default=Fraction(0)) if criterion.take == "best" else sum(highs, Fraction(0))


def _around(pack: Pack, path: Path) -> Iterator[Criterion]:
    """The groups around the criterion at *path*, outermost first."""
    for end, step in enumerate(path):
        if step == "parts":
            yield at(pack, path[:end])


def _is_read_elsewhere(criterion: Criterion, around: list[Criterion], pack: Pack) -> bool:
    """Whether the maximum is more than a limit of the criterion's own points."""
    if any(one.applies and one.not_applicable == "full" for one in (*around, criterion)):
        return True
    parent = around[-1] if around else None
    if parent is None:
        return pack.rescale is not None and criterion in pack.criteria
    if any(one.not_applicable == "share" for one in parent.parts):
        return True
    lowers = parent.maximum is not None and parent.take != "best"
    return lowers and _may_drop_out(criterion)


def _may_drop_out(criterion: Criterion) -> bool:
    """Whether nothing of *criterion* may be left for some entry."""
    if criterion.applies is not None:
        return True
    return bool(criterion.parts) and all(map(_may_drop_out, criterion.parts))


def _is_within_parts(group: Criterion, limit: Fraction) -> bool:
    """Whether the maxima of the parts keep *group* within *limit*, whichever of them drop out.

    A part that drops out takes its maximum off the group's, and its points off the sum: what holds
    of all parts together then holds of those that are left.
    """
    below = [one for one in group.whole() if one is not group]
    maxima = [part.maximum for part in group.parts]
    if any(one.maximum is None or (one.minimum or 0) > 0 for one in below):
        return False
    if any(one.not_applicable == "share" for one in below):
        return False
    known = [Fraction(one) for one in maxima if isinstance(one, Decimal)]
    most = max(known) if group.take == "best" else sum(known, Fraction(0))
    return most <= limit

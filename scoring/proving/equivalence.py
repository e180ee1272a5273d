"""Changes that change nothing (đột biến tương đương), proved without looking at any entry.

The upper end of a band that stands below another band, a maximum no formula can reach: no case can
tell such a mutant from the pack. What cannot be proved is not claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from scoring.interpret import Exact
from scoring.nodes import Call, Literal, Logic, Node, Not, names
from scoring.proving.cells import Cell, Cells
from scoring.proving.ground import Ground
from scoring.proving.idle import (
    is_same_comparison,
    is_same_order,
    is_same_places,
    lowers_nobody,
    orders_only,
)
from scoring.proving.maxima import is_same_maximum
from scoring.proving.ranges import Range, plain, range_of
from scoring.proving.sites import Path, Site, at, is_truth, sites_of
from scoring.proving.trace import value_or_none
from scoring.rules import Criterion, Pack, Rule


def is_equivalent(ground: Ground, mutant: Pack, path: Path) -> bool:
    """Whether *mutant*, the pack of *ground* changed at *path*, is proved to score all alike."""
    pack = ground.pack
    if path[-1] == "maximum":
        return is_same_maximum(ground, mutant, path)
    if "rule" in path and "measure" not in path:
        before = path[: path.index("rule")]
        return _same_rule(
            at(pack, before), at(pack, (*before, "rule")), at(mutant, (*before, "rule")), pack
        )
    if path[0] == "grades":
        return _same_grades(pack, mutant)
    if path[0] in ("vetoes", "caps") and _lowers_nobody(ground, mutant, path):
        return True
    for site in sites_of(pack):
        if site.path == path[: len(site.path)]:
            return _same_site(ground, mutant, path, site)
    return False


def _lowers_nobody(ground: Ground, mutant: Pack, path: Path) -> bool:
    """Whether the veto or cap at *path* changes no grade, neither as it was nor as it is."""
    key, number = str(path[0]), int(path[1])
    before, after = getattr(ground.pack, key), getattr(mutant, key)
    changed = after[number] if len(after) == len(before) else None
    return all(lowers_nobody(one, ground) for one in (before[number], changed))


def _same_site(ground: Ground, mutant: Pack, path: Path, site: Site) -> bool:
    pack, changed = ground.pack, at(mutant, site.path)
    if "most" in site.path or "percent" in site.path:
        return is_same_places(site.node, changed, pack)
    derives = site.path[0] == "derived" and orders_only(pack, str(site.path[1]))
    if derives or "order" in site.path:
        return is_same_order(site.node, changed)
    if is_same_comparison(ground, mutant, path, site.path):
        return True
    return _same_truth(site.node, changed, pack)


def _scope(cells: Mapping[str, Cell]) -> Mapping[str, Exact]:
    return {name: cell.sample for name, cell in cells.items()}


def _same_truth(one: Node, other: Node, pack: Pack) -> bool:
    if not all(is_truth(node, pack) or isinstance(node, Logic | Not) for node in (one, other)):
        return False
    if set(names(one)) != set(names(other)):
        return False  # an entry that lacks what only one of them reads would tell them apart
    cells = Cells(pack)
    pair = cells.abstract(one), cells.abstract(other)
    combinations = cells.combinations()
    return combinations is not None and all(
        value_or_none(pair[0], _scope(some)) == value_or_none(pair[1], _scope(some))
        for some in combinations
    )


def _same_grades(pack: Pack, mutant: Pack) -> bool:
    cells = Cells(pack)
    chains = [
        [cells.abstract(one.when.node) if one.when is not None else None for one in some.grades]
        for some in (pack, mutant)
    ]
    combinations = cells.combinations()
    return combinations is not None and all(
        _first(chains[0], _scope(some)) == _first(chains[1], _scope(some)) for some in combinations
    )


def _first(chain: list[Node | None], scope: Mapping[str, Exact]) -> int | None:
    return next(
        (n for n, one in enumerate(chain) if one is None or value_or_none(one, scope) is True), None
    )


def _same_rule(criterion: Criterion, one: Rule, other: Rule, pack: Pack) -> bool:
    """Whether both give the same points in every cell of what they compare."""
    if _read(one) != _read(other):
        return False  # an entry that lacks what only one of them reads would tell them apart
    cells = Cells(pack, one)
    chains = [
        [
            cells.abstract(branch.when) if branch.when is not None else None
            for branch in rule.branches
        ]
        for rule in (one, other)
    ]
    combinations = cells.combinations()
    if combinations is None:
        return False
    measured = {"measure": range_of(one.measure.node, pack)} if one.measure is not None else {}
    for some in combinations:
        taken = [_first(chain, _scope(some)) for chain in chains]
        known = {**measured, **{name: cell.range for name, cell in some.items()}}
        points = [
            None if n is None else rule.branches[n].points
            for n, rule in zip(taken, (one, other), strict=True)
        ]
        if not _same_points(points[0], points[1], criterion, pack, known):
            return False
        read = [set(names(node)) if node is not None else set() for node in points]
        if (read[0] ^ read[1]) - {"measure"} - _read(one):
            return False
    return True


def _read(rule: Rule) -> frozenset[str]:
    conditions = [branch.when for branch in rule.branches if branch.when is not None]
    read = {name for node in conditions for name in names(node)}
    return frozenset(read - {"measure"})


def _same_points(
    one: Node | None,
    other: Node | None,
    criterion: Criterion,
    pack: Pack,
    known: Mapping[str, Range],
) -> bool:
    if one is None or other is None or one == other:
        return one == other
    if plain(one, pack, known) == plain(other, pack, known):
        return True
    # A multiplier comes after the formula and before the ceiling: then the ceiling proves nothing.
    scaled = criterion.scale is not None
    limit = None if scaled or criterion.maximum is None else Fraction(criterion.maximum)
    ends = [range_of(node, pack, known).clipped(limit).only for node in (one, other)]
    if ends[0] is not None and ends[0] == ends[1]:
        return True
    return limit is not None and _beyond(one, limit) == _beyond(other, limit) is not None


def _beyond(node: Node, limit: Fraction) -> Node | None:
    """What ``min(x, c)`` limits, when the criterion's own maximum limits it as much."""
    match node:
        case Call("min", (inner, Literal(Fraction() as ceiling))) if ceiling >= limit:
            return inner
    return None

"""The bands and branches of a criterion, and the one an entry falls in (các bậc, ngưỡng)."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.comparing.changes import branch_text
from scoring.interpret import Exact, NoValue, Scope, number, truth
from scoring.rules import Criterion, Pack


@dataclass(frozen=True, slots=True)
class Threshold:
    """One way a criterion gives points (bậc): ``từ 85 đến dưới 95%: 10 điểm``."""

    text: str
    taken: bool


def thresholds_of(criterion: Criterion, pack: Pack, scope: Scope) -> tuple[Threshold, ...]:
    """Every branch of *criterion*; none is taken when its values are missing."""
    rule = criterion.rule
    if rule is None:
        return ()
    taken = _taken(criterion, scope)
    return tuple(
        Threshold(branch_text(rule, branch, pack), at == taken)
        for at, branch in enumerate(rule.branches)
    )


def _taken(criterion: Criterion, scope: Scope) -> int | None:
    rule = criterion.rule
    asked = (criterion.applies, criterion.needs.require if criterion.needs else None)
    seen: dict[str, Exact] = dict(scope)
    try:
        if rule is None or not all(truth(one.node, seen) for one in asked if one is not None):
            return None
        if rule.measure is not None:
            seen["measure"] = number(rule.measure.node, seen)
        for at, branch in enumerate(rule.branches):
            if branch.when is None or truth(branch.when, seen):
                return at
    except NoValue:
        pass
    return None

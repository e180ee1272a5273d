"""What a whole season shows (điều thấy được ở một đợt): keys that decided, quotas that ran out.

A quota has run out for somebody when it kept an entry out, and also when equals contest its last
places: among collectives that all rank alike, nobody is ever below those who filled it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from scoring.interpret import Scope
from scoring.proving.chains import Observation
from scoring.rules import Pack, Selection
from scoring.seats import Seats
from scoring.sheet import Facts, Outcome, SeasonResult


def seen_of_season(
    pack: Pack, result: SeasonResult, season: Mapping[str, Facts], scopes: Mapping[str, Scope]
) -> Iterator[Observation]:
    """What *result*, which *season* came to, shows of ranking, selections and quotas."""
    yield from _seen_of_ranking(result)
    for n, selection in enumerate(pack.selections):
        seats = Seats(selection, season, result.sheets, scopes)
        for what in _seen_of_selection(selection, seats, result):
            path, seen = what
            yield ("selections", n, *path), seen


def _seen_of_ranking(result: SeasonResult) -> Iterator[Observation]:
    ranked = [one for one in result.placings if one.rank is not None]
    for above, below in pairwise(ranked):
        step = next(
            (
                n
                for n, (a, b) in enumerate(zip(above.standing, below.standing, strict=True))
                if a != b
            ),
            None,
        )
        yield ("ranking",) if step is None else ("ranking", "order", step), "decides"


def _seen_of_selection(
    selection: Selection, seats: Seats, result: SeasonResult
) -> Iterator[Observation]:
    awards = {one.code: one for one in result.awards if one.selection == selection.id}
    sharing = [
        code for code, one in awards.items() if one.outcome in (Outcome.CHOSEN, Outcome.TIED)
    ]
    for one in (each for each in result.placings if each.rank is not None):
        grade, award = result.sheets[one.code].grade, awards.get(one.code)
        if award is None:
            yield (), f"aside {grade}"
        elif award.outcome is Outcome.CHOSEN:
            yield (), f"chosen {grade}"
        elif award.outcome is Outcome.UNMET:
            yield (), "unmet"
        elif award.outcome in (Outcome.BEYOND, Outcome.DISPLACED):
            labels = [quota.label for quota in selection.quotas]
            if award.quota in labels:
                yield ("quotas", labels.index(award.quota)), "full"
        elif award.outcome is Outcome.TIED:
            yield from ((("quotas", n), "full") for n in _contested(one.code, sharing, seats))


def _contested(code: str, sharing: list[str], seats: Seats) -> Iterator[int]:
    """The quotas with fewer places than those of *sharing* who count against them with *code*."""
    for group in seats.groups(code):
        if sum(group in seats.groups(one) for one in sharing) > seats.places(group, code):
            yield group[0]

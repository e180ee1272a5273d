"""Selections over a table of results (xét chọn): order by the server, places one by one here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.store.postgresql.expressions import Sql
from registry.store.postgresql.season import ScoredTable
from scoring.columns.contenders import Asked, Candidate, outcomes_of, taken_before
from scoring.columns.plan import QuotaPlan, SelectionPlan
from scoring.sheet import Outcome


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selection says of everybody it looks at, and whom it takes, best first."""

    outcomes: Mapping[str, Outcome]
    chosen: tuple[str, ...]


def best_first(connection: sa.Connection, scored: ScoredTable) -> dict[str, int]:
    """The rank of every ranked entry, best first, equals by code."""
    code = sa.collate(scored.ranks.c.code, "C")
    query = sa.select(scored.ranks.c.code, scored.rank).order_by(scored.rank, code)
    return dict(connection.execute(query).all())


def select_on(connection: sa.Connection, scored: ScoredTable) -> dict[str, Selected]:
    """All selections of the pack over the results in *scored*, in the pack's order."""
    found: dict[str, Selected] = {}
    for one in scored.plan.selections:
        before = {id_: made.outcomes for id_, made in found.items()}
        found[one.selection.id] = _select(connection, scored, one, before)
    return found


def _select(
    connection: sa.Connection,
    scored: ScoredTable,
    one: SelectionPlan,
    before: Mapping[str, Mapping[str, Outcome]],
) -> Selected:
    id_ = one.selection.id
    looked_at = scored.of_grades(one.selection.among)
    meets = scored.column(f"meets {id_}")
    unmet = sa.select(scored.table.c.code).select_from(scored.ranked)
    unmet = unmet.where(looked_at, sa.not_(meets))
    rows = connection.execute(_candidates(scored, one, looked_at & meets))
    candidates = [_candidate(row, len(one.quotas)) for row in rows]
    populations = [
        _population(connection, scored, f"concerns {id_} {at}", quota)
        for at, quota in enumerate(one.quotas)
    ]
    seated = outcomes_of(one, candidates, populations, before)
    chosen = tuple(code for code, outcome in seated.items() if outcome is Outcome.CHOSEN)
    taken = taken_before(one, before)
    short = [code for code in connection.execute(unmet).scalars() if code not in taken]
    return Selected(dict.fromkeys(short, Outcome.UNMET) | seated, chosen)


def _candidates(
    scored: ScoredTable, one: SelectionPlan, among: Sql
) -> sa.Select[tuple[object, ...]]:
    """Those who may get a place, best first, with what each quota asks of them."""
    id_ = one.selection.id
    keys = [scored.column(f"key order {id_} {at}").desc() for at in range(len(one.order))]
    standing = sa.func.rank().over(order_by=keys) if keys else scored.rank
    asked: list[Sql] = []
    for at, quota in enumerate(one.quotas):
        asked += [scored.column(f"concerns {id_} {at}"), scored.group(quota.quota.per)]
        asked += [scored.column(f"places {id_} {at} {of}") for of in ("top", "bottom", "defined")]
    named = [column.label(f"q{at}") for at, column in enumerate(asked)]
    query = sa.select(scored.code, standing.label("standing"), *named)
    query = query.select_from(scored.ranked).where(among)
    return query.order_by(sa.column("standing"), scored.rank, scored.code)


def _candidate(row: Sequence[Any], quotas: int) -> Candidate:
    code, standing, *rest = row
    asked = []
    for at in range(quotas):
        concerns, group, top, bottom, defined = rest[5 * at : 5 * at + 5]
        asked.append(Asked(concerns, group, int(top), int(bottom), defined))
    return Candidate(code, standing, tuple(asked))


def _population(
    connection: sa.Connection, scored: ScoredTable, concerns: str, plan: QuotaPlan
) -> dict[str, int]:
    """How many each group of a share has, or how many of them hold one of its grades."""
    share = plan.quota.share
    if share is None:
        return {}
    by = scored.group(plan.quota.per).label("by")
    query = sa.select(by, sa.func.count()).where(scored.column(concerns))
    if share.of:
        query = query.where(scored.of_grades(share.of))
    return dict(connection.execute(query.group_by(sa.column("by"))).all())

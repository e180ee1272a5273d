"""Selections over a table of results (xét chọn): order by the server, places one by one here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sqlalchemy as sa

from registry.store.postgresql.expressions import Sql
from registry.store.postgresql.season import ScoredTable
from scoring.columns.contenders import QuotaColumn, outcomes_of, whole_places
from scoring.columns.plan import Plan, QuotaPlan, SelectionPlan
from scoring.sheet import Outcome


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selection says of everybody it looks at, and whom it takes, best first."""

    outcomes: Mapping[str, Outcome]
    chosen: tuple[str, ...]


def best_first(connection: sa.Connection, scored: ScoredTable) -> dict[str, int]:
    """The rank of every ranked entry, best first, equals by code."""
    query = sa.select(scored.code, scored.rank).where(scored.rank.is_not(None))
    rows = connection.execute(query.order_by(scored.rank, scored.code))
    return dict(rows.all())


def select_on(connection: sa.Connection, scored: ScoredTable, one: SelectionPlan) -> Selected:
    """*one* of the pack's selections over the results in *scored*."""
    id_ = one.selection.id
    looked_at = scored.rank.is_not(None) & scored.of_grades(one.selection.among)
    meets = scored.column(f"meets {id_}")
    unmet = sa.select(scored.table.c.code).where(looked_at, sa.not_(meets))
    outcomes = dict.fromkeys(connection.execute(unmet).scalars(), Outcome.UNMET)
    candidates = connection.execute(_candidates(scored, one, looked_at & meets)).all()
    standing = [row.standing for row in candidates]
    quotas = [
        _quota(connection, scored, f"{id_} {at}", at, quota, candidates)
        for at, quota in enumerate(one.quotas)
    ]
    found = outcomes_of(standing, quotas)
    codes = [row.code for row in candidates]
    outcomes |= dict(zip(codes, found, strict=True))
    return Selected(outcomes, tuple(code for code in codes if outcomes[code] is Outcome.CHOSEN))


def _candidates(
    scored: ScoredTable, one: SelectionPlan, among: Sql
) -> sa.Select[tuple[object, ...]]:
    """Those who may get a place, best first, with what each quota asks of them."""
    id_ = one.selection.id
    keys = [scored.column(f"key order {id_} {at}").desc() for at in range(len(one.order))]
    standing = sa.func.rank().over(order_by=keys) if keys else scored.rank
    asked = [scored.code.label("code"), standing.label("standing")]
    for at, quota in enumerate(one.quotas):
        asked.append(scored.group(quota.quota.per).label(f"group{at}"))
        asked.append(scored.column(f"concerns {id_} {at}").label(f"concerns{at}"))
        asked += [
            scored.column(f"places {id_} {at} {of}").label(f"{of}{at}")
            for of in ("top", "bottom", "defined")
        ]
    query = sa.select(*asked).where(among)
    return query.order_by(sa.column("standing"), scored.rank, scored.code)


def _quota(
    connection: sa.Connection,
    scored: ScoredTable,
    name: str,
    at: int,
    plan: QuotaPlan,
    candidates: Sequence[sa.Row[tuple[object, ...]]],
) -> QuotaColumn:
    """The group of every candidate, and the places of each: the first of it says how many."""
    share, population = plan.quota.share, _population(connection, scored, name, plan)
    number: dict[str, int] = {}
    places: list[int] = []
    group: list[int] = []
    for row in candidates:
        told = row._mapping  # noqa: SLF001 (SQLAlchemy's own name for it)
        if not told[f"concerns{at}"]:
            group.append(-1)
            continue
        by = told[f"group{at}"]
        if by not in number:
            number[by] = len(places)
            value = _value(scored.plan, name, *(told[f"{of}{at}"] for of in ("top", "bottom")))
            there = whole_places(share, value, population.get(by, 0))
            enough = min(max(0, there), len(candidates))
            places.append(enough if told[f"defined{at}"] else 0)
        group.append(number[by])
    return QuotaColumn(group, places or [0], is_overall=not plan.quota.per)


def _value(plan: Plan, name: str, top: int, bottom: int) -> Fraction:
    return plan.keys()[f"places {name}"].value.factor * Fraction(int(top), int(bottom))


def _population(
    connection: sa.Connection, scored: ScoredTable, name: str, plan: QuotaPlan
) -> dict[str, int]:
    """How many each group of a share has, or how many of them hold one of its grades."""
    share = plan.quota.share
    if share is None:
        return {}
    by = scored.group(plan.quota.per).label("by")
    query = sa.select(by, sa.func.count()).where(scored.column(f"concerns {name}"))
    if share.of:
        query = query.where(scored.of_grades(share.of))
    return dict(connection.execute(query.group_by(sa.column("by"))).all())

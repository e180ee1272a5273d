"""Selections over results on a cluster (xét chọn): order by Spark, places one by one here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyspark.sql import Column, Window
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)

from registry.store.spark.season import ScoredFrame, group_name
from scoring.columns.contenders import Asked, Candidate, outcomes_of, taken_before
from scoring.columns.plan import QuotaPlan, SelectionPlan
from scoring.sheet import Outcome


def select_on(scored: ScoredFrame) -> dict[str, dict[str, Outcome]]:
    """What each of the pack's selections says of everybody it looks at; candidates best first.

    Reads *scored* several times: keep its frame, or read it back from where it was written.
    """
    found: dict[str, dict[str, Outcome]] = {}
    for one in scored.plan.selections:
        found[one.selection.id] = _select(scored, one, found)
    return found


def _select(
    scored: ScoredFrame, one: SelectionPlan, before: Mapping[str, Mapping[str, Outcome]]
) -> dict[str, Outcome]:
    id_ = one.selection.id
    looked_at = F.col("rank").isNotNull() & scored.of_grades(one.selection.among)
    meets = scored.column(f"meets {id_}")
    unmet = scored.frame.where(looked_at & ~meets).select("code").collect()
    candidates = [
        _candidate(row, len(one.quotas)) for row in _candidates(scored, one, looked_at & meets)
    ]
    populations = [
        _population(scored, f"concerns {id_} {at}", quota) for at, quota in enumerate(one.quotas)
    ]
    seated = outcomes_of(one, candidates, populations, before)
    taken = taken_before(one, before)
    return seated | {row.code: Outcome.UNMET for row in unmet if row.code not in taken}


def _candidates(scored: ScoredFrame, one: SelectionPlan, among: Column) -> Sequence[Any]:
    """Those who may get a place, best first, with what each quota asks of them."""
    id_ = one.selection.id
    keys = [scored.column(f"key order {id_} {at}").desc() for at in range(len(one.order))]
    standing = F.rank().over(Window.orderBy(*keys)) if keys else F.col("rank")
    asked: list[Column] = []
    for at, quota in enumerate(one.quotas):
        asked += [scored.column(f"concerns {id_} {at}"), _group(quota)]
        asked += [scored.column(f"places {id_} {at} {of}") for of in ("top", "bottom", "defined")]
    named = [column.alias(f"q{at}") for at, column in enumerate(asked)]
    rows = scored.frame.where(among).select("code", standing.alias("standing"), "rank", *named)
    found: Sequence[Any] = rows.orderBy("standing", "rank", "code").collect()
    return found


def _candidate(row: Sequence[Any], quotas: int) -> Candidate:
    code, standing, _, *rest = row
    asked = []
    for at in range(quotas):
        concerns, group, top, bottom, defined = rest[5 * at : 5 * at + 5]
        asked.append(Asked(concerns, group, int(top), int(bottom), defined))
    return Candidate(code, standing, tuple(asked))


def _population(scored: ScoredFrame, concerns: str, plan: QuotaPlan) -> dict[str, int]:
    """How many each group of a share has, or how many of them hold one of its grades."""
    share = plan.quota.share
    if share is None:
        return {}
    rows = scored.frame.where(scored.column(concerns))
    if share.of:
        rows = rows.where(scored.of_grades(share.of))
    counted = rows.groupBy(_group(plan).alias("by")).count().collect()
    return {row[0]: row[1] for row in counted}


def _group(plan: QuotaPlan) -> Column:
    return F.col(group_name(plan.quota.per)) if plan.quota.per else F.lit("")

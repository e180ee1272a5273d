"""Asks the cluster what its facts lie between, before a plan is written for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)
from pyspark.sql import types as kinds

from registry.store.spark.facts_frame import FactsFrame, FrameRefused
from scoring.columns.described import Described
from scoring.columns.values import EPOCH
from scoring.facts import Fact, FactType

_FIRST, _LAST = ((day - EPOCH).days for day in (dt.date.min, dt.date.max))
"""The days Python knows."""


def describe(facts: FactsFrame) -> dict[str, Described]:
    """What every fact of the pack is known to hold, in one pass. Raises FrameRefused."""
    asked: dict[tuple[str, str], Column] = {}
    for fact in facts.pack.facts.values():
        questions = {"filled": F.count(fact.id), **_questions(facts, fact)}
        asked |= {(fact.id, what): one for what, one in questions.items()}
    columns = [one.alias(f"q{at}") for at, one in enumerate(asked.values())]
    rows, *answer = facts.frame.agg(F.count(F.lit(1)).alias("rows"), *columns).collect()[0]
    told: dict[str, dict[str, Any]] = {fact: {} for fact in facts.pack.facts}
    for (id_, what), value in zip(asked, answer, strict=True):
        told[id_][what] = value
    faults = [
        f"cột {id_}: {one['bad']} dòng có giá trị không có trong lựa chọn hoặc ngoài lịch"
        for id_, one in told.items()
        if one.get("bad")
    ]
    if faults:
        raise FrameRefused(faults)
    return {id_: _described(facts.pack.facts[id_], one, rows) for id_, one in told.items()}


def _questions(facts: FactsFrame, fact: Fact) -> Mapping[str, Column]:
    raw = F.col(fact.id)
    match fact.type:
        case FactType.YES_NO:
            return {"every": F.bool_and(raw), "some": F.bool_or(raw)}
        case FactType.DATE:
            days = F.unix_date(raw)
            known = days.between(_FIRST, _LAST)
            return {"low": F.min(days), "high": F.max(days), "bad": F.count_if(~known)}
        case FactType.CHOICE:
            return {"bad": F.count_if(~raw.isin(*fact.choices))}
        case FactType.TEXT:
            return {}
    kind = facts.kind(fact.id)
    if fact.type is FactType.MARKS:
        given = F.filter(raw, lambda mark: mark.isNotNull())
        places = F.array_max(F.transform(given, lambda mark: _places(kind, mark)))
        ends = {"low": F.min(F.array_min(given)), "high": F.max(F.array_max(given))}
        return {**ends, "most": F.max(F.size(given)), "places": F.max(places)}
    return {"low": F.min(raw), "high": F.max(raw), "places": F.max(_places(kind, raw))}


def _places(kind: kinds.DataType, one: Column) -> Column:
    """How many digits *one* has behind the point: so many ways of rounding it change it."""
    scale = kind.scale if isinstance(kind, kinds.DecimalType) else 0
    found = F.lit(0)
    for places in range(scale):
        found = found + (one != F.round(one, places)).cast("int")
    return found


def _described(fact: Fact, told: Mapping[str, Any], rows: int) -> Described:
    filled = told["filled"] == rows and rows > 0, told["filled"] > 0
    match fact.type:
        case FactType.YES_NO:
            # A gap reads as no.
            every = bool(told["every"]) and filled[0]
            return Described(low=int(every), high=int(bool(told["some"])), filled=filled)
        case FactType.DATE:
            return Described(low=told["low"] or 0, high=told["high"] or 0, filled=filled)
        case FactType.CHOICE | FactType.TEXT:
            return Described(filled=filled)
    unit = 10 ** (told["places"] or 0)
    low, high = (int(Fraction(Decimal(told[end] or 0)) * unit) for end in ("low", "high"))
    most = max(0, told.get("most") or 0)
    return Described(low=low, high=high, unit=Fraction(1, unit), filled=filled, most_marks=most)

"""Asks the server what its facts lie between, before a statement is written for them.

Bounds a pack declares are not trusted: a row that breaks them would be scored wrongly in silence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from registry.store.postgresql.expressions import Sql, whole
from registry.store.postgresql.facts_table import FactsTable, TableRefused
from scoring.columns.described import Described
from scoring.columns.values import EPOCH
from scoring.facts import Fact, FactType

_DAYS = tuple(sa.literal_column(f"DATE '{day}'", sa.Date()) for day in (dt.date.min, dt.date.max))
"""The days Python knows."""


def describe(connection: sa.Connection, facts: FactsTable) -> dict[str, Described]:
    """What every fact of the pack is known to hold, in one pass over the table.

    Raises TableRefused for what no register would have taken in.
    """
    asked: dict[tuple[str, str], Sql] = {}
    for fact in facts.pack.facts.values():
        questions = {"filled": sa.func.count(facts.raw(fact.id)), **_questions(facts, fact)}
        asked |= {(fact.id, what): one for what, one in questions.items()}
    columns = [one.label(f"q{at}") for at, one in enumerate(asked.values())]
    rows = sa.func.count().label("rows")
    answer = connection.execute(sa.select(rows, *columns).select_from(facts.table)).one()
    told: dict[str, dict[str, Any]] = {fact: {} for fact in facts.pack.facts}
    for (id_, what), value in zip(asked, answer[1:], strict=True):
        told[id_][what] = value
    faults = [
        fault
        for fact in facts.pack.facts.values()
        if (fault := _fault(fact, told[fact.id])) is not None
    ]
    if faults:
        raise TableRefused(facts.table.name, faults)
    return {id_: _described(facts.pack.facts[id_], one, answer[0]) for id_, one in told.items()}


def _questions(facts: FactsTable, fact: Fact) -> Mapping[str, Sql]:
    raw = facts.raw(fact.id)
    match fact.type:
        case FactType.YES_NO:
            return {"every": sa.func.bool_and(raw), "some": sa.func.bool_or(raw)}
        case FactType.DATE:
            known = raw.between(_DAYS[0], _DAYS[1])
            return {
                "low": sa.func.min(raw).filter(known),
                "high": sa.func.max(raw).filter(known),
                "bad": sa.func.count().filter(sa.not_(known)),
            }
        case FactType.CHOICE:
            return {"bad": sa.func.count().filter(facts.bad_text(fact))}
        case FactType.MARKS:
            return _of_marks(raw)
        case FactType.TEXT:
            return {}
    return {"low": sa.func.min(raw), "high": sa.func.max(raw), "places": _places(raw)}


def _places(raw: Sql) -> Sql:
    """How many digits the longest value has behind the point."""
    if isinstance(raw.type, sa.Integer):
        return sa.func.max(whole(0))
    return sa.func.max(sa.func.scale(sa.func.trim_scale(raw)))


def _of_marks(raw: Sql) -> Mapping[str, Sql]:
    def of_row(aggregate: Any) -> Sql:
        mark = sa.func.unnest(raw).column_valued("mark")
        found: Sql = sa.select(aggregate(mark)).correlate(raw.table).scalar_subquery()
        return found

    return {
        "low": sa.func.min(of_row(sa.func.min)),
        "high": sa.func.max(of_row(sa.func.max)),
        "places": sa.func.max(of_row(lambda mark: _places(sa.type_coerce(mark, sa.Numeric())))),
        "most": sa.func.max(of_row(sa.func.count)),
    }


def _fault(fact: Fact, told: Mapping[str, Any]) -> str | None:
    if told.get("bad"):
        what = (
            "ngày ngoài lịch" if fact.type is FactType.DATE else "giá trị không có trong lựa chọn"
        )
        return f"cột {fact.id}: {told['bad']} dòng có {what}"
    ends = [one for one in (told.get("low"), told.get("high")) if isinstance(one, Decimal)]
    if not all(one.is_finite() for one in ends):
        return f"cột {fact.id}: có giá trị NaN hoặc vô cùng"
    return None


def _described(fact: Fact, told: Mapping[str, Any], rows: int) -> Described:
    filled = told["filled"] == rows and rows > 0, told["filled"] > 0
    match fact.type:
        case FactType.YES_NO:
            # A gap reads as no.
            every = bool(told["every"]) and filled[0]
            return Described(low=int(every), high=int(bool(told["some"])), filled=filled)
        case FactType.DATE:
            days = [((told[end] or EPOCH) - EPOCH) // dt.timedelta(1) for end in ("low", "high")]
            return Described(low=days[0], high=days[1], filled=filled)
        case FactType.CHOICE | FactType.TEXT:
            return Described(filled=filled)
    unit = 10 ** (told["places"] or 0)
    low, high = (int(Fraction(told[end] or 0) * unit) for end in ("low", "high"))
    most = told.get("most") or 0
    return Described(low=low, high=high, unit=Fraction(1, unit), filled=filled, most_marks=most)

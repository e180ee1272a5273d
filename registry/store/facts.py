"""Facts by stage and council marks in the database (bảng số liệu, phiếu chấm)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from registry.assess import Stage
from registry.store.tables import facts, marks
from registry.store.writing import put
from registry.views import FactValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts come from: the intake that brought them, who sent it and when."""

    season: str
    intake: int | None
    """None: a person typed them in."""
    officer: str
    at: dt.datetime


def put_facts(
    connection: sa.Connection,
    cells: Mapping[str, Mapping[str, str]],
    *,
    stage: Stage,
    source: Source,
) -> None:
    """Write {code: {fact: cell}} at *stage*, over what stood there."""
    rows = [
        {"code": code, "fact": fact, "stage": stage.value, "cell": cell, **_told(source)}
        for code, of_entry in cells.items()
        for fact, cell in of_entry.items()
    ]
    put(connection, facts, rows, over=("cell", "intake", "officer", "at"))


def put_marks(
    connection: sa.Connection,
    given: Mapping[tuple[str, str], Mapping[str, str]],
    *,
    source: Source,
) -> None:
    """Write {(code, fact): {member: mark}}, over what stood there.

    Members stand in the order they first came in; one who came before keeps the place.
    """
    standing = marks_of(connection, season=source.season)
    rows = [
        {"code": c, "fact": f, "member": member, "position": n, "mark": mark, **_told(source)}
        for (c, f), by_member in given.items()
        for n, (member, mark) in enumerate({**standing.get((c, f), {}), **by_member}.items())
        if member in by_member
    ]
    put(connection, marks, rows, over=("mark", "intake", "officer", "at"))


def cells_by_stage(
    connection: sa.Connection, *, season: str
) -> dict[Stage, dict[str, dict[str, str]]]:
    """The stored facts of *season*: {stage: {code: {fact: cell}}}."""
    query = sa.select(facts.c.stage, facts.c.code, facts.c.fact, facts.c.cell).where(
        facts.c.season == season
    )
    found: dict[Stage, dict[str, dict[str, str]]] = {stage: {} for stage in Stage}
    for stage, code, fact, cell in connection.execute(query):
        found[Stage(stage)].setdefault(code, {})[fact] = cell
    return found


def list_values(connection: sa.Connection, *, code: str) -> tuple[FactValue, ...]:
    """Every stored value of one entry, by fact and stage."""
    c = facts.c
    query = sa.select(c.fact, c.stage, c.cell, c.officer, c.at).where(c.code == code)
    return tuple(
        FactValue(fact=fact, stage=Stage(stage), cell=cell, officer=officer, at=at)
        for fact, stage, cell, officer, at in connection.execute(query.order_by(c.fact, c.stage))
    )


def marks_of(connection: sa.Connection, *, season: str) -> dict[tuple[str, str], dict[str, str]]:
    """The council's marks in *season*: {(code, fact): {member: mark}}, members in sheet order."""
    c = marks.c
    query = sa.select(c.code, c.fact, c.member, c.mark).where(c.season == season)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for code, fact, member, mark in connection.execute(query.order_by(c.position, c.member)):
        found.setdefault((code, fact), {})[member] = mark
    return found


def count_with_results(connection: sa.Connection, *, season: str) -> int:
    """How many entries of *season* have reported anything."""
    query = sa.select(sa.func.count(facts.c.code.distinct())).where(facts.c.season == season)
    return connection.execute(query.where(facts.c.cell != "")).scalar_one()


def _told(source: Source) -> dict[str, object]:
    return {
        "season": source.season,
        "intake": source.intake,
        "officer": source.officer,
        "at": source.at,
    }

"""Runs in the database (bảng lượt chấm): what was scored, from what, and everything it said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from registry.store.tables import run_awards, run_sheets, runs
from scoring.numbers import plain
from scoring.sheet import Award, Line, Outcome, Placing, ScoreSheet, SeasonResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One scoring of a season (lượt chấm)."""

    id: int
    season: str
    pack_digest: str
    snapshot_digest: str
    result_digest: str
    engine: str
    at: dt.datetime
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSheet:
    """The standing of one entry in a run, without the reasons (kết quả của một hồ sơ)."""

    code: str
    rank: int | None
    total: Decimal
    grade: str | None
    gates: tuple[str, ...]
    points: Mapping[str, Decimal | None]
    """By criterion id, groups and leaves."""
    bonus: Decimal
    penalty: Decimal
    tie_reason: str


def add(
    connection: sa.Connection,
    result: SeasonResult,
    *,
    season: str,
    pack_digest: str,
    snapshot_digest: str,
    result_digest: str,
    engine: str,
    at: dt.datetime,
    officer: str,
) -> Run:
    """Write a run with its sheets and awards."""
    row: dict[str, Any] = {
        "season": season,
        "pack_digest": pack_digest,
        "snapshot_digest": snapshot_digest,
        "result_digest": result_digest,
        "engine": engine,
        "at": at,
        "officer": officer,
    }
    run = connection.execute(sa.insert(runs).returning(runs.c.id), row).scalar_one()
    if sheets := [
        {"run": run, "position": position, **_row_of(sheet)}
        for position, sheet in enumerate(run_sheets_of(result))
    ]:
        connection.execute(sa.insert(run_sheets), sheets)
    if awards := [
        {"run": run, "position": position, **asdict(award)}
        for position, award in enumerate(result.awards)
    ]:
        connection.execute(sa.insert(run_awards), awards)
    return Run(id=run, **row)


def latest(connection: sa.Connection, *, season: str) -> Run | None:
    query = sa.select(runs).where(runs.c.season == season).order_by(runs.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else Run(**row)


def list_runs(connection: sa.Connection, *, season: str) -> tuple[Run, ...]:
    """All runs of *season*, oldest first."""
    query = sa.select(runs).where(runs.c.season == season).order_by(runs.c.id)
    return tuple(Run(**row) for row in connection.execute(query).mappings())


def find(connection: sa.Connection, run: int) -> Run | None:
    row = connection.execute(sa.select(runs).where(runs.c.id == run)).mappings().one_or_none()
    return None if row is None else Run(**row)


def list_sheets(connection: sa.Connection, *, run: int) -> tuple[RunSheet, ...]:
    """The sheets of *run*: ranked entries best first, then the others by code."""
    columns = [run_sheets.c[field.name] for field in fields(RunSheet)]
    query = sa.select(*columns).where(run_sheets.c.run == run).order_by(run_sheets.c.position)
    return tuple(_sheet_of(row) for row in connection.execute(query).mappings())


def list_awards(connection: sa.Connection, *, run: int) -> tuple[Award, ...]:
    """What the selections of *run* made of the entries, as scoring gave them."""
    columns = [run_awards.c[field.name] for field in fields(Award)]
    query = sa.select(*columns).where(run_awards.c.run == run).order_by(run_awards.c.position)
    return tuple(_award_of(row) for row in connection.execute(query).mappings())


def run_sheets_of(result: SeasonResult) -> tuple[RunSheet, ...]:
    """*result* as it is stored."""
    return tuple(_run_sheet(result.sheets[p.code], p) for p in result.placings)


def _run_sheet(sheet: ScoreSheet, placing: Placing) -> RunSheet:
    return RunSheet(
        code=sheet.code,
        rank=placing.rank,
        total=_settled(sheet.total),
        grade=sheet.grade,
        gates=sheet.failed_gates,
        points=_points_of(sheet.lines),
        bonus=_settled(sheet.bonus.points or Decimal(0)),
        penalty=_settled(sheet.penalty.points or Decimal(0)),
        tie_reason=placing.tie_reason,
    )


def _settled(points: Decimal) -> Decimal:
    """*points* with as many places as a reader sees: equal ones are kept as equal text."""
    return Decimal(plain(points))


def _points_of(lines: tuple[Line, ...]) -> dict[str, Decimal | None]:
    points: dict[str, Decimal | None] = {}
    for line in lines:
        earned = None if line.points is None else _settled(line.points)
        points |= {line.id: earned, **_points_of(line.parts)}
    return points


def _row_of(sheet: RunSheet) -> dict[str, Any]:
    points = {key: None if value is None else f"{value:f}" for key, value in sheet.points.items()}
    return {**asdict(sheet), "points": points}


def _sheet_of(row: sa.RowMapping) -> RunSheet:
    values = dict(row)
    points = {
        key: None if value is None else Decimal(value) for key, value in values["points"].items()
    }
    return RunSheet(**{**values, "gates": tuple(values["gates"]), "points": points})


def _award_of(row: sa.RowMapping) -> Award:
    values = dict(row)
    outcome, holders = Outcome(values["outcome"]), tuple(values["holders"])
    return Award(**{**values, "outcome": outcome, "holders": holders})

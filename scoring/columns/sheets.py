"""A season's result out of its columns (kết quả chưa thành lời): points, ranks and awards.

Everything ``scoring.score.score_season`` says but the sentences on the score sheets, which a list,
a stored run and a digest do without. Who opens a sheet has that entry scored with its reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np

from scoring.columns.blocks import Mapped
from scoring.columns.orders import Keyed, places
from scoring.columns.program import NoColumns
from scoring.columns.season import SeasonColumns, score_columns
from scoring.columns.table import Integers, Table, table_of
from scoring.interpret import Scope
from scoring.peers import peer_values
from scoring.ranking import Standing, shown, split
from scoring.rules import Condition, Criterion, Pack
from scoring.scope import scope_of
from scoring.score import score_season, tallied
from scoring.select import select
from scoring.sheet import Facts, Finding, Line, Placing, ScoreSheet, SeasonResult


def bare_result(
    pack: Pack, season: Mapping[str, Facts], *, table: Table | None = None, map_: Mapped = map
) -> SeasonResult:
    """*season* scored in columns, or entry by entry where the pack asks for what columns cannot.

    *table* holds the same facts where somebody has them in columns already.
    """
    try:
        found = score_columns(pack, table or table_of(pack, season), map_=map_)
    except NoColumns:
        return score_season(pack, season)
    return result_of(found, season)


def result_of(found: SeasonColumns, season: Mapping[str, Facts]) -> SeasonResult:
    """*found* as ``score_season`` would say it of the same *season*, without the sentences."""
    sheets = dict(_Sheets(found).every_one())
    placings = tuple(_placings(found))
    scopes = _Scopes(found.pack, season)
    return SeasonResult(sheets, placings, select(found.pack, sheets, placings, season, scopes))


class _Scopes(Mapping[str, Scope]):
    """What conditions of a selection read of an entry, worked out for those they are asked of."""

    def __init__(self, pack: Pack, season: Mapping[str, Facts]) -> None:
        self._pack, self._season = pack, season
        self._found: dict[str, Scope] = {}

    @cached_property
    def _peers(self) -> Mapping[str, Mapping[str, Fraction]]:
        return peer_values(self._pack, self._season) if self._pack.peers else {}

    def __getitem__(self, code: str) -> Scope:
        if code not in self._found:
            scope = scope_of(self._pack, self._season[code], self._peers.get(code, {}))
            self._found[code] = tallied(self._pack, scope)[1]
        return self._found[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._season)

    def __len__(self) -> int:
        return len(self._season)


def _placings(found: SeasonColumns) -> Iterator[Placing]:
    """Best first, then the others by code, as ``scoring.ranking.rank`` has them."""
    best = found.best_first
    tied = _tied_with_a_neighbour(found.order[0], best)
    order = [found.codes[row] for row in best.tolist()]
    standings = _Standings(found)
    for at, row in enumerate(best.tolist()):
        said = split(found.pack, order, at, standings) if tied[at] else ""
        yield Placing(order[at], int(found.rank[row]), shown(standings[order[at]]), said)
    for row in np.flatnonzero(found.rank == 0).tolist():
        yield Placing(found.codes[row], None)


def _tied_with_a_neighbour(key: Keyed, best: Integers) -> list[bool]:
    """Whether the first key of each of the *best*, in order, is also that of one beside it."""
    place = places(key)[best]
    equal = place[1:] == place[:-1]
    found: list[bool] = (np.append(equal, False) | np.append(False, equal)).tolist()
    return found[: len(best)]


class _Standings(Mapping[str, Standing]):
    """Where each entry stands in the chain, read out of the columns when asked."""

    def __init__(self, found: SeasonColumns) -> None:
        self._order = found.order
        self._row = {code: row for row, code in enumerate(found.codes)}
        self._known: dict[str, Standing] = {}

    def __getitem__(self, code: str) -> Standing:
        if code not in self._known:  # asked for by both neighbours too
            values = (key.at(self._row[code]) for key in self._order)
            self._known[code] = tuple((one is not None, one or Fraction(0)) for one in values)
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)


class _Sheets:
    """The bare sheets of a season. Equal lines are one line: most points are given many times."""

    def __init__(self, found: SeasonColumns) -> None:
        self.found, self.pack = found, found.pack
        self._points: dict[int, Decimal] = {}

    def every_one(self) -> Iterator[tuple[str, ScoreSheet]]:
        pack, found = self.pack, self.found
        nothing: list[tuple[()]] = [()] * len(found.codes)
        rows = zip(
            found.codes,
            zip(*map(self._gate, pack.gates), strict=True) if pack.gates else nothing,
            zip(*map(self._line, pack.criteria), strict=True) if pack.criteria else nothing,
            self._line(pack.bonus),
            self._line(pack.penalty),
            found.total.tolist(),
            found.base.tolist(),
            found.grade.tolist(),
            strict=True,
        )
        grades = [*(grade.id for grade in pack.grades), None]  # -1 is the last
        for code, gates, lines, bonus, penalty, total, base, grade in rows:
            yield (
                code,
                ScoreSheet(
                    code=code,
                    gates=gates,
                    lines=lines,
                    bonus=bonus,
                    penalty=penalty,
                    total=self._told(total),
                    grade=grades[grade],
                    verdict=(),
                    base=self._told(base),
                ),
            )

    def _gate(self, gate: Condition) -> list[Finding]:
        either = [Finding(gate.id, gate.label, gate.basis, holds, "") for holds in (False, True)]
        return [either[holds] for holds in self.found.gates[gate.id].tolist()]

    def _line(self, criterion: Criterion) -> list[Line]:
        """The line of *criterion* for every entry, with the lines under it."""
        scored = self.found.lines[criterion.id]
        columns = (one.tolist() for one in (scored.points, scored.scored, scored.excluded))
        parts = [self._line(part) for part in criterion.parts]
        known: dict[tuple[int, ...], Line] = {}
        found: list[Line] = []
        for units, is_scored, is_excluded, *under in zip(*columns, *parts, strict=True):
            key = (units, is_scored, is_excluded, *map(id, under))
            if key not in known:
                known[key] = Line(
                    id=criterion.id,
                    label=criterion.label,
                    maximum=criterion.maximum,
                    points=self._told(units) if is_scored else None,
                    basis=criterion.basis,
                    reason="",
                    parts=tuple(under),
                    excluded=is_excluded,
                )
            found.append(known[key])
        return found

    def _told(self, units: int) -> Decimal:
        if units not in self._points:
            self._points[units] = self.found.points(units)
        return self._points[units]

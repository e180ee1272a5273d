"""A whole season in columns (chấm cả đợt theo cột): points, grades, ranks, who is chosen.

The result equals ``scoring.score.score_season`` to the last digit: everything is whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from scoring.columns.blocks import Mapped, Memory, run
from scoring.columns.choosing import CHOSEN, TIED, UNMET, WAITING, Seating, chosen
from scoring.columns.inputs import TableInputs
from scoring.columns.orders import Keyed, Order, ordered, places
from scoring.columns.peers import group_numbers, peer_columns
from scoring.columns.plan import Plan, QuotaPlan, SelectionPlan, plan_of
from scoring.columns.table import Integers, Table, Truths
from scoring.numbers import EXACT
from scoring.rules import Pack, Share
from scoring.seats import whole_places


@dataclass(frozen=True, slots=True)
class Scored:
    """The points of one criterion for every row, in units; *scored* where there are any."""

    points: Integers
    scored: Truths
    excluded: Truths


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonColumns:
    """What scoring says about a season, a row an entry in order of code.

    Unit: points are whole multiples of ``1 / unit`` of a point. ``grade`` is an index in the
    pack's grades, -1 where a gate failed; ``rank`` is 0 where there is none; ``outcomes`` hold
    codes of ``scoring.columns.choosing.OUTCOMES``, -1 where a selection does not look.
    """

    pack: Pack
    codes: Sequence[str]
    unit: int
    gates: Mapping[str, Truths]
    lines: Mapping[str, Scored]
    """By criterion, bonus and penalty and what is under them included."""
    base: Integers
    total: Integers
    grade: Integers
    order: tuple[Keyed, ...]
    """The chain that ranks, key by key."""
    best_first: NDArray[np.int64]
    """The ranked rows."""
    rank: NDArray[np.int64]
    outcomes: Mapping[str, NDArray[np.int8]]
    chosen: Mapping[str, NDArray[np.int64]]
    """The rows each selection takes, best first."""

    def points(self, units: int) -> Decimal:
        """*units* as points."""
        return EXACT.divide(Decimal(units), Decimal(self.unit))


def score_columns(
    pack: Pack, table: Table, *, map_: Mapped = map, memory: Memory | None = None
) -> SeasonColumns:
    """Score, rank and select among all rows of *table*.

    With a *memory* of the same table, only what differs from the pack before is worked out;
    values of the peer group are columns of the pack's own, so a pack with any starts afresh.
    Raises NoColumns when the pack asks for what only the interpreter does.
    """
    whole = table
    if pack.peers:
        whole, memory = table.with_columns(peer_columns(pack, table, map_=map_)), None
    return _Season(plan_of(pack, TableInputs(pack, whole)), whole, map_, memory).scored()


class _Season:
    def __init__(self, plan: Plan, table: Table, map_: Mapped, memory: Memory | None) -> None:
        self.plan, self.pack, self.table = plan, plan.pack, table
        self.keys = plan.keys()
        outputs = plan.outputs()
        steps = run(
            plan.program, [*outputs.values()], table.array, table.rows, map_=map_, memory=memory
        )
        self.arrays = {name: steps[ref.at] for name, ref in outputs.items()}

    def scored(self) -> SeasonColumns:
        plan = self.plan
        grade = self.arrays["grade"]
        ranked = np.flatnonzero(self._of_grades(self.pack.ranking.among))
        keys = [self._key(f"order {at}") for at in range(len(plan.order))]
        order = ordered([places(key) for key in keys], ranked)
        rank = np.zeros(self.table.rows, dtype=np.int64)
        rank[order.rows] = order.rank
        outcomes: dict[str, NDArray[np.int8]] = {}
        taken: dict[str, NDArray[np.int64]] = {}
        for one in plan.selections:
            id_ = one.selection.id
            before = [outcomes[other] for other in one.selection.excluding]
            outcomes[id_], taken[id_] = self._select(one, order, before)
        return SeasonColumns(
            pack=self.pack,
            codes=self.table.codes,
            unit=plan.unit,
            gates={gate.id: self.arrays[f"gate {gate.id}"] for gate in self.pack.gates},
            lines={line.id: self._line(line.id) for line in plan.every_line()},
            base=self.arrays["base"],
            total=self.arrays["total"],
            grade=grade,
            order=tuple(keys),
            best_first=order.rows,
            rank=rank,
            outcomes=outcomes,
            chosen=taken,
        )

    def _line(self, id_: str) -> Scored:
        return Scored(*(self.arrays[f"{what} {id_}"] for what in ("points", "scored", "excluded")))

    def _of_grades(self, grades: Sequence[str]) -> Truths:
        """The rows that hold one of *grades*."""
        held = np.array([*(one.id in grades for one in self.pack.grades), False], dtype=np.bool_)
        return held[self.arrays["grade"]]

    def _key(self, name: str) -> Keyed:
        top, bottom, defined = (self.arrays[f"{name} {of}"] for of in ("top", "bottom", "defined"))
        return Keyed(self.keys[name].value.factor, top, bottom, defined)

    # Selections -----------------------------------------------------------------------------

    def _select(
        self, one: SelectionPlan, ranking: Order, before: Sequence[NDArray[np.int8]]
    ) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        """The outcome for every row, and the rows taken, best first.

        Whom a selection *before* took is left out; from the first it has not decided on, all wait.
        """
        id_ = one.selection.id
        looked_at = self._of_grades(one.selection.among)
        pending = np.zeros(self.table.rows, dtype=np.bool_)
        for made in before:
            looked_at = looked_at & (made != CHOSEN)
            pending |= (made == TIED) | (made == WAITING)
        within = looked_at[ranking.rows]
        rows, standing = ranking.rows[within], ranking.rank[within]
        met = self.arrays[f"meets {id_}"][rows]
        outcome = np.full(self.table.rows, -1, dtype=np.int8)
        outcome[rows[~met]] = UNMET
        rows, standing = rows[met], standing[met]
        if one.order:
            keys = [self._key(f"order {id_} {at}") for at in range(len(one.order))]
            own = ordered([places(key) for key in keys], rows)
            rows, standing = own.rows, own.rank
        if (waiting := np.flatnonzero(pending[rows])).size:
            cut = int(np.searchsorted(standing, standing[waiting[0]]))
            outcome[rows[cut:]] = WAITING
            rows, standing = rows[:cut], standing[:cut]
        seatings = [self._seating(id_, at, quota, rows) for at, quota in enumerate(one.quotas)]
        outcome[rows] = chosen(standing, seatings)
        return outcome, rows[outcome[rows] == CHOSEN]

    def _seating(self, id_: str, at: int, quota: QuotaPlan, rows: NDArray[np.int64]) -> Seating:
        per = quota.quota.per
        groups = group_numbers(self.table, per)
        concerns = self.arrays[f"concerns {id_} {at}"]
        group = np.where(concerns[rows], groups[rows], -1)
        left = np.zeros(int(groups.max(initial=-1)) + 1, dtype=np.int64)
        first = np.full(len(left), -1, dtype=np.int64)
        concerned = np.flatnonzero(group >= 0)[::-1]
        first[group[concerned]] = concerned  # of several written to one place, the last stays
        key, share = self._key(f"places {id_} {at}"), quota.quota.share
        population = None if share is None else self._population(share, groups, concerns)
        for number in np.flatnonzero(first >= 0).tolist():
            value = key.at(int(rows[first[number]]))
            whole = 0 if population is None else int(population[number])
            places_here = 0 if value is None else max(0, whole_places(share, value, whole))
            left[number] = min(places_here, len(rows))  # more than there are is enough
        return Seating(group, left, is_overall=not per)

    def _population(
        self, share: Share, groups: NDArray[np.int64], concerns: Truths
    ) -> NDArray[np.int64]:
        """How many of each group the share is of: all, or those with one of its grades."""
        counted = concerns & self._of_grades(share.of) if share.of else concerns
        return np.bincount(groups[counted], minlength=int(groups.max(initial=-1)) + 1)

"""The results of scoring: frozen values a screen, a printed list or a CSV reads from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

Marks: TypeAlias = tuple[Decimal | None, ...]
Value: TypeAlias = Decimal | bool | str | dt.date | Marks
"""What a fact may hold; a fact nobody has filled in is absent from its mapping."""

Facts: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that a rule read (số liệu đã đọc), worded as a person would write it."""

    name: str
    label: str
    text: str
    source: str = ""
    """Where the value comes from, when it is not reported: a day, a clause, other entries."""

    @property
    def told(self) -> str:
        """``Lương cơ sở: 2.530.000 đồng (từ 01/07/2026)``."""
        return f"{self.label}: {self.text}" + (f" ({self.source})" if self.source else "")


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one criterion (tiêu chí), and the reason for them.

    ``points`` is None when a leaf could not be scored; ``lack`` then says what was missing.
    ``exact`` is the value before rounding. ``reason`` is one Vietnamese sentence.
    """

    id: str
    label: str
    maximum: Decimal | None
    points: Decimal | None
    basis: str
    reason: str
    exact: Fraction | None = None
    readings: tuple[Reading, ...] = ()
    lack: str = ""
    parts: tuple[Line, ...] = ()
    excluded: bool = False
    """Not for this entry (không áp dụng): it neither earns nor counts against the maximum."""

    @property
    def is_leaf(self) -> bool:
        return not self.parts

    def leaves(self) -> Iterator[Line]:
        """The scored lines under this one, itself when it has no parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a condition holds for an entry: a gate, a band, a veto or a cap.

    ``holds`` is None when a value it needs is missing.
    """

    id: str
    label: str
    basis: str
    holds: bool | None
    reason: str
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The score sheet (phiếu điểm) of one entry: every point with its rule, values and clause."""

    code: str
    gates: tuple[Finding, ...]
    lines: tuple[Line, ...]
    bonus: Line
    penalty: Line
    total: Decimal
    grade: str | None
    """Id of the grade; None when a gate failed and the entry is not considered."""
    verdict: tuple[Finding, ...]
    """The bands, vetoes and caps that were tried, in order, up to the one that decided."""
    base: Decimal = Decimal(0)
    """The points of the criteria together, brought to the pack's scale."""

    @property
    def failed_gates(self) -> tuple[str, ...]:
        return tuple(gate.id for gate in self.gates if not gate.holds)

    def leaves(self) -> Iterator[Line]:
        for line in self.lines:
            yield from line.leaves()


class Outcome(StrEnum):
    """What a selection (xét chọn) made of an entry."""

    CHOSEN = "chosen"
    DISPLACED = "displaced"
    """Good enough, but a quota of its own group (unit, field …) was already full."""
    BEYOND = "beyond"
    """All places were taken by entries ranked above."""
    TIED = "tied"
    """Shares a standing with others across the quota line: a vote has to decide."""
    UNMET = "unmet"
    """Does not meet what the selection requires besides the grade, e.g. a share of the votes."""
    WAITING = "waiting"
    """Ranked below an undecided tie."""


@dataclass(frozen=True, slots=True)
class Award:
    """The outcome of one selection for one entry, with the clause and who holds the places."""

    selection: str
    code: str
    outcome: Outcome
    reason: str
    quota: str = ""
    basis: str = ""
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placing:
    """The rank (hạng) of an entry; ties share it (1, 2, 2, 4). None: not ranked."""

    code: str
    rank: int | None
    standing: tuple[Decimal, ...] = ()
    tie_reason: str = ""
    """How a tie on the total was split, when it was."""


@dataclass(frozen=True, slots=True)
class SeasonResult:
    """Everything scoring says about a season: best first, unranked entries last, by code."""

    sheets: Mapping[str, ScoreSheet]
    placings: tuple[Placing, ...]
    awards: tuple[Award, ...]

    def chosen(self, selection: str) -> tuple[str, ...]:
        """Codes that *selection* takes, best first."""
        return tuple(
            award.code
            for award in self.awards
            if award.selection == selection and award.outcome is Outcome.CHOSEN
        )

"""Trying a pack on a season (chấm thử): nothing is stored, nothing is pinned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.assess import Snapshot, facts_of, read_facts
from registry.counting import asks_register
from registry.desk.reading import ReadingDesk
from registry.desk.refusals import NothingToScore
from registry.frames.frozen import FrozenUnreadable
from registry.season import Season
from registry.store import packs, runs
from registry.store.work import Connection
from scoring.columns.table import Table
from scoring.dated import pack_at
from scoring.problems import Problem
from scoring.rules import Pack
from scoring.sheet import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A fact a pack asks for and the season was not asked for (số liệu còn thiếu)."""

    fact: str
    label: str
    entries: int
    """How many entries have no value for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The facts of a season for its own pack and as another pack reads them."""

    season: Season
    pinned: Pack
    draft: Pack
    """The other pack as it reads on the day it was given for, else on the day of the season."""
    run: int | None
    """The run whose frozen facts these are; None: the facts as they stand now."""
    facts: Mapping[str, Facts]
    table: Table | None
    """The same facts in columns, where the run kept them so."""
    read: Mapping[str, Facts]
    """The same as the other pack reads them."""
    sources: Mapping[str, Mapping[str, tuple[str, ...]]]
    """{code: {fact: codes}} for facts the draft counts from the register."""
    lacking: tuple[Lacking, ...]
    """Facts only the other pack asks for."""
    unfit: tuple[Problem, ...]
    """Values the other pack does not take; it counts them as missing."""


class TrialDesk(ReadingDesk):
    """The asks about a pack nobody has adopted."""

    def trial(self, season: str, draft: Pack) -> Trial:
        """The facts *season* was last scored on, for its pinned pack and as *draft* reads them.

        A season that was not scored under its pinned pack gives the facts as they stand now.

        Raises:
            NotPinned: the season has no pack to compare with.
            NothingToScore: it has no entries.
            FactsUnfit: stored facts do not fit the pinned pack.
        """
        with self._store.read() as connection:
            found = self._season(connection, season)
            pinned = self._pinned(connection, found)
            if draft.on is None:
                draft = pack_at(draft, found.scored_at)
            run, frozen = self._frozen(connection, found, pinned)
            table = _columns_of(connection, frozen, found.pack_digest)
            fresh = self._snapshot_now(connection, season, draft)
            cells, now = frozen.cells, fresh.cells
        if not cells:
            raise NothingToScore(season)
        # What the pinned pack never asked for may be known all the same, e.g. an address.
        drafted = {
            code: {
                name: cell
                for name in draft.facts
                if (cell := (own if _same(name, pinned, draft) else now.get(code, {})).get(name))
            }
            for code, own in cells.items()
        }
        read, unfit = read_facts(draft, drafted)
        return Trial(
            season=found,
            pinned=pinned,
            draft=draft,
            run=run,
            facts=facts_of(pinned, cells),
            table=table,
            read=read,
            sources=_sources(frozen, fresh, pinned, draft),
            lacking=tuple(
                Lacking(
                    fact=fact.id,
                    label=fact.label,
                    entries=sum(fact.id not in facts for facts in drafted.values()),
                )
                for fact in draft.facts.values()
                if fact.id not in pinned.facts
            ),
            unfit=unfit,
        )

    def _frozen(
        self, connection: Connection, season: Season, pinned: Pack
    ) -> tuple[int | None, Snapshot]:
        run = runs.latest(connection, season=season.id)
        if run is None or run.pack_digest != season.pack_digest:
            return None, self._snapshot_now(connection, season.id, pinned)
        body = packs.find_snapshot(connection, run.snapshot_digest)
        assert body is not None  # noqa: S101 (a foreign key holds it)
        return run.id, Snapshot(body)


def _columns_of(connection: Connection, frozen: Snapshot, pack: str) -> Table | None:
    try:
        return packs.find_frozen(connection, snapshot=frozen.digest, pack=pack)
    except FrozenUnreadable:  # verifying the season tells; the canonical text is what counts
        return None


def _same(fact: str, pinned: Pack, draft: Pack) -> bool:
    """Whether the frozen cell of *fact* is what the draft asks for: both count it alike."""
    return fact in pinned.facts and pinned.facts[fact].register == draft.facts[fact].register


def _sources(
    frozen: Snapshot, fresh: Snapshot, pinned: Pack, draft: Pack
) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the counted facts of *draft* come from: the frozen evidence, where it counts alike."""
    if not asks_register(draft):
        return {}
    old, new = frozen.sources, fresh.sources
    counted = [fact.id for fact in draft.facts.values() if fact.register is not None]
    return {
        code: {
            fact: told
            for fact in counted
            if (told := (old if _same(fact, pinned, draft) else new).get(code, {}).get(fact))
            is not None
        }
        for code in frozen.cells
    }

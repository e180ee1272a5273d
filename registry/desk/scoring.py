"""Scoring a season (chấm điểm)."""

from __future__ import annotations

from registry.assess import Snapshot, facts_of, result_digest
from registry.audit import Event, EventKind, Json
from registry.desk.reading import ReadingDesk
from registry.desk.refusals import NothingToScore
from registry.lifecycle import SeasonAction, move
from registry.season import Season
from registry.store import packs, runs, seasons
from registry.store.seasons import SeasonChangedElsewhere
from registry.store.work import Work
from registry.views import Funnel
from scoring.columns.sheets import bare_result
from scoring.columns.table import table_of
from scoring.sheet import SeasonResult

ENGINE = "1"
"""Raised when the same pack and facts come to another result than before."""


class ScoringDesk(ReadingDesk):
    """The asks that compute."""

    def score(self, season: str) -> Funnel:
        """Score *season* under its pinned pack and keep the run.

        When nothing has changed since the last run, that run stands and only the log grows.

        Raises:
            MoveRefused: no pack is pinned, or the season has its decision.
            NothingToScore: the season has no entries.
            FactsUnfit: stored facts do not fit the pinned pack.
        """
        with self._store.read() as connection:
            found = self._season(connection, season)
            move(found, SeasonAction.SCORE)
            pack = self._pinned(connection, found)
            snapshot = self._snapshot_now(connection, season, pack)
        if not snapshot.cells:
            raise NothingToScore(season)
        # Computed outside the transaction: nobody waits for it, and the revision tells whether
        # the season is still the one that was read.
        facts = facts_of(pack, snapshot.cells)
        table = table_of(pack, facts)
        result = bare_result(pack, facts, table=table)
        with self._work() as job:
            if self._season(job.connection, season).revision != found.revision:
                raise SeasonChangedElsewhere(season)
            seasons.save(job.connection, move(found, SeasonAction.SCORE))
            _keep(job, found, snapshot, result)
            packs.keep_frozen(
                job.connection, table, snapshot=snapshot.digest, pack=found.pack_digest
            )
        return self.funnel(season)


def _keep(job: Work, season: Season, snapshot: Snapshot, result: SeasonResult) -> None:
    """Store the run, or let the last one stand when it says the same."""
    digest = result_digest(result, pack_digest=season.pack_digest, snapshot_digest=snapshot.digest)
    last = runs.latest(job.connection, season=season.id)
    reused = last is not None and (last.result_digest, last.engine) == (digest, ENGINE)
    if last is None or not reused:
        packs.keep_snapshot(job.connection, snapshot.digest, snapshot.body)
        last = runs.add(
            job.connection,
            result,
            season=season.id,
            pack_digest=season.pack_digest,
            snapshot_digest=snapshot.digest,
            result_digest=digest,
            engine=ENGINE,
            at=job.at,
            officer=job.officer,
        )
    told: dict[str, Json] = {
        "run": last.id,
        "entries": len(result.sheets),
        "result": digest,
        "reused": reused,
    }
    job.note(Event(EventKind.SEASON_SCORED, season.id, told))

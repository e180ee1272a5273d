"""Decisions and the papers annexed to them (quyết định, danh sách kèm theo)."""

from __future__ import annotations

import datetime as dt

from registry.audit import Event, EventKind, Json
from registry.catalogue import Catalogue
from registry.decision import Decision
from registry.desk.reading import ReadingDesk
from registry.desk.refusals import DecisionUnfit, ReasonMissing, ResultStale, SelectionUnknown
from registry.desk.room import Standing
from registry.desk.seasons import check_bodies
from registry.entry import Entry
from registry.lifecycle import SeasonAction, move
from registry.season import Season
from registry.store import decisions, entries, log, seasons
from registry.store.work import Connection
from registry.vietnamese import tidy
from registry.views import CertificateLine, CertificateList
from scoring.rules import Selection
from scoring.sheet import Outcome


class DecisionDesk(ReadingDesk):
    """The asks about what is signed and printed."""

    def decide(
        self,
        season: str,
        *,
        number: str,
        signed_on: dt.date,
        signer_post: str,
        signer_name: str,
        reason: str = "",
    ) -> Decision:
        """Record the signed decision on the last run; a later one replaces it, with a reason.

        Raises:
            MoveRefused: the season is not scored.
            ResultStale: facts have changed since the last run.
            BodyDissolved: the season speaks for a body that was no more on *signed_on*.
            DecisionUnfit: the number or the signer is missing.
            ReasonMissing: the season has a decision, and no reason is given for another.
        """
        with self._work() as job:
            found = self._season(job.connection, season)
            moved = move(found, SeasonAction.DECIDE)
            check_bodies(found, signed_on)
            run = self._scored(job.connection, found).run
            if self._is_stale(job.connection, found, run):
                raise ResultStale(season, run.id)
            decision = Decision(
                season=season,
                number=tidy(number),
                signed_on=signed_on,
                signer_post=tidy(signer_post),
                signer_name=tidy(signer_name),
                run=run.id,
            )
            _check(decision)
            before = decisions.latest(job.connection, season=season)
            if before is not None and not tidy(reason):
                raise ReasonMissing(season, before.number)
            decisions.add(
                job.connection, decision, reason=tidy(reason), at=job.at, officer=job.officer
            )
            seasons.save(job.connection, moved)
            job.note(_decided(decision, tidy(reason), run.result_digest))
            return decision

    def certificate_list(self, season: str, selection: str) -> CertificateList:
        """Who *selection* takes, as printed: best first within a quota, else by level and field.

        Raises:
            NotScoredYet: the season has no run.
            SelectionUnknown: the pack has no such selection.
        """
        with self._store.read() as connection:
            found = self._season(connection, season)
            standing = self._scored(connection, found)
            known = {one.id: one for one in standing.pack.selections}
            if selection not in known:
                raise SelectionUnknown(selection, known)
            by_code = {e.code: e for e in entries.list_entries(connection, season=season)}
            chosen = [by_code[code] for code in _chosen_codes(standing, selection)]
            if not known[selection].quotas:
                chosen = _by_level_and_field(chosen, self._catalogue)
            decision = decisions.latest(connection, season=season)
            return CertificateList(
                season=found,
                selection=selection,
                title=_title(known[selection], found),
                lines=tuple(
                    _line(number, entry, standing, self._catalogue)
                    for number, entry in enumerate(chosen, start=1)
                ),
                decision=decision,
                pack_title=standing.pack.title,
                pack_version=standing.pack.version,
                pack_digest=standing.run.pack_digest,
                run=standing.run.id,
                run_digest=standing.run.result_digest,
                audit_head=_anchor(connection, season) if decision else "",
            )

    def note_printed(self, season: str, *, paper: str, digest: str, pages: int) -> None:
        """Keep in the log that *paper* was printed, and the digest of its bytes."""
        with self._work() as job:
            self._season(job.connection, season)
            told: dict[str, Json] = {"paper": tidy(paper), "digest": digest, "pages": pages}
            job.note(Event(EventKind.PAPER_PRINTED, season, told))


def _check(decision: Decision) -> None:
    for text, missing in (
        (decision.number, "số, ví dụ 05/QĐ-UBND"),
        (decision.signer_post, "chức vụ người ký"),
        (decision.signer_name, "họ tên người ký"),
    ):
        if not text:
            raise DecisionUnfit(missing)


def _decided(decision: Decision, reason: str, result: str) -> Event:
    told: dict[str, Json] = {
        "number": decision.number,
        "signed_on": decision.signed_on.isoformat(),
        "signer_post": decision.signer_post,
        "signer_name": decision.signer_name,
        "run": decision.run,
        "result": result,
        "reason": reason,
    }
    return Event(EventKind.SEASON_DECIDED, decision.season, told)


def _anchor(connection: Connection, season: str) -> str:
    """The digest of the log line that recorded the decision.

    Not the log's last line: printing adds one, and the same list has to print the same twice.
    """
    line = log.last_of(connection, EventKind.SEASON_DECIDED, season=season)
    return line.digest if line else ""


def _title(selection: Selection, season: Season) -> str:
    taken = selection.label[:1].lower() + selection.label[1:]
    return f"Mô hình “Dân vận khéo” được {taken} năm {season.year}"


def _chosen_codes(standing: Standing, selection: str) -> tuple[str, ...]:
    return tuple(
        award.code
        for award in standing.awards
        if award.selection == selection and award.outcome is Outcome.CHOSEN
    )


def _by_level_and_field(chosen: list[Entry], catalogue: Catalogue) -> list[Entry]:
    """*chosen* in the order of the catalogue, best first within each field of each level."""
    levels = {term.id: at for at, term in enumerate(catalogue.levels)}
    fields = {term.id: at for at, term in enumerate(catalogue.fields)}
    last = len(levels) + len(fields)
    return sorted(
        chosen,
        key=lambda entry: (levels.get(entry.level, last), fields.get(entry.field, last)),
    )


def _line(number: int, entry: Entry, standing: Standing, catalogue: Catalogue) -> CertificateLine:
    told = standing.sheets[entry.code]
    assert told.rank is not None  # noqa: S101 (it was selected)
    return CertificateLine(
        ordinal=number,
        code=entry.code,
        name=entry.name,
        person=entry.person,
        host=entry.host,
        unit=entry.unit,
        address=entry.address,
        field=catalogue.label_of(entry.field),
        level=catalogue.label_of(entry.level),
        kind=catalogue.label_of(entry.kind),
        total=told.total,
        grade=standing.grade_label(told.grade),
        rank=told.rank,
    )

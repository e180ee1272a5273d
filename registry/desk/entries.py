"""One entry at the desk (hồ sơ): drafted, registered, edited, returned, withdrawn, merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from registry.audit import AuditEntry, Event, EventKind, Json
from registry.desk.reading import ReadingDesk
from registry.desk.refusals import MergeUnfit, NothingToDo, WhyMissing
from registry.entry import Entry, EntryState
from registry.entry_lifecycle import EntryAction, check_season, move_entry
from registry.intake.unit_plan import new_codes
from registry.registration import (
    RegistrationUnfit,
    entry_changes,
    read_form,
    registration_problems,
)
from registry.season import Season
from registry.store import entries, entry_log
from registry.store.elsewhere import EntryChangedElsewhere, saved_since
from registry.store.work import Connection, Work
from registry.vietnamese import tidy

_BLANK = {"name": "", "unit": "", "field": "", "level": "", "kind": ""}

NOTED: Mapping[EntryAction, EventKind] = {
    EntryAction.DRAFT: EventKind.ENTRY_DRAFTED,
    EntryAction.EDIT: EventKind.ENTRY_EDITED,
    EntryAction.REGISTER: EventKind.ENTRY_REGISTERED,
    EntryAction.RETURN: EventKind.ENTRY_RETURNED,
    EntryAction.WITHDRAW: EventKind.ENTRY_WITHDRAWN,
    EntryAction.MERGE: EventKind.ENTRY_MERGED,
}


class EntryDesk(ReadingDesk):
    """The asks that write one entry. *given* is a form: text by attribute, as it was typed."""

    def draft(self, season: str, given: Mapping[str, str]) -> Entry:
        """Keep what is known so far under the season's next code; it may lack anything.

        Raises:
            SeasonRefuses: the season has its decision.
            RegistrationUnfit: a field holds what cannot be.
        """
        values = self._read_form(given, what="Bản nháp")
        with self._work() as job:
            found = self._season(job.connection, season)
            check_season(EntryAction.DRAFT, found)
            entry = _new(job, found, values)
            entries.add_all(job.connection, [entry])
            self._note(job, EntryAction.DRAFT, None, entry)
            return entry

    def add_entry(self, season: str, given: Mapping[str, str]) -> Entry:
        """Register a new entry at once. Raises what ``draft`` and ``register`` do."""
        values = self._read_form(given, what="Đăng ký")
        with self._work() as job:
            found = self._season(job.connection, season)
            check_season(EntryAction.DRAFT, found)
            entry = self._registered(job, _new(job, found, values), found)
            entries.add_all(job.connection, [entry])
            self._note(job, EntryAction.REGISTER, None, entry)
            return entry

    def register(self, code: str, *, revision: int | None = None) -> Entry:
        """Register a draft, or again what was returned or withdrawn.

        *revision*: what the officer has read; None takes the entry as it stands.

        Raises:
            EntryMoveRefused, SeasonRefuses: not from this state.
            RegistrationUnfit: one of the four clears or a field the pack needs is missing.
            EntryChangedElsewhere: somebody saved it since *revision*.
        """
        with self._work() as job:
            entry, season = self._to_change(job.connection, code, revision)
            return self._saved(
                job, EntryAction.REGISTER, entry, self._registered(job, entry, season)
            )

    def edit(self, code: str, given: Mapping[str, str], *, revision: int | None = None) -> Entry:
        """Change fields of the form; a draft or a returned entry may stay incomplete.

        Raises:
            EntryMoveRefused, SeasonRefuses, EntryChangedElsewhere: as ``register``.
            RegistrationUnfit: a field holds what cannot be, or a registered entry would lack one.
            NothingToDo: the entry says all of that already.
        """
        values = self._read_form(given, what=f"Sửa {tidy(code)}")
        with self._work() as job:
            entry, season = self._to_change(job.connection, code, revision)
            edited = replace(move_entry(entry, EntryAction.EDIT, season=season), **values)
            if edited == entry:
                raise NothingToDo(1, since="trong sổ")
            if edited.is_standing:
                self._check_complete(job.connection, edited, season)
            return self._saved(job, EntryAction.EDIT, entry, edited)

    def return_entry(self, code: str, *, reason: str, revision: int | None = None) -> Entry:
        """Send an entry back to its unit, with what has to be mended. Raises WhyMissing besides."""
        return self._ended(EntryAction.RETURN, code, reason, revision)

    def withdraw(self, code: str, *, reason: str, revision: int | None = None) -> Entry:
        """Take an entry out of the running at its unit's wish. Raises WhyMissing besides."""
        return self._ended(EntryAction.WITHDRAW, code, reason, revision)

    def merge(
        self, code: str, *, into: str, reason: str = "", revision: int | None = None
    ) -> Entry:
        """Let *code* go into another entry, which stays as it is.

        Raises:
            MergeUnfit: into itself, into another season, or into one that does not stand.
        """
        with self._work() as job:
            entry, season = self._to_change(job.connection, code, revision)
            other = self._entry(job.connection, into)
            check_merge(entry, other)
            why = tidy(reason) or f"trùng với {other.code}"
            moved = move_entry(entry, EntryAction.MERGE, season=season, reason=why)
            return self._saved(
                job, EntryAction.MERGE, entry, replace(moved, merged_into=other.code)
            )

    def entry(self, code: str) -> Entry:
        """The entry called *code*. Raises EntryUnknown with what was probably meant."""
        with self._store.read() as connection:
            return self._entry(connection, code)

    def entry_history(self, code: str) -> tuple[AuditEntry, ...]:
        """Every line of the log that wrote anything of *code*, oldest first."""
        with self._store.read() as connection:
            return entry_log.list_about(connection, self._entry(connection, code))

    def _ended(self, action: EntryAction, code: str, reason: str, revision: int | None) -> Entry:
        if not tidy(reason):
            raise WhyMissing(action)
        with self._work() as job:
            entry, season = self._to_change(job.connection, code, revision)
            moved = move_entry(entry, action, season=season, reason=tidy(reason))
            return self._saved(job, action, entry, moved)

    def _read_form(self, given: Mapping[str, str], *, what: str) -> Mapping[str, Any]:
        values, problems = read_form(given, self._catalogue)
        if problems:
            raise RegistrationUnfit(problems, what=what)
        return values

    def _registered(self, job: Work, entry: Entry, season: Season) -> Entry:
        moved = replace(
            move_entry(entry, EntryAction.REGISTER, season=season),
            registered_on=entry.registered_on or self._today(job.at),
        )
        self._check_complete(job.connection, moved, season)
        return moved

    def _check_complete(self, connection: Connection, entry: Entry, season: Season) -> None:
        pack = self._pinned(connection, season) if season.pack_digest else None
        if problems := registration_problems(entry, pack):
            raise RegistrationUnfit(problems, what=f"Đăng ký {entry.code}")

    def _to_change(
        self, connection: Connection, code: str, revision: int | None
    ) -> tuple[Entry, Season]:
        """The entry and its season. Raises EntryChangedElsewhere with who, when and what."""
        entry = self._entry(connection, code)
        if revision is not None and revision != entry.revision:
            between = saved_since(connection, entry.code, season=entry.season, revision=revision)
            raise EntryChangedElsewhere(entry.code, between)
        return entry, self._season(connection, entry.season)

    def _saved(self, job: Work, action: EntryAction, before: Entry, after: Entry) -> Entry:
        saved = entries.save(job.connection, after)
        self._note(job, action, before, saved)
        return saved

    def _note(self, job: Work, action: EntryAction, before: Entry | None, after: Entry) -> None:
        told: dict[str, Json] = {
            "code": after.code,
            "name": after.name,
            "reason": after.state_reason if action is not EntryAction.EDIT else "",
            "into": after.merged_into,
            "changes": entry_changes(before, after, self._catalogue.label_of) if before else [],
        }
        job.note(Event(NOTED[action], after.season, told))

    def _today(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self._clock().tzinfo).date()


def check_merge(entry: Entry, other: Entry) -> None:
    """Raises MergeUnfit unless *entry* can go into *other*."""
    if entry.code == other.code:
        raise MergeUnfit(entry.code, "không gộp vào chính nó được")
    if entry.season != other.season:
        raise MergeUnfit(entry.code, f"{other.code} thuộc đợt {other.season}")
    if not other.is_standing:
        raise MergeUnfit(entry.code, f"{other.code} không còn trong đợt")


def _new(job: Work, season: Season, values: Mapping[str, Any]) -> Entry:
    """A draft under the next code that nobody in the register bears."""
    told = {**_BLANK, **values}
    code = next(new_codes(season.id, entries.list_codes(job.connection)))
    return Entry(
        code=code, season=season.id, state=EntryState.DRAFT, created_by=job.officer, **told
    )

"""Reading the register (tra cứu): the season in numbers, lists, score sheets, the ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from registry.assess import Snapshot, facts_of, result_digest, with_sources
from registry.catalogue import Catalogue, Term
from registry.desk.refusals import EntryUnknown, NotScoredYet, ResultDiffers
from registry.desk.room import Room, Standing
from registry.entry import Entry
from registry.season import Season
from registry.store import entries, facts, packs
from registry.store.work import Connection
from registry.vietnamese import sort_key, tidy
from registry.views import Count, EntryLine, EntrySheet, Funnel, Ranking, RankingLine
from scoring.columns.sheets import bare_result
from scoring.peers import peer_values
from scoring.results_csv import COMMENDED, RECOGNISED, results_csv
from scoring.score import score
from scoring.sheet import Outcome, ScoreSheet


class ReadingDesk(Room):
    """The asks that only read. Each sees one moment of the register."""

    def funnel(self, season: str) -> Funnel:
        """The season in numbers."""
        with self._store.read() as connection:
            found = self._season(connection, season)
            listed = entries.list_entries(connection, season=season)
            standing = self._standing(connection, found)
            pack = self._pinned(connection, found) if found.pack_digest else None
            catalogue = self._catalogue
            counted = _Counts(listed, standing)
            return Funnel(
                season=found,
                registered=len(listed),
                with_results=facts.count_with_results(connection, season=season),
                considered=_considered(standing),
                recognised=counted.chosen(RECOGNISED),
                commended=counted.chosen(COMMENDED),
                by_level=counted.by_term(catalogue.levels, lambda entry: entry.level),
                by_field=counted.by_term(catalogue.fields, lambda entry: entry.field),
                by_unit=counted.by_label(lambda entry: entry.unit),
                by_grade=_by_grade(standing),
                pack_title=pack.title if pack else "",
                pack_version=pack.version if pack else "",
                run=standing.run.id if standing else None,
                run_at=standing.run.at if standing else None,
                stale=standing is not None and self._is_stale(connection, found, standing.run),
                awaiting=self._awaited(connection, found, pack) if pack else (),
            )

    def entry_lines(
        self,
        season: str,
        *,
        text: str = "",
        field: str | None = None,
        level: str | None = None,
        unit: str | None = None,
    ) -> tuple[EntryLine, ...]:
        """Entries matching every filter given, by code.

        *text* is looked for in code, name, person and unit, with or without accents; *field* and
        *level* are ids of the catalogue.
        """
        with self._store.read() as connection:
            found = self._season(connection, season)
            listed = entries.list_found(
                connection, season=season, text=tidy(text), field=field, level=level, unit=unit
            )
            standing = self._standing(connection, found)
            return tuple(_line(entry, standing, self._catalogue) for entry in listed)

    def entry_sheet(self, code: str) -> EntrySheet:
        """The score sheet of *code*, computed from the facts and pack its season was scored on."""
        with self._store.read() as connection:
            entry = self._entry(connection, code)
            season = self._season(connection, entry.season)
            standing = self._standing(connection, season)
            catalogue = self._catalogue
            told = standing.sheets.get(entry.code) if standing else None
            return EntrySheet(
                entry=entry,
                field_label=catalogue.label_of(entry.field),
                level_label=catalogue.label_of(entry.level),
                kind_label=catalogue.label_of(entry.kind),
                sheet=_sheet(connection, standing, entry.code) if standing and told else None,
                rank=told.rank if told else None,
                grade_label=standing.grade_label(told.grade) if standing and told else "",
                awards=standing.awards_of(entry.code) if standing else (),
                stale=standing is not None and self._is_stale(connection, season, standing.run),
            )

    def ranking(self, season: str) -> Ranking:
        """The ranking of the last run. Raises NotScoredYet."""
        with self._store.read() as connection:
            found = self._season(connection, season)
            standing = self._scored(connection, found)
            by_code = {e.code: e for e in entries.list_entries(connection, season=season)}
            return Ranking(
                season=found,
                pack=standing.pack,
                run=standing.run.id,
                run_at=standing.run.at,
                run_digest=standing.run.result_digest,
                lines=tuple(
                    _ranking_line(by_code[code], standing, self._catalogue)
                    for code in standing.sheets
                ),
                stale=self._is_stale(connection, found, standing.run),
            )

    def ranking_csv(self, season: str) -> str:
        """The last run as CSV text, computed again from what is stored.

        Raises:
            NotScoredYet: the season has no run.
            ResultDiffers: computing again does not give the stored result.
        """
        with self._store.read() as connection:
            standing = self._scored(connection, self._season(connection, season))
            snapshot = _snapshot(connection, standing)
            run, pack = standing.run, standing.pack
        result = bare_result(pack, facts_of(pack, snapshot.cells))
        digest = result_digest(result, pack_digest=pack.digest, snapshot_digest=snapshot.digest)
        if digest != run.result_digest:
            raise ResultDiffers(season, run.id)
        return results_csv(pack, result)

    def _scored(self, connection: Connection, season: Season) -> Standing:
        standing = self._standing(connection, season)
        if standing is None:
            raise NotScoredYet(season.id)
        return standing

    def _entry(self, connection: Connection, code: str) -> Entry:
        wanted = tidy(code)
        entry = entries.find(connection, wanted) or entries.find(connection, wanted.upper())
        if entry is None:
            raise EntryUnknown(wanted, entries.list_codes(connection))
        return entry


class _Counts:
    """Counts the entries of a season by one thing or another."""

    def __init__(self, listed: tuple[Entry, ...], standing: Standing | None) -> None:
        self._listed = listed
        self._chosen = None if standing is None else _chosen(standing)

    def chosen(self, selection: str) -> int | None:
        return None if self._chosen is None else len(self._chosen.get(selection, ()))

    def by_term(self, terms: tuple[Term, ...], key: Callable[[Entry], str]) -> tuple[Count, ...]:
        """In the catalogue's order; what the catalogue has dropped comes last, under its id."""
        labels = {term.id: term.label for term in terms}
        found = {key(entry) for entry in self._listed}
        order = [*(one for one in labels if one in found), *sorted(found - labels.keys())]
        return tuple(self._count(labels.get(one, one), one, key) for one in order)

    def by_label(self, key: Callable[[Entry], str]) -> tuple[Count, ...]:
        """In dictionary order."""
        labels = sorted({key(entry) for entry in self._listed}, key=sort_key)
        return tuple(self._count(label, label, key) for label in labels)

    def _count(self, label: str, value: str, key: Callable[[Entry], str]) -> Count:
        codes = [entry.code for entry in self._listed if key(entry) == value]
        return Count(
            label=label,
            registered=len(codes),
            recognised=self._among(codes, RECOGNISED),
            commended=self._among(codes, COMMENDED),
        )

    def _among(self, codes: Iterable[str], selection: str) -> int | None:
        if self._chosen is None:
            return None
        return len(self._chosen.get(selection, frozenset()).intersection(codes))


def _chosen(standing: Standing) -> dict[str, frozenset[str]]:
    """Selection id to the codes it took."""
    taken: dict[str, set[str]] = {}
    for award in standing.awards:
        if award.outcome is Outcome.CHOSEN:
            taken.setdefault(award.selection, set()).add(award.code)
    return {selection: frozenset(codes) for selection, codes in taken.items()}


def _considered(standing: Standing | None) -> int | None:
    if standing is None:
        return None
    return sum(sheet.grade is not None for sheet in standing.sheets.values())


def _by_grade(standing: Standing | None) -> tuple[tuple[str, int], ...]:
    if standing is None:
        return ()
    counted = Counter(sheet.grade for sheet in standing.sheets.values())
    return tuple((label, counted[grade]) for grade, label in standing.grades.items())


def _line(entry: Entry, standing: Standing | None, catalogue: Catalogue) -> EntryLine:
    told = standing.sheets.get(entry.code) if standing else None
    awards = standing.awards_of(entry.code) if standing else ()
    chosen = {award.selection for award in awards if award.outcome is Outcome.CHOSEN}
    return EntryLine(
        code=entry.code,
        name=entry.name,
        person=entry.person,
        unit=entry.unit,
        field=catalogue.label_of(entry.field),
        level=catalogue.label_of(entry.level),
        kind=catalogue.label_of(entry.kind),
        total=told.total if told else None,
        rank=told.rank if told else None,
        grade=standing.grade_label(told.grade) if standing and told else "",
        failed_gates=told.gates if told else (),
        recognised=RECOGNISED in chosen,
        commended=COMMENDED in chosen,
    )


def _ranking_line(entry: Entry, standing: Standing, catalogue: Catalogue) -> RankingLine:
    told = standing.sheets[entry.code]
    return RankingLine(
        line=_line(entry, standing, catalogue),
        bonus=told.bonus,
        penalty=told.penalty,
        group_points=tuple(
            (group.id, told.points.get(group.id) or Decimal(0)) for group in standing.pack.criteria
        ),
        awards=standing.awards_of(entry.code),
        tie_reason=told.tie_reason,
    )


def _snapshot(connection: Connection, standing: Standing) -> Snapshot:
    body = packs.find_snapshot(connection, standing.run.snapshot_digest)
    assert body is not None  # noqa: S101 (a foreign key holds it)
    return Snapshot(body)


def _sheet(connection: Connection, standing: Standing, code: str) -> ScoreSheet:
    pack, snapshot = standing.pack, _snapshot(connection, standing)
    cells = snapshot.cells
    # An entry is scored beside its peers only where the pack asks what they came to.
    needed = cells if pack.peers else {code: cells[code]}
    season = facts_of(pack, needed)
    sheet = score(pack, code, season[code], peers=peer_values(pack, season)[code])
    return with_sources(sheet, snapshot.sources.get(code, {}))

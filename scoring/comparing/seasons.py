"""Two packs on the facts of a season (so hai bộ quy tắc): columns find who moves, rows say why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scoring.columns.changes import changes
from scoring.columns.program import NoColumns
from scoring.columns.season import SeasonColumns, score_columns
from scoring.columns.sheets import result_of
from scoring.columns.table import Integers, Table, table_of
from scoring.comparing.compare import compare
from scoring.comparing.moves import Comparison
from scoring.peers import peer_values
from scoring.rules import Pack
from scoring.score import score, score_season
from scoring.sheet import Facts, ScoreSheet, SeasonResult


def compare_seasons(
    before: Pack,
    first: Mapping[str, Facts],
    after: Pack,
    second: Mapping[str, Facts],
    *,
    table: Table | None = None,
) -> Comparison:
    """What ``compare`` says of *first* under *before* and *second* under *after*.

    Only entries whose grade changes are scored with their reasons. *table* holds *first* in
    columns, where somebody has them already.
    """
    if first.keys() != second.keys():
        return _by_rows(before, first, after, second)
    try:
        old = score_columns(before, table or table_of(before, first))
        new = score_columns(after, table_of(after, second))
    except NoColumns:
        return _by_rows(before, first, after, second)
    found = changes(old, new)
    moved = _codes(new, found.moved)
    regraded = frozenset(_codes(new, found.regraded))
    results = (_told(one, facts, regraded) for one, facts in ((old, first), (new, second)))
    return compare(before, next(results), after, next(results), among=moved)


def _by_rows(
    before: Pack, first: Mapping[str, Facts], after: Pack, second: Mapping[str, Facts]
) -> Comparison:
    return compare(before, score_season(before, first), after, score_season(after, second))


def _codes(found: SeasonColumns, rows: Integers) -> list[str]:
    return [found.codes[row] for row in rows.tolist()]


def _told(
    found: SeasonColumns, season: Mapping[str, Facts], regraded: Collection[str]
) -> SeasonResult:
    """*found*, with a verdict for those *regraded*: why a grade changed is read there."""
    bare = result_of(found, season)
    sheets = _Sheets(found.pack, season, bare.sheets, regraded)
    return SeasonResult(sheets, bare.placings, bare.awards)


class _Sheets(Mapping[str, ScoreSheet]):
    """The score sheets of a season; those of *worded* entries written out when asked for."""

    def __init__(
        self,
        pack: Pack,
        season: Mapping[str, Facts],
        bare: Mapping[str, ScoreSheet],
        worded: Collection[str],
    ) -> None:
        self._pack, self._season, self._bare, self._worded = pack, season, bare, worded
        self._peers = peer_values(pack, season) if pack.peers and worded else {}

    def __getitem__(self, code: str) -> ScoreSheet:
        if code not in self._worded:
            return self._bare[code]
        return score(self._pack, code, self._season[code], peers=self._peers.get(code, {}))

    def __contains__(self, code: object) -> bool:
        return code in self._bare

    def __iter__(self) -> Iterator[str]:
        return iter(self._season)

    def __len__(self) -> int:
        return len(self._season)

"""Two results of the same entries (so sánh): who moves, enters, leaves, is displaced, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scoring.comparing.meaning import Part, parts_of
from scoring.comparing.moves import (
    Cause,
    Comparison,
    Displacement,
    Move,
    PointsMoved,
    SelectionMoved,
)
from scoring.rules import Pack
from scoring.sheet import Award, Line, Outcome, ScoreSheet, SeasonResult


def compare(
    before: Pack,
    first: SeasonResult,
    after: Pack,
    second: SeasonResult,
    *,
    among: Collection[str] | None = None,
) -> Comparison:
    """Hold *second* (under *after*) against *first* (under *before*), entry by entry.

    An entry only one of them has is left out: packs are compared, not lists of entries. With
    *among*, only these are looked at: the caller knows that the others have not moved.
    """
    codes = sorted(first.sheets.keys() & second.sheets.keys())
    differing = _Differing(before, after)
    one, two = _Placed(first), _Placed(second)
    looked_at = codes if among is None else sorted(among)
    moves = [move for code in looked_at if (move := _move(code, one, two, differing)) is not None]
    last = len(codes) + 1
    moves.sort(key=lambda move: (move.rank[1] or last, move.rank[0] or last, move.code))
    return Comparison(entries=len(codes), moves=tuple(moves), displaced=tuple(_displaced(moves)))


class _Placed:
    """A result, looked up by code."""

    def __init__(self, result: SeasonResult) -> None:
        self.sheets = result.sheets
        self.ranks = {one.code: one.rank for one in result.placings}
        self.awards: dict[str, dict[str, Award]] = {}
        for award in result.awards:
            self.awards.setdefault(award.selection, {})[award.code] = award
        self._chosen: dict[str, set[str]] = {}

    def chosen(self, selection: str) -> set[str]:
        if selection not in self._chosen:
            awards = self.awards.get(selection, {}).values()
            self._chosen[selection] = {o.code for o in awards if o.outcome is Outcome.CHOSEN}
        return self._chosen[selection]


class _Differing:
    """The rules that do not count alike in the two packs."""

    def __init__(self, before: Pack, after: Pack) -> None:
        old = {(part.section, part.id): part for part in parts_of(before)}
        new = {(part.section, part.id): part for part in parts_of(after)}
        self._found: list[tuple[Part, frozenset[str]]] = []
        for key in dict.fromkeys((*new, *old)):
            pair = [one for one in (new.get(key), old.get(key)) if one is not None]
            if len(pair) < 2 or pair[0].meaning != pair[1].meaning:
                labels = frozenset(getattr(one.value, "label", "") for one in pair)
                self._found.append((pair[0], labels))
        tops = [
            one for pack in (before, after) for one in (*pack.criteria, pack.bonus, pack.penalty)
        ]
        self.basis = {one.id: one.basis for top in tops for one in top.whole()}
        self.selections = tuple(
            dict.fromkeys(one.id for pack in (before, after) for one in pack.selections)
        )

    def causes(self, *sections: str) -> Iterator[Cause]:
        """The rules of *sections* that differ."""
        for part, _ in self._found:
            if part.section in sections:
                yield _cause(part)

    def of(self, ids: set[str], *sections: str) -> Iterator[Cause]:
        """Those that differ and whose id is among *ids*."""
        return (cause for cause in self.causes(*sections) if cause.id in ids)

    def quotas(self, selection: str, label: str) -> tuple[Cause, ...]:
        """The quotas of *selection* that differ: the one called *label*, else all of them."""
        here = [
            (_cause(part), labels)
            for part, labels in self._found
            if part.section == "quotas" and part.id.partition("/")[0] == selection
        ]
        named = tuple(cause for cause, labels in here if label in labels)
        return named or tuple(cause for cause, _ in here)


def _cause(part: Part) -> Cause:
    return Cause(id=part.id, name=part.name, basis=part.basis)


def _move(code: str, one: _Placed, two: _Placed, differing: _Differing) -> Move | None:
    old, new = one.sheets[code], two.sheets[code]
    selections = tuple(
        moved
        for selection in differing.selections
        if (moved := _selection_moved(selection, code, one, two)) is not None
    )
    points = tuple(_points_moved(old, new, differing))
    rank = (one.ranks[code], two.ranks[code])
    gates = (old.failed_gates, new.failed_gates)
    same = old.total == new.total and old.grade == new.grade and rank[0] == rank[1]
    if same and gates[0] == gates[1] and not points and not selections:
        return None
    causes = [
        *_points_causes(old, new, points, differing),
        *_grade_causes(old, new, differing, by_points=bool(points)),
        *_selection_causes(selections, differing, same_grade=old.grade == new.grade),
    ]
    if rank[0] and rank[1] and rank[0] != rank[1] and old.total == new.total:
        causes += differing.causes("ranking")
    return Move(
        code=code,
        rank=rank,
        total=(old.total, new.total),
        grade=(old.grade, new.grade),
        gates=gates,
        points=points,
        selections=selections,
        causes=tuple(dict.fromkeys(causes)),
    )


def _points_moved(old: ScoreSheet, new: ScoreSheet, differing: _Differing) -> Iterator[PointsMoved]:
    mine, theirs = (
        {line.id: line.points for line in _whole(sheet) if line.is_leaf} for sheet in (old, new)
    )
    for id_ in dict.fromkeys((*mine, *theirs)):
        before, after = mine.get(id_), theirs.get(id_)
        if before != after:
            basis = differing.basis.get(id_, "")
            yield PointsMoved(id=id_, basis=basis, before=before, after=after)


def _whole(sheet: ScoreSheet) -> Iterator[Line]:
    """Every line of *sheet* from the top down; a bonus or penalty without items is none."""
    todo = [*sheet.lines, *(block for block in (sheet.bonus, sheet.penalty) if block.parts)]
    while todo:
        line = todo.pop(0)
        yield line
        todo = [*line.parts, *todo]


def _points_causes(
    old: ScoreSheet, new: ScoreSheet, points: tuple[PointsMoved, ...], differing: _Differing
) -> Iterator[Cause]:
    """The leaves whose points changed, and groups that add up to something else by themselves."""
    yield from (Cause(id=one.id, name=one.id, basis=one.basis) for one in points)
    if old.total == new.total or points:
        return
    theirs = {line.id: line.points for line in _whole(new)}
    moved = {line.id for line in _whole(old) if theirs.get(line.id, line.points) != line.points}
    found = [*differing.of(moved, "criteria", "bonus", "penalty")]
    yield from found or differing.causes("rescale", "total_quantum", "quantum")


def _grade_causes(
    old: ScoreSheet, new: ScoreSheet, differing: _Differing, *, by_points: bool
) -> Iterator[Cause]:
    """The gates, bands, vetoes and caps that hold under one pack only, when they differ."""
    gates = set(old.failed_gates) ^ set(new.failed_gates)
    found = [*differing.of(gates, "gates")]
    if not gates and old.grade != new.grade:
        held = [{one.id for one in sheet.verdict if one.holds} for sheet in (old, new)]
        found += differing.of(held[0] ^ held[1], "grades")
        found += differing.of(held[0] | held[1], "vetoes", "caps", "overrides")
    if (gates or (old.grade != new.grade and not by_points)) and not found:
        # What is judged reads as before: the values it reads have changed.
        found += differing.causes("grades", "derived", "constants", "peers", "facts")
    yield from found


def _selection_causes(
    selections: tuple[SelectionMoved, ...], differing: _Differing, *, same_grade: bool
) -> Iterator[Cause]:
    for one in selections:
        if bool(one.before) != bool(one.after):
            if same_grade:
                yield from differing.of({one.selection}, "selections")
        elif not one.because_of:
            yield from differing.of({one.selection}, "selections")
            yield from differing.quotas(one.selection, one.quota)


def _selection_moved(
    selection: str, code: str, one: _Placed, two: _Placed
) -> SelectionMoved | None:
    old = one.awards.get(selection, {}).get(code)
    new = two.awards.get(selection, {}).get(code)
    before = old.outcome.value if old else ""
    after = new.outcome.value if new else ""
    if before == after:
        return None
    entering = two.chosen(selection) - one.chosen(selection)
    leaving = one.chosen(selection) - two.chosen(selection)
    kept_out = old if after == Outcome.CHOSEN else new
    swapped = leaving if after == Outcome.CHOSEN else entering
    holders = kept_out.holders if kept_out is not None else ()
    return SelectionMoved(
        selection=selection,
        before=before,
        after=after,
        quota=kept_out.quota if kept_out else "",
        basis=kept_out.basis if kept_out else "",
        holders=holders,
        because_of=tuple(holder for holder in holders if holder in swapped),
    )


def _displaced(moves: list[Move]) -> Iterator[Displacement]:
    """Those who lose a place they would still be good enough for, and to whom."""
    for move in moves:
        for one in move.selections:
            if one.leaves and one.after in (Outcome.DISPLACED, Outcome.BEYOND):
                yield Displacement(
                    selection=one.selection,
                    code=move.code,
                    by=one.because_of,
                    holders=one.holders,
                    quota=one.quota,
                    basis=one.basis,
                )

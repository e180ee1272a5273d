"""Selection (xét chọn): who is in, who is out, and by which clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.contest import Group
from scoring.explain import condition_text
from scoring.facts import show
from scoring.interpret import NoValue, Scope, truth
from scoring.ranking import rank, standing
from scoring.rules import Pack, Quota, Selection
from scoring.seats import Seats
from scoring.sheet import Award, Facts, Outcome, Placing, ScoreSheet

__all__ = ["rank", "select"]


@dataclass(frozen=True, slots=True)
class _Season:
    """What a selection looks at."""

    pack: Pack
    sheets: Mapping[str, ScoreSheet]
    facts: Mapping[str, Facts]
    scopes: Mapping[str, Scope]


def select(
    pack: Pack,
    sheets: Mapping[str, ScoreSheet],
    placings: Sequence[Placing],
    season: Mapping[str, Facts],
    scopes: Mapping[str, Scope],
) -> tuple[Award, ...]:
    """The outcome of every selection for every ranked entry whose grade it takes, best first."""
    told = _Season(pack, sheets, season, scopes)
    found: list[Award] = []
    for selection in pack.selections:
        before = [one for one in found if one.selection in selection.excluding]
        taken = {one.code for one in before if one.outcome is Outcome.CHOSEN}
        pending = {one.code for one in before if one.outcome in (Outcome.TIED, Outcome.WAITING)}
        candidates = [
            one
            for one in placings
            if one.rank is not None
            and sheets[one.code].grade in selection.among
            and one.code not in taken
        ]
        unmet = {one.code for one in candidates if not _meets(selection, scopes, one.code)}
        groups = _equals(selection, [one for one in candidates if one.code not in unmet], told)
        found += _selected(selection, groups, told, pending)
        found += (_unmet(selection, one, told) for one in candidates if one.code in unmet)
    return tuple(found)


def _meets(selection: Selection, scopes: Mapping[str, Scope], code: str) -> bool:
    try:
        return selection.require is None or truth(selection.require.node, scopes[code])
    except NoValue:
        return False


def _unmet(selection: Selection, one: Placing, told: _Season) -> Award:
    assert selection.require is not None  # noqa: S101 (it was not met)
    scope, facts = told.scopes[one.code], told.facts[one.code]
    why = condition_text(selection.require.node, told.pack, facts, scope)
    return _award(selection, one.code, Outcome.UNMET, f"Không đạt yêu cầu: {why}")


def _selected(
    selection: Selection, groups: Sequence[list[Placing]], told: _Season, pending: set[str]
) -> Iterator[Award]:
    """Places from the best down; from the first of *pending*, taken elsewhere or not, all wait."""
    seats = Seats(selection, told.facts, told.sheets, told.scopes)
    undecided: tuple[str, ...] = ()
    for group in groups:
        undecided = undecided or tuple(one.code for one in group if one.code in pending)
        if undecided:
            waits = f"Chờ bỏ phiếu giữa {', '.join(undecided)} (xếp trên)"
            for one in group:
                yield _award(selection, one.code, Outcome.WAITING, waits, holders=undecided)
            continue
        open_ = [one for one in group if not seats.full(one.code)]
        contested = seats.contested([one.code for one in open_])
        for one in group:
            if one.code in contested:
                yield _tied(told.pack, selection, one, tuple(sorted(contested)))
            elif one in open_:
                yield _chosen(told.pack, selection, one, told.sheets[one.code].grade)
            else:
                yield _left_out(seats, one, told)
        for one in open_:
            if one.code not in contested:
                seats.give(one.code)
        undecided = tuple(sorted(contested))


def _equals(
    selection: Selection, candidates: Sequence[Placing], told: _Season
) -> list[list[Placing]]:
    """Best first, those who are equal together: by the selection's own order, or by rank."""
    if selection.order:
        stands = {one.code: standing(selection.order, told.scopes[one.code]) for one in candidates}
        candidates = sorted(candidates, key=lambda one: stands[one.code], reverse=True)
    groups: list[list[Placing]] = []
    for one in candidates:
        last = groups[-1][-1] if groups else None
        equal = last is not None and (
            stands[last.code] == stands[one.code] if selection.order else last.rank == one.rank
        )
        if equal:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _award(
    selection: Selection,
    code: str,
    outcome: Outcome,
    reason: str,
    *,
    quota: Quota | None = None,
    holders: tuple[str, ...] = (),
) -> Award:
    return Award(
        selection=selection.id,
        code=code,
        outcome=outcome,
        reason=reason,
        quota=quota.label if quota else "",
        basis=(quota.basis if quota else "") or selection.basis,
        holders=holders,
    )


def _tied(pack: Pack, selection: Selection, one: Placing, tied: tuple[str, ...]) -> Award:
    others = ", ".join(code for code in tied if code != one.code)
    decides = {"vote": "Hội đồng bỏ phiếu", "chair": "Chủ tịch Hội đồng quyết định"}
    reason = (
        f"Ngang hạng {one.rank} với {others}, không đủ chỗ cho tất cả: {decides[pack.ranking.then]}"
    )
    return _award(selection, one.code, Outcome.TIED, reason, holders=tied)


def _chosen(pack: Pack, selection: Selection, one: Placing, grade_id: str | None) -> Award:
    grade = pack.grade(grade_id)
    said = f"Xếp loại {grade.label if grade else ''}, hạng {one.rank}"
    if selection.quotas:
        said += f", trong chỉ tiêu ({'; '.join(quota.label for quota in selection.quotas)})"
    return _award(selection, one.code, Outcome.CHOSEN, said)


def _left_out(seats: Seats, one: Placing, told: _Season) -> Award:
    """Beyond when all places are taken, else displaced by the quota of its own group."""
    selection = seats.selection
    full = seats.full(one.code)
    overall = next((group for group in full if not selection.quotas[group[0]].per), None)
    group = full[0] if overall is None else overall
    quota = selection.quotas[group[0]]
    holders = tuple(seats.holders[group])
    if overall is not None:
        reason = f"Hết chỉ tiêu: {quota.label}, đã đủ {len(holders)} hồ sơ xếp trên"
        return _award(selection, one.code, Outcome.BEYOND, reason, quota=quota, holders=holders)
    said = "; ".join(_full_words(seats, each, one.code, told) for each in full)
    reason = f"Vướng chỉ tiêu {said}"
    return _award(selection, one.code, Outcome.DISPLACED, reason, quota=quota, holders=holders)


def _full_words(seats: Seats, group: Group, code: str, told: _Season) -> str:
    quota = seats.selection.quotas[group[0]]
    shown = show(told.pack.facts[quota.per], told.facts[code].get(quota.per))
    holders = ", ".join(seats.holders[group])
    if not holders:
        return f"{quota.label}: {shown} không có chỗ nào"
    return f"{quota.label}: {shown} đã có {holders}"

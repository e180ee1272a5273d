"""Ranking and selection (xếp hạng, xét chọn): who is in, who is out, by which clause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scoring.facts import cell_of, show
from scoring.interpret import NoValue, Scope, number
from scoring.numbers import format_number, round_half_up
from scoring.rules import Pack, Quota, Selection
from scoring.sheet import Award, Facts, Outcome, Placing, ScoreSheet

MOST_TRIES = 500

Standing = tuple[tuple[bool, Fraction], ...]
"""One pair a key: whether it has a value, then the value; more is better."""


def rank(
    pack: Pack, sheets: Mapping[str, ScoreSheet], scopes: Mapping[str, Scope]
) -> tuple[Placing, ...]:
    """Best first; ties on the whole chain share a rank (1, 2, 2, 4); unranked last, by code."""
    ranked = {
        code: _standing(pack, scopes[code])
        for code in sheets
        if sheets[code].grade in pack.ranking.among
    }
    ordered = sorted(ranked, key=lambda code: code)
    ordered.sort(key=lambda code: ranked[code], reverse=True)
    placings: list[Placing] = []
    for position, code in enumerate(ordered, start=1):
        above = placings[-1] if placings else None
        shared = above is not None and ranked[above.code] == ranked[code]
        place = above.rank if above is not None and shared else position
        standing = tuple(round_half_up(value, Decimal("0.000001")) for _, value in ranked[code])
        placings.append(Placing(code, place, standing, _split(pack, ordered, position - 1, ranked)))
    others = tuple(Placing(code, None) for code in sorted(sheets) if code not in ranked)
    return (*placings, *others)


def _standing(pack: Pack, scope: Scope) -> Standing:
    found = []
    for key in pack.ranking.order:
        try:
            found.append((True, number(key.value.node, scope)))
        except NoValue:
            found.append((False, Fraction(0)))
    return tuple(found)


def _split(pack: Pack, ordered: Sequence[str], at: int, ranked: Mapping[str, Standing]) -> str:
    """How the tie on the first key with a neighbour was split, or that it was not."""
    mine = ranked[ordered[at]]
    said = []
    for other, better in ((at - 1, "kém"), (at + 1, "hơn")):
        if not 0 <= other < len(ordered) or ranked[ordered[other]][0] != mine[0]:
            continue
        code, theirs = ordered[other], ranked[ordered[other]]
        keys = pack.ranking.order
        step = next((n for n in range(len(keys)) if mine[n] != theirs[n]), None)
        if step is None:
            said.append(f"ngang {code} ở mọi tiêu chí phụ, phải bỏ phiếu")
            continue
        values = f"{_key_text(mine[step])} và {_key_text(theirs[step])}"
        said.append(f"bằng {keys[0].label} với {code}, {better} ở {keys[step].label} ({values})")
    return "; ".join(said)


def _key_text(key: tuple[bool, Fraction]) -> str:
    has_value, value = key
    return format_number(value) if has_value else "chưa có"


@dataclass
class _Seats:
    """How many places each quota has given, and to whom."""

    pack: Pack
    selection: Selection
    season: Mapping[str, Facts]
    holders: dict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def key(self, at: int, code: str) -> tuple[int, str]:
        quota = self.selection.quotas[at]
        value = self.season[code].get(quota.per) if quota.per else None
        return (at, "" if value is None else cell_of(value))

    def taken(self, at: int, code: str) -> list[str]:
        return self.holders[self.key(at, code)]

    def full(self, code: str) -> list[int]:
        """The quotas with no place left for *code*."""
        quotas = enumerate(self.selection.quotas)
        return [at for at, quota in quotas if len(self.taken(at, code)) >= quota.most]

    def give(self, code: str) -> None:
        for at in range(len(self.selection.quotas)):
            self.taken(at, code).append(code)

    def take_back(self, code: str) -> None:
        for at in range(len(self.selection.quotas)):
            self.taken(at, code).remove(code)

    def contested(self, codes: Sequence[str]) -> set[str]:
        """Those of *codes*, equal in standing, who cannot all have a place."""
        found: set[str] = set()
        for at, quota in enumerate(self.selection.quotas):
            groups: dict[tuple[int, str], list[str]] = defaultdict(list)
            for code in codes:
                groups[self.key(at, code)].append(code)
            for key, group in groups.items():
                left = quota.most - len(self.holders[key])
                if len(group) > left:
                    found.update(self._losers(group, left))
        return found

    def _losers(self, group: Sequence[str], left: int) -> Iterator[str]:
        """Those of *group* before whom the others can take all *left* places.

        Someone who has a place in every order a vote could give needs no vote.
        """
        alike: dict[tuple[tuple[int, str], ...], list[str]] = defaultdict(list)
        for code in group:
            alike[self._keys(code)].append(code)
        for keys, codes in alike.items():
            others = [
                one
                for other, ones in alike.items()
                for one in (ones[1:] if other == keys else ones)[:left]
            ]
            if self._can_seat(others, left, [MOST_TRIES]):
                yield from codes

    def _can_seat(self, codes: Sequence[str], wanted: int, tries: list[int]) -> bool:
        """Whether *wanted* of *codes* fit in together; True when that takes too long to tell.

        Asking for a vote that turns out not to matter is safe, the other way round is not.
        """
        tries[0] -= 1
        if wanted == 0 or tries[0] < 0:
            return True
        if len(codes) < wanted or self._room(codes) < wanted:
            return False
        first, rest = codes[0], codes[1:]
        if not self.full(first):
            self.give(first)
            seated = self._can_seat(rest, wanted - 1, tries)
            self.take_back(first)
            if seated:
                return True
        # Without *first*, one of the same groups would fare no better.
        mine = self._keys(first)
        return self._can_seat([one for one in rest if self._keys(one) != mine], wanted, tries)

    def _room(self, codes: Sequence[str]) -> int:
        """At most so many of *codes* can have a place, looking at each quota on its own."""
        room = len(codes)
        for at, quota in enumerate(self.selection.quotas):
            sizes = Counter(self.key(at, code) for code in codes)
            left = (min(n, quota.most - len(self.holders[key])) for key, n in sizes.items())
            room = min(room, sum(left))
        return room

    def _keys(self, code: str) -> tuple[tuple[int, str], ...]:
        return tuple(self.key(at, code) for at in range(len(self.selection.quotas)))


def select(
    pack: Pack,
    sheets: Mapping[str, ScoreSheet],
    placings: Sequence[Placing],
    season: Mapping[str, Facts],
) -> tuple[Award, ...]:
    """The outcome of every selection for every ranked entry whose grade it takes, best first."""
    found: list[Award] = []
    for selection in pack.selections:
        candidates = [
            one
            for one in placings
            if one.rank is not None and sheets[one.code].grade in selection.among
        ]
        found += _selected(pack, selection, candidates, sheets, season)
    return tuple(found)


def _selected(
    pack: Pack,
    selection: Selection,
    candidates: Sequence[Placing],
    sheets: Mapping[str, ScoreSheet],
    season: Mapping[str, Facts],
) -> Iterator[Award]:
    seats = _Seats(pack, selection, season)
    undecided: tuple[str, ...] = ()
    for group in _equals(candidates):
        if undecided:
            for one in group:
                yield _award(
                    selection,
                    one.code,
                    Outcome.WAITING,
                    f"Chờ bỏ phiếu giữa {', '.join(undecided)} (xếp trên)",
                    holders=undecided,
                )
            continue
        open_ = [one for one in group if not seats.full(one.code)]
        contested = seats.contested([one.code for one in open_])
        for one in group:
            if one in open_ and one.code not in contested:
                yield _chosen(pack, selection, one, sheets[one.code].grade)
            elif one.code in contested:
                tied = tuple(sorted(contested))
                yield _award(
                    selection,
                    one.code,
                    Outcome.TIED,
                    f"Ngang hạng {one.rank} với {', '.join(c for c in tied if c != one.code)}, "
                    "không đủ chỗ cho tất cả: Hội đồng bỏ phiếu",
                    holders=tied,
                )
            else:
                yield _left_out(seats, one)
        for one in open_:
            if one.code not in contested:
                seats.give(one.code)
        undecided = tuple(sorted(contested))


def _equals(candidates: Sequence[Placing]) -> Iterator[list[Placing]]:
    group: list[Placing] = []
    for one in candidates:
        if group and group[-1].rank != one.rank:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


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


def _chosen(pack: Pack, selection: Selection, one: Placing, grade_id: str | None) -> Award:
    grade = pack.grade(grade_id)
    said = f"Xếp loại {grade.label if grade else ''}, hạng {one.rank}"
    if selection.quotas:
        said += f", trong chỉ tiêu ({'; '.join(quota.label for quota in selection.quotas)})"
    return _award(selection, one.code, Outcome.CHOSEN, said)


def _left_out(seats: _Seats, one: Placing) -> Award:
    """Beyond when all places are taken, else displaced by the quota of its own group."""
    quotas = seats.selection.quotas
    full = seats.full(one.code)
    overall = next((at for at in full if not quotas[at].per), None)
    at = full[0] if overall is None else overall
    holders = tuple(seats.taken(at, one.code))
    if overall is not None:
        reason = f"Hết chỉ tiêu: {quotas[at].label}, đã đủ {len(holders)} mô hình xếp trên"
        return _award(
            seats.selection, one.code, Outcome.BEYOND, reason, quota=quotas[at], holders=holders
        )
    said = [_full_words(seats, n, one.code) for n in full]
    return _award(
        seats.selection,
        one.code,
        Outcome.DISPLACED,
        "Vướng chỉ tiêu " + "; ".join(said),
        quota=quotas[at],
        holders=holders,
    )


def _full_words(seats: _Seats, at: int, code: str) -> str:
    quota = seats.selection.quotas[at]
    fact = seats.pack.facts[quota.per]
    group = show(fact, seats.season[code].get(quota.per))
    return f"{quota.label}: {group} đã có {', '.join(seats.taken(at, code))}"

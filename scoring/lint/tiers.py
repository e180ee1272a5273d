"""Tiers that overlap, leave gaps, cannot be entered or stand out of order (lỗi bậc điểm)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from scoring.lint.subject import Subject, words_of
from scoring.measured import MEASURE
from scoring.nodes import Name
from scoring.possible.bounds import Known, assuming, quantities
from scoring.possible.reach import measuring
from scoring.possible.spans import NONE, End, Numbers, numbers
from scoring.problems import Problem
from scoring.rules import Rule
from scoring.source import Path


def lint_tiers(subject: Subject) -> Iterator[Problem]:
    """Every fault of the tables of tiers."""
    for one in subject.located():
        rule = one.criterion.rule
        if rule is not None and rule.shape == "tiers":
            yield from _table(subject, rule, (*one.path, "tiers"))


def _table(subject: Subject, rule: Rule, path: Path) -> Iterator[Problem]:
    known = measuring(rule, subject.declared)
    whole = quantities(MEASURE, known)
    bands = [_band(subject.declared, rule, at) for at in range(len(rule.branches))]
    met = [whole.meet(band) for band in bands]
    faults = [
        *_unreachable(subject, rule, path, bands, met, whole),
        *_overlaps(subject, rule, path, met),
    ]
    yield from faults
    yield from _gaps(subject, rule, path, met, whole)
    order = [] if faults else order_of(bands)
    if order != [*range(len(order))]:
        at = next(at for at, wanted in enumerate(order) if at != wanted)
        yield subject.problem(
            (*path, "bands", at),
            "tier-order",
            "Các bậc không đứng theo thứ tự, khó thấy chỗ hở, chỗ chồng.",
            "Xếp lại theo thứ tự; mỗi bậc một dòng thì dvk rules lint --fix xếp hộ.",
        )


def order_of(bands: Sequence[Numbers]) -> list[int]:
    """Indices of *bands*, none of them empty, in the direction from the first to the last."""
    lows = [(band.low, band.spans[0].low_open) for band in bands]
    falling = lows[0] > lows[-1]
    return sorted(range(len(bands)), key=lambda at: lows[at], reverse=falling)


def out_of_order(subject: Subject) -> Iterator[tuple[Path, list[int]]]:
    """Tables whose bands are sound but unsorted, and the order they should stand in."""
    for one in subject.located():
        rule = one.criterion.rule
        if rule is None or rule.shape != "tiers":
            continue
        path = (*one.path, "tiers")
        if any(problem.code == "tier-order" for problem in _table(subject, rule, path)):
            bands = [_band(subject.declared, rule, at) for at in range(len(rule.branches))]
            yield (*path, "bands"), order_of(bands)


def _band(declared: Known, rule: Rule, at: int) -> Numbers:
    """What the band alone takes, whatever is measured."""
    when = rule.branches[at].when
    found = assuming(when, declared, holds=True) if when is not None else declared
    return NONE if found is None else quantities(MEASURE, found)


def _unreachable(
    subject: Subject,
    rule: Rule,
    path: Path,
    bands: Sequence[Numbers],
    met: Sequence[Numbers],
    whole: Numbers,
) -> Iterator[Problem]:
    for at, (band, left) in enumerate(zip(bands, met, strict=True)):
        here = (*path, "bands", at)
        if band.is_empty():
            message = f"Bậc “{rule.branches[at].label}” không có giá trị nào: hai đầu ngược nhau."
            yield subject.problem(here, "unreachable", message, "Đổi chỗ hai đầu của bậc.")
        elif left.is_empty():
            yield subject.problem(
                here,
                "unreachable",
                f"Không ai vào được bậc “{rule.branches[at].label}”: giá trị đo chỉ "
                f"{words_of(whole, rule.unit)}.",
                "Sửa ngưỡng của bậc, hoặc min, max của số liệu.",
            )


def _overlaps(
    subject: Subject, rule: Rule, path: Path, met: Sequence[Numbers]
) -> Iterator[Problem]:
    for at, (first, shared) in _clashes(met).items():
        line = subject.source.place((*path, "bands", first)).line
        span = words_of(shared, rule.unit)
        yield subject.problem(
            (*path, "bands", at),
            "tier-overlap",
            f"{span[0].upper()}{span[1:]} thuộc hai bậc: “{rule.branches[first].label}” "
            f"(dòng {line}) và “{rule.branches[at].label}”.",
            "Quyết định theo văn bản: đầu nào không lấy thì viết below (dưới) hoặc above (trên).",
        )


def _clashes(met: Sequence[Numbers]) -> dict[int, tuple[int, Numbers]]:
    """For a band that meets one further up in the file: which, and all it shares with others."""
    found: dict[int, tuple[int, Numbers]] = {}
    entered = sorted((at for at, band in enumerate(met) if band.spans), key=lambda at: met[at].low)
    furthest: int | None = None
    for at in entered:
        if furthest is not None:
            shared = met[at].meet(met[furthest])
            first, later = sorted((at, furthest))
            if shared.spans:
                before = found.get(later)
                joined = before[1].join(shared) if before else shared
                found[later] = (min(first, before[0]) if before else first, joined)
        if furthest is None or met[at].high > met[furthest].high:
            furthest = at
    return dict(sorted(found.items()))


def _gaps(
    subject: Subject, rule: Rule, path: Path, met: Sequence[Numbers], whole: Numbers
) -> Iterator[Problem]:
    taken = numbers((span for band in met for span in band.spans), whole.grid)
    rest = whole.without(taken)
    by_low = sorted((band.low, at) for at, band in enumerate(met) if band.spans)
    by_high = sorted((band.high, at) for at, band in enumerate(met) if band.spans)
    for span in rest.spans if by_low else ():
        gap = Numbers((span,), rest.grid)
        if _ends_naturally(subject, rule, gap, taken.high):
            continue
        above = bisect_left(by_low, (span.high, -1))
        below = bisect_left(by_high, (span.low, len(met))) - 1
        # The band just beside the gap, the later one when there are two.
        beside = max(
            by_low[above][1] if above < len(by_low) else -1, by_high[below][1] if below >= 0 else -1
        )
        words = words_of(gap, rule.unit)
        yield subject.problem(
            (*path, "bands", beside),
            "tier-gap",
            f"{words[0].upper()}{words[1:]} không thuộc bậc nào: hồ sơ rơi vào đó chưa có điểm.",
            "Nối hai bậc lại, hoặc thêm một bậc cho khoảng này (points: 0 nếu không có điểm).",
        )


def _ends_naturally(subject: Subject, rule: Rule, gap: Numbers, top: End) -> bool:
    """A share written “to: 100” ends where shares end, though nobody declared that it does."""
    node = rule.measure.node if rule.measure is not None else None
    is_share = not (isinstance(node, Name) and node.id in subject.pack.facts)
    return is_share and top in (1, 100) and gap.low == top and isinstance(gap.high, float)

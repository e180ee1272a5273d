"""Tiers that overlap, leave gaps, cannot be entered or stand out of order (lỗi bậc điểm)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.bounds import Known, assuming, quantities
from scoring.lint_subject import Subject, words_of
from scoring.measured import MEASURE
from scoring.nodes import Name
from scoring.problems import Problem
from scoring.reach import measuring
from scoring.rules import Rule
from scoring.source import Path
from scoring.spans import NONE, Numbers


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
    taken = NONE
    for at, band in enumerate(met):
        shared, taken = band.meet(taken), taken.join(band)
        if shared.is_empty():
            continue
        first = next(n for n, other in enumerate(met) if not band.meet(other).is_empty())
        line = subject.source.place((*path, "bands", first)).line
        span = words_of(shared, rule.unit)
        yield subject.problem(
            (*path, "bands", at),
            "tier-overlap",
            f"{span[0].upper()}{span[1:]} thuộc hai bậc: “{rule.branches[first].label}” "
            f"(dòng {line}) và “{rule.branches[at].label}”.",
            "Quyết định theo văn bản: đầu nào không lấy thì viết below (dưới) hoặc above (trên).",
        )


def _gaps(
    subject: Subject, rule: Rule, path: Path, met: Sequence[Numbers], whole: Numbers
) -> Iterator[Problem]:
    rest = whole
    for band in met:
        rest = rest.without(band)
    entered = [(at, band) for at, band in enumerate(met) if band.spans]
    for span in rest.spans if entered else ():
        gap = Numbers((span,), rest.grid)
        if _ends_naturally(subject, rule, gap, [band for _, band in entered]):
            continue
        # The band just beside the gap, the later one when there are two.
        beside = max(
            [at for at, band in entered if _is_beside(band, gap, [b for _, b in entered])],
            default=entered[-1][0],
        )
        words = words_of(gap, rule.unit)
        yield subject.problem(
            (*path, "bands", beside),
            "tier-gap",
            f"{words[0].upper()}{words[1:]} không thuộc bậc nào: hồ sơ rơi vào đó chưa có điểm.",
            "Nối hai bậc lại, hoặc thêm một bậc cho khoảng này (points: 0 nếu không có điểm).",
        )


def _is_beside(band: Numbers, gap: Numbers, bands: Sequence[Numbers]) -> bool:
    above = [one.low for one in bands if one.low >= gap.high]
    below = [one.high for one in bands if one.high <= gap.low]
    return (bool(above) and band.low == min(above)) or (bool(below) and band.high == max(below))


def _ends_naturally(subject: Subject, rule: Rule, gap: Numbers, bands: Sequence[Numbers]) -> bool:
    """A share written “to: 100” ends where shares end, though nobody declared that it does."""
    node = rule.measure.node if rule.measure is not None else None
    is_share = not (isinstance(node, Name) and node.id in subject.pack.facts)
    top = max(band.high for band in bands)
    return is_share and top in (1, 100) and gap.low == top and isinstance(gap.high, float)

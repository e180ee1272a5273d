"""Points nobody can earn, or that the maximum silently cuts off (điểm không tới, điểm bị cắt)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.lint.subject import Located, Subject
from scoring.numbers import format_number
from scoring.possible.bounds import quantities
from scoring.possible.reach import earned_of, entered, points_of
from scoring.possible.spans import only
from scoring.problems import Problem
from scoring.rules import Criterion
from scoring.source import Path


def lint_points(subject: Subject) -> Iterator[Problem]:
    """Points against maxima, and signs of bonus and penalty items."""
    for one in subject.located():
        if one.criterion.rule is not None:
            found = [*_over(subject, one), *_sign(subject, one)]
            yield from found or _short(subject, one)
        elif one.block != "criteria" and one.path == (one.block,):
            yield from _block(subject, one)


def _over(subject: Subject, one: Located) -> Iterator[Problem]:
    """Points written down that are above the maximum: they are cut off without a word."""
    most = one.criterion.maximum
    if most is None or one.criterion.scale is not None:
        return
    for path, points in _written(subject, one):
        if points > most:
            yield subject.problem(
                path,
                "over-max",
                f"{_worded(points)} điểm vượt tối đa {_worded(most)} của {one.criterion.id}: "
                "sẽ bị cắt còn tối đa.",
                "Sửa điểm hoặc max cho khớp văn bản.",
            )


def _written(subject: Subject, one: Located) -> Iterator[tuple[Path, Fraction]]:
    """The points the criterion's shape names, and where."""
    rule = one.criterion.rule
    assert rule is not None  # noqa: S101 (asked by its callers)
    path: Path = (*one.path, rule.shape)
    file = subject.value(path)
    match rule.shape:
        case "yes_no":
            yield from _numbers(file, path, "points", "otherwise")
        case "ratio":
            yield from _numbers(file, path, "points")
        case "count":
            yield from _numbers(file, path, "cap")
        case "steps":
            yield from _numbers(file, path, "points", "cap", "below")
        case "choice":
            yield from _numbers(file["points"], (*path, "points"), *file["points"])
        case "each_yes":
            yield (*path, "points"), Fraction(file["points"]) * len(file["of"])
        case "tiers":
            for at, band in enumerate(file["bands"]):
                yield from _numbers(band, (*path, "bands", at), "points")
        case "judged":
            fact = subject.pack.facts.get(file["marks"])
            if fact is not None and fact.maximum is not None:
                yield (*path, "marks"), Fraction(fact.maximum)
        case "branches" | "points":
            for branch in entered(rule, subject.declared):
                if branch.inside is not None and branch.branch.points is not None:
                    points = quantities(branch.branch.points, branch.inside).single()
                    here = (*path, branch.at, "points") if rule.shape == "branches" else path
                    if points is not None:
                        yield here, points


def _numbers(file: Any, path: Path, *keys: str) -> Iterator[tuple[Path, Fraction]]:
    for key in keys:
        value = file.get(key)
        if isinstance(value, int | Decimal):
            yield (*path, key), Fraction(value)


def _short(subject: Subject, one: Located) -> Iterator[Problem]:
    """A maximum that no option reaches."""
    most, rule = one.criterion.maximum, one.criterion.rule
    ways = entered(rule, subject.declared) if rule and rule.shape in ("ratio", "steps") else ()
    if any(way.inside is None for way in ways):
        return  # a way to points that cannot be entered is told where it stands
    found = earned_of(one.criterion, subject.declared)
    if one.criterion.needs is not None:
        found = found.join(only(Fraction(one.criterion.needs.otherwise)))
    if most is None or not found.spans or found.high >= most:
        return
    reach = format_number(found.high) if isinstance(found.high, Fraction) else ""
    yield subject.problem(
        (*one.path, "max"),
        "under-max",
        f"Không hồ sơ nào đạt tối đa {_worded(most)} của {one.criterion.id}: cao nhất là {reach}.",
        "Sửa max, hoặc điểm còn thiếu trong bảng.",
    )


def _sign(subject: Subject, one: Located) -> Iterator[Problem]:
    if one.block == "criteria":
        return
    points = earned_of(one.criterion, subject.declared)
    if points.spans and points.high <= 0 and points.low < 0:
        what = {"bonus": "thưởng", "penalty": "phạt"}[one.block]
        yield subject.problem(
            (*one.path, one.criterion.rule.shape if one.criterion.rule else "id"),
            "sign",
            f"Mục {what} {one.criterion.id} chỉ cho điểm âm.",
            "Điểm thưởng và điểm phạt đều viết số dương; phần mềm tự trừ điểm phạt.",
        )


def _block(subject: Subject, one: Located) -> Iterator[Problem]:
    """A block of bonus or penalty whose maximum means nothing."""
    block = one.criterion
    name = {"bonus": "Điểm thưởng", "penalty": "Điểm phạt"}[one.block]
    if not block.parts:
        yield Problem(
            subject.source.key_place(one.path),
            "empty-block",
            f"{name} chưa có mục nào trong parts.",
            "Thêm các mục, hoặc bỏ cả phần này.",
        )
        return
    reach = _together(subject, block)
    if block.maximum is not None and reach is not None and reach < block.maximum:
        yield subject.problem(
            (*one.path, "max"),
            "under-max",
            f"{name} ghi tối đa {_worded(block.maximum)}, các mục cộng lại chỉ {_worded(reach)}.",
            "Sửa max của phần này hoặc của các mục cho khớp văn bản.",
        )


def _together(subject: Subject, block: Criterion) -> Fraction | None:
    """The most the items can come to by what they declare; None when there is no telling."""
    tops: list[Fraction] = []
    for part in block.parts:
        high = points_of(part, subject.pack, subject.declared).high
        top = Fraction(part.maximum) if part.maximum is not None else high
        if isinstance(top, float):
            return None
        tops.append(top)
    return max(tops) if block.take == "best" else sum(tops, Fraction(0))


def _worded(number: Fraction | Decimal) -> str:
    return format_number(number)

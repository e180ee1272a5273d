"""Packs with one thing changed (đột biến): what an author could have got wrong by a hair.

Changed are comparisons (>= to >), thresholds and points (one step), and/or, +/−; gates, vetoes,
caps, branches, quotas and options are dropped one at a time; maxima and quotas moved by one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from scoring.dated import dated_constants, pack_at
from scoring.interpret import exact
from scoring.nodes import Among, Arithmetic, Call, Compare, Literal, Logic, Node
from scoring.numbers import format_number
from scoring.problems import Place
from scoring.proving.cells import compare_step
from scoring.proving.dating import first_day
from scoring.proving.sites import (
    Path,
    Site,
    at,
    criteria_of,
    parts_of,
    replaced,
    rule_of_path,
    sites_of,
    spelt,
    without,
)
from scoring.rules import NOWHERE, DatedValue, Pack, Ranking, Selection
from scoring.wording import value_text

_OPERATORS: Mapping[str, str] = MappingProxyType(
    {">=": ">", ">": ">=", "<": "<=", "<=": "<", "==": "!=", "!=": "=="}
)
_SUMS: Mapping[str, str] = MappingProxyType({"+": "-", "-": "+"})
_JOINS: Mapping[str, str] = MappingProxyType({"and": "or", "or": "and"})
_DROPPED: Mapping[str, str] = MappingProxyType(
    {
        "gates": "bỏ điều kiện xét",
        "vetoes": "bỏ loại trừ",
        "caps": "bỏ trần xếp loại",
        "overrides": "bỏ quyết định khác",
    }
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """*pack* with one thing changed: where, and what in words."""

    path: Path
    owner: str
    place: Place
    what: str
    pack: Pack

    @property
    def change(self) -> str:
        """The change in words that stay the same while clauses move about in their files."""
        return f"{self.owner}: {self.what}"


def mutants_of(pack: Pack) -> Iterator[Mutant]:
    """Every mutant of *pack*, in the pack's order."""
    for site in sites_of(pack):
        yield from _of_site(pack, site)
    yield from _of_numbers(pack)
    yield from _dropped(pack)
    yield from _of_selections(pack)


# Expressions ------------------------------------------------------------------------------------


def _of_site(pack: Pack, site: Site) -> Iterator[Mutant]:
    for path, node in parts_of(site.node):
        for new in _variants(pack, site, path, node):
            shown = _worth_reading(site.node, path, node)
            changed = replaced(site.node, path, new)
            before = spelt(at(site.node, shown), pack, site.path)
            after = spelt(at(changed, shown), pack, site.path)
            what = f"{site.part}: {before} → {after}"
            whole = (*site.path, *path)
            yield Mutant(whole, site.owner, site.place, what, replaced(pack, whole, new))


def _worth_reading(whole: Node, path: Path, node: Node) -> Path:
    """A number alone says little: the comparison or sum around it is shown."""
    shown = path[:-1] if isinstance(node, Literal) and path else path
    return shown[:-1] if isinstance(at(whole, shown), tuple) else shown


def _variants(pack: Pack, site: Site, path: Path, node: Node) -> Iterator[Node]:
    match node:
        case Compare(sign):
            yield replace(node, operator=_OPERATORS[sign])
        case Logic(sign, left, right):
            yield replace(node, operator=_JOINS[sign])
            yield left
            yield right
        case Arithmetic("+" | "-" as sign):
            yield replace(node, operator=_SUMS[sign])
        case Among(_, options) if len(options) > 1:
            for n in range(len(options)):
                yield replace(node, options=(*options[:n], *options[n + 1 :]))
        case Call("count_true", arguments) if len(arguments) > 1:
            for n in range(len(arguments)):
                yield replace(node, arguments=(*arguments[:n], *arguments[n + 1 :]))
        case Literal(value) if not isinstance(value, bool | str):
            for new in _moved(value, _literal_step(pack, site, path, value)):
                yield replace(node, value=new)


def _literal_step(pack: Pack, site: Site, path: Path, value: Any) -> Fraction:
    parent = at(site.node, path[:-1]) if path else None
    if isinstance(parent, Compare) and isinstance(value, Fraction):
        step = compare_step(parent, pack, rule_of_path(pack, site.path))
        if step is not None:
            return step
    return last_digit(value) if isinstance(value, Fraction) else Fraction(1)


def last_digit(number: Fraction) -> Fraction:
    """The unit of the last digit a number is written with: 1 for 95, 0,1 for 1,5."""
    for places in range(7):
        if (number * 10**places).denominator == 1:
            return Fraction(1, 10**places)
    return Fraction(1)


def _moved(value: Any, step: Fraction) -> tuple[Any, ...]:
    if isinstance(value, dt.date):
        return value + dt.timedelta(1), value - dt.timedelta(1)
    return value + step, value - step


# Numbers beside expressions -----------------------------------------------------------------------


def _of_numbers(pack: Pack) -> Iterator[Mutant]:
    """Constants, maxima, minima and what a precondition leaves."""
    for name, constant in pack.constants.items():
        for new in () if constant.values else _other_values(constant.value):
            shown = f"{value_text(exact(constant.value))} → {value_text(exact(new))}"
            yield _mutant(pack, ("constants", name, "value"), name, NOWHERE, shown, new)
    for constant in dated_constants(pack):
        section = "not_yet" if constant.id in pack.not_yet else "constants"
        for n, one in enumerate(constant.values):
            used = first_day(pack, constant, n) is not None
            yield from _of_dated(pack, (section, constant.id, "values", n), one, used=used)
    for path, criterion in criteria_of(pack):
        for field, words in (("maximum", "điểm tối đa"), ("minimum", "điểm tối thiểu")):
            value = getattr(criterion, field)
            if value is None:
                continue
            unit = _decimal(last_digit(Fraction(value)))
            for new in (value + unit, value - unit):
                shown = f"{words} {format_number(value)} → {format_number(new)}"
                place = criterion.place
                yield _mutant(pack, (*path, field), criterion.id, place, shown, new)
        if criterion.parts and len(criterion.parts) > 1 and hasattr(criterion, "take"):
            other = "best" if criterion.take == "sum" else "sum"
            shown = f"cách gộp {criterion.take} → {other}"
            yield _mutant(pack, (*path, "take"), criterion.id, criterion.place, shown, other)


def _other_values(value: Any) -> tuple[Any, ...]:
    if isinstance(value, bool | str | tuple):
        return ()
    if isinstance(value, Decimal):
        unit = _decimal(last_digit(Fraction(value)))
        return value + unit, value - unit
    return _moved(value, Fraction(1))


def _of_dated(pack: Pack, path: Path, one: DatedValue, *, used: bool) -> Iterator[Mutant]:
    """A value by date, and the day it begins, moved by one, where the pack ever shows it."""
    moved = [("value", one.value, new) for new in _other_values(one.value) if used]
    days = _moved(one.since, Fraction(1))
    moved += [("since", one.since, new) for new in days if pack.is_in_force(min(one.since, new))]
    for field, old, new in moved:
        texts = [value_text(exact(value)) for value in (old, new)]
        what = f"từ {one.since:%d/%m/%Y}: {texts[0]} → {texts[1]}"
        changed = pack_at(replaced(pack, (*path, field), new), pack.on)
        yield Mutant((*path, field), str(path[1]), NOWHERE, what, changed)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _mutant(pack: Pack, path: Path, owner: str, place: Place, what: str, new: Any) -> Mutant:
    return Mutant(path, owner, place, what, replaced(pack, path, new))


# Things left out -------------------------------------------------------------------------------


def _dropped(pack: Pack) -> Iterator[Mutant]:
    for key, words in _DROPPED.items():
        for n, condition in enumerate(getattr(pack, key)):
            path: Path = (key, n)
            yield Mutant(path, condition.id, condition.place, words, without(pack, path))
    for key in ("vetoes", "caps", "overrides"):
        for n, condition in enumerate(getattr(pack, key)):
            for grade in _neighbours([one.id for one in pack.grades], condition.grade):
                path = (key, n, "grade")
                what = f"mức {_label(pack, condition.grade)} → {_label(pack, grade)}"
                yield _mutant(pack, path, condition.id, condition.place, what, grade)
    for path, criterion in criteria_of(pack):
        if criterion.rule is None or len(criterion.rule.branches) < 2:
            continue
        for n, branch in enumerate(criterion.rule.branches):
            whole: Path = (*path, "rule", "branches", n)
            said = f"“{branch.label}”" if branch.label else f"nhánh thứ {n + 1}"
            left = without(pack, whole)
            yield Mutant(whole, criterion.id, criterion.place, f"bỏ {said}", left)


def _neighbours(grades: list[str], grade: str) -> list[str]:
    at_ = grades.index(grade)
    return [grades[n] for n in (at_ - 1, at_ + 1) if 0 <= n < len(grades)]


def _label(pack: Pack, grade: str) -> str:
    return getattr(pack.grade(grade), "label", grade)


def _of_selections(pack: Pack) -> Iterator[Mutant]:
    for n, key in enumerate(pack.ranking.order if len(pack.ranking.order) > 1 else ()):
        path: Path = ("ranking", "order", n)
        what = f"bỏ “{key.label}” khỏi thứ tự xếp hạng"
        yield Mutant(path, "ranking", key.value.place, what, without(pack, path))
    lists: list[tuple[Path, str, Ranking | Selection]] = [
        (("ranking", "among"), "ranking", pack.ranking),
        *((("selections", n, "among"), one.id, one) for n, one in enumerate(pack.selections)),
    ]
    for path, owner, one in lists:
        for n, grade in enumerate(one.among):
            what = f"bỏ mức “{_label(pack, grade)}”"
            yield Mutant((*path, n), owner, one.place, what, without(pack, (*path, n)))
    for at_, selection in enumerate(pack.selections):
        for n, quota in enumerate(selection.quotas):
            path = ("selections", at_, "quotas", n)
            what = f"bỏ chỉ tiêu “{quota.label}”"
            yield Mutant(path, selection.id, quota.place, what, without(pack, path))
        if selection.require is not None:
            path = ("selections", at_, "require")
            what = "bỏ yêu cầu riêng"
            place = selection.require.place
            yield _mutant(pack, path, selection.id, place, what, None)

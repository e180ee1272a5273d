"""The functions a rule may call: signature, meaning and Vietnamese wording, in one table."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from scoring.nodes import Kind


class Undefined(ArithmeticError):
    """A calculation that has no value, e.g. the mean of no marks; worded for the reader."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the rule language."""

    takes: tuple[Kind, ...]
    gives: Kind
    apply: Callable[..., Any]
    words: str
    """How it reads in a sentence: ``{0}``, ``{1}`` … are the arguments, ``{all}`` all of them."""
    many: bool = False
    """Whether the last argument may be repeated."""


def months_between(start: dt.date, end: dt.date) -> Fraction:
    """Completed calendar months from *start* to *end* (tháng tròn).

    Unit: months; a month that has begun does not count: 31/03 to 30/09 is 5. Negative when *end*
    is earlier.
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return Fraction(months - (end.day < start.day))


def days_between(start: dt.date, end: dt.date) -> Fraction:
    """Days from *start* to *end*, negative when *end* is earlier."""
    return Fraction((end - start).days)


def count(marks: tuple[Fraction, ...]) -> Fraction:
    """How many members gave a mark; an absent one is not a mark of 0."""
    return Fraction(len(marks))


def mean(marks: tuple[Fraction, ...]) -> Fraction:
    """The plain mean of the marks given."""
    if not marks:
        raise Undefined("chưa có phiếu chấm nào")
    return sum(marks, Fraction(0)) / len(marks)


def trimmed_mean(
    marks: tuple[Fraction, ...], at_least: Fraction, highest: Fraction, lowest: Fraction
) -> Fraction:
    """The mean after dropping the extremes, when there are *at_least* marks or more."""
    if len(marks) < at_least:
        return mean(marks)
    low, high = max(math.floor(lowest), 0), max(math.floor(highest), 0)
    if marks and low + high >= len(marks):
        raise Undefined("bỏ phiếu cao nhất, thấp nhất xong thì không còn phiếu nào")
    return mean(tuple(sorted(marks)[low : len(marks) - high]))


def count_true(*conditions: bool) -> Fraction:
    """How many of the conditions hold."""
    return Fraction(sum(conditions))


NUMBER, TRUTH, DATE, MARKS = Kind.NUMBER, Kind.TRUTH, Kind.DATE, Kind.MARKS
FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "min": Function((NUMBER, NUMBER), NUMBER, min, "số nhỏ nhất trong ({all})", many=True),
        "max": Function((NUMBER, NUMBER), NUMBER, max, "số lớn nhất trong ({all})", many=True),
        "abs": Function((NUMBER,), NUMBER, abs, "trị tuyệt đối của {0}"),
        "floor": Function(
            (NUMBER,), NUMBER, lambda x: Fraction(math.floor(x)), "phần nguyên của ({0})"
        ),
        "months_between": Function(
            (DATE, DATE), NUMBER, months_between, "số tháng tròn từ {0} đến {1}"
        ),
        "days_between": Function((DATE, DATE), NUMBER, days_between, "số ngày từ {0} đến {1}"),
        "count": Function((MARKS,), NUMBER, count, "số phiếu trong {0}"),
        "mean": Function((MARKS,), NUMBER, mean, "trung bình {0}"),
        "trimmed_mean": Function(
            (MARKS, NUMBER, NUMBER, NUMBER),
            NUMBER,
            trimmed_mean,
            "trung bình {0} (từ {1} phiếu thì bỏ {2} phiếu cao nhất, {3} phiếu thấp nhất)",
        ),
        "count_true": Function((TRUTH,), NUMBER, count_true, "số ý đạt trong ({all})", many=True),
    }
)

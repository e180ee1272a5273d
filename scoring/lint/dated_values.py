"""Values by date beside the time the pack applies (giá trị theo ngày lệch thời gian hiệu lực)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from scoring.dated import dated_constants
from scoring.lint.subject import Subject
from scoring.problems import Problem
from scoring.rules import Constant
from scoring.source import Path


def lint_dated_values(subject: Subject) -> Iterator[Problem]:
    """Days of the pack without a value, and values no day of the pack comes to."""
    for one in dated_constants(subject.pack):
        yield from _late(subject, one)
        yield from _idle(subject, one)


def _late(subject: Subject, constant: Constant) -> Iterator[Problem]:
    first, start = constant.values[0].since, subject.pack.effective_from
    if first > start:
        yield subject.problem(
            ("constants", constant.id, "values", 0, "from"),
            "dated-late",
            f"Bộ quy tắc có hiệu lực từ {start:%d/%m/%Y}, trước {first:%d/%m/%Y} “{constant.id}” "
            "chưa có giá trị.",
            "Thêm giá trị của thời gian trước, hoặc sửa effective.",
        )


def _idle(subject: Subject, constant: Constant) -> Iterator[Problem]:
    start, end = subject.pack.effective_from, subject.pack.effective_to
    for n, (one, after) in enumerate(zip_longest(constant.values, constant.values[1:])):
        over = after is not None and after.since <= start
        if over or (end is not None and one.since > end):
            path: Path = ("constants", constant.id, "values", n)
            applies = f"từ {start:%d/%m/%Y}" + (f" đến {end:%d/%m/%Y}" if end else "")
            yield subject.problem(
                path,
                "dated-idle",
                f"Giá trị từ {one.since:%d/%m/%Y} không ngày nào dùng đến: bộ quy tắc có hiệu lực "
                f"{applies}.",
                "Bỏ đi, hoặc sửa ngày.",
            )

"""Grades nobody gets, caps without effect, ties without end, quotas that never bind (xếp loại…)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from scoring.lint.subject import Subject
from scoring.nodes import Node
from scoring.numbers import format_number
from scoring.possible.bounds import assuming, quantities
from scoring.possible.reach import bands_reached
from scoring.problems import Problem
from scoring.rules import OrderKey, Quota, Selection
from scoring.source import Path


def lint_verdicts(subject: Subject) -> Iterator[Problem]:
    """Everything after the points: grades, caps, vetoes, ranking, selections."""
    reached = bands_reached(subject.pack, subject.scored)
    yield from _grades(subject, reached)
    yield from _overrides(subject)
    yield from _chain(subject, subject.pack.ranking.order, ("ranking", "order"))
    is_limited = any(one.quotas for one in subject.pack.selections)
    if is_limited and subject.value(("ranking", "then")) is None:
        yield Problem(
            subject.source.key_place(("ranking", "order")),
            "tie-end",
            "Chưa nói ngang nhau hết thì ai quyết định.",
            "Thêm then: vote (Hội đồng bỏ phiếu), như văn bản quy định.",
        )
    pack = subject.pack
    decided = {one.grade for one in (*pack.vetoes, *pack.caps, *pack.overrides)}
    open_ = {id_ for id_, is_open in reached.items() if is_open} | decided
    for at, selection in enumerate(pack.selections):
        path: Path = ("selections", at)
        yield from _selection(subject, selection, path, open_)
        yield from _chain(subject, selection.order, (*path, "order"))


def _grades(subject: Subject, reached: Mapping[str, bool]) -> Iterator[Problem]:
    for at, grade in enumerate(subject.pack.grades):
        if reached[grade.id] or grade.when is None:
            continue
        if assuming(grade.when.node, subject.scored, holds=True) is None:
            continue  # a condition that never holds is told where it stands
        yield subject.problem(
            ("grades", at, "when"),
            "grade-unreachable",
            f"Không ai được xếp “{grade.label}”: các mức phía trên đã nhận hết.",
            "Xếp các mức từ cao xuống thấp: mức đòi hỏi nhiều đứng trước.",
        )


def _overrides(subject: Subject) -> Iterator[Problem]:
    """A cap or veto can only lower a grade: one at the best grade does nothing."""
    best = subject.pack.grades[0]
    for key, field, found in (
        ("veto", "grade", subject.pack.vetoes),
        ("caps", "at_most", subject.pack.caps),
    ):
        for at, condition in enumerate(found):
            if condition.grade == best.id and len(subject.pack.grades) > 1:
                yield subject.problem(
                    (key, at, field),
                    "no-effect",
                    f"{condition.id} không có tác dụng: “{best.label}” đã là mức cao nhất.",
                    "Ghi mức thấp hơn, đúng như văn bản.",
                )


def _chain(subject: Subject, order: Sequence[OrderKey], path: Path) -> Iterator[Problem]:
    """Keys that cannot tell anyone from anyone."""
    seen: dict[Node, int] = {}
    for at, key in enumerate(order):
        node = key.value.node
        if node in seen:
            yield subject.problem(
                (*path, at),
                "tie-key",
                f"“{key.label}” đã so ở bước {seen[node] + 1}, so lại không phân được ai.",
                "Bỏ đi, hoặc thay bằng tiêu chí phụ tiếp theo của văn bản.",
            )
        elif quantities(node, subject.scored).single() is not None:
            yield subject.problem(
                (*path, at),
                "tie-key",
                f"“{key.label}” ở ai cũng như nhau, không phân được ai.",
                "Bỏ đi, hoặc thay bằng tiêu chí phụ tiếp theo của văn bản.",
            )
        seen.setdefault(node, at)


def _selection(
    subject: Subject, selection: Selection, path: Path, open_: set[str]
) -> Iterator[Problem]:
    if not open_ & {*selection.among}:
        yield subject.problem(
            (*path, "from"),
            "selection-empty",
            f"Không ai vào được “{selection.label}”: không mức nào trong from có người đạt.",
            "Sửa from, hoặc điều kiện của các mức ấy.",
        )
    for at, grade in enumerate(selection.among):
        if grade in selection.among[:at]:
            message = f"Mức “{grade}” viết hai lần."
            yield subject.problem((*path, "from", at), "repeated", message, "Bỏ một lần.")
    for at, quota in enumerate(selection.quotas):
        yield from _quota(subject, quota, (*path, "quotas", at), open_)
    yield from _slack(subject, selection, path)


def _quota(subject: Subject, quota: Quota, path: Path, open_: set[str]) -> Iterator[Problem]:
    if quota.most is not None and _fixed(subject, quota.most.node) == 0:
        message = f"Chỉ tiêu “{quota.label}” bằng 0: không ai được chọn."
        yield subject.problem((*path, "most"), "quota-zero", message, "Ghi số chỗ của văn bản.")
    if quota.share is None:
        return
    percent = _fixed(subject, quota.share.percent.node)
    here = (*path, "share", "percent")
    if percent is not None and percent <= 0:
        message = f"Chỉ tiêu “{quota.label}” bằng 0%: không ai được chọn."
        yield subject.problem(here, "quota-zero", message, "Ghi tỷ lệ của văn bản, ví dụ 20.")
    elif percent is not None and percent >= 100:
        message = f"Chỉ tiêu {format_number(percent)}% không bao giờ loại ai."
        yield subject.problem(here, "quota-slack", message, "Ghi tỷ lệ của văn bản, ví dụ 20.")
    written = subject.value((*path, "share", "of"))
    if written == [] or (quota.share.of and not open_ & {*quota.share.of}):
        yield subject.problem(
            (*path, "share", "of"),
            "quota-base",
            f"Chỉ tiêu “{quota.label}” tính theo tỷ lệ của số không: không có ai trong of.",
            "of: participants (mọi người dự), hoặc danh sách mức xếp loại có người đạt.",
        )


def _slack(subject: Subject, selection: Selection, path: Path) -> Iterator[Problem]:
    """A quota of a group that is no smaller than the quota of all never keeps anyone out."""
    plain = [
        (at, quota, size)
        for at, quota in enumerate(selection.quotas)
        if quota.only is None
        and quota.most is not None
        and (size := _fixed(subject, quota.most.node)) is not None
    ]
    for at, quota, size in plain:
        over_all = [one for _, other, one in plain if not other.per]
        if quota.per and over_all and size >= min(over_all) > 0:
            yield subject.problem(
                (*path, "quotas", at, "most"),
                "quota-slack",
                f"Chỉ tiêu “{quota.label}” không bao giờ vướng: cả lượt chọn chỉ có "
                f"{format_number(min(over_all))} chỗ.",
                "Sửa số chỗ cho khớp văn bản, hoặc bỏ chỉ tiêu này.",
            )


def _fixed(subject: Subject, node: Node) -> Fraction | None:
    return quantities(node, subject.scored).single()

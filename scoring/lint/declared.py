"""Declarations nobody uses, labels that clash, clauses that are missing (khai báo thừa, thiếu)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from scoring.facts import Fact, FactType
from scoring.lint.subject import Subject
from scoring.problems import Problem
from scoring.rules import Condition, Grade, Selection
from scoring.source import Path

_WORD = re.compile(r"\w+")
_PROSE = frozenset({"label", "note", "basis", "title", "unit", "document", "clause", "url", "id"})
# Letters that many typefaces draw alike.
_ALIKE = str.maketrans({"0": "o", "O": "o", "1": "l", "I": "l", "_": "-", ".": "-"})


def lint_declared(subject: Subject) -> Iterator[Problem]:
    """Unused declarations, look-alikes and missing clauses."""
    yield from _unused(subject)
    yield from _same_labels(subject)
    yield from _look_alikes(subject)
    yield from _without_basis(subject)


def lint_dates(subject: Subject, at: dt.date) -> Iterator[Problem]:
    """Whether the pack applies on the day *at*."""
    pack = subject.pack
    if at < pack.effective_from:
        yield subject.problem(
            ("effective", "from"),
            "not-yet",
            f"Ngày {at:%d/%m/%Y} bộ quy tắc chưa có hiệu lực (từ {pack.effective_from:%d/%m/%Y}).",
            "Dùng phiên bản đang có hiệu lực, hoặc sửa effective.",
        )
    elif pack.effective_to is not None and at > pack.effective_to:
        yield subject.problem(
            ("effective", "to"),
            "expired",
            f"Ngày {at:%d/%m/%Y} bộ quy tắc đã hết hiệu lực (đến {pack.effective_to:%d/%m/%Y}).",
            "Ban hành phiên bản mới, hoặc sửa effective nếu văn bản được gia hạn.",
        )


def _unused(subject: Subject) -> Iterator[Problem]:
    used = Counter(_words(subject.source.value, ""))
    facts = subject.pack.facts
    for section, ids, what in (
        ("facts", facts, "Số liệu"),
        ("constants", subject.pack.constants, "Hằng số"),
        ("derived", subject.pack.derived, "Số tính được"),
        ("peers", subject.pack.peers, "Số liệu của cụm"),
    ):
        for id_ in ids:
            if used[id_]:
                continue
            path: Path = (section, id_)
            asked = " cho người báo cáo đỡ phải ghi" if section == "facts" else ""
            evidence = subject.value((*path, "evidence")) == "required"
            if evidence:
                message = f"“{id_}” đòi minh chứng nhưng không quy tắc nào dùng đến."
                hint = "Bỏ evidence, hoặc viết tiêu chí còn thiếu."
                yield subject.problem((*path, "evidence"), "evidence", message, hint)
            elif not (section == "facts" and facts[id_].entry):
                yield Problem(
                    subject.source.key_place(path),
                    "unused",
                    f"{what} “{id_}” khai ra nhưng không quy tắc nào dùng.",
                    f"Bỏ đi{asked}, hoặc viết tiêu chí còn thiếu.",
                )


def _words(value: object, key: str) -> Iterator[str]:
    """Every word of every value that is not prose: whatever key may name a fact, it is seen."""
    if isinstance(value, dict):
        for name, below in value.items():
            if name not in _PROSE:
                yield from _words(below, name)
    elif isinstance(value, list):
        for below in value:
            yield from _words(below, key)
    elif isinstance(value, str):
        yield from _WORD.findall(value)


def _same_labels(subject: Subject) -> Iterator[Problem]:
    pack = subject.pack
    groups: list[list[tuple[Path, str]]] = [
        [(("facts", one.id, "label"), one.label) for one in pack.facts.values()],
        [(("constants", one.id, "label"), one.label) for one in pack.constants.values()],
        [(("derived", one.id, "label"), one.label) for one in pack.derived.values()],
        [(("gates", at, "label"), one.label) for at, one in enumerate(pack.gates)],
        [(("grades", at, "label"), one.label) for at, one in enumerate(pack.grades)],
        [(("selections", at, "label"), one.label) for at, one in enumerate(pack.selections)],
        [(("criteria", at, "label"), one.label) for at, one in enumerate(pack.criteria)],
    ]
    for group in subject.located():
        parts = enumerate(group.criterion.parts)
        groups.append([((*group.path, "parts", at, "label"), one.label) for at, one in parts])
    for labels in groups:
        yield from _repeated(subject, labels)


def _repeated(subject: Subject, labels: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, label in labels:
        key = " ".join(label.casefold().split())
        if key in first:
            yield subject.problem(
                path,
                "same-label",
                f"Tên “{label}” đã dùng ở dòng {subject.source.place(first[key]).line}.",
                "Đặt tên khác để người đọc và cột bảng tính phân biệt được.",
            )
        first.setdefault(key, path)


def _look_alikes(subject: Subject) -> Iterator[Problem]:
    for fact in subject.pack.facts.values():
        if fact.type is FactType.CHOICE:
            yield from _alike_choices(subject, fact)


def _alike_choices(subject: Subject, fact: Fact) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for id_ in fact.choices:
        key = id_.translate(_ALIKE).casefold()
        if key in first:
            yield Problem(
                subject.source.key_place(("facts", fact.id, "choices", id_)),
                "look-alike",
                f"Mã “{id_}” nhìn giống “{first[key]}”, rất dễ viết nhầm.",
                "Đổi một mã cho khác hẳn.",
            )
        first.setdefault(key, id_)


def _without_basis(subject: Subject) -> Iterator[Problem]:
    pack = subject.pack
    for one in subject.located():
        if one.criterion.rule is not None and not one.has_basis:
            yield _no_basis(subject, one.path, one.criterion.id)
    sections: tuple[tuple[str, Sequence[Condition | Grade | Selection]], ...] = (
        ("gates", pack.gates),
        ("grades", pack.grades),
        ("veto", pack.vetoes),
        ("caps", pack.caps),
        ("overrides", pack.overrides),
        ("selections", pack.selections),
    )
    for key, found in sections:
        for at, item in enumerate(found):
            if not item.basis.strip():
                yield _no_basis(subject, (key, at), item.id)
    if pack.ranking.order and not pack.ranking.basis.strip():
        yield Problem(
            subject.source.key_place(("ranking",)),
            "no-basis",
            "Cách xếp hạng chưa dẫn điều, khoản nào.",
            "Thêm basis: Điều … khoản …",
        )


def _no_basis(subject: Subject, path: Path, id_: str) -> Problem:
    message = f"{id_} chưa dẫn điều, khoản nào của văn bản."
    return subject.problem(path, "no-basis", message, "Thêm basis: Điều … khoản …")

"""Gates, grades, vetoes, caps, ranking and selections of a pack, read from its file."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.language import meant
from scoring.nodes import Kind
from scoring.pages import Assembled
from scoring.rules import Condition, Grade, OrderKey, Quota, Ranking, Selection
from scoring.schema import CapFile, GateFile, QuotaFile, SelectionFile, VetoFile
from scoring.source import Path


def read_gates(pages: Assembled, files: Iterable[GateFile]) -> tuple[Condition, ...]:
    found = []
    for at, file in enumerate(files):
        path: Path = ("gates", at)
        pages.new_id(file.id, path)
        when = pages.expression((*path, "require"), file.require, Kind.TRUTH)
        if when is not None:
            found.append(
                Condition(
                    id=file.id,
                    label=file.label,
                    when=when,
                    basis=file.basis,
                    place=pages.source.place(path),
                )
            )
    return tuple(found)


def read_grades(pages: Assembled) -> tuple[Grade, ...]:
    found: list[Grade] = []
    last = len(pages.file.grades) - 1
    for at, file in enumerate(pages.file.grades):
        path: Path = ("grades", at)
        if (file.when is None) != (at == last):
            pages.problem(
                path,
                "grade",
                "Chỉ mức cuối cùng không có when, và nó phải có mặt.",
                "Xếp từ cao xuống thấp; mức cuối nhận mọi trường hợp còn lại.",
            )
        if file.id in [one.id for one in found]:
            pages.problem(
                (*path, "id"), "duplicate", f"Mức “{file.id}” viết hai lần.", "Đặt mã khác."
            )
        when = None
        if file.when is not None:
            when = pages.expression((*path, "when"), file.when, Kind.TRUTH, measured=True)
        found.append(Grade(id=file.id, label=file.label, when=when, basis=file.basis))
    return tuple(found)


def read_overrides(
    pages: Assembled, files: Iterable[VetoFile | CapFile], key: str
) -> tuple[Condition, ...]:
    found = []
    for at, file in enumerate(files):
        path: Path = (key, at)
        pages.new_id(file.id, path)
        field = "grade" if isinstance(file, VetoFile) else "at_most"
        grade = _known_grade(pages, getattr(file, field), (*path, field))
        when = pages.expression((*path, "when"), file.when, Kind.TRUTH, measured=True)
        if when is not None:
            found.append(
                Condition(
                    id=file.id,
                    label=file.label,
                    when=when,
                    basis=file.basis,
                    grade=grade,
                    place=pages.source.place(path),
                )
            )
    return tuple(found)


def _known_grade(pages: Assembled, grade: str, path: Path) -> str:
    known = [one.id for one in pages.file.grades]
    if grade not in known:
        hint = meant(grade, known) or f"Có: {', '.join(known)}."
        pages.problem(path, "grade", f"Không có mức xếp loại “{grade}”.", hint)
    return grade


def read_ranking(pages: Assembled) -> Ranking:
    file = pages.file.ranking
    found = []
    for at, text in enumerate(file.order):
        value = pages.expression(("ranking", "order", at), text, Kind.NUMBER, measured=True)
        if value is not None:
            word = pages.words.get(text) or pages.score_words.get(text)
            found.append(OrderKey(label=word.label if word else text, value=value))
    among = tuple(
        _known_grade(pages, grade, ("ranking", "among", at)) for at, grade in enumerate(file.among)
    )
    return Ranking(among=among, order=tuple(found), then=file.then, basis=file.basis)


def read_selection(pages: Assembled, file: SelectionFile, at: int) -> Selection:
    path: Path = ("selections", at)
    pages.new_id(file.id, path)
    grades = tuple(
        _known_grade(pages, grade, (*path, "from", n)) for n, grade in enumerate(file.from_)
    )
    for at_grade, grade in enumerate(grades):
        known = any(grade == one.id for one in pages.file.grades)
        if known and grade not in pages.file.ranking.among:
            pages.problem(
                (*path, "from", at_grade),
                "not-ranked",
                f"Mức “{grade}” không được xếp hạng.",
                "Thêm mức này vào ranking.among.",
            )
    quotas = tuple(_quota(pages, one, (*path, "quotas", n)) for n, one in enumerate(file.quotas))
    return Selection(id=file.id, label=file.label, among=grades, quotas=quotas, basis=file.basis)


def _quota(pages: Assembled, file: QuotaFile, path: Path) -> Quota:
    fact = pages.facts.get(file.per or "")
    if file.per and fact is None:
        pages.problem(
            (*path, "per"),
            "name",
            f"Không có số liệu “{file.per}”.",
            meant(file.per, pages.facts),
        )
    word = f"mỗi {fact.label.casefold()} không quá" if fact else "tất cả không quá"
    return Quota(
        most=file.most,
        per=file.per or "",
        basis=file.basis,
        label=file.label or f"{word} {file.most:02d}",
    )

"""Gates, grades, vetoes, caps, ranking and selections of a pack, read from its file."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from scoring.declarations import RANK_WORDS
from scoring.language import meant
from scoring.nodes import Expression, Kind, Literal, Negate
from scoring.pages import Assembled
from scoring.rules import Condition, Grade, OrderKey, Quota, Ranking, Selection, Share
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
        found.append(
            Grade(
                id=file.id,
                label=file.label,
                when=when,
                basis=file.basis,
                place=pages.source.place(path),
            )
        )
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
    if file is None:  # an assessment in which nobody is ranked
        return Ranking(among=(), order=())
    among = tuple(
        _known_grade(pages, grade, ("ranking", "among", at)) for at, grade in enumerate(file.among)
    )
    order = _order(pages, file.order, ("ranking", "order"))
    place = pages.source.key_place(("ranking",))
    return Ranking(among=among, order=order, then=file.then, basis=file.basis, place=place)


def _order(pages: Assembled, texts: Iterable[str], path: Path) -> tuple[OrderKey, ...]:
    found = []
    for at, text in enumerate(texts):
        value = pages.expression((*path, at), text, Kind.NUMBER, measured=True, more=RANK_WORDS)
        if value is not None:
            word = {**pages.words, **pages.score_words, **RANK_WORDS}.get(text)
            found.append(OrderKey(label=word.label if word else text, value=value))
    return tuple(found)


def read_selection(pages: Assembled, file: SelectionFile, at: int) -> Selection:
    path: Path = ("selections", at)
    pages.new_id(file.id, path)
    grades = tuple(
        _known_grade(pages, grade, (*path, "from", n)) for n, grade in enumerate(file.from_)
    )
    ranked = pages.file.ranking.among if pages.file.ranking else []
    for at_grade, grade in enumerate(grades):
        known = any(grade == one.id for one in pages.file.grades)
        if known and grade not in ranked:
            pages.problem(
                (*path, "from", at_grade),
                "not-ranked",
                f"Mức “{grade}” không được xếp hạng.",
                "Thêm mức này vào ranking.among.",
            )
    _check_earlier(pages, file, at)
    quotas = [
        quota
        for n, one in enumerate(file.quotas)
        if (quota := _quota(pages, one, (*path, "quotas", n))) is not None
    ]
    require = file.require and pages.expression(
        (*path, "require"), file.require, Kind.TRUTH, measured=True
    )
    return Selection(
        id=file.id,
        label=file.label,
        among=grades,
        excluding=tuple(file.except_),
        require=require or None,
        order=_order(pages, file.order, (*path, "order")),
        quotas=tuple(quotas),
        basis=file.basis,
        place=pages.source.place(path),
    )


def _check_earlier(pages: Assembled, file: SelectionFile, at: int) -> None:
    """Only whom a selection before this one takes can be left out of it."""
    earlier = [one.id for one in pages.file.selections[:at]]
    for n, id_ in enumerate(file.except_):
        if id_ not in earlier:
            hint = (
                meant(id_, earlier) or f"Phía trên có: {', '.join(earlier) or 'không có lượt nào'}."
            )
            pages.problem(
                ("selections", at, "except", n),
                "earlier",
                f"Không có lượt xét chọn “{id_}” ở phía trên.",
                hint,
            )


def _quota(pages: Assembled, file: QuotaFile, path: Path) -> Quota | None:
    fact = pages.facts.get(file.per or "")
    if file.per and fact is None:
        pages.problem(
            (*path, "per"),
            "name",
            f"Không có số liệu “{file.per}”.",
            meant(file.per, pages.facts),
        )
    if (file.most is None) == (file.share is None):
        hint = "most: số lượng; share: {percent: 20, of: participants}."
        pages.problem(path, "quota", "Một chỉ tiêu có đúng một trong most và share.", hint)
        return None
    most = file.most and pages.expression((*path, "most"), file.most, Kind.NUMBER, measured=True)
    only = file.only and pages.expression((*path, "only"), file.only, Kind.TRUTH, measured=True)
    if isinstance(most, Expression) and _is_not_whole(most):
        pages.problem(
            (*path, "most"),
            "quota",
            f"Chỉ tiêu {file.most} không phải số chỗ.",
            "Ghi một số nguyên không âm.",
        )
    whom = f"mỗi {fact.label.casefold()}" if fact else "tất cả"
    return Quota(
        most=most or None,
        share=_share(pages, file, (*path, "share")),
        only=only or None,
        per=file.per or "",
        basis=file.basis,
        label=file.label or f"{whom} không quá {_size(file)}",
        place=pages.source.place(path),
    )


def _share(pages: Assembled, file: QuotaFile, path: Path) -> Share | None:
    share = file.share
    if share is None:
        return None
    percent = pages.expression((*path, "percent"), share.percent, Kind.NUMBER, measured=True)
    of: tuple[str, ...] = ()
    if share.of != "participants":
        of = tuple(
            _known_grade(pages, grade, (*path, "of", at)) for at, grade in enumerate(share.of)
        )
    return None if percent is None else Share(percent=percent, of=of, rounding=share.round)


def _is_not_whole(most: Expression) -> bool:
    value = most.node.value if isinstance(most.node, Literal) else 0
    negative = isinstance(most.node, Negate)
    return negative or (isinstance(value, Fraction) and (value.denominator != 1 or value < 0))


def _size(file: QuotaFile) -> str:
    if file.share is not None:
        return f"{file.share.percent}%"
    return f"{int(file.most):02d}" if file.most and file.most.isdigit() else str(file.most)

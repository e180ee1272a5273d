"""What a pack declares by name: facts and constants, the names they may have, faults in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from scoring.facts import Fact, FactType, FromRegister
from scoring.language import Fault, Word
from scoring.nodes import Kind
from scoring.numbers import format_number
from scoring.problems import Place
from scoring.rules import Constant, Criterion, DatedValue, maximum_name, score_name
from scoring.schema import ConstantFile, CriterionFile, FactFile, RegisterFile
from scoring.sheet import Value
from scoring.source import Path

KINDS: Mapping[FactType, Kind] = MappingProxyType(
    {
        FactType.INTEGER: Kind.NUMBER,
        FactType.DECIMAL: Kind.NUMBER,
        FactType.YES_NO: Kind.TRUTH,
        FactType.CHOICE: Kind.CHOICE,
        FactType.DATE: Kind.DATE,
        FactType.TEXT: Kind.TEXT,
        FactType.MARKS: Kind.MARKS,
    }
)
SCORES: Mapping[str, str] = MappingProxyType(
    {
        "total": "tổng điểm",
        "base": "điểm tiêu chí",
        "bonus": "điểm thưởng",
        "penalty": "điểm phạt",
        "zero_criteria": "số tiêu chí bị 0 điểm",
    }
)
RANK_WORDS: Mapping[str, Word] = MappingProxyType({"grade_rank": Word(Kind.NUMBER, "mức xếp loại")})
"""What only an order may read: the grade as a number, known once everything is scored."""
LANGUAGE_WORDS = frozenset(
    {"measure", "true", "false", "null", "and", "or", "not", "in"}
    | {"for", "if", "elif", "else", "while", "inf", "nan"}
)
CASE_WORDS = frozenset({*SCORES, *RANK_WORDS, "grade", "gates", "rank", "outcome"})
"""What a case expects besides the points of criteria: no criterion may be called so."""

_ENTRY_TYPES: Mapping[str, tuple[FactType, ...]] = MappingProxyType(
    {
        "name": (FactType.TEXT,),
        "address": (FactType.TEXT,),
        "unit": (FactType.TEXT,),
        "field": (FactType.CHOICE, FactType.TEXT),
        "started_on": (FactType.DATE,),
        "registered_on": (FactType.DATE,),
    }
)
_WORD = re.compile(r"\w+")
_NUMBERS = (FactType.INTEGER, FactType.DECIMAL, FactType.MARKS)


def fact_of(id_: str, file: FactFile, place: Place) -> Fact:
    return Fact(
        id=id_,
        label=file.label,
        type=FactType(file.type),
        unit=file.unit,
        minimum=file.min,
        maximum=file.max,
        step=file.step,
        choices=MappingProxyType(dict(file.choices)),
        ask="register" if file.register_ else file.ask,
        entry=file.entry or "",
        register=_register_of(file.register_) if file.register_ else None,
        optional=file.optional,
        place=place,
    )


def fact_faults(file: FactFile) -> Iterator[tuple[str, str, str, str]]:
    """Keys of *file* that do not go together: key, code, message, hint."""
    kind = FactType(file.type)
    if kind is FactType.CHOICE and not file.choices:
        yield "type", "choices", "Cần khóa choices.", "choices: {mã: Chữ hiện ra}"
    if file.choices and kind is not FactType.CHOICE:
        yield "choices", "choices", "Chỉ type: choice mới có choices.", ""
    labels = [label.casefold() for label in file.choices.values()]
    if len(set(labels)) < len(labels):
        yield "choices", "choices", "Hai lựa chọn viết giống nhau.", "Mỗi lựa chọn một tên."
    if kind is FactType.MARKS and file.ask != "council":
        yield "ask", "ask", "Phiếu chấm (type: marks) do hội đồng ghi.", "Ghi ask: council."
    if kind not in _NUMBERS:
        for key in ("min", "max", "step"):
            if getattr(file, key) is not None:
                yield key, "range", f"Chỉ số liệu là số mới có {key}.", ""
    if file.min is not None and file.max is not None and file.min > file.max:
        yield "min", "range", "min lớn hơn max.", ""
    if file.register_ is not None:
        yield from _register_faults(file, file.register_)
    wanted = _ENTRY_TYPES.get(file.entry or "", (kind,))
    if kind not in wanted:
        yield "entry", "entry", f"entry: {file.entry} cần type: {wanted[0]}, đang là {kind}.", ""


def _register_of(file: RegisterFile) -> FromRegister:
    return FromRegister(
        whose=file.whose,
        seasons=file.seasons,
        take=file.take,
        selection=file.selection or "",
        grades=tuple(file.grade),
        levels=tuple(file.level),
        fields=tuple(file.field),
        kinds=tuple(file.kind),
    )


def _register_faults(file: FactFile, register: RegisterFile) -> Iterator[tuple[str, str, str, str]]:
    """Nobody is asked for what is counted from the register, and a count is a whole number."""
    for key in sorted(file.model_fields_set & {"ask", "entry", "evidence"}):
        message = f"Số lấy từ sổ (register) thì không có {key}."
        yield key, "register", message, f"Bỏ {key}: máy tự lấy, không ai phải ghi."
    wanted = FactType.INTEGER if register.take == "count" else FactType.CHOICE
    if FactType(file.type) is not wanted:
        message = f"take: {register.take} cần type: {wanted}, đang là {file.type}."
        yield "type", "register", message, f"Ghi type: {wanted}."
    if register.take == "grade" and register.whose != "self":
        message = "take: grade chỉ lấy được mức của chính mô hình này."
        yield "register", "register", message, "Ghi whose: self, hoặc đếm bằng take: count."


def constant_of(id_: str, file: ConstantFile) -> tuple[Constant, Kind]:
    """The constant *file* declares, with its newest value, and what it yields in an expression."""
    values = tuple(
        DatedValue(since=one.from_, value=_value(one.value), basis=one.basis) for one in file.values
    )
    given = file.value if file.value is not None else Decimal(0)
    value = values[-1].value if values else _value(given)
    constant = Constant(
        id=id_,
        label=file.label,
        value=value,
        unit=file.unit,
        basis=(values[-1].basis if values else "") or file.basis,
        general_basis=file.basis if values else "",
        since=values[-1].since if values else None,
        values=values,
    )
    return constant, _kind(value)


def constant_faults(file: ConstantFile) -> Iterator[tuple[Path, str, str, str]]:
    """What is wrong with the values of *file*: path below it, code, message, hint."""
    if (file.value is None) == (not file.values):
        both = "đang có cả hai" if file.values else "chưa có cái nào"
        hint = "value: một giá trị; values: mỗi giá trị một ngày, [{from: 2026-07-01, value: …}]."
        yield (), "constant", f"Hằng số cần đúng một trong value, values ({both}).", hint
    for at, (one, after) in enumerate(pairwise(file.values), start=1):
        if after.from_ <= one.from_:
            day = f"{one.from_:%d/%m/%Y}"
            same = after.from_ == one.from_
            wrong = f"Ngày {day} ghi hai lần." if same else f"Ngày này đứng trước {day} ở trên."
            hint = "Bỏ một." if same else "Xếp từ ngày cũ đến ngày mới."
            yield ("values", at, "from"), "values", wrong, hint
        if _kind(_value(after.value)) is not _kind(_value(file.values[0].value)):
            kinds = f"{_kind(_value(after.value))}, giá trị đầu là {_kind(_value(one.value))}"
            hint = "Mọi giá trị của một hằng số cùng một loại."
            yield ("values", at, "value"), "values", f"Giá trị này là {kinds}.", hint


def _value(given: bool | int | Decimal | dt.date) -> Value:
    return Decimal(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _kind(value: Value) -> Kind:
    return {bool: Kind.TRUTH, Decimal: Kind.NUMBER}.get(type(value), Kind.DATE)


def out_of_reach(text: str, fault: Fault, derived: Container[str], scores: Container[str]) -> str:
    """The hint for a name that exists but may not be read where *fault* is."""
    word = _WORD.match(text, fault.offset)
    if fault.code != "name" or word is None:
        return ""
    if word[0] in RANK_WORDS:
        return "Mức xếp loại bằng số chỉ đọc được trong order của ranking và selections."
    if word[0] in SCORES or word[0] in scores:
        return "Điểm chỉ đọc được trong grades, veto, caps và ranking."
    if word[0] in derived:
        return f"“{word[0]}” viết ở phía dưới; đưa nó lên trên chỗ này."
    return ""


def score_names(files: Iterable[CriterionFile]) -> frozenset[str]:
    """The names of the scores of all criteria, for those who read them too early."""
    found: set[str] = set()
    for one in files:
        found |= {score_name(one.id), *score_names(one.parts)}
    return frozenset(found)


def scores_of_criterion(one: Criterion) -> dict[str, str]:
    """What grades may read of a criterion, by name: its points, and what a group can come to."""
    names = {score_name(one.id): f"điểm {one.id}"}
    if one.parts:
        names[maximum_name(one.id)] = f"điểm tối đa còn tính của {one.id}"
    return names


def wrong_sum(file: CriterionFile, parts: tuple[Criterion, ...]) -> str:
    """What is wrong with a group's maximum beside those of its parts; empty when nothing is."""
    maxima = [part.maximum for part in parts]
    if file.max is None or not maxima or None in maxima or file.take == "best":
        return ""
    total = sum((one for one in maxima if one is not None), Decimal(0))
    if total == file.max:
        return ""
    return (
        f"Nhóm {file.id} ghi tối đa {format_number(file.max)}, các tiêu chí con cộng lại "
        f"{format_number(total)}."
    )

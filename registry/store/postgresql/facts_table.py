"""The table of facts on the server, and its columns as whole numbers a program reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from registry.errors import RegistryError
from registry.store.postgresql.expressions import Sql, TextInput, text, whole
from scoring.columns.described import OTHER, Described
from scoring.columns.program import NoColumns
from scoring.facts import Fact, FactType
from scoring.rules import Pack

_KINDS: Mapping[FactType, tuple[str, tuple[type[Any], ...]]] = {
    FactType.INTEGER: ("NUMERIC hoặc số nguyên", (sa.Numeric, sa.Integer)),
    FactType.DECIMAL: ("NUMERIC hoặc số nguyên", (sa.Numeric, sa.Integer)),
    FactType.YES_NO: ("BOOLEAN", (sa.Boolean,)),
    FactType.DATE: ("DATE", (sa.Date,)),
    FactType.TEXT: ("TEXT", (sa.String,)),
    FactType.CHOICE: ("TEXT, hoặc số nguyên: thứ tự của lựa chọn, từ 0", (sa.String, sa.Integer)),
    FactType.MARKS: ("NUMERIC[]", (sa.ARRAY,)),
}
_EPOCH = sa.literal_column("DATE '1970-01-01'", sa.Date())


class TableRefused(RegistryError):
    """The table of facts is not what the pack asks for; says every column that is not."""

    def __init__(self, table: str, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"Chưa chấm được bảng {table}: {'; '.join(faults)}.",
            hint="Sửa các cột nêu trên rồi chấm lại; chưa ghi gì.",
        )


@dataclass(frozen=True, slots=True)
class FactsTable:
    """*table* holds one row an entry: ``code``, and a column for every fact of *pack*.

    Raises TableRefused when a column is missing or of a type that does not hold values exactly.
    """

    pack: Pack
    table: sa.Table

    def __post_init__(self) -> None:
        faults = [] if "code" in self.table.c else ["thiếu cột code"]
        for fact in self.pack.facts.values():
            wanted, kinds = _KINDS[fact.type]
            if fact.id not in self.table.c:
                faults.append(f"thiếu cột {fact.id} ({wanted})")
                continue
            kind = self.table.c[fact.id].type
            if isinstance(kind, sa.ARRAY):
                fits = fact.type is FactType.MARKS and _is_exact(kind.item_type)
            else:
                fits = isinstance(kind, kinds) and _is_exact(kind)
            if not fits:
                faults.append(f"cột {fact.id} kiểu {kind}, cần {wanted}")
        if faults:
            raise TableRefused(self.table.name, faults)

    @property
    def code(self) -> Sql:
        return sa.collate(self.table.c.code, "C")

    def raw(self, fact: str) -> Sql:
        """The column as people filled it."""
        return self.table.c[fact]

    def group(self, fact: str) -> Sql:
        """A text for every row, the same for rows with the same value of *fact*; '' for none."""
        if not fact:
            return text("")
        raw = self.raw(fact)
        if isinstance(raw.type, sa.ARRAY):
            raise NoColumns("nhóm theo phiếu chấm")
        if isinstance(raw.type, sa.Numeric):
            raw = sa.func.trim_scale(raw)
        return sa.collate(sa.func.coalesce(sa.cast(raw, sa.Text()), text("")), "C")

    def input(self, name: str, told: Described) -> Sql:
        """The input *name* of a program, see ``scoring.columns.inputs``; never NULL."""
        id_, _, what = name.partition(":")
        fact, raw = self.pack.facts[id_], self.raw(id_)
        if what == "present":
            return raw.is_not(None)
        match fact.type:
            case FactType.YES_NO:
                return sa.func.coalesce(raw, sa.false(), type_=sa.Boolean())
            case FactType.DATE:
                return _of_day(_EPOCH, raw, told, what)
            case FactType.CHOICE | FactType.TEXT:
                return self._text(raw)
            case FactType.MARKS:
                return _of_marks(raw, told, what)
        return _counted(raw, told)

    def _text(self, raw: Sql) -> Sql:
        if isinstance(raw.type, sa.Integer):
            return sa.func.coalesce(raw, whole(OTHER), type_=sa.BigInteger())
        return sa.collate(sa.func.coalesce(raw, text(""), type_=sa.Text()), "C")

    def text_input(self, name: str, words: Mapping[str, int]) -> TextInput:
        """What the text input *name* holds for each code of *words*."""
        fact = self.pack.facts[name]
        if not isinstance(self.raw(name).type, sa.Integer):
            return TextInput({code: text(word) for word, code in words.items()}, OTHER)
        codes = {words[choice]: whole(at) for at, choice in enumerate(fact.choices)}
        return TextInput(codes, OTHER)

    def bad_text(self, fact: Fact) -> Sql:
        """Whether a row holds what is no choice of *fact*."""
        raw = self.raw(fact.id)
        if isinstance(raw.type, sa.Integer):
            return sa.not_(raw.between(whole(0), whole(len(fact.choices) - 1)))
        return raw.not_in([text(choice) for choice in fact.choices])


def _is_exact(kind: Any) -> bool:
    return not isinstance(kind, sa.Float | sa.Double)


def _whole_numbers(scaled: Sql, low: int, high: int) -> Sql:
    """*scaled*, which has nothing behind the point, in the type its bounds allow."""
    if low >= -(2**63) and high < 2**63:
        return sa.cast(scaled, sa.BigInteger())
    return sa.func.trunc(scaled, type_=sa.Numeric())


def _counted(raw: Sql, told: Described) -> Sql:
    """Numbers counted in the unit of *told*; a gap is the lowest of them."""
    unit = told.unit.denominator
    scaled = sa.cast(raw, sa.Numeric()) * whole(unit) if unit > 1 else raw
    filled = sa.func.coalesce(_whole_numbers(scaled, told.low, told.high), whole(told.low))
    return sa.type_coerce(filled, sa.BigInteger()) if unit == 1 else filled


def _of_day(epoch: Sql, raw: Sql, told: Described, what: str) -> Sql:
    """Days since 1970; or months since the year 0, or the day of the month."""
    day = sa.func.coalesce(raw, epoch + whole(told.low), type_=sa.Date())
    if what == "":
        return sa.cast(sa.type_coerce(day, sa.Integer()) - epoch, sa.BigInteger())
    if what == "day":
        return sa.cast(sa.extract("day", day), sa.BigInteger())
    years, months = (sa.cast(sa.extract(one, day), sa.BigInteger()) for one in ("year", "month"))
    return years * whole(12) + months


def _of_marks(raw: Sql, told: Described, what: str) -> Sql:
    """How many marks there are, their sum, or the sum of the highest or the lowest of them."""
    mark = sa.func.unnest(raw).column_valued("mark")
    marks = sa.select(mark).where(mark.is_not(None)).correlate(raw.table)
    which, _, many = what.partition(":")
    if which == "count":
        return sa.select(sa.func.count()).select_from(marks.subquery()).scalar_subquery()
    if many:
        by = mark.desc() if which == "highest" else mark.asc()
        marks = marks.order_by(by).limit(whole(int(many)))
    kept = marks.subquery()
    total = sa.select(sa.func.coalesce(sa.func.sum(kept.c[0]), whole(0))).scalar_subquery()
    unit = Fraction(told.unit).denominator
    reach = max(abs(told.low), abs(told.high)) * told.most_marks
    return _whole_numbers(sa.cast(total, sa.Numeric()) * whole(unit), -reach, reach)

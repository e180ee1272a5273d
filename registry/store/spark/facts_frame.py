"""The facts on a cluster, and their columns as whole numbers a program reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 (everybody's name for them)
from pyspark.sql import types as kinds

from registry.errors import RegistryError
from registry.store.spark.expressions import DECIMAL, LONG, kind_of, whole
from scoring.columns.described import Described
from scoring.columns.program import NoColumns, Ref
from scoring.facts import FactType
from scoring.rules import Pack

_NUMBER = (kinds.DecimalType, kinds.LongType, kinds.IntegerType, kinds.ShortType, kinds.ByteType)
_KINDS: Mapping[FactType, tuple[str, tuple[type[Any], ...]]] = {
    FactType.INTEGER: ("DECIMAL hoặc số nguyên", _NUMBER),
    FactType.DECIMAL: ("DECIMAL hoặc số nguyên", _NUMBER),
    FactType.YES_NO: ("BOOLEAN", (kinds.BooleanType,)),
    FactType.DATE: ("DATE", (kinds.DateType,)),
    FactType.TEXT: ("STRING", (kinds.StringType,)),
    FactType.CHOICE: ("STRING", (kinds.StringType,)),
    FactType.MARKS: ("ARRAY<DECIMAL>", (kinds.ArrayType,)),
}


class FrameRefused(RegistryError):
    """The facts are not what the pack asks for; says every column that is not."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"Chưa chấm được trên cụm máy: {'; '.join(faults)}.",
            hint="Sửa các cột nêu trên rồi chấm lại.",
        )


@dataclass(frozen=True, slots=True)
class FactsFrame:
    """*frame* holds one row an entry: ``code``, and a column for every fact of *pack*.

    Raises FrameRefused when a column is missing or of a type that does not hold values exactly.
    """

    pack: Pack
    frame: DataFrame

    def __post_init__(self) -> None:
        types = {one.name: one.dataType for one in self.frame.schema.fields}
        faults = [] if "code" in types else ["thiếu cột code"]
        for fact in self.pack.facts.values():
            wanted, fitting = _KINDS[fact.type]
            kind = types.get(fact.id)
            if kind is None:
                faults.append(f"thiếu cột {fact.id} ({wanted})")
            elif not isinstance(kind, fitting) or not _holds_numbers(kind):
                faults.append(f"cột {fact.id} kiểu {kind.simpleString()}, cần {wanted}")
        if faults:
            raise FrameRefused(faults)

    def kind(self, fact: str) -> kinds.DataType:
        found = self.frame.schema[fact].dataType
        return found.elementType if isinstance(found, kinds.ArrayType) else found

    def group(self, fact: str) -> Column:
        """A text for every row, the same for rows with the same value of *fact*; '' for none."""
        if not fact:
            return F.lit("")
        if self.pack.facts[fact].type is FactType.MARKS:
            raise NoColumns("nhóm theo phiếu chấm")
        return F.coalesce(F.col(fact).cast("string"), F.lit(""))

    def input(self, name: str, told: Described) -> Column:
        """The input *name* of a program, see ``scoring.columns.inputs``; never NULL."""
        id_, _, what = name.partition(":")
        raw = F.col(id_)
        if what == "present":
            return raw.isNotNull()
        match self.pack.facts[id_].type:
            case FactType.YES_NO:
                return F.coalesce(raw, F.lit(False))
            case FactType.DATE:
                return _of_day(raw, told, what)
            case FactType.CHOICE | FactType.TEXT:
                return F.coalesce(raw, F.lit(""))
            case FactType.MARKS:
                return self._of_marks(id_, told, what)
        return F.coalesce(counted(raw, told), whole(told.low, _kind(told)))

    def _of_marks(self, id_: str, told: Described, what: str) -> Column:
        """How many marks there are, their sum, or the sum of the highest or the lowest of them."""
        given = F.filter(F.coalesce(F.col(id_), F.array()), lambda mark: mark.isNotNull())
        which, _, many = what.partition(":")
        if which == "count":
            return F.size(given).cast(LONG)
        reach = max(abs(told.low), abs(told.high)) * max(1, told.most_marks)
        kind = kind_of(Ref(0, -reach, reach))
        marks = F.transform(given, lambda mark: counted(mark, told).cast(kind))
        if many:
            marks = F.slice(F.sort_array(marks, asc=which == "lowest"), 1, int(many))
        return F.aggregate(marks, whole(0, kind), lambda total, one: (total + one).cast(kind))


def _holds_numbers(kind: kinds.DataType) -> bool:
    return not isinstance(kind, kinds.ArrayType) or isinstance(kind.elementType, _NUMBER)


def _kind(told: Described) -> str:
    return kind_of(Ref(0, told.low, told.high))


def counted(raw: Column, told: Described) -> Column:
    """A number counted in the unit of *told*. Raises NoColumns where Spark would round.

    The type is narrowed first: of a product that may need more than 38 digits Spark rounds the
    places, whether or not this one needs them.
    """
    places = len(str(told.unit.denominator)) - 1
    digits = max(len(str(abs(end))) for end in (told.low, told.high, told.unit.denominator))
    if digits + places + 2 > 38:
        raise NoColumns("số liệu dài hơn 38 chữ số, kiểu DECIMAL của Spark không chứa hết")
    if not places:
        return raw.cast(DECIMAL).cast(_kind(told))
    exact = raw.cast(f"decimal({digits},{places})")
    unit = whole(told.unit.denominator, f"decimal({places + 1},0)")
    return (exact * unit).cast(_kind(told))


def _of_day(raw: Column, told: Described, what: str) -> Column:
    """Days since 1970; or months since the year 0, or the day of the month."""
    days = F.coalesce(F.unix_date(raw), F.lit(told.low))
    if what == "":
        return days.cast(LONG)
    day = F.date_from_unix_date(days)
    if what == "day":
        return F.dayofmonth(day).cast(LONG)
    return (F.year(day) * F.lit(12) + F.month(day)).cast(LONG)

"""The columns of a table as a program names them: ``so_ho``, ``so_ho:present``, ``ngay:months``."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from scoring.columns.program import Ref
from scoring.columns.rational import Number, Rationals
from scoring.columns.table import MarksColumn, Table
from scoring.columns.values import Day, Marks, Value
from scoring.facts import FactType
from scoring.rules import Pack


@dataclass
class TableInputs:
    """Facts of *table* as a program reads them, each with its bounds."""

    pack: Pack
    table: Table
    unseen: dict[str, int] = field(default_factory=dict)

    def fact(self, name: str, pages: Rationals) -> Value:
        """The fact or the value of the peer group called *name*."""
        program = pages.program
        if name in self.pack.peers:
            return self._peer(name, pages)
        column = self.table.columns[name]
        defined = program.truth(True)
        if column.present is not None:
            defined = self._truth(f"{name}:present", pages)
        if isinstance(column, MarksColumn):
            return Value(Marks(name), defined)
        match self.pack.facts[name].type:
            case FactType.YES_NO:
                return Value(self._truth(name, pages), defined)
            case FactType.DATE:
                days, months, day = (
                    self._whole(one, pages) for one in (name, f"{name}:months", f"{name}:day")
                )
                return Value(Day(days, months, day), defined)
            case FactType.CHOICE | FactType.TEXT:
                return Value(self._whole(name, pages), defined)
        return Value(pages.scaled(self._whole(name, pages), column.unit), defined)

    def _peer(self, name: str, pages: Rationals) -> Value:
        top, bottom = (self._whole(f"{name}:{which}", pages) for which in ("top", "bottom"))
        bottom = pages.program.most(bottom, pages.program.constant(1))  # no rows, no bottom
        return Value(Number(Fraction(1), top, bottom), self._truth(f"{name}:present", pages))

    def code(self, text: str) -> int:
        """The code of *text*; a text that stands nowhere in the table has one of its own."""
        found = self.table.words.get(text)
        return self.unseen.setdefault(text, -1 - len(self.unseen)) if found is None else found

    def marks(self, fact: str, pages: Rationals) -> tuple[Ref, Number]:
        unit = self._marks(fact).unit
        return (
            self._whole(f"{fact}:count", pages),
            pages.scaled(self._whole(f"{fact}:sum", pages), unit),
        )

    def extremes(self, fact: str, how_many: int, which: str, pages: Rationals) -> Number:
        if how_many == 0:
            return pages.number(0)
        return pages.scaled(
            self._whole(f"{fact}:{which}:{how_many}", pages), self._marks(fact).unit
        )

    def _marks(self, fact: str) -> MarksColumn:
        column = self.table.columns[fact]
        assert isinstance(column, MarksColumn)  # noqa: S101 (checked when the pack was read)
        return column

    def _truth(self, name: str, pages: Rationals) -> Ref:
        return pages.program.column(name, *self.table.bounds(name), is_truth=True)

    def _whole(self, name: str, pages: Rationals) -> Ref:
        return pages.program.column(name, *self.table.bounds(name))

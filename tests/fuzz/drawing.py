"""Facts drawn around the thresholds a pack writes: at them, beside them, far away, or absent."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

from scoring.facts import Fact, FactRefused, FactType, cell_of, read_fact
from scoring.nearness.reading import every_node, nodes_in
from scoring.nodes import Literal
from scoring.rules import Pack
from scoring.sheet import Facts

_FAR = ("0", "1", "2", "7", "100", "999999999999999", "-5", "0.000000001")
_DAYS = ("0001-01-01", "9999-12-31", "2016-02-29", "2018-11-30")


class Drawer:
    """Draws entries of one pack; what the pack compares with is drawn most."""

    def __init__(self, pack: Pack, chance: random.Random) -> None:
        self.pack, self.chance = pack, chance
        tops = (*pack.criteria, pack.bonus, pack.penalty)
        rules = tuple(one for top in tops for one in top.whole())
        nodes = (*nodes_in(rules), *nodes_in((pack.gates, pack.derived, pack.constants)))
        literals = [one.value for one in every_node(nodes) if isinstance(one, Literal)]
        self.numbers = [one for one in literals if type(one) is Fraction] or [Fraction(1)]
        self.days = [one for one in literals if isinstance(one, dt.date)]
        self.days += [
            one.value for one in pack.constants.values() if isinstance(one.value, dt.date)
        ]

    def entry(self) -> Facts:
        """One entry; now and then some facts are missing."""
        gaps = self.chance.choice((0, 0, 0, 0.1, 0.6))
        found = {}
        for fact in self.pack.facts.values():
            if self.chance.random() < gaps:
                continue
            try:
                value = read_fact(fact, self._cell(fact))
            except FactRefused:
                continue
            if value is not None:
                found[fact.id] = value
        return found

    def season(self, size: int) -> dict[str, Facts]:
        """Entries by code, some of them twins so that there are ties."""
        entries = [self.entry() for _ in range(max(1, size * 2 // 3))]
        return {f"M-{n:02d}": entries[n % len(entries)] for n in range(size)}

    def _cell(self, fact: Fact) -> str:
        chance = self.chance
        match fact.type:
            case FactType.YES_NO:
                return chance.choice(("1", "1", "0"))
            case FactType.CHOICE:
                return chance.choice([*fact.choices] or [""])
            case FactType.TEXT:
                return chance.choice(("A", "B", "Đơn vị C"))
            case FactType.DATE:
                return self._day()
            case FactType.MARKS:
                return ";".join(self._number(fact) for _ in range(chance.randrange(8)))
        return self._number(fact)

    def _day(self) -> str:
        if self.days and self.chance.random() < 0.8:
            moved = self.chance.choice(self.days).toordinal() + self.chance.randint(-400, 400)
            return dt.date.fromordinal(max(1, min(moved, dt.date.max.toordinal()))).isoformat()
        return self.chance.choice(_DAYS)

    def _number(self, fact: Fact) -> str:
        """Sometimes out of range: then the fact stays empty."""
        ends = [one for one in (fact.minimum, fact.maximum, fact.step) if one is not None]
        near = self.chance.choice(self.numbers) + self.chance.choice((-1, 0, 0, 1))
        grain = 0 if fact.type is FactType.INTEGER else 2
        settled = round(Decimal(near.numerator) / Decimal(near.denominator), grain)
        return self.chance.choice((*map(cell_of, ends), *[cell_of(settled)] * 6, *_FAR))

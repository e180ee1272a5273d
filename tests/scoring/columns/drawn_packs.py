"""Drawn packs: every shape the format has, put together at random, read by the real reader.

A drawn pack is plain values (``pack_text`` writes them as YAML), so that it can be made smaller
piece by piece when the two engines differ on it.
"""

import datetime as dt
from decimal import Decimal

from drawn_expressions import Expressions, Names
from pack_text import pack_text

from scoring.nodes import Kind
from scoring.pack import parse_pack
from scoring.problems import PackError

KINDS = {
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "yes_no": Kind.TRUTH,
    "choice": Kind.CHOICE,
    "date": Kind.DATE,
    "text": Kind.TEXT,
    "marks": Kind.MARKS,
}
POINTS = ("0", "1", "2", "3", "5", "10", "0.5", "1.25", "7.5", "0.333", "-1", "-2.5")
MAXIMA = ("1", "2", "5", "10", "20", "2.5", "0.75")
QUANTA = ("0.01", "0.01", "0.25", "0.5", "1", "0.001", "0.3", "7", "0.1")
LIMITS = ("0", "1", "10", "20", "50", "80", "95", "100", "0.5", "4.5")


def parsed(pack):
    """*pack* as the product reads it. Raises PackError."""
    return parse_pack({"pack.yaml": pack_text(pack)}, name="rut")


def drawn_pack(chance, *, size=3):
    """A pack the reader accepts; *size* says how much of everything it has."""
    return _accepted(lambda: _Pack(chance, size).drawn())


def drawn_expressions(chance, *, how_many=12, depth=4):
    """A pack of facts, derived values (numbers) and gates (conditions) only."""
    return _accepted(lambda: _expressions(chance, how_many, depth))


def _accepted(draw):
    """Drawn again until the reader has nothing to say: one in ten breaks a rule of the format."""
    while True:
        pack = draw()
        try:
            parsed(pack)
        except PackError:
            continue
        return pack


def _expressions(chance, how_many, depth):
    drawing = _Pack(chance, 4)
    pack = drawing.head() | {"facts": drawing.facts(chance.choice((3, 6, 9)))}
    pack |= {"constants": drawing.constants(), "derived": drawing.derived(how_many, depth)}
    pack["gates"] = [
        {"id": f"DK.{at}", "label": "Điều kiện", "require": drawing.write.truth(depth)}
        for at in range(how_many)
    ]
    return pack | {
        "grades": [{"id": "dat", "label": "Đạt"}],
        "ranking": {"among": ["dat"], "order": ["total"]},
    }


class _Pack:
    def __init__(self, chance, size):
        self.chance, self.size = chance, size
        self.names = Names()
        self.write = Expressions(chance, self.names, wild=chance.choice((0, 0.05, 0.05, 0.3)))
        self.grades = ["a", "b", "c"][: chance.choice((1, 2, 3, 3))]
        self.ids, self.read = [], []

    # Chance ---------------------------------------------------------------------------------

    def often(self, share):
        return self.chance.random() < share

    def one(self, given):
        return self.chance.choice(given)

    def points(self):
        return Decimal(self.one(POINTS))

    def some(self, most):
        return range(self.chance.randint(0, most))

    def depth(self):
        return self.one((0, 1, 1, 2, 2, 3))

    def truth(self):
        return self.write.truth(self.depth())

    def number(self):
        return self.write.number(self.depth())

    # The whole ------------------------------------------------------------------------------

    def drawn(self):
        pack = self.head()
        pack["rounding"] = {"criterion": Decimal(self.one(QUANTA))}
        if self.often(0.4):
            pack["rounding"]["total"] = Decimal(self.one(QUANTA))
        pack["facts"] = self.facts(self.chance.randint(3, 6 + self.size))
        pack["constants"] = self.constants()
        pack["derived"] = self.derived(self.chance.randint(0, self.size), 2)
        pack["peers"] = self.peers()
        pack["gates"] = [
            {"id": f"DK.{at}", "label": "Điều kiện", "require": self._likely()}
            for at in self.some(1 + self.size // 2)
        ]
        pack["criteria"] = [
            self.criterion(f"{'IVXL'[at]}", 3) for at in range(self.chance.randint(1, self.size))
        ]
        if self.often(0.3):
            maxima = sum((one.get("max") or Decimal(0) for one in pack["criteria"]), Decimal(0))
            to = (Decimal(100), Decimal(10), Decimal("33.3"), max(maxima, Decimal(1)))
            pack["rescale"] = {"to": self.one(to)}
        for block in ("bonus", "penalty"):
            if self.often(0.5):
                pack[block] = self.block(block[0].upper())
        self._read_scores()
        return pack | self.verdicts()

    def head(self):
        return {
            "id": "rut-ngau-nhien",
            "version": "1.0.0",
            "title": "Bộ quy tắc rút ngẫu nhiên",
            "basis": [{"document": "Không có"}],
            "effective": {"from": dt.date(2018, 1, 1)},
        }

    def _likely(self):
        """A condition that holds for most: hardly anybody would be ranked otherwise."""
        return f"({self.truth()} or {self.truth()})" if self.often(0.7) else self.truth()

    # Declarations ---------------------------------------------------------------------------

    def facts(self, how_many):
        types = ("integer", "integer", "integer", "decimal", "decimal", *KINDS)
        found = {}
        self.read = [f"s{at}" for at in range(how_many)]
        for at in range(how_many):
            kind = self.one(types)
            found[f"s{at}"] = self._fact(kind)
            one = found[f"s{at}"]
            self.names.add(
                f"s{at}", KINDS[kind], optional=one["optional"], choices=one.get("choices", {})
            )
        return found

    def _fact(self, kind):
        fact = {"type": kind, "label": "Số liệu", "optional": self.often(0.25)}
        if kind == "choice":
            some = ("khong", "huyen", "tinh", "doi-3")[: self.chance.randint(1, 4)]
            fact["choices"] = {key: f"Lựa chọn {key}" for key in some}
        if kind == "marks":
            fact |= {"ask": "council"}
            if self.often(0.8):
                fact |= {"min": 0, "max": 10}
            if self.often(0.7):
                fact["step"] = Decimal(self.one(("0.5", "0.25", "1")))
        if kind in ("integer", "decimal"):
            if self.often(0.6):
                fact["min"] = Decimal(self.one(("0", "0", "1", "-5", "-100")))
            if self.often(0.5):
                most = ("10", "100", "1000", "40000", "3000000000", "4000000000000")
                fact["max"] = Decimal(self.one(most))
            if self.often(0.3):
                fact["step"] = Decimal(
                    self.one(("1", "2") if kind == "integer" else ("0.5", "0.1"))
                )
        return fact

    def _per(self):
        """A fact to make groups by; by marks only now and then: nobody does, the columns do not."""
        marks = set(self.names.of(Kind.MARKS))
        named = [name for name in self.read if name not in marks]
        return self.one(self.read if not named or self.often(0.02) else named)

    def constants(self):
        found = {}
        for at in self.some(2):
            value = self.one(
                (Decimal("2.50"), 3, Decimal("-0.1"), 0, True, dt.date(2020, 2, 29), 10**17)
            )
            found[f"h{at}"] = {"label": "Hằng số", "value": value}
            kind = {bool: Kind.TRUTH, dt.date: Kind.DATE}.get(type(value), Kind.NUMBER)
            self.names.add(f"h{at}", kind)
        return found

    def derived(self, how_many, depth):
        found = {}
        long = self.often(0.04)
        for at in range(how_many):
            value = self.write.number(depth)
            if long and at:
                value = f"(t{at - 1} * t{at - 1})"
            found[f"t{at}"] = {"label": "Số tính", "value": value}
            self.names.add(f"t{at}", Kind.NUMBER)
        return found

    def peers(self):
        found = {}
        for at in range(self.one((0, 1, 2, 2))):
            found[f"c{at}"] = {
                "label": "Của cụm",
                "of": self.number(),
                "take": self.one(("mean", "mean", "max", "min", "sum", "count")),
            }
            if self.often(0.5):
                found[f"c{at}"]["per"] = self._per()
        for name in found:
            self.names.add(name, Kind.NUMBER)
        return found

    # Criteria -------------------------------------------------------------------------------

    def criterion(self, id_, depth):
        self.ids.append(id_)
        one = {"id": id_, "label": f"Tiêu chí {id_}"}
        if self.often(0.25):
            one["applies"] = self.truth()
        if self.often(0.4):
            one["not_applicable"] = self.one(("drop", "full", "share"))
        if self.often(0.2):
            one["min"] = Decimal(self.one(("-2", "0", "0.5", "1")))
        if depth and self.often(0.4):
            return one | self._group(id_, depth)
        if self.often(0.85):
            one["max"] = Decimal(self.one(MAXIMA))
        if self.often(0.2):
            one["needs"] = {"require": self.truth()}
            if self.often(0.5):
                one["needs"]["otherwise"] = self.points()
        if self.often(0.25):
            one["scale"] = self.one(("-1", "0.75", "0", "1 / 3", self.number()))
        wanted = {Kind.CHOICE: "choice", Kind.MARKS: "judged"}
        likely = [shape for kind, shape in wanted.items() if self.names.of(kind)]
        shape = self.one([*SHAPES, *likely])
        told = SHAPES[shape](self)
        return one | ({"points": "1"} if told is None else {shape: told})

    def _group(self, id_, depth):
        parts = [
            self.criterion(f"{id_}.{at}", depth - 1) for at in range(1, self.chance.randint(2, 4))
        ]
        if self.often(0.3):
            self._share_out(parts)
        one = {"parts": parts}
        if self.often(0.25):
            one["take"] = "best"
        maxima = [part.get("max") for part in parts]
        if None not in maxima and one.get("take") != "best" and self.often(0.9):
            one["max"] = sum(maxima, Decimal(0))
        elif (None in maxima or one.get("take") == "best") and self.often(0.6):
            one["max"] = Decimal(self.one(MAXIMA))
        return one

    def _share_out(self, parts):
        """Let one part leave its points to the others; that takes maxima everywhere."""
        self.one(parts).update({"applies": self.truth(), "not_applicable": "share"})
        for part in parts:
            if "parts" not in part:
                part.setdefault("max", Decimal(self.one(MAXIMA)))

    def block(self, letter):
        one = {}
        if self.often(0.5):
            one["max"] = Decimal(self.one(MAXIMA))
        if self.often(0.2):
            one["min"] = Decimal(self.one(("0", "1", "-1")))
        if self.often(0.3):
            one["take"] = "best"
        one["parts"] = [self.criterion(f"{letter}.{at}", 1) for at in self.some(3)]
        if one.get("take") != "best" and "max" in one:
            maxima = [part.get("max") for part in one["parts"]]
            if maxima and None not in maxima and self.often(0.5):
                one["max"] = sum(maxima, Decimal(0))
        return one

    # Shapes ---------------------------------------------------------------------------------

    def yes_no(self):
        return {"when": self.truth(), "points": self.points(), "otherwise": self.points()}

    def each_yes(self):
        return {
            "of": [self.truth() for _ in range(self.chance.randint(1, 4))],
            "points": self.points(),
        }

    def tiers(self):
        bands = []
        for _ in range(self.chance.randint(1, 4)):
            low, high = sorted((Decimal(self.one(LIMITS)), Decimal(self.one(LIMITS))))
            band = {self.one(("from", "above")): low} if self.often(0.8) else {}
            if not band or self.often(0.4):
                band[self.one(("below", "to"))] = high
            bands.append(band | {"points": self.points()})
        return {"of": self.number(), "bands": bands}

    def ratio(self):
        one = {"of": self.number(), "points": self.points()}
        if self.often(0.6):
            one["full_at"] = Decimal(self.one(("100", "1", "0.8", "95", "7")))
        if self.often(0.5):
            one["cut"] = Decimal(self.one(LIMITS))
        return one

    def count(self):
        one = {"of": self.number(), "points": self.points()}
        if self.often(0.5):
            one["cap"] = Decimal(self.one(MAXIMA))
        return one

    def steps(self):
        one = {
            "of": self.number(),
            "from": Decimal(self.one(LIMITS)),
            "points": self.points(),
            "per": Decimal(self.one(("1", "10", "0.5", "3", "0.7"))),
            "add": self.points(),
            "cap": Decimal(self.one(MAXIMA)),
            "below": self.points(),
        }
        return one | {"falling": self.often(0.4), "partial": self.often(0.4)}

    def choice(self):
        named = self.names.of(Kind.CHOICE)
        if not named:
            return None
        of = self.one(named)
        return {"of": of, "points": {key: self.points() for key in self.names.choices[of]}}

    def judged(self):
        named = self.names.of(Kind.MARKS)
        if not named:
            return None
        one = {"marks": self.one(named), "at_least": self.chance.randint(1, 3)}
        if self.often(0.6):
            highest, lowest = self.chance.randint(0, 2), self.chance.randint(0, 2)
            least = highest + lowest + self.chance.randint(1, 2)
            one["trim"] = {"from": least, "highest": highest, "lowest": lowest}
        return one

    def branches(self):
        found = [
            {"when": self.truth(), "points": self.number()}
            for _ in range(self.chance.randint(0, 3))
        ]
        return [*found, {"points": self.number()}]

    # Verdicts -------------------------------------------------------------------------------

    def _read_scores(self):
        scores = ["total", "base", "bonus", "penalty", "zero_criteria"]
        scores += [id_.replace(".", "_") for id_ in self.ids if id_[0] not in "BP"]
        for name in scores:
            self.names.add(name, Kind.NUMBER)

    def verdicts(self):
        *better, last = self.grades
        found = {
            "grades": [
                *({"id": id_, "label": f"Mức {id_}", "when": self._grade()} for id_ in better),
                {"id": last, "label": f"Mức {last}"},
            ]
        }
        for key, what in (("veto", "grade"), ("caps", "at_most"), ("overrides", "grade")):
            found[key] = [
                {
                    "id": f"{key[0].upper()}V.{at}",
                    "label": "Khác",
                    "when": f"({self.truth()} and {self.truth()})",
                    what: self.one(self.grades),
                }
                for at in range(self.one((0, 0, 0, 1, 2)))
            ]
        among = self.grades if self.often(0.7) else [self.one(self.grades)]
        found["ranking"] = {
            "among": among,
            "order": [self.key() for _ in range(self.chance.randint(1, 3))],
        }
        found["selections"] = [self.selection(at, among) for at in range(self.one((0, 1, 1, 2, 3)))]
        return found

    def _grade(self):
        limit = self.one(("0", "1", "5", "10", "20"))
        test = f"total {self.one(('>=', '>', '<'))} {limit}"
        zeros = f"zero_criteria <= {self.chance.randint(0, 6)}"
        return self.one((test, zeros, f"{test} and {zeros}", f"{test} and {self.truth()}"))

    def key(self):
        named = self.names.of(Kind.NUMBER)
        simple = [name for name in named if name not in self.names.optional]
        ratio = f"{self.write.number(0)} / {self.write.number(0)}"
        facts = [name for name in simple if name[0] in "st"] or simple
        return self.one((self.one(simple), self.one(facts), ratio, f"-({ratio})", self.number()))

    def selection(self, at, among):
        one = {"id": f"chon-{at}", "label": "Chọn", "from": among}
        if at and self.often(0.6):
            one["except"] = [f"chon-{self.chance.randrange(at)}"]
        if self.often(0.3):
            one["require"] = self._likely()
        if self.often(0.4):
            one["order"] = [self.key() for _ in range(self.chance.randint(1, 2))]
        one["quotas"] = [self.quota() for _ in range(self.one((0, 1, 1, 2, 3, 4)))]
        return one

    def quota(self):
        if self.often(0.6):
            fixed = str(self.one((0, 1, 1, 2, 2, 3, 5, 8, 40)))
            one = {"most": fixed if self.often(0.7) else self.number()}
        else:
            of = "participants" if self.often(0.5) else self.chance.sample(self.grades, 1)
            percent = self.one(("20", "50", "33.3", "10", "100", self.number()))
            rounding = self.one(("down", "up", "half-up"))
            one = {"share": {"percent": percent, "of": of, "round": rounding}}
        if self.often(0.5):
            one["per"] = self._per()
        if self.often(0.3):
            one["only"] = self.truth()
        return one


SHAPES = {
    "yes_no": _Pack.yes_no,
    "each_yes": _Pack.each_yes,
    "tiers": _Pack.tiers,
    "ratio": _Pack.ratio,
    "count": _Pack.count,
    "steps": _Pack.steps,
    "choice": _Pack.choice,
    "judged": _Pack.judged,
    "branches": _Pack.branches,
    "points": _Pack.number,
}

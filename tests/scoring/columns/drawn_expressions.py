"""Drawn expressions of the rule language: every kind of node, every function, every edge.

*chance* is a ``random.Random``: seeded for volume, Hypothesis's own for shrinking. What is drawn
is text; the language's own reader decides whether it may stand in a pack.
"""

from scoring.nodes import Kind

LITERALS = ("0", "1", "2", "3", "5", "7", "10", "50", "95", "100", "0.5", "0.25", "1.5", "33.333")
LONG_LITERALS = ("999999999999999", "0.00000000000001", "123456.789012345", "100000", "40000")
DATES = ("2018-11-30", "2020-02-29", "2019-02-28", "2018-12-31", "2018-01-31", "1969-12-31")
TEXTS = ("Đội 3", "Xã Thuận Lộc", "không ai có")
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


class Names:
    """What may be read: kind of value by name, which may be left empty, which choices there are."""

    def __init__(self):
        self.kinds, self.optional, self.choices = {}, set(), {}

    def add(self, name, kind, *, optional=False, choices=()):
        self.kinds[name] = kind
        if optional:
            self.optional.add(name)
        if choices:
            self.choices[name] = tuple(choices)

    def of(self, kind):
        return [name for name, one in self.kinds.items() if one is kind]


class Expressions:
    """Draws the text of expressions that read *names*."""

    def __init__(self, chance, names, *, wild=0.06):
        self.chance, self.names, self.wild = chance, names, wild

    def number(self, depth):
        """A number: a name or a literal when *depth* is 0, else what is calculated from others."""
        if depth <= 0 or self._often(0.15):
            return self._number_leaf()
        draw = self.chance.choice(
            (
                *(self._sum, self._sum, self._product, self._quotient, self._quotient),
                *(self._percent, self._either_number, self._fallback, self._extreme),
                *(self._negative, self._whole, self._counted, self._of_dates, self._of_marks),
            )
        )
        return draw(depth - 1)

    def truth(self, depth):
        """A condition."""
        if depth <= 0 or self._often(0.1):
            return self._truth_leaf()
        draw = self.chance.choice(
            (
                *(self._compared, self._compared, self._compared, self._logic, self._logic),
                *(self._logic, self._not, self._among, self._worded, self._dated, self._guarded),
                self._either_truth,
            )
        )
        return draw(depth - 1)

    def literal(self):
        return self.chance.choice(LONG_LITERALS if self._often(self.wild) else LITERALS)

    def _often(self, share):
        return self.chance.random() < share

    # Numbers --------------------------------------------------------------------------------

    def _number_leaf(self):
        named = self.names.of(Kind.NUMBER)
        if not named or self._often(0.2):
            return self.literal()
        name = self.chance.choice(named)
        if name in self.names.optional:
            other = self.literal()
            return self.chance.choice((f"({name} ?? {other})", f"({name} != null ? {name} : 0)"))
        return f"({name} ?? {self.literal()})" if self._often(0.1) else name

    def _sum(self, depth):
        sign = self.chance.choice("+-")
        return f"({self.number(depth)} {sign} {self.number(depth)})"

    def _product(self, depth):
        return f"({self.number(depth)} * {self.number(depth)})"

    def _quotient(self, depth):
        return f"({self.number(depth)} / {self.number(depth)})"

    def _percent(self, depth):
        return f"({self.number(depth - 1)} / {self.number(depth - 1)} * 100)"

    def _either_number(self, depth):
        return f"({self.truth(depth)} ? {self.number(depth)} : {self.number(depth)})"

    def _fallback(self, depth):
        return f"({self.number(depth)} ?? {self.number(depth)})"

    def _extreme(self, depth):
        many = self.chance.choice((2, 2, 3))
        given = ", ".join(self.number(depth) for _ in range(many))
        return f"{self.chance.choice(('min', 'max'))}({given})"

    def _negative(self, depth):
        return self.chance.choice(("-({})", "abs({})")).format(self.number(depth))

    def _whole(self, depth):
        return f"floor({self.number(depth)})"

    def _counted(self, depth):
        many = self.chance.choice((1, 2, 3))
        return f"count_true({', '.join(self.truth(depth) for _ in range(many))})"

    def _of_dates(self, depth):
        function = self.chance.choice(("months_between", "months_between", "days_between"))
        return f"{function}({self.date(depth)}, {self.date(depth)})"

    def _of_marks(self, depth):
        named = self.names.of(Kind.MARKS)
        if not named:
            return self.number(depth)
        marks = self.marks()
        settings = ", ".join(self._setting() for _ in range(3))
        return self.chance.choice(
            (f"count({marks})", f"mean({marks})", f"trimmed_mean({marks}, {settings})")
        )

    def _setting(self):
        if self._often(self.wild / 2):
            return self.chance.choice(("(1 / 0)", "100000", "(0 - 1)", self.number(0)))
        return self.chance.choice(("0", "1", "1", "2", "3", "5", "1.5"))

    # Dates, texts, choices, marks -----------------------------------------------------------

    def date(self, depth):
        named = self.names.of(Kind.DATE)
        if not named or self._often(0.25):
            return f"d'{self.chance.choice(DATES)}'"
        name = self.chance.choice(named)
        if name in self.names.optional:
            return f"({name} ?? d'{self.chance.choice(DATES)}')"
        if depth > 0 and self._often(0.2):
            return f"({self.truth(depth - 1)} ? {name} : {self.date(depth - 1)})"
        return name

    def text(self, depth):
        named = self.names.of(Kind.TEXT)
        if not named or self._often(0.3):
            return f"'{self.chance.choice(TEXTS)}'"
        name = self.chance.choice(named)
        if name in self.names.optional:
            return f"({name} ?? '{self.chance.choice(TEXTS)}')"
        if depth > 0 and self._often(0.2):
            return f"({self.truth(depth - 1)} ? {name} : {self.text(depth - 1)})"
        return name

    def choice(self, name, depth):
        """The choice *name*, perhaps with something to fall back on."""
        own = f"'{self.chance.choice(self.names.choices[name])}'"
        if name in self.names.optional:
            return f"({name} ?? {own})"
        if depth > 0 and self._often(0.3):
            return f"({self.truth(depth - 1)} ? {name} : {own})"
        return name

    def marks(self):
        name = self.chance.choice(self.names.of(Kind.MARKS))
        other = self.chance.choice(self.names.of(Kind.MARKS))
        rare = self._often(self.wild / 4)
        return f"({name} ?? {other})" if rare or name in self.names.optional else name

    # Truths ---------------------------------------------------------------------------------

    def _truth_leaf(self):
        named = self.names.of(Kind.TRUTH)
        if not named or self._often(0.1):
            return self.chance.choice(("true", "false", self._compared(0)))
        name = self.chance.choice(named)
        if name in self.names.optional:
            return f"({name} ?? {self.chance.choice(('true', 'false'))})"
        return name

    def _compared(self, depth):
        sign = self.chance.choice(COMPARISONS)
        other = self.literal() if self._often(0.6) else self.number(depth)
        return f"({self.number(depth)} {sign} {other})"

    def _logic(self, depth):
        sign = self.chance.choice(("and", "or"))
        return f"({self.truth(depth)} {sign} {self.truth(depth)})"

    def _not(self, depth):
        return f"(not {self.truth(depth)})"

    def _guarded(self, depth):
        if not self.names.kinds:
            return self.truth(depth)
        name = self.chance.choice(list(self.names.kinds))
        asked = f"{name} {self.chance.choice(('==', '!='))} null"
        if self.names.kinds[name] is Kind.NUMBER and self._often(0.6):
            test = f"({name} {self.chance.choice(COMPARISONS)} {self.literal()})"
            asked = self.chance.choice((f"{name} != null and {test}", f"{name} == null or {test}"))
        return f"({asked})"

    def _either_truth(self, depth):
        return f"({self.truth(depth)} ? {self.truth(depth)} : {self.truth(depth)})"

    def _among(self, depth):
        listed = [self.literal() for _ in range(self.chance.choice((1, 2, 3)))]
        choices = self.names.of(Kind.CHOICE)
        if choices and self._often(0.5):
            name = self.chance.choice(choices)
            member = self.choice(name, depth)
            own = self.names.choices[name]
            listed = [f"'{self.chance.choice(own)}'" for _ in listed]
        elif self._often(0.4):
            member, listed = self.text(depth), [f"'{self.chance.choice(TEXTS)}'" for _ in listed]
        elif self._often(0.2):
            member, listed = self.date(depth), [f"d'{self.chance.choice(DATES)}'" for _ in listed]
        elif self._often(0.2):
            member, listed = self.truth(depth), [self.chance.choice(("true", "false"))]
        else:
            member = self.number(depth)
        return f"({member} in [{', '.join(listed)}])"

    def _worded(self, depth):
        sign = self.chance.choice(("==", "!="))
        choices = self.names.of(Kind.CHOICE)
        if choices and self._often(0.6):
            name = self.chance.choice(choices)
            own = self.chance.choice(self.names.choices[name])
            return f"({self.choice(name, depth)} {sign} '{own}')"
        if self._often(0.3):
            return f"({self.truth(depth)} {sign} {self.truth(depth)})"
        return f"({self.text(depth)} {sign} {self.text(depth)})"

    def _dated(self, depth):
        return f"({self.date(depth)} {self.chance.choice(COMPARISONS)} {self.date(depth)})"

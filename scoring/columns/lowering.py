"""The typed tree of an expression to steps over integers, with one meaning: the interpreter's.

A value that is missing, or a division by zero, is no error but has no value: every lowered value
carries the truth of whether there is one, following short circuits as ``scoring.interpret`` does.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.columns.program import NoColumns, Program, Ref
from scoring.columns.rational import Number, Rationals
from scoring.columns.values import EPOCH, Content, Day, Inputs, Marks, Value
from scoring.interpret import Exact
from scoring.nodes import (
    Among,
    Arithmetic,
    Call,
    Coalesce,
    Compare,
    If,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Present,
)


@dataclass
class Lowering:
    """Lowers expressions into *program*; ``words`` holds what they may read besides facts."""

    program: Program
    inputs: Inputs
    words: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers = Rationals(self.program)
        self.true, self.false = self.program.truth(True), self.program.truth(False)

    # Values ---------------------------------------------------------------------------------

    def always(self, content: Content) -> Value:
        return Value(content, self.true)

    def constant(self, value: Exact) -> Value:
        """A value known when the program is written."""
        p = self.program
        match value:
            case bool():
                return self.always(p.truth(value))
            case Fraction():
                return self.always(self.numbers.number(value))
            case dt.date():
                months = p.constant(value.year * 12 + value.month)
                return self.always(
                    Day(p.constant((value - EPOCH).days), months, p.constant(value.day))
                )
            case str():
                return self.always(p.constant(self.inputs.code(value)))
        raise NoColumns("phiếu chấm viết sẵn trong quy tắc")

    def number(self, node: Node) -> tuple[Number, Ref]:
        value = self.value(node)
        assert isinstance(value.content, Number)  # noqa: S101 (checked when the pack was read)
        return value.content, value.defined

    def truth(self, node: Node) -> tuple[Ref, Ref]:
        """Whether *node* holds, and whether that can be told."""
        value = self.value(node)
        assert isinstance(value.content, Ref)  # noqa: S101 (checked when the pack was read)
        return value.content, value.defined

    def holds(self, node: Node) -> Ref:
        """Whether *node* can be told and holds."""
        truth, defined = self.truth(node)
        return self.program.both(defined, truth)

    def value(self, node: Node) -> Value:
        """What *node* yields."""
        p, r = self.program, self.numbers
        match node:
            case Literal(value):
                return self.constant(value)
            case Name(name):
                return self._name(name)
            case Present(name):
                return self.always(self._name(name.id).defined)
            case Not(operand):
                truth, defined = self.truth(operand)
                return Value(p.negated(truth), defined)
            case Negate(operand):
                number, defined = self.number(operand)
                return Value(r.negative(number), defined)
            case Logic():
                return self._logic(node)
            case Compare():
                return self._compare(node)
            case Arithmetic():
                return self._arithmetic(node)
            case Among(member, options):
                return self._among(member, options)
            case If(condition, then, otherwise):
                truth, told = self.truth(condition)
                one, other = self.value(then), self.value(otherwise)
                defined = p.both(told, p.select(truth, one.defined, other.defined))
                return Value(self.selected(truth, one.content, other.content), defined)
            case Coalesce(left, right):
                one, other = self.value(left), self.value(right)
                content = self.selected(one.defined, one.content, other.content)
                return Value(content, p.either(one.defined, other.defined))
            case Call():
                return self._call(node)

    def _name(self, name: str) -> Value:
        if name not in self.words:
            self.words[name] = self.inputs.fact(name, self.numbers)
        return self.words[name]

    def selected(self, condition: Ref, one: Content, other: Content) -> Content:
        """*one* where *condition* holds, else *other*: two values of one kind."""
        p = self.program
        if condition.constant is not None:
            return one if condition.constant else other
        match one, other:
            case Number(), Number():
                return self.numbers.select(condition, one, other)
            case Ref(), Ref():
                return p.select(condition, one, other)
            case Day(), Day():
                return Day(
                    p.select(condition, one.days, other.days),
                    p.select(condition, one.months, other.months),
                    p.select(condition, one.day, other.day),
                )
            case _ if one == other:
                return one
        raise NoColumns("chọn giữa hai danh sách phiếu chấm")

    # Operators ------------------------------------------------------------------------------

    def _logic(self, node: Logic) -> Value:
        p = self.program
        left, right = self.truth(node.left), self.truth(node.right)
        joined = p.both if node.operator == "and" else p.either
        settled = p.negated(left[0]) if node.operator == "and" else left[0]
        defined = p.both(left[1], p.either(settled, right[1]))
        return Value(joined(left[0], right[0]), defined)

    def _compare(self, node: Compare) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        defined = self.program.both(left.defined, right.defined)
        return Value(self._compared(node.operator, left.content, right.content), defined)

    def _compared(self, operator: str, left: Content, right: Content) -> Ref:
        p = self.program
        match left, right:
            case Number(), Number():
                return self.numbers.compare(operator, left, right)
            case Day(), Day():
                days = self.numbers.scaled(left.days), self.numbers.scaled(right.days)
                return self.numbers.compare(operator, *days)
            case Ref(), Ref():
                if left.is_truth:
                    same = p.select(left, right, p.negated(right))
                else:
                    same = p.equal(left, right)
                return same if operator == "==" else p.negated(same)
        raise NoColumns("so sánh hai danh sách phiếu chấm")

    def _arithmetic(self, node: Arithmetic) -> Value:
        r = self.numbers
        (left, one), (right, other) = self.number(node.left), self.number(node.right)
        defined = self.program.both(one, other)
        match node.operator:
            case "+":
                return Value(r.add(left, right), defined)
            case "-":
                return Value(r.subtract(left, right), defined)
            case "*":
                return Value(r.multiply(left, right), defined)
        quotient, divides = r.divide(left, right)
        return Value(quotient, self.program.both(defined, divides))

    def _among(self, member: Node, options: tuple[Node, ...]) -> Value:
        found = self.value(member)
        same = [self._compared("==", found.content, self.value(one).content) for one in options]
        return Value(self.program.either(*same), found.defined)

    # Functions ------------------------------------------------------------------------------

    def _call(self, node: Call) -> Value:
        if node.function in ("count", "mean", "trimmed_mean"):
            return self._of_marks(node)
        given = [self.value(one) for one in node.arguments]
        defined = self.program.both(*(one.defined for one in given))
        return Value(self._applied(node.function, [one.content for one in given]), defined)

    def _applied(self, function: str, given: list[Content]) -> Number:
        r = self.numbers
        match function, given:
            case (("min" | "max"), [Number() as first, *others]):
                join = r.least if function == "min" else r.most
                for one in others:
                    assert isinstance(one, Number)  # noqa: S101 (checked with the pack)
                    first = join(first, one)
                return first
            case "abs", [Number() as one]:
                return r.absolute(one)
            case "floor", [Number() as one]:
                return r.scaled(r.floor(one))
            case "days_between", [Day() as start, Day() as end]:
                return r.scaled(self.program.subtract(end.days, start.days))
            case "months_between", [Day() as start, Day() as end]:
                return r.scaled(self._months(start, end))
            case "count_true", _:
                return r.scaled(self.counted([one for one in given if isinstance(one, Ref)]))
        raise NoColumns(f"hàm {function}")

    def counted(self, truths: list[Ref]) -> Ref:
        """How many of *truths* hold."""
        p = self.program
        total = p.constant(0)
        for one in truths:
            total = p.add(total, p.select(one, p.constant(1), p.constant(0)))
        return total

    def _months(self, start: Day, end: Day) -> Ref:
        """Completed months; backwards as far as forwards, as in ``functions.months_between``."""
        p = self.program
        apart = p.subtract(end.months, start.months)
        unfinished = self.counted([p.below(end.day, start.day)])
        overdone = self.counted([p.below(start.day, end.day)])
        back = p.below(end.days, start.days)
        return p.select(back, p.add(apart, overdone), p.subtract(apart, unfinished))

    def _of_marks(self, node: Call) -> Value:
        p, r = self.program, self.numbers
        held = self.value(node.arguments[0])
        if not isinstance(held.content, Marks):
            raise NoColumns("phiếu chấm tính ra từ biểu thức")
        count, total = self.inputs.marks(held.content.fact, r)
        if node.function == "count":
            return Value(r.scaled(count), held.defined)
        kept, left, given = total, count, held.defined
        if node.function == "trimmed_mean":
            settings = [self.number(one) for one in node.arguments[1:]]
            given = p.both(given, *(told for _, told in settings))
            numbers = [number.constant for number, _ in settings]
            kept, left = self._trimmed(held.content.fact, numbers, count, total)
        some = p.below(p.constant(0), left)
        mean, _ = r.divide(kept, r.scaled(p.most(left, p.constant(1))))
        return Value(mean, p.both(given, some))

    def _trimmed(
        self, fact: str, settings: list[Fraction | None], count: Ref, total: Number
    ) -> tuple[Number, Ref]:
        """The sum of the marks kept, and how many they are."""
        p, r = self.program, self.numbers
        if None in settings:
            raise NoColumns("trimmed_mean với số phiếu không viết sẵn")
        at_least, *dropped = (one for one in settings if one is not None)
        highest, lowest = (max(math.floor(one), 0) for one in dropped)
        high = self.inputs.extremes(fact, highest, "highest", r)
        low = self.inputs.extremes(fact, lowest, "lowest", r)
        few = r.compare("<", r.scaled(count), r.number(at_least))
        kept = r.subtract(total, r.add(high, low))
        left = p.subtract(count, p.constant(highest + lowest))
        return r.select(few, total, kept), p.select(few, count, left)

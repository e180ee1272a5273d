"""Runs a program over columns, a block of rows at a time, so that everything stays in the cache.

Measured (docs/decisions/0006-columns.md): a step over a block in 16 or 32 bits takes 0,1 ns a
row for a sum, a product or a comparison; whole columns at once take three times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from scoring.columns.program import TRUTHS, Op, Program, Ref, Step, last_uses, needed
from scoring.columns.table import Integers, type_of

BLOCK = 131_072
LONG = 2**62
"""Operands below this are added, subtracted and selected in 64 bits."""
EXACT = 2**53
"""Below this a quotient of doubles has the right whole part: it is off by less than 1/divisor."""

Mapped: TypeAlias = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""``map``, or the ``map`` of a pool of threads: numpy lets go of Python's lock while it counts."""


@dataclass
class Memory:
    """What was worked out on one table before, by how it is worked out.

    Packs that differ in one criterion share every other: what they share is not counted again.
    Arrays in it are never written to.
    """

    _numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _arrays: dict[int, Integers] = field(default_factory=dict)

    def numbers(self, program: Program) -> tuple[int, ...]:
        """A number for every step, the same for steps of other programs that do the same."""
        found: list[int] = []
        for step in program.steps:
            key = (step.op, *(found[arg] for arg in step.args), step.name, step.value)
            found.append(self._numbers.setdefault(key, len(self._numbers)))
        return tuple(found)

    def known(self, numbers: Sequence[int]) -> dict[int, Integers]:
        """The arrays of the steps that were worked out before, by place."""
        arrays = self._arrays
        return {at: arrays[number] for at, number in enumerate(numbers) if number in arrays}

    def keep(self, numbers: Sequence[int], arrays: Mapping[int, Integers]) -> None:
        """Remember these and forget everything else."""
        self._arrays = {numbers[at]: array for at, array in arrays.items()}


def run(
    program: Program,
    outputs: Sequence[Ref],
    columns: Callable[[str], Integers],
    rows: int,
    *,
    map_: Mapped = map,
    memory: Memory | None = None,
) -> Mapping[int, Integers]:
    """The values of *outputs* by step: truths as booleans, numbers as narrow as bounds allow."""
    numbers = memory.numbers(program) if memory else ()
    known = memory.known(numbers) if memory else {}
    wanted = [ref for ref in outputs if ref.at not in known]
    kept = {ref.at: _empty(ref, rows) for ref in wanted}
    machine = _Machine(program, wanted, columns, known)

    def block(span: slice) -> None:
        machine.run(span, kept)

    if any(ref.constant is None for ref in wanted):
        for _ in map_(block, _spans(rows)):
            pass
    kept |= {ref.at: known[ref.at] for ref in outputs if ref.at in known}
    if memory:
        memory.keep(numbers, kept)
    return kept


def _empty(ref: Ref, rows: int) -> Integers:
    """Room for the values of *ref*; a value that never changes takes none."""
    kind = np.bool_ if ref.is_truth else type_of(ref.low, ref.high)
    if ref.constant is None:
        return np.empty(rows, dtype=kind)
    return np.broadcast_to(np.array(ref.constant, dtype=kind), (rows,))


def _spans(rows: int) -> Iterator[slice]:
    for start in range(0, rows, BLOCK):
        yield slice(start, min(start + BLOCK, rows))


class _Machine:
    """A program made ready: which steps are needed, when each value is let go."""

    def __init__(
        self,
        program: Program,
        outputs: Sequence[Ref],
        columns: Callable[[str], Integers],
        known: Mapping[int, Integers],
    ) -> None:
        needs = needed(program, outputs, known)
        order = [at for at in needs if program.refs[at].constant is None]
        self.inputs = {
            at: known[at] if at in known else columns(program.steps[at].name)
            for at in order
            if at in known or program.steps[at].op is Op.COLUMN
        }
        kept = [ref.at for ref in outputs]
        last = last_uses(program, order, kept)
        dropped: dict[int, list[int]] = {}
        for value, at in last.items():
            dropped.setdefault(at, []).append(value)
        self.kept = frozenset(kept)
        self.work = [
            (
                at,
                None if at in self.inputs else _operation(program, at, program.steps[at]),
                dropped.get(at, ()),
            )
            for at in order
        ]

    def run(self, span: slice, kept: Mapping[int, Integers]) -> None:
        held: dict[int, Any] = {}
        for at, operation, dropped in self.work:
            value = self.inputs[at][span] if operation is None else operation(held)
            if at in self.kept:
                kept[at][span] = value
            held[at] = value
            for one in dropped:
                held.pop(one, None)


_Operation: TypeAlias = Callable[[Mapping[int, Any]], Any]


def _operation(program: Program, at: int, step: Step) -> _Operation:
    """What computes *step* from the values before it."""
    refs, found = [program.refs[arg] for arg in step.args], program.refs[at]
    if step.op is Op.SELECT:
        return _narrowed(_select(*refs), refs[1:], found)
    if step.op is Op.NOT:
        (of,) = step.args
        return lambda held: np.logical_not(held[of])
    one, other = refs
    if step.op is Op.FLOOR_DIVIDE:
        return _narrowed(_floor_divide(one, other, found), refs, found)
    if step.op in TRUTHS:
        return _binary(_UFUNCS[step.op], one, other, None)
    width = _width(one, other, found)
    return _narrowed(_binary(_UFUNCS[step.op], one, other, width), refs, found)


def _narrowed(operation: _Operation, refs: Sequence[Ref], found: Ref) -> _Operation:
    """*operation*, its value back in the machine's integers when only its operands were longer."""
    width = type_of(found.low, found.high)
    if width is object or max(max(-ref.low, ref.high) for ref in refs) < LONG:
        return operation
    return lambda held: operation(held).astype(width)


_UFUNCS: Mapping[Op, np.ufunc] = {
    Op.ADD: np.add,
    Op.SUBTRACT: np.subtract,
    Op.MULTIPLY: np.multiply,
    Op.LEAST: np.minimum,
    Op.MOST: np.maximum,
    Op.EQUAL: np.equal,
    Op.BELOW: np.less,
    Op.AT_MOST: np.less_equal,
    Op.AND: np.logical_and,
    Op.OR: np.logical_or,
}


def _width(*refs: Ref) -> type[Any]:
    """The integers that hold every one of *refs*."""
    return type_of(min(ref.low for ref in refs), max(ref.high for ref in refs))


def _as(width: type[Any], value: int) -> Any:
    """*value* as one of the integers of *width*."""
    return value if width is object else width(value)


def _binary(ufunc: np.ufunc, one: Ref, other: Ref, width: type[Any] | None) -> _Operation:
    a, b, settled = one.at, other.at, {} if width is None else {"dtype": width}
    held_by = width or _width(one, other)
    left = None if one.constant is None else _as(held_by, one.constant)
    right = None if other.constant is None else _as(held_by, other.constant)
    if left is not None:
        return lambda held: ufunc(left, held[b], **settled)
    if right is not None:
        return lambda held: ufunc(held[a], right, **settled)
    return lambda held: ufunc(held[a], held[b], **settled)


def _select(condition: Ref, then: Ref, otherwise: Ref) -> _Operation:
    """``otherwise + condition * (then - otherwise)``: three times as fast as ``numpy.where``."""
    c, a, b = condition.at, then.at, otherwise.at
    apart = Ref(-1, then.low - otherwise.high, then.high - otherwise.low)
    width = _width(then, otherwise, apart)
    one, other = then.constant, otherwise.constant
    if one is not None and other is not None:
        step = _as(width, one - other)
        base = _as(width, other)
        if other == 0:
            return lambda held: np.multiply(held[c], step, dtype=width)
        return lambda held: np.multiply(held[c], step, dtype=width) + base
    if other == 0:
        return lambda held: np.multiply(held[c], held[a], dtype=width)
    if one == 0:
        return lambda held: np.multiply(np.logical_not(held[c]), held[b], dtype=width)

    def selected(held: Mapping[int, Any]) -> Any:
        base = _as(width, other) if other is not None else held[b]
        top = _as(width, one) if one is not None else held[a]
        found = np.subtract(top, base, dtype=width)
        found *= held[c]
        found += base
        return found

    return selected


def _floor_divide(one: Ref, other: Ref, found: Ref) -> _Operation:
    a, b = one.at, other.at
    left, right = one.constant, other.constant
    width = type_of(found.low, found.high)
    if max(-one.low, one.high, other.high) >= EXACT:
        return _binary(np.floor_divide, one, other, _width(one, other))

    def divided(held: Mapping[int, Any]) -> Any:
        quotient = np.true_divide(
            left if left is not None else held[a], right if right is not None else held[b]
        )
        if one.low < 0:
            np.floor(quotient, out=quotient)
        return quotient.astype(width)

    return divided

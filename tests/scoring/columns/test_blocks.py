"""Running a program over columns: the same numbers as one row at a time in plain Python."""

import operator
import random
from decimal import Decimal

import numpy as np
import pytest
from agreement import values_by_columns, values_by_interpreter
from bare_pack import bare_pack, derived

from scoring.columns.blocks import BLOCK, run
from scoring.columns.program import Op, Program
from scoring.columns.table import narrowed, type_of

PLAIN = {
    Op.ADD: operator.add,
    Op.SUBTRACT: operator.sub,
    Op.MULTIPLY: operator.mul,
    Op.FLOOR_DIVIDE: operator.floordiv,
    Op.LEAST: min,
    Op.MOST: max,
    Op.EQUAL: operator.eq,
    Op.BELOW: operator.lt,
    Op.AT_MOST: operator.le,
    Op.AND: lambda a, b: a and b,
    Op.OR: lambda a, b: a or b,
    Op.NOT: operator.not_,
    Op.SELECT: lambda c, a, b: a if c else b,
}
NEAR = (0, 1, 2, 3, 7, 100, 2**15, 2**16, 2**31, 2**53, 2**62, 2**63, 2**64, 10**24)


def plain_values(program, row):
    """Every step of *program* for one row of columns, as Python's own numbers."""
    values = []
    for step in program.steps:
        match step.op:
            case Op.COLUMN:
                values.append(row[step.name])
            case Op.CONSTANT:
                values.append(bool(step.value) if step.name == "truth" else step.value)
            case _:
                values.append(PLAIN[step.op](*(values[at] for at in step.args)))
    return values


def drawn_program(chance):
    """A program of some forty steps and the columns it reads, each with its bounds."""
    program, rows = Program(), chance.choice((1, 2, 7))
    columns, numbers, truths = {}, [program.constant(chance.choice((-3, 0, 1, 5, 2**40)))], []
    for at in range(4):
        reach = chance.choice(NEAR)
        sign = chance.choice((-1, 1))
        values = [sign * (reach + chance.choice((-1, 0, 1))) for _ in range(rows)]
        columns[f"s{at}"] = narrowed(values)
        numbers.append(program.column(f"s{at}", min(values), max(values)))
    for at in range(2):
        held = [chance.random() < 0.5 for _ in range(rows)]
        columns[f"d{at}"] = np.array(held)
        truths.append(program.column(f"d{at}", min(held), max(held), is_truth=True))
    for _ in range(40):
        _write_step(chance, program, numbers, truths)
    return program, columns, rows


def _write_step(chance, p, numbers, truths):
    one, other = chance.choice(numbers), chance.choice(numbers)
    if max(-one.low, one.high, -other.low, other.high) > 2**300:
        return
    yes, no = chance.choice(truths), chance.choice(truths)
    match chance.choice(("number", "number", "truth")):
        case "number":
            by = p.most(other, p.constant(1))
            write = chance.choice(
                (
                    lambda: p.add(one, other),
                    lambda: p.subtract(one, other),
                    lambda: p.multiply(one, other),
                    lambda: p.floor_divide(one, by),
                    lambda: p.least(one, other),
                    lambda: p.most(one, other),
                    lambda: p.select(yes, one, other),
                    lambda: p.times(one, chance.choice((-1, 0, 1, 3, 40_000))),
                )
            )
            numbers.append(write())
        case "truth":
            write = chance.choice(
                (
                    lambda: p.equal(one, other),
                    lambda: p.below(one, other),
                    lambda: p.at_most(one, other),
                    lambda: p.both(yes, no),
                    lambda: p.either(yes, no),
                    lambda: p.negated(yes),
                    lambda: p.select(yes, no, chance.choice(truths)),
                )
            )
            truths.append(write())


@pytest.mark.parametrize("seed", range(120))
def test_blocks_equal_plain_python_and_stay_within_bounds(seed):
    program, columns, rows = drawn_program(random.Random(seed))

    found = run(program, program.refs, columns.__getitem__, rows)

    for row in range(rows):
        plain = plain_values(program, {name: held.tolist()[row] for name, held in columns.items()})
        assert [found[ref.at].tolist()[row] for ref in program.refs] == plain
        bounded = zip(program.refs, plain, strict=True)
        assert all(ref.low <= value <= ref.high for ref, value in bounded)
        assert all(
            found[ref.at].dtype == (np.bool_ if ref.is_truth else type_of(ref.low, ref.high))
            for ref in program.refs
        )


def test_rows_of_several_blocks_come_out_in_order():
    program = Program()
    values = np.arange(-BLOCK, BLOCK + 5, dtype=np.int32)
    doubled = program.times(program.column("s", -BLOCK, BLOCK + 4), 2)

    found = run(program, [doubled], {"s": values}.__getitem__, len(values))

    assert found[doubled.at].tolist() == [2 * value for value in range(-BLOCK, BLOCK + 5)]


@pytest.mark.parametrize("divisor", [1, 2, 3, 7, 1000, 2**26 - 1, 2**52, 2**53 - 1, 2**53, 2**60])
def test_floor_division_is_exact_at_the_edge_of_doubles(divisor):
    edges = [base + near for base in (0, 2**53, 2**54) for near in (-2, -1, 0, 1, 2)]
    edges += [divisor * n + near for n in (1, 2, 2**53 // divisor) for near in (-1, 0, 1)]
    for most in (2**53 - 1, 2**62):
        whole = sorted({s * one for one in edges for s in (1, -1) if abs(one) <= most})
        program = Program()
        by = program.column("by", min(divisor, 1), divisor)
        quotient = program.floor_divide(program.column("s", whole[0], whole[-1]), by)
        columns = {"s": narrowed(whole), "by": np.full(len(whole), divisor, dtype=np.int64)}

        found = run(program, [quotient], columns.__getitem__, len(whole))

        assert found[quotient.at].tolist() == [one // divisor for one in whole]


def test_a_small_number_made_from_long_ones_is_added_to():
    """``min(long, 5)`` lies in Python's integers until it is brought back into the machine's."""
    pack = bare_pack(derived=derived(t="min(a * a * a, 5) * 2 + 1"))
    season = {"A": {"a": Decimal("999999999999999.5")}, "B": {"a": Decimal(1)}}

    assert values_by_columns(pack, season) == values_by_interpreter(pack, season)

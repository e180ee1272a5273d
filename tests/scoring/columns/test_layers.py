"""A program cut into layers: nothing is written twice that is heavy, nothing is nested deep."""

from fractions import Fraction

from scoring.columns.blocks import run
from scoring.columns.keys import whole_key
from scoring.columns.layers import DEEP, LIGHT, layered
from scoring.columns.plan import Key
from scoring.columns.program import Op, Program
from scoring.columns.rational import Number, Rationals
from scoring.columns.table import narrowed


def squared(times):
    """A program that multiplies a value with itself again and again, and its last step."""
    program = Program()
    value = program.column("x", 0, 1)
    for _ in range(times):
        value = program.add(program.multiply(value, value), program.constant(1))
    return program, value


def written(program, layers, outputs):
    """How many operations the expressions of *layers* and *outputs* spell out together."""
    columns = {at for layer in layers for at in layer.made}

    def size(at, *, is_top):
        if program.refs[at].constant is not None or (at in columns and not is_top):
            return 0
        return 1 + sum(size(arg, is_top=False) for arg in program.steps[at].args)

    made = [at for layer in layers for at in layer.made]
    return sum(size(at, is_top=True) for at in made) + sum(
        size(r.at, is_top=False) for r in outputs
    )


def depth(program, columns, at):
    below = [arg for arg in program.steps[at].args if arg not in columns]
    return 1 + max((depth(program, columns, arg) for arg in below), default=0)


def test_step_read_twice_is_written_once():
    program, value = squared(12)
    layers = layered(program, [value])
    # Written out in one expression it would be thousands.
    assert written(program, layers, [value]) < len(program.steps) * LIGHT


def test_every_layer_finds_what_it_reads_in_the_one_below():
    program, value = squared(6)
    layers = layered(program, [value])
    held = set()
    for layer in layers:
        assert set(layer.kept) <= held
        held = {*layer.made, *layer.kept}


def test_long_sum_is_cut_before_it_nests_too_deep():
    program = Program()
    total = program.constant(0)
    for at in range(200):
        total = program.add(total, program.column(f"x{at}", 0, 9))
    layers = layered(program, [total])
    columns = {at for layer in layers for at in layer.made}
    assert max(depth(program, columns, at) for at in {*columns, total.at}) <= DEEP + 2


def test_inputs_stand_in_the_first_layer():
    program, value = squared(6)
    first, *others = layered(program, [value])
    kinds = [{program.steps[at].op is Op.COLUMN for at in layer.made} for layer in (first, *others)]
    assert kinds == [{True}] + [{False}] * len(others)


def test_whole_keys_order_fractions_as_they_are():
    pairs = [(top, bottom) for bottom in range(1, 13) for top in range(-15, 16)]
    for factor in (Fraction(1), Fraction(-2, 3), Fraction(0)):
        program = Program()
        top, bottom = program.column("top", -15, 15), program.column("bottom", 1, 12)
        defined = program.column("defined", 0, 1, is_truth=True)
        key = whole_key(program, Key(Number(factor, top, bottom), defined))
        held = {
            "top": narrowed([one for one, _ in pairs]),
            "bottom": narrowed([one for _, one in pairs]),
            "defined": narrowed([top != 15 for top, _ in pairs]).astype(bool),
        }
        found = run(program, [key], held.__getitem__, len(pairs))[key.at].tolist()
        exact = [
            (top != 15, factor * Fraction(top, bottom) if top != 15 else 0) for top, bottom in pairs
        ]
        place = {value: at for at, value in enumerate(sorted(set(exact)))}
        dense = {value: at for at, value in enumerate(sorted(set(found)))}
        assert [dense[one] for one in found] == [place[one] for one in exact]


def test_key_over_a_constant_bottom_is_the_top_itself():
    program = Program()
    total = Rationals(program).scaled(program.column("total", 0, 100), Fraction(1, 100))
    assert whole_key(program, Key(total, program.truth(True))) == total.top

"""What can be seen of a chain of conditions (điều thấy được), by what each one leaves for the next.

Beside the cells, which try quantities as if they were independent: here what one condition rules
out is known to the next, so that ``so_nhiem_vu == 0`` is not asked for at −1.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.nodes import Arithmetic, Compare, If, Literal, Logic, Node, Not
from scoring.possible.bounds import Known, assuming
from scoring.proving.cells import compare_step, constant_of
from scoring.proving.chains import Chain, Observation, atoms_of
from scoring.proving.ground import Ground
from scoring.proving.sites import Path, at, is_truth


def observable(chain: Chain, ground: Ground) -> Iterator[Observation]:
    """Everything that could be seen of *chain*; what is left out is impossible."""
    known = ground.at(chain.path)
    for link in chain.links:
        if known is None:
            return
        if link.when is None:
            yield link.path, "entered"
            return
        node = ground.written_out(link.when, link.path)
        for path, before in _asked(node, known, link.path, ground):
            atom = at(node, path[len(link.path) :])
            written = at(link.when, path[len(link.path) :])
            yield from ((path, seen) for seen in _seen(atom, written, before, chain, ground))
        sides = [assuming(node, known, holds=holds) for holds in (True, False)]
        if chain.alone and not is_truth(link.when, ground.pack):
            yield from (
                (link.path, said)
                for said, side in zip(("true", "false"), sides, strict=True)
                if side is not None
            )
        if sides[0] is not None:
            yield link.path, "entered"
        known = sides[1]


def _asked(node: Node, known: Known, path: Path, ground: Ground) -> Iterator[tuple[Path, Known]]:
    """Every atomic condition that evaluation can come to, and what is known by then."""
    match node:
        case Not(operand):
            yield from _asked(operand, known, (*path, "operand"), ground)
        case Logic(sign, left, right):
            yield from _asked(left, known, (*path, "left"), ground)
            after = assuming(left, known, holds=sign == "and")
            if after is not None:
                yield from _asked(right, after, (*path, "right"), ground)
        case If(condition, then, otherwise):
            yield from _asked(condition, known, (*path, "condition"), ground)
            for name, side, holds in (("then", then, True), ("otherwise", otherwise, False)):
                after = assuming(condition, known, holds=holds)
                if after is not None:
                    yield from _asked(side, after, (*path, name), ground)
        case _:
            yield from ((below, known) for below, _ in atoms_of(node, ground.pack, path))


def _seen(atom: Node, written: Node, known: Known, chain: Chain, ground: Ground) -> Iterator[str]:
    for said, holds in (("true", True), ("false", False)):
        if assuming(atom, known, holds=holds) is not None:
            yield said
    if not isinstance(atom, Compare) or not isinstance(written, Compare):
        return
    measured, threshold = atom.left, atom.right
    if constant_of(written.left, ground.pack) is not None:
        measured, threshold = threshold, measured
    step = compare_step(written, ground.pack, chain.rule)
    for said, sign, away in (("below", "<", -1), ("equal", "==", 0), ("above", ">", 1)):
        beside = assuming(Compare(sign, measured, threshold), known, holds=True)
        if beside is not None and step is not None and away:
            one_step = Arithmetic("+", threshold, Literal(Fraction(away) * step))
            within = Compare(">=" if away < 0 else "<=", measured, one_step)
            beside = assuming(within, beside, holds=True)
        if beside is not None:
            yield said

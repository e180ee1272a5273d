"""A program as one Python function (mã Python sinh ra): for one entry at a time, in microseconds.

The source is made of integers, operators and names made here; nothing a pack says stands in it.
Python's own integers are as long as they need to be, so it is exact whatever the bounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from scoring.columns.program import Op, Program, Ref, needed

Emitted: TypeAlias = Callable[[Callable[[str], Any]], tuple[Any, ...]]
"""From the ``get`` of an entry's facts to the values of the outputs."""

DEEP = 24
"""An expression nested deeper becomes a line of its own: Python's parser recurses."""
_SIGNS = frozenset(Op) - {Op.COLUMN, Op.CONSTANT, Op.LEAST, Op.MOST, Op.NOT, Op.SELECT}


def function_of(
    program: Program,
    outputs: Sequence[Ref],
    readers: Mapping[str, tuple[Mapping[Any, Any], tuple[str, ...]]],
) -> Emitted:
    """What works out *outputs* from one entry's facts.

    *readers* gives for each fact a mapping from its value to the inputs that come of it, and
    their names; a fact none of whose inputs are needed is not looked at.
    """
    writing = _Writing(program, outputs)
    names: dict[str, Any] = {}
    lines = ["def emitted(get):"]
    for at, (fact, (values, inputs)) in enumerate(readers.items()):
        places = [writing.columns.get(name) for name in inputs]
        if any(place is not None for place in places):
            names |= {f"k{at}": values, f"n{at}": fact}
            targets = ", ".join("_" if place is None else f"v{place}" for place in places)
            lines.append(f" {targets}, = k{at}[get(n{at})]")
    lines += writing.lines()
    lines.append(f" return ({''.join(f'{writing.read(ref.at)}, ' for ref in outputs)})")
    exec(compile("\n".join(lines), "<program>", "exec"), names)  # noqa: S102 (made of integers)
    found: Emitted = names["emitted"]
    return found


class _Writing:
    """Expressions for the steps under *outputs*: those read once stand where they are read.

    So what only one branch of a choice needs is not worked out in the other.
    """

    def __init__(self, program: Program, outputs: Iterable[Ref]) -> None:
        self.program = program
        wanted = tuple(outputs)
        refs, steps = program.refs, program.steps
        self.order = [at for at in needed(program, wanted) if refs[at].constant is None]
        self.columns = {steps[at].name: at for at in self.order if steps[at].op is Op.COLUMN}
        self.uses = Counter(arg for at in self.order for arg in self._reads(at))
        self.uses.update(ref.at for ref in wanted)
        self._written: dict[int, str] = {}
        self._depth: dict[int, int] = {}

    def _reads(self, at: int) -> tuple[int, ...]:
        """The steps *at* names, as often as its expression does."""
        step = self.program.steps[at]
        return step.args * 2 if step.op in (Op.LEAST, Op.MOST) else step.args

    def lines(self) -> list[str]:
        found: list[str] = []
        for at in self.order:
            step = self.program.steps[at]
            if step.op is Op.COLUMN:
                continue
            depth = 1 + max(self._depth.get(arg, 0) for arg in step.args)
            text = self._text(step.op, [self.read(arg) for arg in step.args])
            if self.uses[at] > 1 or depth > DEEP:
                found.append(f" v{at} = {text}")
            else:
                self._written[at], self._depth[at] = text, depth
        return found

    def read(self, at: int) -> str:
        """*at* as an operand."""
        ref = self.program.refs[at]
        if ref.constant is not None:
            return str(bool(ref.constant)) if ref.is_truth else f"({ref.constant})"
        return self._written.get(at, f"v{at}")

    def _text(self, op: Op, args: list[str]) -> str:
        if op in _SIGNS:
            return f"({args[0]} {op} {args[1]})"
        if op is Op.NOT:
            return f"(not {args[0]})"
        if op is Op.SELECT:
            return f"({args[1]} if {args[0]} else {args[2]})"
        sign = "<=" if op is Op.LEAST else ">="
        return f"({args[0]} if {args[0]} {sign} {args[1]} else {args[1]})"

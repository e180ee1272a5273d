"""A program cut into layers: for whoever writes nested expressions instead of running steps.

A database or a cluster is given expressions, and an expression names a step again wherever it is
read. A step read several times would be written, and worked out, as many times, and those under
it more often still. So such steps become columns of their own, each layer a table made from the
one below; what is light enough is simply written again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.columns.program import Op, Program, Ref, needed

LIGHT = 4
"""An expression of so few operations is written again rather than carried along."""
DEEP = 24
"""An expression nested deeper becomes a column; parsers and compilers recurse."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The steps that stand as columns of one table, each from the columns of the one below."""

    made: tuple[int, ...]
    kept: tuple[int, ...]
    """Passed on from the layer below as they are."""


def layered(program: Program, outputs: Iterable[Ref]) -> tuple[Layer, ...]:
    """The layers under *outputs*, inputs first; the outputs are written from the last one."""
    wanted = tuple(outputs)
    return _Cutting(program, wanted).layers()


class _Cutting:
    def __init__(self, program: Program, outputs: tuple[Ref, ...]) -> None:
        self.program, self.outputs = program, outputs
        refs = program.refs
        self.order = [at for at in needed(program, outputs) if refs[at].constant is None]
        self.uses = Counter(arg for at in self.order for arg in self.reads(at))
        self.uses.update({ref.at for ref in outputs})
        self.level: dict[int, int] = {}
        """The layer a step can be written in at the earliest."""
        self.columns: dict[int, int] = {}
        """The steps that become columns, and in which layer."""
        self._measure()

    def reads(self, at: int) -> list[int]:
        """The steps *at* names, as often as its expression does; constants are no steps."""
        step, refs = self.program.steps[at], self.program.refs
        args = list(step.args)
        if step.op is Op.FLOOR_DIVIDE and refs[args[0]].low < 0:
            args.append(args[0])  # its sign is asked first
        return [arg for arg in args if refs[arg].constant is None]

    def _measure(self) -> None:
        size: dict[int, int] = {}
        depth: dict[int, int] = {}
        for at in self.order:
            below = self.reads(at)
            size[at] = 1 + sum(size[one] for one in below)
            depth[at] = 1 + max((depth[one] for one in below), default=0)
            self.level[at] = max((self.level[one] for one in below), default=0)
            is_input = self.program.steps[at].op is Op.COLUMN
            if is_input or (self.uses[at] > 1 and size[at] > LIGHT) or depth[at] > DEEP:
                self.columns[at] = self.level[at]
                # Those who read it read a column: light, flat, and one layer further up.
                size[at] = depth[at] = 0
                self.level[at] += 1

    def layers(self) -> tuple[Layer, ...]:
        top = max(self.columns.values(), default=0) + 1
        last: dict[int, int] = {}
        for at, layer in self.columns.items():
            for one in self._under(self.reads(at)):
                last[one] = max(last.get(one, 0), layer)
        for one in self._under([ref.at for ref in self.outputs if ref.constant is None]):
            last[one] = top
        return tuple(self._layer(number, last) for number in range(top))

    def _under(self, steps: list[int]) -> set[int]:
        """The columns from which *steps* are written."""
        found: set[int] = set()
        seen: set[int] = set()
        while steps:
            at = steps.pop()
            if at in self.columns:
                found.add(at)
            elif at not in seen:
                seen.add(at)
                steps.extend(self.reads(at))
        return found

    def _layer(self, number: int, last: Mapping[int, int]) -> Layer:
        return Layer(
            made=tuple(at for at, layer in self.columns.items() if layer == number),
            kept=tuple(
                at for at, layer in self.columns.items() if layer < number and last[at] > number
            ),
        )

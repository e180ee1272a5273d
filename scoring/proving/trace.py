"""What really happened in an expression (vết tính): the parts that were reached, with values."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.interpret import Exact, NoValue, Scope, evaluate
from scoring.nodes import Among, Coalesce, If, Logic, Node, Present
from scoring.proving.sites import Path, children_of


def value_or_none(node: Node, scope: Scope) -> Exact | None:
    """The value of *node*; None when it has none for this entry."""
    try:
        return evaluate(node, scope)
    except NoValue:
        return None


def reached(node: Node, scope: Scope, path: Path = ()) -> Iterator[tuple[Path, Node, Exact | None]]:
    """The parts of *node* that evaluation comes to, in its order, each with path and value.

    What a short circuit or a choice passes over is not among them.
    """
    value = value_or_none(node, scope)
    yield path, node, value
    match node:
        case Logic(sign, left, right):
            yield from reached(left, scope, (*path, "left"))
            if value_or_none(left, scope) is (sign == "and"):
                yield from reached(right, scope, (*path, "right"))
        case If(condition, then, otherwise):
            yield from reached(condition, scope, (*path, "condition"))
            match value_or_none(condition, scope):
                case True:
                    yield from reached(then, scope, (*path, "then"))
                case False:
                    yield from reached(otherwise, scope, (*path, "otherwise"))
        case Coalesce(left, right):
            yield from reached(left, scope, (*path, "left"))
            if value_or_none(left, scope) is None:
                yield from reached(right, scope, (*path, "right"))
        case Among(member):
            yield from reached(member, scope, (*path, "member"))
        case Present():
            return
        case _:
            for step, below in children_of(node):
                yield from reached(below, scope, (*path, *step))

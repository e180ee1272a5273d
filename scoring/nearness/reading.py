"""What rules rest on (số liệu mà quy tắc đọc): expressions inside a rule, facts behind names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import cast, get_args

from scoring.nodes import Expression, Node, children, names
from scoring.rules import Pack

_NODES = get_args(Node)


def nodes_in(value: object) -> Iterator[Node]:
    """The trees of every expression in *value*, a rule or part of one; parts of a group are not.

    Asks the fields themselves, so that what a rule gains later is read as well.
    """
    if isinstance(value, _NODES):
        yield cast("Node", value)
    elif isinstance(value, Expression):
        yield value.node
    elif isinstance(value, tuple):
        for one in value:
            yield from nodes_in(one)
    elif isinstance(value, Mapping):
        yield from nodes_in(tuple(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("parts", "place"):
                yield from nodes_in(getattr(value, field.name))


def whole_nodes(pack: Pack, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """*nodes* and, behind every name they read, what that name stands for."""
    found = list(nodes)
    met: set[str] = set()
    for node in found:  # grows while it is walked
        for name in names(node):
            if name not in met:
                met.add(name)
                declared = pack.derived.get(name) or pack.peers.get(name)
                found += nodes_in(declared)
    return tuple(found)


def facts_read(pack: Pack, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The facts *nodes* rest on, in reading order, by way of whatever they are worked out from."""
    found: dict[str, None] = {}
    for node in whole_nodes(pack, nodes):
        for name in names(node):
            if name in pack.facts:
                found[name] = None
            elif name in pack.peers and pack.peers[name].per:
                found[pack.peers[name].per] = None
    return tuple(found)


def every_node(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """*nodes* and everything under them."""
    todo = list(reversed(nodes))
    while todo:
        one = todo.pop()
        yield one
        todo.extend(reversed([*children(one)]))

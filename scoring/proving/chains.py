"""Conditions tried one after another (chuỗi điều kiện), and what was seen of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from scoring.interpret import Exact, Scope
from scoring.nodes import Compare, Logic, Node, Not
from scoring.proving.cells import Cells, compare_step, constant_of
from scoring.proving.sites import Path, Site, at, children_of, is_truth, rule_of_path, sites_of
from scoring.proving.trace import reached, value_or_none
from scoring.rules import Pack, Rule

Observation: TypeAlias = tuple[Path, str]
"""What was seen of which part: ``true``, ``false``, a position such as ``below``, ``entered``."""

POSITIONS = ("below", "equal", "above")


@dataclass(frozen=True, slots=True)
class Link:
    """One condition of a chain; *when* None always holds."""

    path: Path
    when: Node | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Conditions of which the first that holds counts: branches, grades, or one alone."""

    links: tuple[Link, ...]
    rule: Rule | None = None
    alone: bool = False

    @property
    def path(self) -> Path:
        return self.links[0].path


def chains_of(pack: Pack, sites: tuple[Site, ...]) -> Iterator[Chain]:
    """Every chain of *pack*: rules' branches, grades, and each other condition by itself."""
    yield Chain(
        tuple(
            Link(("grades", n, "when", "node"), one.when.node)
            if one.when is not None
            else Link(("grades", n, "when"), None)
            for n, one in enumerate(pack.grades)
        )
    )
    seen: set[Path] = set()
    for site in sites:
        if "branches" in site.path:
            path = site.path[: site.path.index("branches")]
            if path not in seen:
                seen.add(path)
                yield _of_rule(at(pack, path), path)
        if site.path[-1] == "when" or site.path[0] == "grades":
            continue
        rule = rule_of_path(pack, site.path)
        for below, node in truths_of(site.node, pack):
            yield Chain((Link((*site.path, *below), node),), rule, alone=True)


def _of_rule(rule: Rule, path: Path) -> Chain:
    return Chain(
        tuple(
            Link((*path, "branches", n, "when"), branch.when)
            for n, branch in enumerate(rule.branches)
        ),
        rule,
    )


def truths_of(node: Node, pack: Pack) -> Iterator[tuple[Path, Node]]:
    """The topmost conditions in *node*: itself, or those inside a formula."""
    if is_truth(node, pack) or isinstance(node, Logic | Not):
        yield (), node
    else:
        for path, one in children_of(node):
            yield from (((*path, *more), below) for more, below in truths_of(one, pack))


def atoms_of(node: Node, pack: Pack, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """The atomic conditions of *node*, outermost first."""
    if is_truth(node, pack):
        yield path, node
        return
    for below, one in children_of(node):
        yield from atoms_of(one, pack, (*path, *below))


def observations(
    chain: Chain, pack: Pack, scope: Scope, *, instead: Mapping[Path, Node] | None = None
) -> Iterator[Observation]:
    """What is seen of *chain* on these values; *instead* puts other conditions in its links."""
    for link in chain.links:
        if link.when is None:
            yield link.path, "entered"
            return
        node = instead[link.path] if instead is not None else link.when
        atoms = dict(atoms_of(link.when, pack, link.path))
        for path, part, value in reached(node, scope, link.path):
            atom = atoms.get(path)
            if atom is None or not isinstance(value, bool):
                continue
            yield path, "true" if value else "false"
            if isinstance(atom, Compare) and isinstance(part, Compare):
                position = _position(part, compare_step(atom, pack, chain.rule), pack, scope)
                if position:
                    yield path, position
        holds = value_or_none(node, scope)
        if chain.alone and isinstance(holds, bool) and not is_truth(link.when, pack):
            yield link.path, "true" if holds else "false"
        if holds is None:
            return
        if holds is True:
            yield link.path, "entered"
            return


def _position(node: Compare, step: Fraction | None, pack: Pack, scope: Scope) -> str:
    """Where the measured side stands: just below the threshold, at it, or just above."""
    left, right = value_or_none(node.left, scope), value_or_none(node.right, scope)
    gap = _gap(left, right)
    if gap is None or isinstance(left, bool | str):
        return ""
    if constant_of(node.left, pack) is not None:
        gap = -gap
    if step is not None and abs(gap) > step:
        return ""
    return "equal" if gap == 0 else "below" if gap < 0 else "above"


def _gap(left: Exact | None, right: Exact | None) -> Fraction | None:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left - right
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        return Fraction((left - right).days)
    return None


def possible(chain: Chain, pack: Pack) -> frozenset[Observation]:
    """Everything that can be seen of *chain* on any entry whatever."""
    cells = Cells(pack, chain.rule)
    instead = {
        link.path: cells.abstract(link.when) for link in chain.links if link.when is not None
    }
    combinations = cells.combinations()
    if combinations is None:
        return frozenset(_all(chain, pack))
    return frozenset(
        seen
        for some in combinations
        for seen in observations(
            chain, pack, {name: cell.sample for name, cell in some.items()}, instead=instead
        )
    )


def _all(chain: Chain, pack: Pack) -> Iterator[Observation]:
    for link in chain.links:
        yield link.path, "entered"
        for path, atom in atoms_of(link.when, pack, link.path) if link.when else ():
            yield path, "true"
            yield path, "false"
            if isinstance(atom, Compare) and not isinstance(
                constant_of(atom.right, pack), str | bool
            ):
                yield from ((path, position) for position in POSITIONS)


def of_pack(pack: Pack) -> tuple[Chain, ...]:
    """The chains of *pack*, in its order."""
    return tuple(chains_of(pack, tuple(sites_of(pack))))

"""The values an expression may read about an entry, before anything is scored."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from scoring.interpret import Exact, NoValue, evaluate, exact
from scoring.rules import Pack
from scoring.sheet import Facts


def scope_of(
    pack: Pack, facts: Facts, peers: Mapping[str, Fraction] = MappingProxyType({})
) -> dict[str, Exact]:
    """Every value an expression may read before anything is scored."""
    scope: dict[str, Exact] = {one.id: exact(one.value) for one in pack.constants.values()}
    scope.update((name, exact(facts[name])) for name in pack.facts if name in facts)
    for derived in pack.derived.values():
        try:
            scope[derived.id] = evaluate(derived.value.node, scope)
        except NoValue:
            continue
    scope.update(peers)
    return scope

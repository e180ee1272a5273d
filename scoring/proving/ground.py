"""What holds wherever a clause of a pack is asked (nền suy luận), for proofs about it.

A grade is only asked of an entry that passed every gate, a selection only of one that has a grade,
a branch only where its criterion applies: what those conditions rule out cannot happen below them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from scoring.nodes import Node
from scoring.possible.bounds import Known, assuming
from scoring.possible.reach import declared_of, measuring, scored_of
from scoring.proving.candidates import expanded
from scoring.proving.sites import Path, at, rule_of_path
from scoring.rules import Criterion, Pack

AFTER_GATES = ("grades", "vetoes", "caps", "overrides", "ranking", "selections")


class Ground:
    """One pack, and what is known at each of its clauses before it is asked."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.declared = declared_of(pack)
        scored = scored_of(pack, self.declared)
        self.graded = self.holding([one.when.node for one in pack.gates], scored)
        """What is known of an entry that passed every gate; None when nobody can."""

    def holding(self, nodes: Iterable[Node], known: Known | None) -> Known | None:
        """*known* once all of *nodes* hold; None when they cannot together."""
        for node in nodes:
            if known is not None:
                known = assuming(self.written_out(node), known, holds=True)
        return known

    def written_out(self, node: Node, path: Path = ()) -> Node:
        """*node*, which stands at *path*, down to facts: two names of one thing are then one."""
        return expanded(node, self.pack, rule_of_path(self.pack, path) if path else None)

    def at(self, path: Path) -> Known | None:
        """What is known where the clause at *path* is asked."""
        if path[0] in AFTER_GATES:
            return self.graded
        if "rule" not in path:
            return self.declared
        criterion = cast("Criterion", at(self.pack, path[: path.index("rule")]))
        required = criterion.needs.require if criterion.needs is not None else None
        asked = [one.node for one in (criterion.applies, required) if one is not None]
        known = self.holding(asked, self.declared)
        return known and measuring(criterion.rule, known) if criterion.rule else known

"""What the linter looks at: a checked pack beside its files, so that every finding has a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring.nodes import Call, Node
from scoring.numbers import format_number, with_unit
from scoring.possible.bounds import Known
from scoring.possible.reach import declared_of, scored_of
from scoring.possible.spans import Numbers, Span
from scoring.problems import Problem
from scoring.rules import Criterion, Pack
from scoring.source import Path, Source


@dataclass(frozen=True, slots=True)
class Located:
    """A criterion, group or block, where it stands, and the block it belongs to."""

    path: Path
    criterion: Criterion
    block: str
    """``criteria``, ``bonus`` or ``penalty``."""
    has_basis: bool
    """Whether it or a group around it cites a clause."""


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression of the pack: its tree, its text and where that stands."""

    path: Path
    node: Node
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A pack, its source, and what its names can be."""

    pack: Pack
    source: Source
    declared: Known
    scored: Known

    def value(self, path: Path) -> Any:
        """The plain value at *path*; None when nothing stands there."""
        found: Any = self.source.value
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def problem(self, path: Path, code: str, message: str, hint: str = "") -> Problem:
        return Problem(self.source.place(path), code, message, hint)

    def problem_in(
        self, formula: Formula, offset: int, code: str, message: str, hint: str = ""
    ) -> Problem:
        place = self.source.place_in(formula.path, formula.text, offset)
        return Problem(place, code, message, hint)

    def located(self) -> Iterator[Located]:
        """Every criterion and block, a group before its parts."""
        for at, criterion in enumerate(self.pack.criteria):
            yield from _below(criterion, ("criteria", at), "criteria", around=False)
        for key, block in (("bonus", self.pack.bonus), ("penalty", self.pack.penalty)):
            if self.value((key,)) is not None:
                yield from _below(block, (key,), key, around=False)

    def formulas(self) -> Iterator[Formula]:
        """Every expression of the pack, in the order of its sections."""
        for path, node in (*self._of_names(), *self._of_criteria(), *self._of_verdicts()):
            text = self.value(path)
            text = str(text).lower() if isinstance(text, bool) else text
            if isinstance(text, str):
                yield Formula(path, node, text)

    def _of_names(self) -> Iterator[tuple[Path, Node]]:
        for derived in self.pack.derived.values():
            yield ("derived", derived.id, "value"), derived.value.node
        for peer in self.pack.peers.values():
            yield ("peers", peer.id, "of"), peer.of.node
        for at, gate in enumerate(self.pack.gates):
            yield ("gates", at, "require"), gate.when.node

    def _of_criteria(self) -> Iterator[tuple[Path, Node]]:
        for one in self.located():
            criterion, path = one.criterion, one.path
            if criterion.applies is not None:
                yield (*path, "applies"), criterion.applies.node
            if criterion.needs is not None:
                yield (*path, "needs", "require"), criterion.needs.require.node
            if criterion.scale is not None:
                yield (*path, "scale"), criterion.scale.node
            if criterion.rule is not None:
                yield from _of_rule(criterion, (*path, criterion.rule.shape))

    def _of_verdicts(self) -> Iterator[tuple[Path, Node]]:
        pack = self.pack
        for at, grade in enumerate(pack.grades):
            if grade.when is not None:
                yield ("grades", at, "when"), grade.when.node
        for key, found in (
            ("veto", pack.vetoes),
            ("caps", pack.caps),
            ("overrides", pack.overrides),
        ):
            for at, condition in enumerate(found):
                yield (key, at, "when"), condition.when.node
        for at, step in enumerate(pack.ranking.order):
            yield ("ranking", "order", at), step.value.node
        for at, selection in enumerate(pack.selections):
            path: Path = ("selections", at)
            if selection.require is not None:
                yield (*path, "require"), selection.require.node
            for n, step in enumerate(selection.order):
                yield (*path, "order", n), step.value.node
            for n, quota in enumerate(selection.quotas):
                here: Path = (*path, "quotas", n)
                if quota.most is not None:
                    yield (*here, "most"), quota.most.node
                if quota.only is not None:
                    yield (*here, "only"), quota.only.node
                if quota.share is not None:
                    yield (*here, "share", "percent"), quota.share.percent.node


def subject_of(pack: Pack, source: Source) -> Subject:
    declared = declared_of(pack)
    return Subject(pack, source, declared, scored_of(pack, declared))


def _below(criterion: Criterion, path: Path, block: str, *, around: bool) -> Iterator[Located]:
    has_basis = around or bool(criterion.basis.strip())
    yield Located(path, criterion, block, has_basis)
    for at, part in enumerate(criterion.parts):
        yield from _below(part, (*path, "parts", at), block, around=has_basis)


def _of_rule(criterion: Criterion, path: Path) -> Iterator[tuple[Path, Node]]:
    rule = criterion.rule
    assert rule is not None  # noqa: S101 (asked by its only caller)
    match rule.shape:
        case "yes_no" if rule.branches[0].when is not None:
            yield (*path, "when"), rule.branches[0].when
        case "each_yes" if rule.measure is not None and isinstance(rule.measure.node, Call):
            for at, node in enumerate(rule.measure.node.arguments):
                yield (*path, "of", at), node
        case "branches":
            for at, branch in enumerate(rule.branches):
                if branch.when is not None:
                    yield (*path, at, "when"), branch.when
                if branch.points is not None:
                    yield (*path, at, "points"), branch.points
        case "points" if rule.branches[0].points is not None:
            yield path, rule.branches[0].points
        case _ if rule.measure is not None:
            yield (*path, "of"), rule.measure.node


def words_of(found: Numbers, unit: str = "") -> str:
    """``từ 90 đến dưới 95%; trên 100%``."""
    return "; ".join(_span_words(span, unit) for span in found.spans)


def _span_words(span: Span, unit: str) -> str:
    low = "" if isinstance(span.low, float) else format_number(span.low)
    high = "" if isinstance(span.high, float) else format_number(span.high)
    start = "trên" if span.low_open else "từ"
    if low and high:
        end = "đến dưới" if span.high_open else "đến"
        return f"{start} {low} {end} {with_unit(high, unit)}"
    if low:
        return f"{start} {with_unit(low, unit)}" + ("" if span.low_open else " trở lên")
    if high:
        return f"{'dưới' if span.high_open else 'đến'} {with_unit(high, unit)}"
    return "mọi giá trị"

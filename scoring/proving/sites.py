"""Where the clauses of a pack stand (vị trí mệnh đề): paths into a Pack value, to read and change.

Generic over the pack's values: whatever expression, branch or quota the format comes to know is
found here without being named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from scoring.nodes import Expression, Kind, Name, Node
from scoring.problems import Place
from scoring.rules import NOWHERE, Branch, Criterion, Pack, Rule
from scoring.wording import worded

Path: TypeAlias = tuple[str | int, ...]
"""Attributes, indexes and keys that lead from a value to one inside it."""

NODES: tuple[type, ...] = get_args(Node)
_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "when": "điều kiện",
        "points": "điểm",
        "measure": "giá trị đo",
        "value": "công thức",
        "require": "điều kiện",
        "applies": "điều kiện áp dụng",
        "scale": "hệ số",
        "order": "thứ tự xếp",
        "most": "chỉ tiêu",
        "percent": "tỷ lệ chỉ tiêu",
        "only": "người được tính",
        "of": "công thức",
    }
)
_PASSED_OVER = frozenset({"facts", "words", "basis", "constants", "not_yet"})


@dataclass(frozen=True, slots=True)
class Site:
    """One condition or formula of a pack (mệnh đề), and who it belongs to."""

    path: Path
    node: Node
    owner: str
    """Id of the criterion, gate, grade, selection … it stands in."""
    part: str
    """Which part of it, in words: ``điều kiện của “từ 95%”``."""
    place: Place

    @property
    def name(self) -> str:
        return f"{self.owner}, {self.part}"


def at(value: Any, path: Path) -> Any:
    """What *path* leads to from *value*."""
    for step in path:
        indexed = isinstance(value, tuple | Mapping)
        value = value[step] if indexed else getattr(value, str(step))
    return value


def replaced(value: Any, path: Path, new: Any) -> Any:
    """*value* with *new* where *path* leads; nothing else is touched."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, tuple):
        index = int(step)
        return (*value[:index], replaced(value[index], rest, new), *value[index + 1 :])
    if isinstance(value, Mapping):
        return MappingProxyType({**value, step: replaced(value[step], rest, new)})
    name = str(step)
    return replace(value, **{name: replaced(getattr(value, name), rest, new)})


def without(value: Any, path: Path) -> Any:
    """*value* with the member of a tuple that *path* leads to left out."""
    index = int(path[-1])
    members = at(value, path[:-1])
    return replaced(value, path[:-1], (*members[:index], *members[index + 1 :]))


def parts_of(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """*node* and everything under it, each with its path, in reading order."""
    yield path, node
    for step, below in children_of(node):
        yield from parts_of(below, (*path, *step))


def children_of(node: Node) -> Iterator[tuple[Path, Node]]:
    """The nodes directly under *node*, each with the step that leads to it."""
    for name in node.__match_args__:
        below = getattr(node, name)
        if isinstance(below, NODES):
            yield (name,), below  # type: ignore[misc]
        elif isinstance(below, tuple):
            yield from (((name, index), one) for index, one in enumerate(below))


def is_truth(node: Node, pack: Pack) -> bool:
    """Whether *node*, by itself, is an atomic condition (điều kiện đơn)."""
    if type(node).__name__ in ("Compare", "Among", "Present"):
        return True
    word = pack.words.get(node.id) if isinstance(node, Name) else None
    return word is not None and word.kind is Kind.TRUTH


def sites_of(pack: Pack) -> Iterator[Site]:
    """Every condition and formula of *pack*, in the pack's order."""
    for field in fields(pack):
        if field.name not in _PASSED_OVER:
            start = _Owner(field.name, "", NOWHERE)
            yield from _sites(getattr(pack, field.name), (field.name,), start)


@dataclass(frozen=True, slots=True)
class _Owner:
    id: str
    part: str
    place: Place

    def narrowed(self, value: Any, path: Path) -> _Owner:
        """The owner of what stands inside *value*."""
        if isinstance(value, Branch):
            said = f"“{value.label}”" if value.label else f"nhánh thứ {int(path[-1]) + 1}"
            return replace(self, part=f" của {said}")
        place = getattr(value, "place", NOWHERE)
        place = self.place if place == NOWHERE else place
        label = str(getattr(value, "label", ""))
        if not hasattr(value, "id"):
            return replace(self, place=place, part=f" của “{label}”" if label else self.part)
        return _Owner(value.id, "", place)

    def site(self, path: Path, node: Node, place: Place) -> Site:
        words = next((_PARTS[str(one)] for one in reversed(path) if one in _PARTS), "")
        place = self.place if place == NOWHERE else place
        return Site(path, node, self.id, f"{words}{self.part}", place)


def _sites(value: Any, path: Path, owner: _Owner) -> Iterator[Site]:
    if isinstance(value, Expression):
        yield owner.site((*path, "node"), value.node, value.place)
    elif isinstance(value, NODES):
        yield owner.site(path, value, NOWHERE)  # type: ignore[arg-type]
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _sites(one, (*path, index), owner)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _sites(one, (*path, key), owner)
    elif is_dataclass(value) and not isinstance(value, type):
        inner = owner.narrowed(value, path)
        for field in fields(value):
            yield from _sites(getattr(value, field.name), (*path, field.name), inner)


def criteria_of(pack: Pack) -> Iterator[tuple[Path, Criterion]]:
    """Every criterion and group with its path, bonus and penalty among them."""
    tops: list[tuple[Path, Criterion]] = [
        (("criteria", index), one) for index, one in enumerate(pack.criteria)
    ]
    tops += [(("bonus",), pack.bonus), (("penalty",), pack.penalty)]
    for path, top in tops:
        yield from _under(path, top)


def _under(path: Path, criterion: Criterion) -> Iterator[tuple[Path, Criterion]]:
    yield path, criterion
    for index, part in enumerate(criterion.parts):
        yield from _under((*path, "parts", index), part)


def rule_of_path(pack: Pack, path: Path) -> Rule | None:
    """The rule in which *path* stands, if it stands in one."""
    if "rule" not in path:
        return None
    found = at(pack, path[: path.index("rule") + 1])
    return found if isinstance(found, Rule) else None


def site_path(sites: Mapping[Path, Site], path: Path) -> Path:
    """The path of the site around *path*; empty when there is none."""
    while path and path not in sites:
        path = path[:-1]
    return path


def spelt(node: Node, pack: Pack, path: Path) -> str:
    """*node*, which stands at *path*, in words; what a criterion measures goes by its label."""
    words = worded(node, pack)
    rule = rule_of_path(pack, path)
    if rule is None or rule.measure is None:
        return words
    measured = worded(rule.measure.node, pack)
    label = at(pack, path[: path.index("rule")]).label
    return words.replace("giá trị đo", measured if isinstance(rule.measure.node, Name) else label)

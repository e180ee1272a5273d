"""What is wanted of cases, in words (điều cần thử)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scoring.nodes import Call, Node
from scoring.numbers import format_number
from scoring.problems import Place
from scoring.proving.chains import Observation
from scoring.proving.sites import Path, Site, at, site_path, spelt
from scoring.rules import NOWHERE, Branch, Grade, Pack


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing the cases have to show (điều cần thử)."""

    what: Observation
    owner: str
    place: Place
    text: str
    """In words, as it is told when it is missing."""


_ATOM_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "true": "chưa ca nào thấy “{0}” đúng",
        "false": "chưa ca nào thấy “{0}” sai",
        "below": "“{0}”: chưa thử ngay dưới ngưỡng",
        "equal": "“{0}”: chưa thử đúng ngưỡng",
        "above": "“{0}”: chưa thử ngay trên ngưỡng",
    }
)


def demand_of(pack: Pack, sites: Mapping[Path, Site], what: Observation) -> Demand:
    """The demand to see *what* of one part of an entry's conditions."""
    path, seen = what
    site = sites.get(site_path(sites, path))
    owner, place = (site.owner, site.place) if site else _owner(pack, path)
    return Demand(what, owner, place, _text(pack, path, seen))


def _text(pack: Pack, path: Path, seen: str) -> str:
    if seen == "maximum":
        criterion = at(pack, path)
        return f"chưa ca nào được điểm tối đa {format_number(criterion.maximum)}"
    if seen == "entered":
        return _entered(pack, path)
    node: Node = at(pack, path)
    if seen.startswith("argument") and isinstance(node, Call):
        deciding = spelt(node.arguments[int(seen.split()[1])], pack, path)
        return f"chưa ca nào để “{deciding}” quyết định trong “{spelt(node, pack, path)}”"
    return _ATOM_WORDS[seen].format(spelt(node, pack, path))


def _entered(pack: Pack, path: Path) -> str:
    holder = at(pack, path[: path.index("when")] if "when" in path else path)
    if isinstance(holder, Grade):
        return f"chưa ca nào xếp mức “{holder.label}” theo điểm"
    if isinstance(holder, Branch):
        number = int(path[path.index("when") - 1]) + 1
        return f"chưa ca nào rơi vào bậc “{holder.label or f'nhánh thứ {number}'}”"
    return "chưa ca nào đến đây"


def _owner(pack: Pack, path: Path) -> tuple[str, Place]:
    """The nearest thing with an id around *path*, and where it stands."""
    for end in range(len(path), 0, -1):
        one = at(pack, path[:end])
        if not isinstance(one, tuple) and hasattr(one, "id"):
            return str(one.id), getattr(one, "place", NOWHERE)
    return str(path[0]), NOWHERE


def season_demands(pack: Pack) -> Iterator[Demand]:
    """What cases about whole seasons have to show of ranking and selections."""
    for n, key in enumerate(pack.ranking.order):
        text = f"chưa ca nào để “{key.label}” quyết định thứ hạng"
        yield Demand((("ranking", "order", n), "decides"), "ranking", key.value.place, text)
    if pack.ranking.order:
        text = "chưa ca nào có hai hồ sơ ngang nhau mọi mặt"
        yield Demand((("ranking",), "decides"), "ranking", pack.ranking.place, text)
    for at_, selection in enumerate(pack.selections):
        path: Path = ("selections", at_)
        for grade in selection.among:
            label = getattr(pack.grade(grade), "label", grade)
            text = f"chưa ca nào chọn hồ sơ xếp loại “{label}”"
            yield Demand((path, f"chosen {grade}"), selection.id, selection.place, text)
        for grade in pack.ranking.among:
            if grade not in selection.among:
                label = getattr(pack.grade(grade), "label", grade)
                text = f"chưa ca nào để ngoài hồ sơ xếp loại “{label}”"
                yield Demand((path, f"aside {grade}"), selection.id, selection.place, text)
        if selection.require is not None:
            text = "chưa ca nào không đạt yêu cầu riêng của lượt chọn"
            yield Demand((path, "unmet"), selection.id, selection.require.place, text)
        for number, quota in enumerate(selection.quotas):
            text = f"chưa ca nào hết chỉ tiêu “{quota.label}”"
            yield Demand(((*path, "quotas", number), "full"), selection.id, quota.place, text)

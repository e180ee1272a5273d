"""Bodies of the district level, which ended on 1/7/2025 (cơ quan cấp huyện đã thôi hoạt động)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.vietnamese import spelling_key, tidy

ENDED_ON = dt.date(2025, 7, 1)
BASIS = "Nghị quyết 203/2025/QH15"
"""It ended the district level; which commune took what, each province's own resolution says."""

_FILE = Path(__file__).with_name("abolished-2025.txt")
_NOT_WORDS = re.compile(r"[\W_]+")
_SHOWN = 4

# How the body of a district is called besides: its Party committee, its youth union, short forms.
_SAID = {
    "Huyện": ("huyện", "huyện ủy", "huyện đoàn", "huyện đội"),
    "Quận": ("quận", "quận ủy", "quận đoàn", "quận đội"),
    "Thị xã": ("thị xã", "thị ủy", "thị đoàn", "thị xã đoàn", "thị đội", "tx"),
    "Thành phố": ("thành phố", "thành ủy", "thành đoàn", "thành đội", "tp"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Abolished:
    """A district that is no more (đơn vị cấp huyện cũ), and the communes that lie in it now."""

    name: str
    old_province: str
    new_province: str
    successors: tuple[str, ...]


@cache
def read_abolished() -> tuple[Abolished, ...]:
    """All 696 of them, by province and name."""
    rows = [
        line.split("\t")
        for line in _FILE.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    return tuple(
        Abolished(name=name, old_province=old, new_province=new, successors=tuple(news.split("; ")))
        for name, old, new, news in rows
    )


def dissolved_in(text: str, day: dt.date) -> tuple[Abolished, ...]:
    """The districts that *text* names although they were no more on *day*.

    Where several bore the name, those of a province that *text* names too, else all of them.
    """
    if day < ENDED_ON:
        return ()
    names, pattern = _wordings()
    plain = _plain(text)
    found: dict[Abolished, None] = {}
    for match in pattern.finditer(plain):
        alike = names[match.group(1)]
        near = [one for one in alike if any(p in plain for p in _provinces(one))]
        found |= dict.fromkeys(near or alike)
    return tuple(found)


def why_dissolved(found: tuple[Abolished, ...]) -> str:
    """Since when, by which document, and what there is now, for a person who cited *found*."""
    one = found[0]
    told = f"{one.name} thôi hoạt động từ {ENDED_ON:%d/%m/%Y} ({BASIS})"
    same_name = [other for other in found if other.name == one.name]
    if len(same_name) > 1:
        return f"{told}; tên này trước ở nhiều tỉnh, nay đều không còn."
    now = [name[0].lower() + name[1:] for name in one.successors]
    rest = f" và {len(now) - _SHOWN} xã, phường khác" if len(now) > _SHOWN else ""
    return f"{told}; nay là {', '.join(now[:_SHOWN])}{rest}."


def _provinces(one: Abolished) -> Iterator[str]:
    for name in (one.old_province, one.new_province):
        yield _plain(name.removeprefix("Tỉnh ").removeprefix("Thành phố "))


@cache
def _wordings() -> tuple[Mapping[str, tuple[Abolished, ...]], re.Pattern[str]]:
    names: dict[str, tuple[Abolished, ...]] = {}
    for one in read_abolished():
        kind = next(kind for kind in _SAID if one.name.startswith(f"{kind} "))
        for said in _SAID[kind]:
            key = _plain(said + one.name.removeprefix(kind)).strip()
            names[key] = (*names.get(key, ()), one)
    longest_first = sorted(names, key=len, reverse=True)
    return names, re.compile(f" ({'|'.join(map(re.escape, longest_first))})(?= )")


def _plain(text: str) -> str:
    """*text* for finding whole words in: spelt one way, with a space at either end."""
    return f" {spelling_key(_NOT_WORDS.sub(' ', tidy(text)))} "

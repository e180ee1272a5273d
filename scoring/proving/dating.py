"""Values by date as clauses to try (giá trị theo ngày): which ones the cases came to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scoring.dated import dated_constants, pack_at
from scoring.interpret import exact
from scoring.nodes import names
from scoring.numbers import with_unit
from scoring.proving.chains import Observation
from scoring.proving.demands import Demand
from scoring.proving.sites import Path, at, sites_of
from scoring.rules import NOWHERE, Constant, Pack
from scoring.sheet import Line, Reading, ScoreSheet
from scoring.wording import value_text

USED = "used"
_OF_SEASONS = ("peers", "ranking", "selections")


def first_day(pack: Pack, constant: Constant, number: int) -> dt.date | None:
    """The first day the pack applies on which that value is in force; None: there is none."""
    after = constant.values[number + 1 : number + 2]
    day = max(constant.values[number].since, pack.effective_from)
    over = any(day >= one.since for one in after)
    return day if pack.is_in_force(day) and not over else None


def day_of(pack: Pack, path: Path) -> dt.date:
    """The day to look at for the dated value at *path*: the first on which the pack uses it."""
    section = "not_yet" if path[1] in pack.not_yet else "constants"
    constant: Constant = at(pack, (section, path[1]))
    number = int(path[3])
    return first_day(pack, constant, number) or constant.values[number].since


def on_day(pack: Pack, day: dt.date, path: Path) -> tuple[Pack, Path]:
    """*pack* as it reads on *day*, and where the constant of *path* stands in it."""
    read = pack_at(pack, day)
    section = "not_yet" if path[1] in read.not_yet else "constants"
    return read, (section, path[1])


def dated_demands(pack: Pack) -> Iterator[Demand]:
    """Every value by date that the pack comes to is to be used by some case."""
    for one in dated_constants(pack):
        for n, value in enumerate(one.values):
            if first_day(pack, one, n) is None:
                continue
            shown = with_unit(value_text(exact(value.value)), one.unit)
            text = f"chưa ca nào dùng giá trị {shown} (từ {value.since:%d/%m/%Y})"
            yield Demand((_path(one, n), USED), one.id, NOWHERE, f"“{one.label}”: {text}")


def dated_seen(pack: Pack, sheet: ScoreSheet, *, season: bool = False) -> Iterator[Observation]:
    """Which values by date were read on the way to *sheet*."""
    dated = [one for one in dated_constants(pack) if one.id in pack.constants]
    if not dated:
        return
    read = _through(pack, {one.name for one in _readings(sheet)})
    if season:
        later = (site for site in sites_of(pack) if site.path[0] in _OF_SEASONS)
        read |= _through(pack, {name for site in later for name in names(site.node)})
    for one in dated:
        if one.id in read:
            n = next(n for n, value in enumerate(one.values) if value.since == one.since)
            yield _path(one, n), USED


def _path(constant: Constant, number: int) -> Path:
    """Where a value stands in a pack that has all its constants, as one is parsed."""
    return "constants", constant.id, "values", number


def _through(pack: Pack, read: set[str]) -> set[str]:
    """*read* with what derived values among it read."""
    found: set[str] = set()
    todo = [*read]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            derived = pack.derived.get(name)
            todo += names(derived.value.node) if derived is not None else ()
    return found


def _readings(sheet: ScoreSheet) -> Iterator[Reading]:
    for finding in (*sheet.gates, *sheet.verdict):
        yield from finding.readings
    todo: list[Line] = [*sheet.lines, sheet.bonus, sheet.penalty]
    while todo:
        line = todo.pop()
        yield from line.readings
        todo += line.parts

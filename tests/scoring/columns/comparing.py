"""One drawn pack and its seasons, scored by both engines; what is counted, what is found."""

import functools
import random
from collections import Counter
from dataclasses import dataclass, field

from agreement import (
    difference,
    tallies_by_interpreter,
    told_by_columns,
    told_by_compiled,
    told_by_interpreter,
    values_by_columns,
    values_by_interpreter,
)
from drawn_facts import Drawing
from drawn_packs import drawn_expressions, drawn_pack, parsed
from shrinking import shrunk

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.cases import parse_base
from scoring.columns.program import NoColumns
from scoring.problems import PackError

WHOLE = (told_by_columns, told_by_interpreter)
ALONE = (told_by_compiled, tallies_by_interpreter)
VALUES = (values_by_columns, values_by_interpreter)
SIZES = (0, 1, 2, 12, 40)
LARGE = 300


@dataclass(frozen=True, slots=True)
class Example:
    """A pack (plain values, or its name in ``rules/``) and a season on which engines differ."""

    seed: int
    engines: tuple
    pack: dict | str
    season: dict
    said: str


@dataclass
class Tally:
    """What was compared. A pair is one entry and one criterion, or one entry and one expression."""

    pairs: int = 0
    cells: int = 0
    packs: int = 0
    seasons: int = 0
    entries: int = 0
    largest: int = 0
    alone: int = 0
    """Entries of seasons that were scored by the compiled pack, too, one by one."""
    left_out: Counter = field(default_factory=Counter)


def drawn(seed):
    """The engines to ask, a pack and the seasons to ask them about, for one *seed*."""
    chance = random.Random(seed)
    whole = chance.random() < 0.7
    told = drawn_pack(chance, size=chance.choice((1, 2, 3, 4))) if whole else None
    told = told or drawn_expressions(chance)
    drawing = Drawing(parsed(told), {}, chance.choice, wild=chance.random() < 0.3)
    sizes = (*SIZES, LARGE) if chance.random() < 0.15 else SIZES
    seasons = [drawing.season(size, distinct=chance.choice((0, 0, 1, 2, 3))) for size in sizes]
    return (WHOLE if whole else VALUES), told, seasons


def drawn_for(name, seed):
    """The same for the pack *name* of ``rules/``: entries that do well, with changes."""
    chance = random.Random(f"{name} {seed}")
    pack = read(name)
    base = parse_base(read_pack_files(RULES_DIR / name), pack, name=name)
    drawing = Drawing(pack, base, chance.choice, wild=chance.random() < 0.2)
    sizes = (2, 40, 200) if seed % 4 else (LARGE,)
    return WHOLE, name, [drawing.season(size, distinct=chance.choice((0, 0, 2))) for size in sizes]


@functools.cache
def _of_rules(name):
    return load_pack(RULES_DIR / name)


def read(told):
    """The pack of an example: plain values, or the name of one in ``rules/``."""
    return _of_rules(told) if isinstance(told, str) else parsed(told)


def compared(seed, tally, *, name="", engines=None):
    """The first example of *seed* on which the engines differ; None when they agree.

    With a *name* the pack of ``rules/`` is scored, not a drawn one. *engines* are asked in place
    of those the seed would ask.
    """
    asked, told, seasons = drawn_for(name, seed) if name else drawn(seed)
    engines = engines or asked
    pack = read(told)
    tally.packs += 1
    for season in seasons:
        for asked in (engines, ALONE) if engines is WHOLE else (engines,):
            try:
                said = difference(*asked, pack, season)
            except NoColumns as reason:
                tally.left_out[str(reason)] += 1
                continue
            if said:
                return Example(seed, asked, told, season, said)
            _count(tally, pack, asked, len(season))
    return None


def _count(tally, pack, engines, entries):
    lines = sum(1 for top in (*pack.criteria, pack.bonus, pack.penalty) for _ in top.whole())
    expressions = len(pack.derived) + len(pack.gates)
    verdicts = 4 + len(pack.gates) + len(pack.selections)  # base, total, grade, rank
    whole = engines is WHOLE
    if engines is ALONE:  # the same entries once more
        tally.alone += entries
        return
    tally.pairs += entries * (lines if whole else expressions)
    tally.cells += entries * (2 * lines + verdicts if whole else expressions)
    tally.seasons += 1
    tally.entries += entries
    tally.largest = max(tally.largest, entries)


def minimised(example):
    """*example* with as little in its pack and its season as still makes the engines differ."""

    told, season = example.pack, example.season
    for _ in range(2):  # less in the one may let more go in the other
        season = shrunk(season, lambda less, told=told: bool(_said(example, told, less)))
        told = shrunk(told, lambda less, season=season: bool(_said(example, less, season)))
    season = {code: _known(read(told), facts) for code, facts in season.items()}
    return Example(example.seed, example.engines, told, season, _said(example, told, season))


def _said(example, told, season):
    """Where the engines of *example* differ on another pack and season; empty when nowhere."""
    try:
        pack = read(told)
        known = {code: _known(pack, facts) for code, facts in season.items()}
        return difference(*example.engines, pack, known)
    except (PackError, NoColumns):
        return ""


def _known(pack, facts):
    return {name: value for name, value in facts.items() if name in pack.facts}

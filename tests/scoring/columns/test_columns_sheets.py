"""A season's result out of its columns is the interpreter's, but for the sentences on the sheets."""

import random
from dataclasses import replace

import pytest
from drawn_facts import Drawing

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.cases import parse_base
from scoring.columns.sheets import bare_result
from scoring.results_csv import results_csv
from scoring.score import score_season

PACKS = sorted(path.parent.name for path in RULES_DIR.glob("*/pack.yaml"))


def wordless(sheet):
    """*sheet* as columns know it: without sentences and readings, and what they are about."""
    return replace(
        sheet,
        gates=tuple(
            replace(one, holds=bool(one.holds), reason="", readings=()) for one in sheet.gates
        ),
        lines=tuple(map(wordless_line, sheet.lines)),
        bonus=wordless_line(sheet.bonus),
        penalty=wordless_line(sheet.penalty),
        verdict=(),
    )


def wordless_line(line):
    parts = tuple(map(wordless_line, line.parts))
    told = {"reason": "", "lack": "", "exact": None, "readings": (), "maximum": None}
    return replace(line, parts=parts, **told)


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_bare_result_is_the_interpreters_without_its_words(name, seed):
    pack = load_pack(RULES_DIR / name)
    base = parse_base(read_pack_files(RULES_DIR / name), pack, name=name)
    drawing = Drawing(pack, base, random.Random(f"{name} {seed}").choice)
    for entries in (0, 1, 2, 80):
        season = drawing.season(entries)

        bare, whole = bare_result(pack, season), score_season(pack, season)

        assert bare.placings == whole.placings
        assert bare.awards == whole.awards
        assert list(bare.sheets) == list(whole.sheets)
        for code, sheet in whole.sheets.items():
            assert wordless(bare.sheets[code]) == wordless(sheet)
        assert results_csv(pack, bare) == results_csv(pack, whole)


def test_equal_lines_are_one_line():
    pack = load_pack(RULES_DIR / "dan-van-kheo-minh-hoa")
    files = read_pack_files(RULES_DIR / "dan-van-kheo-minh-hoa")
    base = parse_base(files, pack, name=pack.id)
    season = Drawing(pack, base, random.Random(7).choice).season(50)

    sheets = bare_result(pack, season).sheets.values()

    first = [sheet.lines[0].parts[0] for sheet in sheets]
    assert len({id(line) for line in first}) == len({line.points for line in first}) < 50

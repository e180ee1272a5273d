"""What changes between two packs, in columns as entry by entry."""

import random

import pytest
from drawn_facts import Drawing

from registry.rulebook import RULES_DIR, read_pack_files
from scoring.cases import parse_base
from scoring.columns.blocks import Memory
from scoring.columns.changes import changes
from scoring.columns.season import score_columns
from scoring.columns.table import table_of
from scoring.comparing.compare import compare
from scoring.pack import parse_pack
from scoring.score import score_season

FILES = read_pack_files(RULES_DIR / "dan-van-kheo-minh-hoa")
PACK = parse_pack(FILES, name="hl")
EDITS = {
    "ngưỡng xếp loại": ("pack.yaml", "total >= 90", "total >= 92"),
    "chỉ tiêu lĩnh vực": ("pack.yaml", "most: 4, per: linh_vuc", "most: 1, per: linh_vuc"),
    "một bậc điểm": (
        "criteria/20-van-dong.yaml",
        "{from: 95, points: 12}",
        "{from: 97, points: 12}",
    ),
    "một điều kiện": ("pack.yaml", "so_thang_duy_tri >= 6", "so_thang_duy_tri >= 12"),
}


def edited(file, old, new):
    matching = [
        name for name, text in FILES.items() if old in text and not name.startswith("tests")
    ]
    assert matching, (file, old)
    return parse_pack({**FILES, matching[0]: FILES[matching[0]].replace(old, new)}, name="hl")


@pytest.fixture(scope="module")
def season():
    base = parse_base(FILES, PACK, name="hl")
    return Drawing(PACK, base, random.Random(5).choice).season(80)


@pytest.mark.parametrize("edit", EDITS)
def test_changes_name_the_entries_that_compare_names(season, edit):
    draft = edited(*EDITS[edit])
    table, memory = table_of(PACK, season), Memory()

    found = changes(*(score_columns(pack, table, memory=memory) for pack in (PACK, draft)))

    told = compare(PACK, score_season(PACK, season), draft, score_season(draft, season))
    codes = table.codes
    assert {codes[row] for row in found.moved} == {move.code for move in told.moves}
    assert {codes[row] for row in found.regraded} == {
        move.code for move in told.moves if move.grade[0] != move.grade[1]
    }
    for id_ in found.entering:
        assert {codes[row] for row in found.entering[id_]} == set(told.entering(id_))
        assert {codes[row] for row in found.leaving[id_]} == set(told.leaving(id_))
    moved = {(point.id, move.code) for move in told.moves for point in move.points}
    assert {(id_, codes[row]) for id_, rows in found.points.items() for row in rows} == moved


def test_a_memory_changes_no_result(season):
    table, memory = table_of(PACK, season), Memory()
    for edit in EDITS.values():
        draft = edited(*edit)
        fresh, reused = (score_columns(draft, table, memory=one) for one in (None, memory))
        assert (fresh.total == reused.total).all()
        assert (fresh.rank == reused.rank).all()
        assert all(
            (fresh.lines[id_].points == reused.lines[id_].points).all() for id_ in fresh.lines
        )
        assert all((fresh.outcomes[id_] == reused.outcomes[id_]).all() for id_ in fresh.outcomes)


def test_a_memory_keeps_nothing_of_another_packs_peer_group():
    files = read_pack_files(RULES_DIR / "nd-307-2025-phan-loai")
    old, new = "take: mean", "take: max"
    assert old in files["pack.yaml"]
    packs = [
        parse_pack({**files, "pack.yaml": files["pack.yaml"].replace(old, take)}, name="nd")
        for take in (old, new)
    ]
    base = parse_base(files, packs[0], name="nd")
    drawn = Drawing(packs[0], base, random.Random(7).choice).season(60)
    table, memory = table_of(packs[0], drawn), Memory()

    for pack in packs:
        fresh, reused = (score_columns(pack, table, memory=one) for one in (None, memory))
        assert (fresh.total == reused.total).all()

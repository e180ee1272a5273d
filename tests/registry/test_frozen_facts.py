"""Facts in columns: what was frozen is what is thawed, and nothing else is taken for it."""

import random
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sqlalchemy as sa
from drawn_facts import Drawing
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.frames.frozen import FrozenUnreadable, freeze, thaw
from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from registry.store.tables import frozen_facts
from scoring.cases import parse_base
from scoring.columns.digest import table_digest
from scoring.columns.season import score_columns
from scoring.columns.sheets import result_of
from scoring.columns.table import Column, Table, table_of

PACKS = sorted(path.parent.name for path in RULES_DIR.glob("*/pack.yaml"))


@pytest.fixture(scope="module")
def season():
    name = "dan-van-kheo-minh-hoa"
    pack = load_pack(RULES_DIR / name)
    base = parse_base(read_pack_files(RULES_DIR / name), pack, name=name)
    return pack, Drawing(pack, base, random.Random(3).choice).season(40)


@pytest.mark.parametrize("name", PACKS)
def test_thawed_facts_are_the_frozen_ones(name):
    pack = load_pack(RULES_DIR / name)
    base = parse_base(read_pack_files(RULES_DIR / name), pack, name=name)
    for entries in (0, 1, 60):
        facts = Drawing(pack, base, random.Random(name).choice).season(entries)
        table = table_of(pack, facts)

        thawed = thaw(freeze(table))

        assert table_digest(thawed) == table_digest(table)
        assert thawed.codes == tuple(facts)
        assert result_of(score_columns(pack, thawed), facts) == result_of(
            score_columns(pack, table), facts
        )


def test_equal_facts_freeze_to_equal_bytes(season):
    pack, facts = season

    assert freeze(table_of(pack, facts)) == freeze(table_of(pack, dict(facts)))


def test_numbers_too_long_for_the_machine_are_not_frozen():
    column = Column(np.array([10**30, 1], dtype=object), None, Fraction(1))

    assert freeze(Table(("A", "B"), {"von": column}, {})) is None


@settings(deadline=None)
@given(st.binary(max_size=300), st.randoms(use_true_random=False))
def test_other_bytes_are_not_taken_for_frozen_facts(season, noise, rng):
    pack, _ = season
    table = table_of(pack, {"A": {"so_ho_tham_gia": Decimal(3)}})
    good = bytearray(freeze(table))
    at = rng.randrange(len(good))
    good[at : at + len(noise)] = noise

    for data in (noise, bytes(good)):
        try:
            thawed = thaw(data)
        except FrozenUnreadable:
            continue
        assert table_digest(thawed) == table_digest(table)


def frozen_of(desk):
    with desk._store.read() as connection:
        return [row.content for row in connection.execute(sa.select(frozen_facts))]


def test_run_keeps_its_facts_in_columns_once(scored_desk):
    (first,) = frozen_of(scored_desk)
    assert thaw(first).codes == ("HL-001", "HL-002", "HL-003")

    scored_desk.score("hl")

    assert frozen_of(scored_desk) == [first]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "other season"])
def test_tampered_columns_are_told(scored_desk, season, content):
    if content == "other season":
        content = freeze(table_of(*season))
    with scored_desk._store.database.writers.begin() as writer:
        writer.execute(sa.update(frozen_facts).values(content=content))

    assert scored_desk.verify("hl").problems == (
        "Số liệu đã chốt theo cột của lượt chấm 1 đã bị sửa.",
    )


def test_run_of_an_older_program_holds_without_columns(scored_desk):
    with scored_desk._store.database.writers.begin() as writer:
        writer.execute(sa.delete(frozen_facts))

    assert scored_desk.verify("hl").problems == ()
    assert scored_desk.trial("hl", scored_desk.pack_of("hl")).table is None

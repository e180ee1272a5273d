"""One entry by a compiled pack: the interpreter's points, from facts somebody can have typed."""

import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from agreement import compiled_points, tallies_by_interpreter, told_by_compiled
from bare_pack import bare_pack, points
from comparing import drawn, read
from drawn_facts import Drawing

from registry.rulebook import RULES_DIR, load_pack, read_pack_files
from scoring.cases import parse_base
from scoring.columns.blocks import run
from scoring.columns.emitted import function_of
from scoring.columns.program import NoColumns, Program
from scoring.columns.single import MOST_KEPT, CompiledPack
from scoring.score import tally

PACKS = sorted(path.parent.name for path in RULES_DIR.glob("*/pack.yaml"))


@pytest.mark.parametrize("name", PACKS)
def test_compiled_pack_agrees_with_the_interpreter_on_drawn_entries(name):
    pack = load_pack(RULES_DIR / name)
    base = parse_base(read_pack_files(RULES_DIR / name), pack, name=name)
    season = Drawing(pack, base, random.Random(name).choice).season(60)

    told = told_by_compiled(pack, season)

    assert told == tallies_by_interpreter(pack, season)
    assert len(told) == len(season)


def test_every_entry_of_drawn_seasons_is_one_the_compiled_pack_can_read():
    entries = read_ = 0
    for seed in range(12):
        _, told, seasons = drawn(seed)
        pack = read(told)
        entries += sum(map(len, seasons))
        read_ += sum(1 for season in seasons for _ in compiled_points(pack, season))

    assert read_ == entries > 500


@pytest.mark.parametrize(
    ("text", "a"),
    [
        ("a", Decimal("0.0000000001")),
        ("a", Decimal(10**15 + 1)),
        ("a / b", Decimal(-(10**16))),
    ],
)
def test_number_nobody_could_type_is_refused(text, a):
    compiled = CompiledPack(bare_pack(criteria=points(text)))

    with pytest.raises(NoColumns, match="không ai nhập được"):
        compiled.score({"a": a, "b": Decimal(1)})


def test_number_outside_its_declared_limits_is_refused():
    fact = {"type": "integer", "label": "Số", "min": 1, "max": 5}
    pack = bare_pack(facts={"a": fact}, criteria=points("a"))
    compiled = CompiledPack(pack)

    assert compiled.score({"a": Decimal(5)}).total == Decimal(5)
    for wrong in (Decimal(0), Decimal(6), Decimal("1.5")):
        with pytest.raises(NoColumns):
            compiled.score({"a": wrong})


def test_missing_fact_is_not_scored_even_where_nothing_would_divide():
    fact = {"type": "integer", "label": "Số", "min": 1}
    compiled = CompiledPack(bare_pack(facts={"a": fact}, criteria=points("6 / a")))

    told = [compiled.score(facts).line("I") for facts in ({"a": Decimal(2)}, {})]

    assert told == [(Decimal(3), False), (None, False)]


def test_values_met_after_very_many_others_are_read_as_before():
    pack = bare_pack(criteria=points("a"))
    compiled = CompiledPack(pack)
    numbers = [Decimal(n) for n in (*range(MOST_KEPT + 10), 3, 4)]

    found = [compiled.score({"a": number}).total for number in numbers]

    assert found == numbers
    assert compiled.score({}).line("I") == (None, False)


def test_texts_no_rule_writes_are_told_apart():
    text = {"type": "text", "label": "Chữ"}
    pack = bare_pack(facts={"a": text, "b": text}, criteria=points("a == b ? 2 : 1"))
    compiled = CompiledPack(pack)
    pairs = [("x", "x"), ("x", "y"), ("y", "x"), ("y", "y")]

    assert [compiled.score({"a": a, "b": b}).total for a, b in pairs] == [2, 1, 1, 2]


def test_values_of_the_peer_group_are_taken_as_given():
    peers = {"dau": {"label": "Đầu", "of": "a", "take": "max"}}
    compiled = CompiledPack(bare_pack(peers=peers, criteria=points("a / dau * 10")))

    found = compiled.score({"a": Decimal(3)}, {"dau": Fraction(15, 2)})

    assert found.total == Decimal(4)


def test_chain_of_greatest_and_least_grows_no_faster_than_it_is_long():
    program = Program()
    a, b = (program.column(name, -1000, 1000) for name in "ab")
    found = a
    for n in range(30):
        join = (program.least, program.most)[n % 2]
        found = join(program.add(found, b), program.subtract(found, program.constant(n)))
    values = {0: (0,), 7: (7,), -3: (-3,)}
    emitted = function_of(program, [found], {"a": (values, ("a",)), "b": (values, ("b",))})

    columns = {"a": np.array([0, 7, -3]), "b": np.array([7, -3, 7])}
    expected = run(program, [found], columns.__getitem__, 3)[found.at].tolist()
    rows = [{"a": 0, "b": 7}, {"a": 7, "b": -3}, {"a": -3, "b": 7}]
    assert [emitted(row.get)[0] for row in rows] == expected


def test_function_holds_nothing_of_the_pack_but_whole_numbers():
    pack = load_pack(RULES_DIR / "dan-van-kheo-minh-hoa")

    code = CompiledPack(pack)._score.__code__

    assert {type(one) for one in code.co_consts} <= {int, bool, type(None)}
    assert all(name[0] in "knvg_" for name in (*code.co_names, *code.co_varnames))


def test_days_and_marks_are_read_as_the_interpreter_reads_them():
    day = {"type": "date", "label": "Ngày"}
    marks = {"type": "marks", "label": "Phiếu", "ask": "council"}
    pack = bare_pack(
        facts={"tu": day, "den": day, "phieu": marks},
        criteria=points("months_between(tu, den) + trimmed_mean(phieu, 3, 1, 1) + count(phieu)"),
    )
    facts = {
        "tu": dt.date(2017, 1, 31),
        "den": dt.date(2018, 3, 30),
        "phieu": (Decimal(9), None, Decimal("8.5"), Decimal(1), Decimal(7)),
    }

    assert CompiledPack(pack).score(facts).total == tally(pack, facts).total == Decimal("24.75")

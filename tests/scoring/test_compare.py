"""Two results held against each other: who moves, why, and in whose place."""

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import changed, small_pack

from scoring.comparing.compare import compare
from scoring.comparing.moves import Cause, Displacement, tally, tally_causes
from scoring.score import score_season

OLD = small_pack()
TEXTS = {
    "threshold": changed("{from: 80, points: 10}", "{from: 80, points: 9}"),
    "gate": changed("require: thang >= 6", "require: thang >= 3"),
    "grade": changed("when: total >= 20", "when: total >= 25"),
    "unit": changed("most: 2, per: don_vi", "most: 1, per: don_vi"),
    "all": changed("most: 3, label: cả huyện 3", "most: 1, label: cả huyện 1"),
    "ranking": changed("order: [total, I, tham_gia]", "order: [tham_gia, total]"),
    "among": changed("label: Khen\n    from: [tot, dat]", "label: Khen\n    from: [tot]"),
    "cap": changed('when: cap == "khong", at_most: dat', 'when: cap == "khong", at_most: khong-dat'),
    "deadline": changed("value: 2018-11-30", "value: 2018-09-30"),
    "group": changed("max: 20\n    basis: Điều 2\n    parts:", "basis: Điều 2\n    parts:"),
    "words": changed("label: Nhóm một", "label: Nhóm thứ nhất"),
}  # fmt: skip
PACKS = {"old": OLD} | {name: small_pack(text) for name, text in TEXTS.items()}


def entry(tham_gia=80, *, unit="X", cap="tinh", start=dt.date(2018, 1, 1), marks=(8, 8, 8)):
    return {
        "so_ho": Decimal(100),
        "tham_gia": Decimal(tham_gia),
        "ro_viec": True,
        "cap": cap,
        "don_vi": unit,
        "bat_dau": start,
        "phieu": tuple(map(Decimal, marks)),
    }


def compared(name, season, *, back=False):
    packs = (PACKS[name], OLD) if back else (OLD, PACKS[name])
    one, two = (score_season(pack, season) for pack in packs)
    return compare(packs[0], one, packs[1], two)


def told(found):
    return {
        move.code: (move.rank, move.total, move.grade, [cause.name for cause in move.causes])
        for move in found.moves
    }


def test_changed_points_name_the_criterion_and_its_clause():
    [move] = compared("threshold", {"A": entry(80), "B": entry(79)}).moves

    assert (move.code, move.total, move.rank) == ("A", (Decimal(28), Decimal(27)), (1, 1))
    assert [(one.id, one.before, one.after) for one in move.points] == [
        ("I.1", Decimal(10), Decimal(9))
    ]
    assert move.causes == (Cause(id="I.1", name="I.1", basis="Điều 2 khoản 1"),)


def test_who_is_only_passed_by_has_no_cause_of_its_own():
    season = {"A": entry(80, marks=(8, 8, 8)), "B": entry(100, marks=(8, 8, 9))}

    assert told(compared("ranking", season)) == {}
    assert told(compared("threshold", {"A": entry(80), "B": entry(79, marks=(10, 10, 10))})) == {
        "A": ((1, 1), (Decimal(28), Decimal(27)), ("tot", "tot"), ["I.1"])
    }


def test_opened_gate_lets_an_entry_in_ahead_of_another():
    season = {"A": entry(80, start=dt.date(2018, 7, 1)), "B": entry(79)}

    found = compared("gate", season)

    assert told(found) == {
        "A": ((None, 1), (Decimal(28),) * 2, (None, "tot"), ["DK.1"]),
        "B": ((1, 2), (Decimal(23),) * 2, ("tot", "tot"), []),
    }
    assert found.entering("khen") == ("A",)
    assert found.moves[0].gates == (("DK.1",), ())


def test_deadline_that_a_gate_reads_is_named_when_the_gate_itself_is_the_same():
    [move] = compared("deadline", {"A": entry(80, start=dt.date(2018, 5, 1))}).moves

    assert [cause.name for cause in move.causes] == ["hằng số han"]


def test_grade_and_cap_are_named():
    assert told(compared("grade", {"A": entry(79)})) == {
        "A": ((1, 1), (Decimal(23),) * 2, ("tot", "dat"), ["mức Tốt"])
    }
    assert told(compared("cap", {"A": entry(80, cap="khong")})) == {
        "A": ((1, None), (Decimal(22),) * 2, ("dat", "khong-dat"), ["TR.1"])
    }


def test_tighter_quota_lets_go_and_names_who_stays():
    season = {"A": entry(90), "B": entry(85), "C": entry(70, unit="Y"), "D": entry(60, unit="Z")}

    found = compared("unit", season)

    assert found.leaving("khen") == ("B",)
    assert found.entering("khen") == ("D",)
    assert found.displaced == (
        Displacement(
            selection="khen",
            code="B",
            by=(),
            holders=("A",),
            quota="mỗi đơn vị không quá 01",
            basis="Điều 5",
        ),
    )
    assert [cause.id for cause in found.moves[0].causes] == ["khen/don_vi"]
    [taken] = found.moves[1].selections
    assert (taken.before, taken.after, taken.because_of) == ("beyond", "chosen", ("B",))


def test_who_rises_pushes_out_who_held_the_place():
    better = small_pack(changed("{tinh: 6, khong: 0}", "{tinh: 1, khong: 0}"))
    season = {
        "A": entry(80, cap="tinh", marks=(7, 7, 7)),
        "B": entry(80, cap="tinh", marks=(6, 6, 6)),
        "C": entry(80, cap="khong", marks=(10, 10, 10)),
    }

    one, two = score_season(OLD, season), score_season(better, season)
    found = compare(OLD, one, better, two)

    assert (found.entering("khen"), found.leaving("khen")) == (("C",), ("B",))
    assert [(one.code, one.by) for one in found.displaced] == [("B", ("C",))]
    assert [one.code for one in found.pushed_out_by("C")] == ["B"]


def test_selection_that_no_longer_takes_a_grade_is_named():
    [move] = compared("among", {"A": entry(49)}).moves

    assert [(one.before, one.after) for one in move.selections] == [("chosen", "")]
    assert [cause.id for cause in move.causes] == ["khen"]


def test_moves_are_counted_by_cause_and_by_group():
    season = {"A": entry(80), "B": entry(90, unit="Y"), "C": entry(20, unit="Y")}
    moves = compared("threshold", season).moves

    assert tally(moves, {"A": "X", "B": "Y"}) == (("X", 1), ("Y", 1))
    assert [(cause.id, many) for cause, many in tally_causes(moves)] == [("I.1", 2)]


ENTRIES = st.builds(
    entry,
    st.sampled_from([0, 49, 50, 79, 80, 100]),
    unit=st.sampled_from("XY"),
    cap=st.sampled_from(["tinh", "khong"]),
    start=st.sampled_from([dt.date(2018, 1, 1), dt.date(2018, 4, 1), dt.date(2018, 7, 1)]),
    marks=st.sampled_from([(8, 8, 8), (9, 9, 9), (1, 1, 1), (8,)]),
)
SEASONS = st.dictionaries(st.sampled_from("ABCDEFG"), ENTRIES, max_size=7)


@settings(max_examples=80, deadline=None)
@given(SEASONS, st.sampled_from(["old", "words"]))
def test_same_rules_move_nobody(season, name):
    found = compared(name, season)

    assert (found.moves, found.displaced, found.entries) == ((), (), len(season))


@settings(max_examples=150, deadline=None)
@given(SEASONS, st.sampled_from([*PACKS]))
def test_moves_are_those_of_the_way_back_turned_round(season, name):
    there, back = compared(name, season), compared(name, season, back=True)

    def bare(move, turn):
        pairs = (move.rank, move.total, move.grade, move.gates)
        points = [(one.id, (one.before, one.after)[::turn]) for one in move.points]
        selected = [(one.selection, (one.before, one.after)[::turn]) for one in move.selections]
        return [pair[::turn] for pair in pairs], sorted(points), selected

    assert {move.code: bare(move, 1) for move in there.moves} == {
        move.code: bare(move, -1) for move in back.moves
    }
    assert set(there.entering("khen")) == set(back.leaving("khen"))


@settings(max_examples=150, deadline=None)
@given(SEASONS, st.sampled_from([*PACKS]))
def test_moves_are_exactly_the_entries_whose_result_differs(season, name):
    results = [score_season(pack, season) for pack in (OLD, PACKS[name])]
    found = compare(OLD, results[0], PACKS[name], results[1])

    def result_of(result, code):
        sheet = result.sheets[code]
        return (
            next(one.rank for one in result.placings if one.code == code),
            (sheet.total, sheet.grade, sheet.failed_gates),
            [(leaf.id, leaf.points) for leaf in sheet.leaves()],
            [(one.selection, one.outcome) for one in result.awards if one.code == code],
        )

    assert {move.code for move in found.moves} == {
        code for code in season if result_of(results[0], code) != result_of(results[1], code)
    }
    # who takes a place had none, who is pushed out held one, and both are really so
    chosen = [set(result.chosen("khen")) for result in results]
    assert set(found.entering("khen")) == chosen[1] - chosen[0]
    assert set(found.leaving("khen")) == chosen[0] - chosen[1]
    for one in found.displaced:
        assert set(one.by) <= chosen[1] - chosen[0]
        assert set(one.holders) <= chosen[1]
    # nothing is called a cause that is the same in both packs, points apart
    for move in found.moves:
        if name in ("old", "words"):
            assert move.causes == ()

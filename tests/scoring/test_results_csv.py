"""The table of results: its columns, its order, its numbers."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from registry.rulebook import load_pack
from scoring.results_csv import results_csv
from scoring.sheet import (
    Award,
    Finding,
    Line,
    Outcome,
    Placing,
    ScoreSheet,
    SeasonResult,
)

PACK = load_pack(Path(__file__).parents[2] / "rules" / "dan-van-kheo-minh-hoa")
HEAD = (
    "code,rank,total,grade,recognised,commended,gates,I.1,I.2,I.3,II.1,II.2,II.3,II.4,"
    "III.1,III.2,III.3,IV.1,IV.2,IV.3,IV.4,bonus,penalty\n"
)


def line(id_, points):
    return Line(id_, id_, None, None if points is None else Decimal(points), "", "")


def sheet(code, *, total, grade, gates=(), lacking=()):
    """A sheet with 1,5 points for every leaf but those *lacking* a score."""
    leaves = (line(leaf.id, None if leaf.id in lacking else "1.5") for leaf in PACK.leaves())
    return ScoreSheet(
        code=code,
        gates=tuple(Finding(gate, gate, "", False, "") for gate in gates),
        lines=tuple(leaves),
        bonus=line("T", "5"),
        penalty=line("P", "0"),
        total=Decimal(total),
        grade=grade,
        verdict=(),
    )


RESULT = SeasonResult(
    sheets={
        "A": sheet("A", total="61.123", grade=None, gates=("DK.2", "DK.4"), lacking=("III.3",)),
        "B": sheet("B", total="90", grade="tot"),
        "C": sheet("C", total="90", grade="tot"),
        "D": sheet("D", total="-3.5", grade="khong-dat"),
    },
    placings=(Placing("B", 1), Placing("C", 1), Placing("A", None), Placing("D", None)),
    awards=(
        Award("cong-nhan", "B", Outcome.CHOSEN, ""),
        Award("cong-nhan", "C", Outcome.CHOSEN, ""),
        Award("bieu-duong", "B", Outcome.CHOSEN, ""),
        Award("bieu-duong", "C", Outcome.DISPLACED, ""),
    ),
)


def test_rows_are_in_the_order_of_the_placings():
    points = ",".join(["1.50"] * 14)
    lacking = ",".join([*["1.50"] * 9, "", *["1.50"] * 4])

    assert results_csv(PACK, RESULT) == (
        HEAD
        + f"B,1,90.00,tot,1,1,,{points},5.00,0.00\n"
        + f"C,1,90.00,tot,1,0,,{points},5.00,0.00\n"
        + f"A,,61.123,,0,0,DK.2;DK.4,{lacking},5.00,0.00\n"
        + f"D,,-3.50,khong-dat,0,0,,{points},5.00,0.00\n"
    )


def test_other_selections_have_their_own_id_as_column():
    recognition, commendation = PACK.selections
    named = (replace(commendation, id="khen-thuong"), recognition)
    awards = (Award("khen-thuong", "B", Outcome.CHOSEN, ""),)

    table = results_csv(replace(PACK, selections=named), replace(RESULT, awards=awards))

    rows = [row.split(",")[:7] for row in table.splitlines()[:2]]
    assert rows == [
        ["code", "rank", "total", "grade", "recognised", "khen-thuong", "gates"],
        ["B", "1", "90.00", "tot", "0", "1", ""],
    ]


def test_season_without_entries_is_a_table_without_rows():
    assert results_csv(PACK, SeasonResult({}, (), ())) == HEAD

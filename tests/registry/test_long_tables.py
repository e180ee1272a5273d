"""Long tables: a column at a time says what row by row says, cells that are wrong included."""

import io

import polars as pl
import pytest

from registry.errors import IntakeRefused
from registry.frames.reading import read_long
from registry.frames.writing import facts_file
from registry.intake.facts_csv import read_facts_csv
from registry.intake.sheets import read_csv
from scoring.columns.digest import table_digest
from scoring.columns.table import facts_at, table_of
from scoring.pack import parse_pack

SMALL = """
id: nho
version: 1.0.0
title: Bộ nhỏ (mẫu minh họa)
basis: [{document: Quy định}]
effective: {from: 2026-01-01}
facts:
  so_ho: {type: integer, label: Số hộ, min: 0, max: 100}
  ty_le: {type: decimal, label: Tỷ lệ, min: 0.5, step: 0.25}
  dat: {type: yes_no, label: Đạt}
  cap: {type: choice, label: Cấp, choices: {xa: Cấp xã, tinh: Cấp tỉnh}}
  ngay: {type: date, label: Ngày}
  don_vi: {type: text, label: Đơn vị}
  phieu: {type: marks, label: Phiếu, min: 0, max: 10, step: 0.5, ask: council}
criteria:
  - {id: A, label: Số hộ, max: 10, points: so_ho / 10}
  - {id: B, label: Phiếu, max: 10, judged: {marks: phieu}}
grades: [{id: tot, label: Tốt, when: total >= 10}, {id: dat, label: Đạt}]
ranking: {among: [tot, dat], order: [total]}
selections: [{id: chon, label: Chọn, from: [tot], quotas: [{most: 2, per: don_vi}]}]
"""
PACK = parse_pack({"pack.yaml": SMALL}, name="nho")
HEAD = "code,so_ho,ty_le,dat,cap,ngay,don_vi,phieu"
ROWS = (
    "M3,100,0.75,1,tinh,31/12/2026,Xã A,8;8.5;;9",
    "M1,7,,Có,Cấp xã,2026-02-28,Xã B,",
    "M2,,1.5,0,,,,10",
)
CSV = "\n".join((HEAD, *ROWS)).encode()


def by_rows(data):
    return read_facts_csv(read_csv(data, file="F.csv"), PACK).season


def season_of(table, pack=PACK):
    return {code: facts_at(pack, table, row) for row, code in enumerate(table.codes)}


def as_scored(season):
    """Marks as scoring sees them: which member gave which does not matter."""
    return {
        code: {
            id_: tuple(sorted(mark for mark in held if mark is not None))
            if isinstance(held, tuple)
            else held
            for id_, held in facts.items()
        }
        for code, facts in season.items()
    }


def test_a_long_csv_is_read_as_row_by_row():
    table = read_long(CSV, PACK, file="F.csv").table

    assert season_of(table) == as_scored(by_rows(CSV))
    assert list(table.codes) == ["M1", "M2", "M3"]


def test_other_separators_are_found_in_the_heading():
    table = read_long(CSV.replace(b",", b"\t"), PACK, file="F.csv").table

    assert season_of(table) == as_scored(by_rows(CSV))


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_frozen_facts_come_back_as_they_were(suffix):
    table = read_long(CSV, PACK, file="F.csv").table

    again = read_long(facts_file(PACK, table, suffix), PACK, file=f"F{suffix}").table

    assert season_of(again) == season_of(table)
    assert table_digest(again) == table_digest(table) == table_digest(table_of(PACK, by_rows(CSV)))


def test_any_other_fact_is_another_digest():
    other = CSV.replace(b"M1,7,", b"M1,8,")

    one, two = (read_long(data, PACK, file="F.csv").table for data in (CSV, other))

    assert table_digest(one) != table_digest(two)


def test_every_wrong_cell_is_named_with_its_row():
    data = "\n".join(
        (HEAD, "M1,7,0.6,ừ,huyen,30/02/2026,Xã,11", "M1,101,,,,,,", ",1,,,,,,")
    ).encode()

    with pytest.raises(IntakeRefused) as refused:
        read_long(data, PACK, file="F.csv")

    assert sorted((one.place, one.code) for one in refused.value.problems) == [
        ("F.csv, hàng 2, cột cap", "fact"),
        ("F.csv, hàng 2, cột dat", "fact"),
        ("F.csv, hàng 2, cột ngay", "fact"),
        ("F.csv, hàng 2, cột phieu", "fact"),
        ("F.csv, hàng 2, cột ty_le", "fact"),
        ("F.csv, hàng 3, cột code", "duplicate"),
        ("F.csv, hàng 3, cột so_ho", "fact"),
        ("F.csv, hàng 4, cột code", "no-code"),
    ]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        (pl.Series("so_ho", [1, 101, 3], dtype=pl.Int64), "so_ho"),
        (pl.Series("ty_le", ["0.75", "0.80", None]).cast(pl.Decimal(10, 2)), "ty_le"),
        (pl.Series("ty_le", ["0.75", "0.25", None]).cast(pl.Decimal(10, 2)), "ty_le"),
    ],
)
def test_typed_columns_keep_to_what_the_fact_allows(column, wrong):
    frame = pl.read_csv(io.BytesIO(CSV), infer_schema=False).with_columns(column)
    out = io.BytesIO()
    frame.write_parquet(out)

    with pytest.raises(IntakeRefused) as refused:
        read_long(out.getvalue(), PACK, file="F.parquet")

    assert [one.place for one in refused.value.problems] == [f"F.parquet, hàng 3, cột {wrong}"]


@pytest.mark.parametrize("data", [b"", b"PAR1 no", b"\xff\xfe\x00code"])
@pytest.mark.parametrize("file", ["F.csv", "F.parquet", "F.arrow"])
def test_what_is_no_table_is_refused(data, file):
    with pytest.raises(IntakeRefused):
        read_long(data, PACK, file=file)


def test_codes_that_are_numbers_are_ordered_as_text():
    frame = pl.read_csv(io.BytesIO(CSV), infer_schema=False)
    out = io.BytesIO()
    frame.with_columns(pl.Series("code", [9, 10, 100])).write_parquet(out)

    table = read_long(out.getvalue(), PACK, file="F.parquet").table

    assert list(table.codes) == ["10", "100", "9"]
    assert [season_of(table)[code].get("so_ho") for code in table.codes] == [7, None, 100]

"""What the server does not score: tables that hold no exact values, texts nobody can tell apart."""

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa
from facts_on_server import KINDS, table_on
from hard_pack import HARD, hard_pack

from registry.store.postgresql.facts_table import TableRefused
from registry.store.postgresql.season import StateNotFixed, score_into
from scoring.columns.program import NoColumns
from scoring.facts import FactType
from scoring.pack import parse_pack

GOOD = {"a": Decimal(1), "b": Decimal(2), "cap": "xa", "tu": dt.date(2024, 1, 1)}


def scored(connection, pack, table):
    return score_into(connection, pack, table, "scored", temporary=True)


def test_every_column_that_is_missing_or_not_exact_is_told_at_once(connection):
    pack = hard_pack()
    kinds = KINDS | {FactType.DECIMAL: sa.Double(), FactType.MARKS: sa.ARRAY(sa.Double())}
    table = table_on(connection, pack, {}, kinds, without=["ro"])
    with pytest.raises(TableRefused) as refused:
        scored(connection, pack, table)
    assert refused.value.faults == (
        "cột c kiểu DOUBLE, cần NUMERIC hoặc số nguyên",
        "cột lon kiểu DOUBLE, cần NUMERIC hoặc số nguyên",
        "thiếu cột ro (BOOLEAN)",
        "cột phieu kiểu ARRAY, cần NUMERIC[]",
    )


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("a = 'NaN'", "cột a: có giá trị NaN hoặc vô cùng"),
        ("c = '-Infinity'", "cột c: có giá trị NaN hoặc vô cùng"),
        ("cap = 'quan'", "cột cap: 1 dòng có giá trị không có trong lựa chọn"),
        ("tu = 'infinity'", "cột tu: 1 dòng có ngày ngoài lịch"),
        ("den = '0044-03-15 BC'", "cột den: 1 dòng có ngày ngoài lịch"),
    ],
)
def test_value_no_register_takes_in_is_refused_before_scoring(wrong, fault, connection):
    pack = hard_pack()
    table = table_on(connection, pack, {"Đ1": GOOD, "Đ2": GOOD})
    connection.execute(sa.text(f"UPDATE facts SET {wrong} WHERE code = 'Đ1'"))  # noqa: S608
    with pytest.raises(TableRefused) as refused:
        scored(connection, pack, table)
    assert refused.value.faults == (fault,)


def test_transaction_that_sees_facts_change_is_refused(server):
    with server.connect().execution_options(isolation_level="READ COMMITTED") as connection:
        pack = hard_pack()
        with pytest.raises(StateNotFixed):
            scored(connection, pack, table_on(connection, pack, {"Đ1": GOOD}))


def test_two_texts_compared_with_each_other_are_left_to_the_interpreter(connection):
    text = HARD.replace("  tu: {type: date", "  khac: {type: text, label: Khác}\n  tu: {type: date")
    text = text.replace("""when: 'nhom == "xa" or""", """when: 'nhom == khac or""")
    pack = parse_pack({"pack.yaml": text}, name="kho")
    with pytest.raises(NoColumns, match="so sánh hai số liệu kiểu chữ"):
        scored(connection, pack, table_on(connection, pack, {"Đ1": GOOD}))

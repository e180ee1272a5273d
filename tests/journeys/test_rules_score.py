"""``dvk rules score``: a table of facts in, the same result table out, and no register."""

import csv
import datetime as dt
import io
import shutil
import time
from fractions import Fraction

import pytest
from command_line import PACK, WORKBOOK, ask, english_in, files_in
from independent import COLUMNS, csv_rows, expected_csv, read_season

from registry.rulebook import load_pack

FACTS = load_pack(PACK).facts


@pytest.fixture(scope="module")
def hong_linh():
    return read_season(WORKBOOK)


def cell(value):
    """A fact as FACTS.csv holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, tuple):
        return ";".join(map(cell, value))
    if isinstance(value, Fraction):
        whole, rest = divmod(value * 100, 100)
        return f"{whole}.{int(rest):02d}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, dt.date) else value


def table(season, *, headings=None, delimiter=",", end="\n"):
    """*season* as the text of a FACTS.csv."""
    headings = headings or {fact: fact for fact in FACTS}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(["code", *headings.values()])
    for code, facts in season.items():
        writer.writerow([code, *(cell(facts.get(fact)) for fact in headings)])
    return out.getvalue()


@pytest.fixture
def scored(tmp_path):
    """``scored(text)``: the bytes of RESULT.csv and the answer."""

    def score(text, pack=PACK):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "FACTS.csv").write_bytes(data)
        out = tmp_path / "RESULT.csv"
        answer = ask("rules", "score", pack, tmp_path / "FACTS.csv", "--out", out)
        assert answer.code == 0, answer.err
        return out.read_text(encoding="utf-8"), answer

    return score


@pytest.fixture
def refused(tmp_path):
    """``refused(text)``: the answer to a table that has to be refused with nothing written."""

    def score(text):
        (tmp_path / "FACTS.csv").write_text(text, encoding="utf-8")
        before = files_in(tmp_path)
        answer = ask("rules", "score", PACK, tmp_path / "FACTS.csv", "--out", tmp_path / "R.csv")
        assert (answer.code, answer.out) == (2, "")
        assert files_in(tmp_path) == before
        assert english_in(answer.err) == []
        return answer

    return score


def three(season, **facts):
    """Three entries of *season*; the first with other *facts*."""
    few = dict(list(season.items())[:3])
    first = next(iter(few))
    return {**few, first: {**few[first], **facts}}


def test_facts_of_the_workbook_give_the_csv_of_the_season(scored, hong_linh):
    result, answer = scored(table(hong_linh))

    assert result == expected_csv(WORKBOOK)
    assert answer.out == ""
    assert answer.err.startswith("Đã chấm 112 hồ sơ, ghi ")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ({"headings": {fact: one.label for fact, one in FACTS.items()}}, "utf-8"),
        ({"headings": {fact: one.label.upper() for fact, one in FACTS.items()}}, "utf-8"),
        ({"headings": {fact: fact for fact in reversed(FACTS)}}, "utf-8"),
        ({"end": "\r\n"}, "utf-8-sig"),
        ({"delimiter": "\t"}, "utf-8"),
    ],
    ids=["labels", "labels in capitals", "other order", "Excel's BOM and CRLF", "tabs"],
)
def test_table_may_be_laid_out_otherwise(scored, hong_linh, text, encoding):
    assert scored(table(hong_linh, **text).encode(encoding))[0] == expected_csv(WORKBOOK)


def test_semicolons_between_cells_leave_marks_whole(scored, hong_linh):
    """Vietnamese Excel separates cells by semicolons; marks inside a cell stand in quotes."""
    text = table(hong_linh, delimiter=";", end="\r\n")

    assert '"' in text
    assert scored(text)[0] == expected_csv(WORKBOOK)


def test_cells_as_people_write_them(scored, hong_linh):
    """dd/mm/yyyy, Có/Không, labels of choices, a decimal comma."""
    said = {"khong": "Không", "huyen": "Cấp huyện", "tinh": "Cấp tỉnh"}
    text = table(
        {
            code: {
                fact: f"{value:%d/%m/%Y}"
                if isinstance(value, dt.date)
                else ("Có" if value else "Không")
                if isinstance(value, bool)
                else said.get(value, value)
                if fact == "cap_dua_tin"
                else cell(value).replace(".", ",")
                if isinstance(value, Fraction | tuple)
                else value
                for fact, value in facts.items()
            }
            for code, facts in hong_linh.items()
        }
    )

    assert scored(text)[0] == expected_csv(WORKBOOK)


def test_marks_in_one_cell_may_leave_places_empty(scored, hong_linh):
    season = three(hong_linh, phieu_iii_3="8;8.5;;9;7")
    first = next(iter(season))
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(scored(table(season))[0]))}

    assert rows[first]["III.3"] == "8.13"


def test_blank_cells_leave_their_criterion_empty(scored, hong_linh):
    facts = {"so_buoi_doi_thoai": None, "so_ho_dia_ban": None}
    season = three(hong_linh, **facts)
    first = next(iter(season))
    told = {code: {k: v for k, v in one.items() if v is not None} for code, one in season.items()}
    result, _ = scored(table(season))
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(result))}

    assert [rows[first][leaf] for leaf in ("II.1", "II.2", "II.3")] == ["", "", ""]
    assert list(csv.DictReader(io.StringIO(result))) == csv_rows(told)


def test_unknown_column_is_told_and_passed_over(scored, hong_linh):
    text = table(
        hong_linh, headings={fact: fact for fact in FACTS} | {"so_ho_tham_gja": "so_ho_tham_gja"}
    )
    result, answer = scored(text)

    assert result == expected_csv(WORKBOOK)
    assert "Không có số liệu “so_ho_tham_gja”." in answer.err
    assert "Ý bạn là “so_ho_tham_gia”?" in answer.err


def test_blank_columns_and_rows_are_passed_over_in_silence(scored, hong_linh):
    lines = table(hong_linh).splitlines()
    result, answer = scored("\n".join(f"{line},," for line in [*lines, ",,,", ""]) + "\n")

    assert result == expected_csv(WORKBOOK)
    assert "Lưu ý" not in answer.err


def test_missing_columns_are_named(refused, hong_linh):
    kept = {fact: fact for fact in FACTS if fact not in ("so_ho_tham_gia", "ky_luat")}
    answer = refused(table(hong_linh, headings=kept))

    assert [place for place, _ in answer.problems] == ["FACTS!A1"]
    assert "Thiếu 2 cột: so_ho_tham_gia, ky_luat." in answer.err
    assert "→" in answer.err


def test_table_without_codes_is_refused(refused, hong_linh):
    answer = refused(table(hong_linh).replace("code,", "Số thứ tự,", 1))

    assert answer.problems[-1] == ("FACTS!A1", "no-column")


def test_code_twice_is_told_by_cell(refused, hong_linh):
    lines = table(three(hong_linh)).splitlines()

    assert refused("\n".join([*lines, lines[1]])).problems == [("FACTS!A5", "duplicate")]


def test_row_without_code_is_told_by_cell(refused, hong_linh):
    lines = table(three(hong_linh)).splitlines()
    lines[2] = lines[2][lines[2].index(",") :]

    assert refused("\n".join(lines)).problems == [("FACTS!A3", "no-code")]


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("ngay_bat_dau", "31/02/2018"),
        ("ngay_bat_dau", "2018-02-30"),
        ("linh_vuc", "kinh-te-bien"),
        ("cap_dua_tin", "trung-uong"),
        ("ro_nguoi", "2"),
        ("so_ho_tham_gia", "-1"),
        ("so_ho_tham_gia", "1.5"),
        ("so_ho_tham_gia", "nhiều"),
        ("so_ho_tham_gia", "nan"),
        ("von_xa_hoi_hoa", "Infinity"),
        ("von_xa_hoi_hoa", "1e5"),
        ("phieu_iii_3", "8;10.3"),
        ("phieu_iii_3", "8;7.3"),
        ("phieu_iii_3", "8;chín"),
    ],
)
def test_bad_cell_is_told_by_its_place(refused, hong_linh, fact, text):
    from registry.intake.sheets import letters

    answer = refused(table(three(hong_linh, **{fact: text})))

    assert answer.problems == [(f"FACTS!{letters(list(FACTS).index(fact) + 2)}2", "fact")]
    assert "→" in answer.err


def test_all_bad_cells_are_told_at_once(refused, hong_linh):
    answer = refused(
        table(three(hong_linh, ro_nguoi="2", ngay_bat_dau="31/02/2018", ky_luat="nhẹ"))
    )

    assert len(answer.problems) == 3


@pytest.mark.parametrize("text", ["", "\n\n", "code\n"], ids=["empty", "blank lines", "only codes"])
def test_table_of_nothing_is_refused(refused, text):
    assert refused(text).problems


def test_headings_alone_give_a_table_without_rows(scored):
    assert scored(table({}))[0] == ",".join(COLUMNS) + "\n"


def test_other_encoding_is_refused(tmp_path):
    (tmp_path / "FACTS.csv").write_bytes(b"code,t\xe9n\n")
    answer = ask("rules", "score", PACK, tmp_path / "FACTS.csv", "--out", tmp_path / "R.csv")

    assert (answer.code, [check for _, check in answer.problems]) == (2, ["not-utf-8"])
    assert not (tmp_path / "R.csv").exists()


def test_selection_called_otherwise_is_a_column_of_its_own(scored, hong_linh, tmp_path):
    pack = shutil.copytree(PACK, tmp_path / "bo-khac")
    shutil.rmtree(pack / "tests")
    text = (pack / "pack.yaml").read_text(encoding="utf-8")
    assert "bieu-duong" in text
    (pack / "pack.yaml").write_text(text.replace("bieu-duong", "khen-thuong"), encoding="utf-8")
    result, _ = scored(table(hong_linh), pack=pack)

    head, *rows = result.splitlines()
    assert head == ",".join("khen-thuong" if one == "commended" else one for one in COLUMNS)
    assert rows == expected_csv(WORKBOOK).splitlines()[1:]


def test_old_result_is_replaced_whole(scored, hong_linh, tmp_path):
    (tmp_path / "RESULT.csv").write_text("x" * 100_000, encoding="utf-8")

    assert scored(table(hong_linh))[0] == expected_csv(WORKBOOK)
    assert not list(tmp_path.glob(".dvk-*"))


@pytest.mark.slow
def test_five_thousand_rows_take_seconds(scored, hong_linh):
    facts = list(hong_linh.values())
    season = {f"M-{number:05d}": facts[number % len(facts)] for number in range(5000)}
    text = table(season)
    begun = time.perf_counter()
    result, _ = scored(text)

    assert time.perf_counter() - begun < 60
    assert len(result.splitlines()) == 5001

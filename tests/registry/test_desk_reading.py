"""What the desk shows: numbers, lists, score sheets, rankings; few statements however long."""

import csv
import io
import sqlite3
from decimal import Decimal

import pytest
import sqlalchemy as sa
from small_season import (
    MARKED,
    PACK_DIR,
    REGISTERED,
    REPORTED,
    decided,
    desk_at,
    scored,
    take_in,
    with_cell,
    workbook,
)

from registry.desk.refusals import CatalogueMissing, EntryUnknown, ResultDiffers
from registry.views import Count, EntryLine
from scoring.sheet import Outcome


def codes(lines):
    return [line.code for line in lines]


# The season in numbers --------------------------------------------------------------------------


def test_funnel_before_anything(desk):
    season = desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)

    funnel = desk.funnel("hl")

    assert (funnel.season, funnel.registered, funnel.with_results) == (season, 0, 0)
    assert (funnel.considered, funnel.recognised, funnel.commended) == (None, None, None)
    assert (funnel.by_level, funnel.by_field, funnel.by_unit, funnel.by_grade) == ((), (), (), ())
    assert (funnel.pack_title, funnel.pack_version) == ("", "")
    assert (funnel.run, funnel.run_at, funnel.stale) == (None, None, False)


def test_funnel_before_scoring_counts_what_is_registered(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)

    funnel = desk.funnel("hl")

    assert funnel.by_level == (
        Count(label="Cấp tỉnh", registered=1),
        Count(label="Cấp thị xã", registered=2),
    )
    assert funnel.by_grade == ()


def test_funnel_after_scoring(scored_desk):
    funnel = scored_desk.funnel("hl")

    assert (funnel.registered, funnel.with_results, funnel.considered) == (3, 3, 2)
    assert (funnel.recognised, funnel.commended) == (2, 1)
    assert funnel.by_level == (
        Count(label="Cấp tỉnh", registered=1, recognised=1, commended=1),
        Count(label="Cấp thị xã", registered=2, recognised=1, commended=0),
    )
    assert funnel.by_field == (
        Count(label="Kinh tế", registered=2, recognised=1, commended=1),
        Count(label="An ninh - quốc phòng", registered=1, recognised=1, commended=0),
    )
    assert funnel.by_unit == (
        Count(label="Phường Bắc Hồng", registered=2, recognised=1, commended=1),
        Count(label="Phường Nam Hồng", registered=1, recognised=1, commended=0),
    )
    assert funnel.by_grade == (("Xuất sắc", 1), ("Tốt", 0), ("Đạt", 1), ("Không đạt", 0))
    assert (funnel.pack_version, funnel.run) == ("1.0.0", 1)


# The list of entries ----------------------------------------------------------------------------


def test_lines_carry_labels_points_and_outcomes(scored_desk):
    assert scored_desk.entry_lines("hl") == (
        EntryLine(
            code="HL-001",
            name="Đường hoa kiểu mẫu",
            person="Đặng Thị Hà",
            unit="Phường Bắc Hồng",
            field="Kinh tế",
            level="Cấp tỉnh",
            kind="Tập thể",
            total=Decimal("104.17"),
            rank=1,
            grade="Xuất sắc",
            failed_gates=(),
            recognised=True,
            commended=True,
        ),
        EntryLine(
            code="HL-002",
            name="Camera an ninh",
            person="Lê Văn Ý",
            unit="Phường Nam Hồng",
            field="An ninh - quốc phòng",
            level="Cấp thị xã",
            kind="Tập thể",
            total=Decimal("76.17"),
            rank=2,
            grade="Đạt",
            failed_gates=(),
            recognised=True,
            commended=False,
        ),
        EntryLine(
            code="HL-003",
            name="Tiếng trống học bài",
            person="Trần Đình Ân",
            unit="Phường Bắc Hồng",
            field="Kinh tế",
            level="Cấp thị xã",
            kind="Cá nhân",
            total=Decimal("86.00"),
            rank=None,
            grade="",
            failed_gates=("DK.1",),
            recognised=False,
            commended=False,
        ),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("duong hoa", ["HL-001"]),
        ("Đường hoa", ["HL-001"]),
        ("ĐƯỜNG", ["HL-001"]),
        ("Du\u031bo\u031b\u0300ng", ["HL-001"]),
        ("hoa duong", ["HL-001"]),
        ("an", ["HL-001", "HL-002", "HL-003"]),
        ("tran dinh an", ["HL-003"]),
        ("bac hong", ["HL-001", "HL-003"]),
        ("bac hong trong", ["HL-003"]),
        ("002", ["HL-002"]),
        ("  ", ["HL-001", "HL-002", "HL-003"]),
        ("%", []),
        ("_", []),
        ("không có", []),
    ],
)
def test_search_finds_with_and_without_accents(scored_desk, text, found):
    assert codes(scored_desk.entry_lines("hl", text=text)) == found


def test_filters_narrow_each_other(scored_desk):
    def found(**filters):
        return codes(scored_desk.entry_lines("hl", **filters))

    assert found(field="kinh-te") == ["HL-001", "HL-003"]
    assert found(level="thi-xa") == ["HL-002", "HL-003"]
    assert found(unit="Phường Bắc Hồng") == ["HL-001", "HL-003"]
    assert found(field="kinh-te", level="thi-xa", unit="Phường Bắc Hồng") == ["HL-003"]
    assert found(field="kinh-te", text="hoa") == ["HL-001"]


def test_lines_before_scoring_have_no_points(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)

    assert [(e.total, e.rank, e.grade) for e in desk.entry_lines("hl")] == [(None, None, "")] * 3


def test_missing_catalogue_is_told_in_words(path, tmp_path):
    desk = desk_at(path, rules_dir=tmp_path)
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)

    with pytest.raises(CatalogueMissing, match="Không có danh mục"):
        desk.funnel("hl")


# Score sheets -----------------------------------------------------------------------------------


def test_sheet_is_computed_from_the_stored_run(scored_desk):
    sheet = scored_desk.entry_sheet("HL-002")

    assert (sheet.entry.code, sheet.entry.host) == ("HL-002", "Công an phường")
    assert (sheet.field_label, sheet.level_label, sheet.kind_label) == (
        "An ninh - quốc phòng",
        "Cấp thị xã",
        "Tập thể",
    )
    assert (sheet.sheet.total, sheet.rank, sheet.grade_label) == (Decimal("76.17"), 2, "Đạt")
    points = {line.id: line.points for line in sheet.sheet.leaves()}
    assert (points["II.2"], points["III.3"]) == (Decimal(10), Decimal("8.17"))
    assert [(a.selection, a.outcome) for a in sheet.awards] == [("cong-nhan", Outcome.CHOSEN)]
    assert sheet.stale is False


def test_sheet_stays_as_scored_when_facts_change(scored_desk):
    take_in(scored_desk, workbook(reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", 10)))

    sheet = scored_desk.entry_sheet("HL-002")

    assert (sheet.sheet.total, sheet.stale) == (Decimal("76.17"), True)


def test_sheet_of_an_entry_that_came_after_the_run(desk):
    early = workbook(registered=REGISTERED[:3], reported=REPORTED[:3], marked=MARKED[:3])
    scored(desk, early)
    take_in(desk)

    late = desk.entry_sheet("HL-003")

    assert (late.sheet, late.rank, late.grade_label, late.awards, late.stale) == (
        None,
        None,
        "",
        (),
        True,
    )
    assert [line.total for line in desk.entry_lines("hl")][2] is None
    assert codes(line.line for line in desk.ranking("hl").lines) == ["HL-001", "HL-002"]


def test_sheet_before_scoring(desk):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)

    sheet = desk.entry_sheet("HL-001")

    assert (sheet.sheet, sheet.stale) == (None, False)


def test_code_may_be_typed_in_small_letters(scored_desk):
    assert scored_desk.entry_sheet(" hl-002 ").entry.code == "HL-002"


def test_unknown_code_is_answered_with_the_nearest(scored_desk):
    with pytest.raises(EntryUnknown) as refused:
        scored_desk.entry_sheet("HL-0002")

    assert refused.value.message == "Không có hồ sơ mã “HL-0002”."
    assert refused.value.hint.startswith("Ý bạn là HL-002")


# The ranking ------------------------------------------------------------------------------------


def test_ranking_stands_best_first_the_others_by_code(scored_desk):
    ranking = scored_desk.ranking("hl")

    assert [(line.line.rank, line.line.code) for line in ranking.lines] == [
        (1, "HL-001"),
        (2, "HL-002"),
        (None, "HL-003"),
    ]
    assert ranking.lines[1].group_points == (
        ("I", Decimal("13.50")),
        ("II", Decimal("25.00")),
        ("III", Decimal("29.67")),
        ("IV", Decimal("9.00")),
    )
    assert (ranking.lines[1].bonus, ranking.lines[1].penalty) == (Decimal(0), Decimal(1))
    assert ranking.pack.digest == ranking.season.pack_digest
    assert (ranking.run, ranking.stale) == (1, False)


def test_csv_is_the_stored_run(scored_desk):
    text = scored_desk.ranking_csv("hl")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["code"], row["rank"], row["total"], row["grade"]) for row in rows] == [
        ("HL-001", "1", "104.17", "xuat-sac"),
        ("HL-002", "2", "76.17", "dat"),
        ("HL-003", "", "86.00", ""),
    ]
    assert [(row["recognised"], row["commended"], row["gates"]) for row in rows] == [
        ("1", "1", ""),
        ("1", "0", ""),
        ("0", "0", "DK.1"),
    ]


def test_csv_of_a_forged_run_is_refused(scored_desk, path):
    connection = sqlite3.connect(path)
    connection.execute("UPDATE runs SET result_digest = 'x'")
    connection.commit()
    connection.close()

    with pytest.raises(ResultDiffers, match="không ra kết quả đã lưu"):
        desk_at(path).ranking_csv("hl")


# How much is asked of the database --------------------------------------------------------------


def statements(desk, ask):
    """How many statements *ask* sends once packs and catalogue are at hand."""
    ask(desk)
    sent = []

    def listener(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    sa.event.listen(desk._store.database.readers, "before_cursor_execute", listener)
    ask(desk)
    sa.event.remove(desk._store.database.readers, "before_cursor_execute", listener)
    return len(sent)


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: desk.entry_lines("hl"),
        lambda desk: desk.ranking("hl"),
        lambda desk: desk.funnel("hl"),
        lambda desk: desk.certificate_list("hl", "cong-nhan"),
        lambda desk: desk.entry_sheet("HL-001"),
    ],
    ids=["entry_lines", "ranking", "funnel", "certificate_list", "entry_sheet"],
)
def test_statements_do_not_grow_with_the_rows(scored_desk, path, ask):
    one = workbook(registered=REGISTERED[:2], reported=REPORTED[:2], marked=MARKED[:2])
    small = scored(desk_at(path.with_name("nhỏ.db")), one)

    counts = statements(small, ask), statements(scored_desk, ask)

    assert counts[0] == counts[1] <= 10


# Decisions --------------------------------------------------------------------------------------


def test_pinning_again_makes_the_result_stale_when_the_pack_differs(scored_desk, tmp_path):
    folder = tmp_path / "bo-moi"
    for file in (PACK_DIR / "pack.yaml", *PACK_DIR.glob("criteria/*.yaml")):
        copy = folder / file.relative_to(PACK_DIR)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(
            file.read_text("utf-8").replace("version: 1.0.0", "version: 1.0.1"), "utf-8"
        )
    scored_desk.pin_pack("hl", PACK_DIR)
    assert scored_desk.funnel("hl").stale is False

    scored_desk.pin_pack("hl", folder)

    funnel = scored_desk.funnel("hl")
    assert (funnel.stale, funnel.pack_version, funnel.run) == (True, "1.0.1", 1)


def test_decided_season_reads_as_before(scored_desk):
    before = scored_desk.ranking_csv("hl")

    decided(scored_desk)

    assert scored_desk.ranking_csv("hl") == before
    assert scored_desk.funnel("hl").stale is False

"""A season held against its log: whatever another program changed is named, entry by entry."""

import json

import pytest
from small_season import (
    MARKED,
    PACK_DIR,
    REGISTERED,
    REPORTED,
    decided,
    desk_at,
    take_in,
    with_cell,
    workbook,
)
from test_desk_scoring import tampered

from registry.recorded import Written, blocks_of, rows_in
from registry.rulebook import RULES_DIR
from registry.store import log

CHANGED = workbook(
    registered=with_cell(REGISTERED, "HL-003", "Tên mô hình", "Tiếng kẻng học bài"),
    reported=with_cell(REPORTED, "HL-002", "Số hộ tham gia", 97),
    marked=with_cell(MARKED, "HL-002", "Ủy viên 2", 7.5),
)
FIRST = "(dòng 2, ngày 01/12/2018 08:02, Hà)"


def problems(path):
    return desk_at(path).verify("hl").problems


# What lines tell -------------------------------------------------------------------------------


def test_line_tells_what_stood_there_before_and_after(scored_desk):
    take_in(scored_desk, CHANGED)
    data = json.loads(scored_desk.audit_lines()[-1].data)
    told = {
        which: {
            (one.table, one.row.get("code"), one.row.get("fact") or one.row.get("name"))
            for one in rows_in(data[which])
            if one.table in ("entries", "facts")
        }
        for which in ("set", "was")
    }
    cells = {
        which: [one.row["cell"] for one in rows_in(data[which]) if one.table == "facts"]
        for which in ("set", "was")
    }

    assert told == {
        "set": {
            ("entries", "HL-003", "Tiếng kẻng học bài"),
            ("facts", "HL-002", "so_ho_tham_gia"),
        },
        "was": {
            ("entries", "HL-003", "Tiếng trống học bài"),
            ("facts", "HL-002", "so_ho_tham_gia"),
        },
    }
    assert cells == {"set": ["97"], "was": ["86"]}


def test_rows_come_back_from_blocks_as_they_went_in():
    rows = [
        {"code": f"HL-{n}", "fact": fact, "stage": "self", "cell": f"{n}{fact}", "intake": 7}
        for n in range(3)
        for fact in "abc"
        if (n, fact) != (1, "b")
    ] + [{"code": "HL-9", "fact": "a", "stage": "self", "cell": ""}]

    blocks = blocks_of("facts", rows, key=("code", "fact", "stage"))

    def told(found):
        return sorted((one.table, sorted(one.row.items())) for one in found)

    assert told(rows_in(blocks)) == told(Written("facts", row) for row in rows)
    assert json.loads(json.dumps(blocks)) == blocks


def test_real_season_takes_little_room(desk):
    book = RULES_DIR.parent / "examples" / "hong-linh-2018.xlsx"
    desk.open_season("hl-2018", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk, book.read_bytes(), season="hl-2018")

    assert len(desk.audit_lines()[-1].data) < 100_000
    assert desk.verify("hl-2018").problems == ()


def test_long_work_goes_on_over_several_lines(desk, path, monkeypatch):
    monkeypatch.setattr("registry.store.telling.ROWS_A_LINE", 20)
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)

    lines = desk.audit_lines()
    assert [line.event for line in lines] == [
        "season-opened",
        "intake-applied",
        *["values-kept"] * 5,
    ]
    assert lines[-1].sentence == "Ghi tiếp các giá trị của việc ở dòng trên (phần 6)."
    assert problems(path) == ()
    tampered(path, "UPDATE marks SET mark = '10' WHERE code = 'HL-001' AND member = 'Ủy viên 1'")
    assert len(problems(path)) == 1


# Tampering with every table ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE marks SET mark = '10' WHERE code = 'HL-001' AND member = 'Ủy viên 2'",
            f"HL-001 “Đường hoa kiểu mẫu” · Ủy viên 2: trong sổ 10; nhật ký ghi 9,5 {FIRST}.",
        ),
        (
            "DELETE FROM marks WHERE code = 'HL-001' AND member = 'Ủy viên 2'",
            f"HL-001 “Đường hoa kiểu mẫu” · Ủy viên 2: trong sổ không còn; nhật ký ghi 9,5 {FIRST}.",
        ),
        (
            ("INSERT INTO marks SELECT code, fact, 'Ủy viên 9', season, 9, '10', intake, officer, at "
            "FROM marks WHERE code = 'HL-003' AND member = 'Ủy viên 1'"),
            (
                "HL-003 “Tiếng trống học bài” · Ủy viên 9: trong sổ có 10; nhật ký không ghi lần "
                "nào."
            ),
        ),
        (
            "UPDATE facts SET cell = '99' WHERE code = 'HL-002' AND fact = 'so_ho_tham_gia'",
            f"HL-002 “Camera an ninh” · Số hộ tham gia: trong sổ 99 hộ; nhật ký ghi 86 hộ {FIRST}.",
        ),
        (
            "DELETE FROM facts WHERE code = 'HL-002' AND fact = 'so_ho_tham_gia'",
            (
                "HL-002 “Camera an ninh” · Số hộ tham gia: trong sổ không còn; nhật ký ghi 86 hộ "
                f"{FIRST}."
            ),
        ),
        (
            ("INSERT INTO facts SELECT code, fact, 'final', season, '99', NULL, officer, at "
            "FROM facts WHERE code = 'HL-002' AND fact = 'so_ho_tham_gia'"),
            (
                "HL-002 “Camera an ninh” · Số hộ tham gia (chốt): trong sổ có 99 hộ; nhật ký không "
                "ghi lần nào."
            ),
        ),
        (
            "UPDATE entries SET name = 'Camera khác' WHERE code = 'HL-002'",
            (
                "HL-002 “Camera khác” · Tên mô hình: trong sổ “Camera khác”; nhật ký ghi “Camera "
                f"an ninh” {FIRST}."
            ),
        ),
        (
            "UPDATE entries SET level = 'tinh' WHERE code = 'HL-002'",
            (
                "HL-002 “Camera an ninh” · Cấp đăng ký: trong sổ Cấp tỉnh; nhật ký ghi Cấp thị xã "
                f"{FIRST}."
            ),
        ),
        (
            ("INSERT INTO entries (code, season, name, unit, field, level, kind, host, person, "
            "address, expected, search, revision) SELECT 'HL-004', season, 'Thêm', unit, field, "
            "level, kind, host, person, address, expected, '', 0 FROM entries WHERE code = 'HL-001'"),
            "HL-004 “Thêm” · hồ sơ: trong sổ có “Thêm”; nhật ký không ghi lần nào.",
        ),
        (
            "UPDATE seasons SET year = 2019",
            "đợt hl · năm: trong sổ “2019”; nhật ký ghi “2018” (dòng 1, ngày 01/12/2018 08:01, Hà).",
        ),
        (
            "UPDATE intakes SET officer = 'Nam'",
            f"lần nhập 1 · người ghi: trong sổ “Nam”; nhật ký ghi “Hà” {FIRST}.",
        ),
        (
            "UPDATE packs SET title = 'Khác'",
            "bộ quy tắc đã ghim 33c3c925706863c2 · tên: trong sổ “Khác”; nhật ký ghi ",
        ),
        (
            "UPDATE packs SET files = files || ' '",
            "bộ quy tắc đã ghim 33c3c925706863c2 · nội dung: trong sổ nội dung khác (",
        ),
        ("UPDATE snapshots SET body = replace(body, '86', '99')", "số liệu đã chốt "),
        ("UPDATE runs SET officer = 'Nam'", "lượt chấm 1 · người ghi: trong sổ “Nam”; "),
        (("INSERT INTO runs SELECT 9, season, pack_digest, snapshot_digest, result_digest, engine, "
         "at, officer FROM runs"), "lượt chấm 9 · cả dòng: trong sổ có một dòng; "),
        ("UPDATE decisions SET signer_name = 'Trần B'", "quyết định 1 · người ký: trong sổ “Trần B”"),
        ("DELETE FROM decisions", "quyết định 1 · cả dòng: trong sổ không còn; "),
        ("UPDATE run_sheets SET rank = 3 WHERE rank = 1", "Kết quả đã lưu bị sửa: HL-001 "),
        ("DELETE FROM run_sheets WHERE code = 'HL-003'", "Kết quả đã lưu bị sửa: HL-003 "),
        ("UPDATE run_awards SET outcome = 'tied' WHERE outcome = 'chosen'", "Kết quả đã lưu bị sửa"),
        (
            "UPDATE run_awards SET reason = 'vì quen' WHERE code = 'HL-001'",
            "Kết quả đã lưu bị sửa: HL-001 “Đường hoa kiểu mẫu” · lý do xét chọn bieu-duong ",
        ),
        (
            "UPDATE run_awards SET basis = 'Điều 99' WHERE code = 'HL-001'",
            (
                "Lượt chấm 1: kết quả xét chọn trong sổ không phải kết quả đã ghi khi chấm (dòng "
                "4, ngày 01/12/2018 08:04, Hà)."
            ),
        ),
    ],
)  # fmt: skip
def test_what_another_program_changed_is_named(scored_desk, path, statement, problem):
    decided(scored_desk)
    tampered(path, statement)

    found = problems(path)

    assert [one for one in found if one.startswith(problem)], found


def test_mark_changed_before_scoring_is_named_though_everything_computes(desk, path):
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)
    desk.pin_pack("hl", PACK_DIR)
    tampered(path, "UPDATE marks SET mark = '10' WHERE code = 'HL-001' AND member = 'Ủy viên 2'")
    desk.score("hl")

    report = desk.verify("hl")

    assert report.problems == (
        f"HL-001 “Đường hoa kiểu mẫu” · Ủy viên 2: trong sổ 10; nhật ký ghi 9,5 {FIRST}.",
    )
    (one,) = report.entries
    assert (one.code, one.name, one.what, one.stored, one.logged, one.line, one.officer) == (
        *("HL-001", "Đường hoa kiểu mẫu", "Ủy viên 2", "10", "9,5", 2, "Hà"),
    )


def test_value_changed_and_then_written_over_is_still_named(scored_desk, path):
    tampered(path, "UPDATE facts SET cell = '10' WHERE code = 'HL-002' AND cell = '86'")
    take_in(scored_desk, CHANGED)

    assert problems(path) == (
        (
            "HL-002 “Camera an ninh” · Số hộ tham gia: trước dòng 5 trong sổ đã bị sửa thành 10 hộ; "
            f"nhật ký ghi 86 hộ {FIRST}."
        ),
    )


def test_changes_by_the_product_agree(scored_desk, path):
    take_in(scored_desk, CHANGED)
    take_in(scored_desk)
    scored_desk.score("hl")
    take_in(scored_desk, CHANGED)
    scored_desk.score("hl")
    decided(scored_desk)

    assert (problems(path), desk_at(path).verify("hl").notices) == ((), ())


def test_other_seasons_have_no_part_in_it(scored_desk, path):
    scored_desk.open_season("hl-2019", title="Hồng Lĩnh 2019", year=2019)
    tampered(path, "UPDATE seasons SET title = 'Khác' WHERE id = 'hl-2019'")

    assert problems(path) == ()
    assert len(desk_at(path).verify("hl-2019").problems) == 1


# Registers from before lines told values -----------------------------------------------------------


@pytest.fixture
def older(path, monkeypatch):
    """A desk over a scored season whose lines tell no values."""
    monkeypatch.setattr("registry.store.work.told_with", lambda events, *_: list(events))
    desk = desk_at(path)
    desk.open_season("hl", title="Hồng Lĩnh 2018", year=2018)
    take_in(desk)
    desk.pin_pack("hl", PACK_DIR)
    desk.score("hl")
    monkeypatch.undo()
    return desk_at(path)


def test_older_register_verifies_with_a_notice(older):
    report = older.verify("hl")

    assert report.problems == ()
    assert len(report.notices) == 1
    assert report.notices[0].startswith("11")
    assert "từ trước khi nhật ký giữ từng giá trị" in report.notices[0]


def test_older_register_goes_on_with_values(older, path):
    take_in(older, CHANGED)

    assert problems(path) == ()
    tampered(path, "UPDATE facts SET cell = '98' WHERE code = 'HL-002' AND cell = '97'")
    assert len(problems(path)) == 1


def test_older_register_tells_what_changed_since_it_was_scored(older, path):
    tampered(path, "UPDATE facts SET cell = '99' WHERE code = 'HL-002' AND cell = '86'")

    assert problems(path) == (
        (
            "HL-002 “Camera an ninh” · Số hộ tham gia: trong sổ 99; lúc chấm lượt 1 là 86, từ đó "
            "nhật ký không ghi lần nhập nào."
        ),
    )


def test_row_added_to_an_older_register_has_no_line_to_come_from(older, path):
    tampered(
        path,
        "INSERT INTO facts SELECT code, fact, 'final', season, cell, intake, 'Nam', at FROM facts "
        "WHERE code = 'HL-002' AND cell = '86'",
    )

    assert any("Số hộ tham gia (chốt): trong sổ có 86 hộ" in one for one in problems(path))


def test_numbers_of_lines_are_read_in_bulk(scored_desk):
    with scored_desk._store.read() as connection:
        assert list(log.lines_numbered(connection, [1, 3, 99])) == [1, 3]

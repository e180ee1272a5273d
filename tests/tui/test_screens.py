import io
import sqlite3
from contextlib import closing

import openpyxl
import pytest
from driving import frame, press, running, settle
from season_file import WORKBOOK, desk_at, opened, pinned, taken_in

from tui.screens.choice import ChoiceScreen
from tui.screens.entries import EntriesScreen
from tui.screens.overview import OverviewScreen
from tui.screens.ranking import RankingScreen
from tui.screens.reading import ReadingScreen
from tui.screens.seasons import SeasonsScreen
from tui.screens.sheet import SheetScreen
from tui.widgets.line_table import LineTable


def _table(pilot):
    return pilot.app.screen.query_one(LineTable)


def _codes(pilot):
    return [line.code for line in _table(pilot).items]


async def test_empty_register_says_which_command_opens_a_season(empty_desk):
    async with running(empty_desk) as pilot:
        assert isinstance(pilot.app.screen, SeasonsScreen)
        assert "dvk --db SỔ.db season open hl-2018" in frame(pilot.app)


async def test_only_season_is_entered_at_once(desk):
    async with running(desk) as pilot:
        assert isinstance(pilot.app.screen, OverviewScreen)


async def test_several_seasons_are_offered_and_one_asked_for_is_entered(desk):
    desk.open_season("hl-2019", title="Hồng Lĩnh 2019", year=2019)
    async with running(desk) as pilot:
        assert isinstance(pilot.app.screen, SeasonsScreen)
        assert {season.id for season in _table(pilot).items} == {"hl-2018", "hl-2019"}
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, OverviewScreen)
        await press(pilot, "0")
        assert isinstance(pilot.app.screen, SeasonsScreen)
    async with running(desk, season="hl-2019") as pilot:
        assert "Hồng Lĩnh 2019" in frame(pilot.app)
        assert "Đợt chưa có hồ sơ nào." in frame(pilot.app)


async def test_season_asked_for_by_name_lets_one_go_on_to_its_other_screens(desk):
    async with running(desk, season="hl-2018") as pilot:
        await press(pilot, "f3")

        assert isinstance(pilot.app.screen, EntriesScreen)


async def test_unknown_season_is_refused_in_words(desk):
    async with running(desk, season="hl-2081") as pilot:
        (notice,) = pilot.app._notifications
        assert "hl-2081" in notice.title
        assert "hl-2018" in notice.message


async def test_overview_counts_the_season(desk):
    async with running(desk) as pilot:
        shown = frame(pilot.app)
        steps = [line.split() for line in shown.splitlines() if "%" in line]
        assert [next(w for w in step if w.isdigit()) for step in steps] == [
            *("112", "112", "95", "65", "8")
        ]
        assert "Chấm lần 1 lúc 08:30 ngày 05/12/2018. Điểm khớp với số liệu." in shown


async def test_season_without_pack_says_how_to_pin_one(empty_desk):
    taken_in(opened(empty_desk))
    async with running(empty_desk) as pilot:
        assert "season pin hl-2018" in frame(pilot.app)
        await press(pilot, "f9")
        (notice,) = pilot.app._notifications
        assert notice.title == "Đợt chưa ghim bộ quy tắc chấm điểm."


async def test_scoring_starts_from_the_overview(empty_desk):
    pinned(taken_in(opened(empty_desk)))
    async with running(empty_desk) as pilot:
        assert "chưa chấm điểm" in frame(pilot.app)
        await press(pilot, "f9")
        assert "Công nhận     65" in frame(pilot.app)
        assert empty_desk.funnel("hl-2018").commended == 8


async def test_unscored_season_has_a_list_and_no_ranking(empty_desk):
    pinned(taken_in(opened(empty_desk)))
    async with running(empty_desk) as pilot:
        await press(pilot, "f3")
        assert len(_codes(pilot)) == 112
        await press(pilot, "enter")
        assert "Đợt chưa chấm điểm." in frame(pilot.app)
        await press(pilot, "f4")
        assert _table(pilot).items == ()
        assert "chưa chấm điểm" in frame(pilot.app)


@pytest.mark.parametrize("typed", ["rac thai", "rác thải", "RAC THAI"])
async def test_search_finds_with_and_without_accents(desk, typed):
    async with running(desk) as pilot:
        await press(pilot, "f3", "slash", *("space" if c == " " else c for c in typed))
        expected = [line.code for line in desk.entry_lines("hl-2018", text="rac thai")]
        assert _codes(pilot) == expected
        assert f"{len(expected)} / 112 mô hình" in frame(pilot.app)


async def test_search_without_hits_says_how_to_go_on(desk):
    async with running(desk) as pilot:
        await press(pilot, "f3", "slash", *"zzz")
        assert "Không có mô hình nào khớp. F8 bỏ lọc, Esc xóa ô tìm." in frame(pilot.app)
        await press(pilot, "escape")
        assert len(_codes(pilot)) == 112


async def test_filters_narrow_together_and_count_live(desk):
    async with running(desk) as pilot:
        await press(pilot, "f3", "f6")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        assert [(g.label, g.count) for g in _table(pilot).items] == [
            ("", 112),
            ("Cấp thị xã", 85),
            ("Cấp tỉnh", 27),
        ]
        await press(pilot, "end", "enter", "l")
        assert _table(pilot).items[0].count == 27
        await press(pilot, "escape")
        assert len(_codes(pilot)) == 27
        await press(pilot, "f8")
        assert len(_codes(pilot)) == 112


async def test_long_list_of_groups_is_searched_without_accents(desk):
    async with running(desk) as pilot:
        await press(pilot, "f3", "f7", *"duc th", "enter")
        assert {line.unit for line in _table(pilot).items} == {"Phường Đức Thuận"}
        await press(pilot, "d")
        assert _table(pilot).current.label == "Phường Đức Thuận"
        await press(pilot, "up", "slash", "escape", "d", "down", "home", "enter")
        assert len(_codes(pilot)) == 112


async def test_list_keeps_cursor_filter_and_search_when_left(desk):
    async with running(desk) as pilot:
        await press(pilot, "f3", "slash", *"duong", "enter", "down", "down")
        before = _codes(pilot), _table(pilot).current.code
        await press(pilot, "f4", "f3")
        assert (_codes(pilot), _table(pilot).current.code) == before
        await press(pilot, "enter", "f8", "f8", "escape")
        assert _table(pilot).current.code == before[0][4]


async def test_enter_on_a_criterion_shows_reason_values_and_clause(desk):
    async with running(desk) as pilot:
        await press(pilot, "f3", "enter")
        assert isinstance(pilot.app.screen, SheetScreen)
        table = _table(pilot)
        table.move_to(next(row.key for row in table.items if row.id == "II.2"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReadingScreen)
        shown = " ".join(frame(pilot.app).replace("│", " ").split())
        for words in ("Tỷ lệ hộ tham gia 10,00 / 12", "135 / 154", "từ 85", "Căn cứ Điều 2, II.2"):
            assert words in shown


async def test_sheet_of_an_entry_not_considered_begins_with_the_failed_condition(desk):
    line = next(line for line in desk.entry_lines("hl-2018") if line.failed_gates)
    async with running(desk) as pilot:
        await press(pilot, "f3")
        _table(pilot).move_to(line.code)
        await press(pilot, "enter")
        assert f"Không xét: không đủ điều kiện {', '.join(line.failed_gates)}" in frame(pilot.app)
        assert _table(pilot).items[0].id == "DK.1"


async def test_sheet_turns_to_the_next_and_stops_at_the_ends(desk):
    async with running(desk) as pilot:
        await press(pilot, "f4", "enter")
        assert "HL-2018-065" in frame(pilot.app)
        await press(pilot, "n")
        assert "HL-2018-108" in frame(pilot.app)
        await press(pilot, "p", "p")
        assert "HL-2018-065" in frame(pilot.app)


async def test_ranking_draws_the_line_where_the_list_ends(desk):
    async with running(desk, size=(120, 40)) as pilot:
        await press(pilot, "f4")
        lines = frame(pilot.app).splitlines()
        at = next(i for i, line in enumerate(lines) if "hết danh sách Biểu dương: 8" in line)
        above = [line for line in lines[:at] if "HL-2018-" in line]
        assert sum("★" in line for line in above) == 8
        assert "★" in above[-1]
        assert not any("★" in line for line in lines[at:])


async def test_displaced_entry_names_the_quota_and_who_holds_the_places(desk):
    async with running(desk) as pilot:
        await press(pilot, "f4", "f5")
        displaced = _table(pilot).items
        assert [ranked.line.code for ranked in displaced] == [
            "HL-2018-090",
            "HL-2018-094",
            "HL-2018-067",
            "HL-2018-046",
        ]
        await press(pilot, "f6")
        shown = frame(pilot.app)
        holders = displaced[0].awards[-1].holders
        assert holders
        for words in ("Vướng chỉ tiêu", "Điều 7", *holders):
            assert words in shown
        await press(pilot, "escape", "v")
        assert len(_table(pilot).items) == 112


async def test_stale_score_is_said_on_every_screen(desk):
    book = openpyxl.load_workbook(WORKBOOK)
    book["Kết quả"]["B2"] = "Không"
    changed = io.BytesIO()
    book.save(changed)
    desk.apply_intake(changed.getvalue(), file="sửa.xlsx", season="hl-2018")
    async with running(desk) as pilot:
        assert "Nhấn F9 để chấm lại." in frame(pilot.app)
        await press(pilot, "f3", "enter")
        assert "Số liệu đã đổi sau lần chấm này." in frame(pilot.app)
        await press(pilot, "f4")
        assert "Số liệu đã đổi, cần chấm lại" in frame(pilot.app)


HOSTILE = "[bold]Đậm[/] [/] [@click=app.quit]thoát[/] \x1b[31mđỏ\x1b]0;chiếm\x07 \u202engược"
LITERAL = "[bold]Đậm[/] [/] [@click=app.quit]thoát[/] [31mđỏ]0;chiếm ngược"


async def test_hostile_names_are_shown_letter_by_letter(season_file):
    with closing(sqlite3.connect(season_file)) as database:
        database.execute("update entries set name = ?, person = ?, unit = ?", (HOSTILE,) * 3)
        database.execute("update seasons set title = ?", (HOSTILE,))
        database.commit()
    desk = desk_at(season_file)
    async with running(desk, size=(160, 50)) as pilot:
        for keys in (
            (),
            ("f3",),
            ("f7",),
            ("escape", "enter"),
            ("enter",),
            ("escape", "f4"),
            ("f6",),
        ):
            await press(pilot, *keys)
            shown = frame(pilot.app)
            assert "[bold]Đậm[/]" in shown
            assert not set("\x1b\x07\u202e") & set(shown)
        assert LITERAL in shown
    desk.close()


async def test_help_lists_the_keys_of_the_screen_below(desk):
    async with running(desk, size=(100, 40)) as pilot:
        await press(pilot, "f3", "f1")
        shown = frame(pilot.app)
        for words in ("F5 · l", "Lọc lĩnh vực", "F7 · d · đ", "F4 · 3", "Ctrl+Q", "↓ · j"):
            assert words in shown
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, EntriesScreen)


async def test_places_are_clickable(desk):
    async with running(desk) as pilot:
        await pilot.click("PlaceTab:last-of-type")
        await settle(pilot)
        assert isinstance(pilot.app.screen, RankingScreen)


@pytest.mark.parametrize("theme", ["dvk-toi", "dvk-sang", "ansi-dark", "ansi-light"])
async def test_every_theme_marks_the_row_the_cursor_is_on(desk, theme):
    async with running(desk) as pilot:
        pilot.app.theme = theme
        await press(pilot, "f3")
        table = _table(pilot)
        cursor, other = table.render_line(1)._segments[0], table.render_line(3)._segments[0]
        assert cursor.style != other.style


async def test_footer_shows_real_bindings_in_vietnamese(desk):
    async with running(desk) as pilot:
        last = {}
        for key in ("f2", "f3", "f4"):
            await press(pilot, key)
            last[key] = frame(pilot.app).splitlines()[-1].split()
    assert " ".join(last["f2"]) == "F9 Chấm điểm F5 Đọc lại Ctrl+Q Thoát F1 Trợ giúp"
    assert " ".join(last["f3"]) == "/ Tìm F8 Bỏ lọc Enter Phiếu điểm Ctrl+Q Thoát F1 Trợ giúp"
    assert (
        " ".join(last["f4"])
        == "Enter Phiếu điểm F5 Chỉ bị vướng F6 Vì sao Ctrl+Q Thoát F1 Trợ giúp"
    )


async def test_every_function_key_has_a_second_way(desk):
    async with running(desk) as pilot:
        for place in ("f2", "f3", "f4"):
            await press(pilot, place)
            by_id = {}
            for key, active in pilot.app.screen.active_bindings.items():
                by_id.setdefault(active.binding.id, []).append(key)
            lonely = [keys for keys in by_id.values() if len(keys) == 1 and keys[0].startswith("f")]
            assert lonely == []

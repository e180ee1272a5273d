from driving import SMALL
from textual.app import App

from tui.widgets.line_table import Column, LineTable, Row, Rule, fit, widths


def test_text_too_long_ends_in_an_ellipsis_and_keeps_its_width():
    assert fit("Hội Liên hiệp Phụ nữ thị xã", 25) == "Hội Liên hiệp Phụ nữ thị…"
    assert fit("Hội Liên hiệp Phụ nữ", 15) == "Hội Liên hiệp… "
    assert fit("93,36", 7, "right") == "  93,36"
    assert fit("một\nhai\x1b[31m", 11) == "một hai[31m"
    assert fit("abc", 0) == ""


def test_columns_share_the_room_and_narrow_tables_leave_some_out():
    columns = (Column("Mã", 11), Column("Tên"), Column("Đơn vị", 20, from_width=90))

    assert widths(columns, 80) == (11, 66, 0)
    assert widths(columns, 100) == (11, 65, 20)


class Host(App):
    def compose(self):
        yield LineTable(
            (Column("Số"),), present=lambda n: Row((str(n),)), key_of=str, empty="Trống"
        )

    def on_mount(self):
        self.query_one(LineTable).focus()


async def test_cursor_steps_over_rules_both_ways():
    app = Host()
    async with app.run_test(size=SMALL) as pilot:
        table = app.query_one(LineTable)
        table.show((Rule("đầu"), 1, Rule("giữa"), 2, Rule("cuối")))
        seen = [table.current]
        for key in ("up", "down", "down", "up", "end", "home", "pagedown", "pageup"):
            await pilot.press(key)
            seen.append(table.current)
    assert seen == [1, 1, 2, 2, 1, 2, 1, 2, 1]


async def test_cursor_stays_on_its_item_when_the_items_change():
    app = Host()
    async with app.run_test(size=SMALL) as pilot:
        table = app.query_one(LineTable)
        table.show(range(1000))
        table.move_to("700")
        table.show(range(500, 1000))
        await pilot.pause()
        assert (table.current, table.cursor) == (700, 200)
        table.show(range(10))
        assert table.current == 0
        table.show(())
        assert table.current is None
        await pilot.press("down", "up", "end", "pagedown", "enter")
        assert table.cursor == 0


async def test_only_rows_in_sight_are_presented():
    presented = []

    class Wide(App):
        def compose(self):
            yield LineTable(
                (Column("Số"),), present=lambda n: presented.append(n) or Row((str(n),)), key_of=str
            )

    app = Wide()
    async with app.run_test(size=SMALL) as pilot:
        app.query_one(LineTable).show(range(100_000))
        await pilot.pause()
        assert set(presented) == set(range(23))


async def test_click_on_the_row_under_the_cursor_chooses_it():
    chosen = []

    class Clicked(Host):
        def on_line_table_chosen(self, event):
            chosen.append(event.item)

    app = Clicked()
    async with app.run_test(size=SMALL) as pilot:
        app.query_one(LineTable).show(("a", Rule("–"), "b"))
        await pilot.click(LineTable, offset=(2, 3))
        await pilot.click(LineTable, offset=(2, 2))
        assert chosen == []
        await pilot.click(LineTable, offset=(2, 3))
    assert chosen == ["b"]

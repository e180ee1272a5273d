import pytest
from rich.segment import Segment
from textual import events
from textual.app import App
from textual.color import Color

from tui.inputs import VnInput
from tui.widgets.literal import LiteralLines


class Host(App):
    def compose(self):
        yield VnInput()


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Tha\u0300nh pho\u0302\u0301", "Thành phố"),
        ("dòng một\ndòng hai", "dòng một dòng hai"),
        ("a\x1b[31m\u202eb\u200bc", "a[31mbc"),
    ],
)
async def test_paste_arrives_composed_and_without_hidden_characters(pasted, kept):
    app = Host()
    async with app.run_test() as pilot:
        app.query_one(VnInput)._forward_event(events.Paste(pasted))
        await pilot.pause()
        assert app.query_one(VnInput).value == kept


async def test_mark_typed_after_its_letter_joins_it():
    app = Host()
    async with app.run_test() as pilot:
        box = app.query_one(VnInput)
        for character in "e\u0302\u0301x":
            box._forward_event(events.Key("x", character))
        await pilot.pause()
        assert box.value == "ếx"


def test_last_step_before_the_terminal_lets_no_escape_through():
    segments = [Segment("sạch"), Segment("a\x1b[31m\u202eb")]

    assert [s.text for s in LiteralLines().apply(segments, Color(0, 0, 0))] == ["sạch", "a[31mb"]

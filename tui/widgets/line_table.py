"""Bảng dòng: a table that draws only the rows in sight, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.inputs import OrderedKeys
from tui.widgets.literal import literal

Tone: TypeAlias = Literal["plain", "muted", "strong", "good", "warn", "mark"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column (cột). Width 0 stretches; one with ``from_width`` is left out of narrower tables."""

    label: str
    width: int = 0
    align: Literal["left", "right"] = "left"
    from_width: int = 0
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """What one item looks like: a cell for each column."""

    cells: tuple[str, ...]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the table (đường kẻ) with words in it; the cursor steps over it."""

    text: str


Item = TypeVar("Item")


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """*text* in exactly *width* cells; what does not fit ends in ``…``."""
    text = literal(text)
    if width <= 0:
        return ""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    padding = " " * (width - cell_len(text))
    return padding + text if align == "right" else text + padding


def widths(columns: Sequence[Column], room: int) -> tuple[int, ...]:
    """Width of each column in *room* cells, a space between them; 0 for one left out."""
    shown = [column for column in columns if column.from_width <= room]
    fixed = sum(column.width for column in shown) + len(shown) + 1
    stretching = sum(1 for column in shown if not column.width) or 1
    rest = max(8, (room - fixed) // stretching)
    return tuple(0 if column.from_width > room else column.width or rest for column in columns)


class LineTable(OrderedKeys, ScrollView, Generic[Item], can_focus=True):
    """A virtual table (bảng) over values in memory; keeps its cursor on the same item."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-table--header",
        "line-table--cursor",
        "line-table--odd",
        "line-table--rule",
        "line-table--empty",
        "line-table--muted",
        "line-table--strong",
        "line-table--good",
        "line-table--warn",
        "line-table--mark",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Xuống một dòng", id="table.down", show=False),
        Binding("up,k", "move(-1)", "Lên một dòng", id="table.up", show=False),
        Binding("pagedown,space", "page(1)", "Xuống một trang", id="table.pagedown", show=False),
        Binding("pageup,b", "page(-1)", "Lên một trang", id="table.pageup", show=False),
        Binding("home,g", "edge(1)", "Về dòng đầu", id="table.home", show=False),
        Binding("end,G", "edge(-1)", "Tới dòng cuối", id="table.end", show=False),
    ]
    cursor = var(0, init=False)

    class Moved(Message):
        """The cursor stands on another item; None when there is none."""

        def __init__(self, table: LineTable[Any], item: Any) -> None:
            super().__init__()
            self.table, self.item = table, item

        @property
        def control(self) -> LineTable[Any]:
            return self.table

    class Chosen(Message):
        """Enter, or a click on the row the cursor is on."""

        def __init__(self, table: LineTable[Any], item: Any) -> None:
            super().__init__()
            self.table, self.item = table, item

        @property
        def control(self) -> LineTable[Any]:
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        present: Callable[[Item], Row],
        key_of: Callable[[Item], str],
        empty: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._present, self._key_of = present, key_of
        self._items: tuple[Item | Rule, ...] = ()
        self._empty = empty

    def show(self, items: Sequence[Item | Rule], *, empty: str | None = None) -> None:
        """Show *items*; the cursor stays on the item it was on, when that is still there."""
        before = self.current
        self._items = tuple(items)
        self._empty = self._empty if empty is None else empty
        self.virtual_size = Size(1, len(items) + 1)
        found = None if before is None else self._find(self._key_of(before))
        self.set_reactive(LineTable.cursor, self._landing(found or 0, 1))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self, self.current))

    def draw_as(self, columns: Sequence[Column], present: Callable[[Item], Row]) -> None:
        """Change the columns, once it is known which there are."""
        self._columns, self._present = tuple(columns), present
        self.refresh()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items shown, without the lines between them."""
        return tuple(item for item in self._items if not isinstance(item, Rule))

    @property
    def current(self) -> Item | None:
        """The item the cursor is on."""
        item = self._items[self.cursor] if self.cursor < len(self._items) else None
        return None if isinstance(item, Rule) else item

    def move_to(self, key: str) -> None:
        """Put the cursor on the item with *key*, when it is in the table."""
        found = self._find(key)
        if found is not None:
            self.cursor = found

    def _find(self, key: str) -> int | None:
        for index, item in enumerate(self._items):
            if not isinstance(item, Rule) and self._key_of(item) == key:
                return index
        return None

    def _landing(self, index: int, step: int) -> int:
        """The nearest row the cursor may stand on, looking in the direction of *step* first."""
        if not self._items:
            return 0
        last = len(self._items) - 1
        index = max(0, min(last, index))
        below, above = range(index, last + 1), range(index, -1, -1)
        for candidates in (below, above) if step > 0 else (above, below):
            for candidate in candidates:
                if not isinstance(self._items[candidate], Rule):
                    return candidate
        return 0

    def action_move(self, step: int) -> None:
        self.cursor = self._landing(self.cursor + step, step)

    def action_page(self, step: int) -> None:
        self.cursor = self._landing(self.cursor + step * max(1, self.size.height - 2), step)

    def action_edge(self, step: int) -> None:
        self.cursor = self._landing(0 if step > 0 else len(self._items) - 1, step)

    def action_choose(self) -> None:
        item = self.current
        if item is not None:
            self.post_message(self.Chosen(self, item))

    def on_click(self, event: events.Click) -> None:
        index = event.y - 1 + self.scroll_offset.y
        if event.y == 0 or not 0 <= index < len(self._items):
            return
        if isinstance(self._items[index], Rule):
            return
        if index == self.cursor:
            self.action_choose()
        self.cursor = index

    def watch_cursor(self, old: int, new: int) -> None:
        if not self._keep_in_sight():
            top, width = self.scroll_offset.y, self.size.width
            self.refresh(Region(0, old - top + 1, width, 1), Region(0, new - top + 1, width, 1))
        self.post_message(self.Moved(self, self.current))

    def on_resize(self) -> None:
        self._keep_in_sight()

    def _keep_in_sight(self) -> bool:
        """Scroll as little as shows the cursor; say whether that was needed.

        The first row brings the lines above it into sight with it.
        """
        top, height = self.scroll_offset.y, max(1, self.size.height - 1)
        if self.cursor < top or (top and self.cursor == self._landing(0, 1)):
            target = 0 if self.cursor == self._landing(0, 1) else self.cursor
        elif self.cursor >= top + height:
            target = self.cursor - height + 1
        else:
            return False
        self.scroll_to(y=target, animate=False, force=True, immediate=True)
        return True

    def render_line(self, y: int) -> Strip:
        width = self._room
        if y == 0:
            labels = tuple(column.label for column in self._columns)
            return self._strip(Row(labels), self._style("header"), plain=True)
        index = self.scroll_offset.y + y - 1
        if not self._items and y == 2:
            return Strip([Segment(fit(f" {self._empty}", width), self._style("empty"))])
        if index >= len(self._items):
            return Strip.blank(width, self.rich_style)
        item = self._items[index]
        if isinstance(item, Rule):
            return Strip([Segment(_ruled(item.text, width), self._style("rule"))])
        row = self._present(item)
        if index == self.cursor:
            return self._strip(row, self._style("cursor"), plain=True)
        ground = self._style("odd") if index % 2 else self.rich_style
        tone = ground if row.tone == "plain" else ground + self._ink(row.tone)
        return self._strip(row, tone, plain=row.tone == "muted")

    def _strip(self, row: Row, style: Style, *, plain: bool) -> Strip:
        """The cells side by side; *plain* leaves the columns' own tones out."""
        room = self._room
        segments = [Segment(" ", style)]
        for column, width, cell in zip(
            self._columns, widths(self._columns, room), row.cells, strict=True
        ):
            if width:
                toned = style if plain or column.tone == "plain" else style + self._ink(column.tone)
                segments.append(Segment(fit(cell, width, column.align), toned))
                segments.append(Segment(" ", style))
        return Strip(segments).adjust_cell_length(room, style)

    @property
    def _room(self) -> int:
        """Cells a line may take, the scrollbar left out."""
        return self.scrollable_content_region.width

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"line-table--{name}")

    def _ink(self, tone: Tone) -> Style:
        """A tone without its background, which is the row's."""
        return self.get_component_rich_style(f"line-table--{tone}").without_color + Style(
            color=self.get_component_rich_style(f"line-table--{tone}").color
        )


def _ruled(text: str, width: int) -> str:
    words = f" {literal(text)} "
    return fit("──" + words + "─" * max(0, width - 2 - cell_len(words)), width)

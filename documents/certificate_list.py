"""The list annexed to a decision (danh sách kèm theo quyết định), as PDF."""

from __future__ import annotations

import io

from documents.layouts import Layout, layout_of
from documents.letterhead import draw_letterhead, draw_signature, signature_height, text_width
from documents.lines import Line, wrap
from documents.page import (
    HEIGHT,
    MM,
    Pen,
    draw_origin,
    draw_page_number,
    draw_watermark,
    open_canvas,
)
from documents.roll import columns_of, rows_of
from documents.table import draw_rows, pack_pages, set_heading
from documents.typeface import Face, ink
from documents.wording import annexed_to, body_of, count_of, origin_of, printed, readable
from registry.views import CertificateList

TITLE = "DANH SÁCH"
AIR = 4 * MM
ORIGIN_Y = 9 * MM


def render_list(view: CertificateList, *, layout: str = "nd30") -> bytes:
    """The list of *view*, A4 landscape. The same view always gives the same bytes.

    Raises:
        GlyphMissing: a text holds a letter the typeface cannot show.
        TextTooLong: a row would be taller than a page.
        LayoutUnknown: there is no layout of that name.
    """
    profile = layout_of(layout)
    buffer = io.BytesIO()
    title = ink(f"Danh sách {view.title}", record="tên danh sách")
    pen = Pen(open_canvas(buffer, title=title, author=body_of(view.season)))
    _draw(pen, view, profile)
    pen.canvas.save()
    return buffer.getvalue()


def _draw(pen: Pen, view: CertificateList, layout: Layout) -> None:
    width = text_width(layout)
    lines = tuple(readable(line) for line in view.lines)
    columns = columns_of(lines, width / MM)
    heading = set_heading(columns, size=layout.cell)
    foot, ceiling = layout.bottom * MM, HEIGHT - layout.top * MM
    _draw_around(pen, view, layout, 1)
    top = _draw_head(pen, view, layout)
    pages = pack_pages(
        rows_of(lines, width / MM, size=layout.cell),
        first=top - foot - heading.height,
        room=ceiling - foot - heading.height,
        tail=_tail_height(view, layout),
    )
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            pen.canvas.showPage()
            _draw_around(pen, view, layout, number)
            top = ceiling
        under = (heading, *rows) if rows else ()
        top = draw_rows(pen, columns, under, x=layout.left * MM, top=top)
    _draw_tail(pen, view, layout, top)
    pen.canvas.showPage()


def _draw_around(pen: Pen, view: CertificateList, layout: Layout, number: int) -> None:
    """What stands on every page, under and around the text."""
    width = text_width(layout)
    centre = layout.left * MM + width / 2
    if view.decision is None:
        draw_watermark(pen)
    draw_page_number(pen, number, x=centre, size=layout.page_number)
    draw_origin(pen, origin_of(view), x=centre, y=ORIGIN_Y, room=width)


def _draw_head(pen: Pen, view: CertificateList, layout: Layout) -> float:
    """Letterhead, title and the decision it belongs to; returns where the table begins."""
    room = text_width(layout)
    centre = layout.left * MM + room / 2
    top = draw_letterhead(pen, view.season, layout) - 1.5 * AIR
    titles = (printed(TITLE), ink(view.title, record="tên danh sách"))
    lines = [line for text in titles for line in wrap(text, Face.BOLD, layout.title, room)]
    for text in annexed_to(view):
        lines += wrap(text, Face.ITALIC, layout.text, room)
    return pen.column(centre, top, lines) - AIR


def _closing(view: CertificateList, layout: Layout) -> Line:
    count = len(view.lines)
    how_many = f"gồm {count_of(count)} mô hình" if count else "không có mô hình nào"
    text = printed(f"Danh sách này {how_many}./.")
    return Line(text=text, face=Face.REGULAR, size=layout.text)


def _tail_height(view: CertificateList, layout: Layout) -> float:
    return 2 * AIR + _closing(view, layout).height + signature_height(view.decision, layout)


def _draw_tail(pen: Pen, view: CertificateList, layout: Layout, top: float) -> None:
    closing = _closing(view, layout)
    top -= AIR + closing.height
    pen.left(layout.left * MM, top, closing)
    draw_signature(pen, view.decision, layout, top - AIR)

"""Certificates (giấy chứng nhận), A4 landscape, one page a recipient, as PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from documents.border import INNER, RED, draw_border
from documents.lines import Item, Line, Stack, fit_stack
from documents.page import (
    HEIGHT,
    MM,
    WIDTH,
    Pen,
    draw_origin,
    draw_watermark,
    open_canvas,
)
from documents.roll import where_of
from documents.typeface import Face, Ink, ink
from documents.wording import (
    LONG,
    MOTTO,
    SHORT,
    STATE,
    body_of,
    count_of,
    day_of,
    number_of,
    origin_of,
    place_and_day,
    posts_of,
    printed,
    readable,
    record_of,
    signer_of,
)
from registry.errors import RegistryError
from registry.views import CertificateLine, CertificateList

Progress = Callable[[int, int], None]

CENTRE = WIDTH / 2
ROOM = 216 * MM
"""The widest a centred line may be."""
HEAD = HEIGHT - 24.5 * MM
FOOT = 76 * MM
"""Where the recipient's box ends; number, date and signature stand below."""
NOTES_X, NOTES_ROOM = 34 * MM, 88 * MM
SIGNER_X, SIGNER_ROOM = WIDTH - 88 * MM, 116 * MM
NAME_Y = 27.5 * MM


class NobodyToCertify(RegistryError):
    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” không có mô hình nào nên không có giấy chứng nhận để in.",
            hint="Chấm điểm và xét chọn xong rồi in lại.",
        )


def render_certificates(view: CertificateList, progress: Progress | None = None) -> bytes:
    """The certificates of *view*, in the order of the list. Same view, same bytes.

    Raises:
        NobodyToCertify: the list is empty.
        GlyphMissing: a text holds a letter the typeface cannot show.
        TextTooLong: a recipient's text does not fit at three quarters of its size.
    """
    if not view.lines:
        raise NobodyToCertify(view.title)
    buffer = io.BytesIO()
    title = ink(f"Giấy chứng nhận {view.title}", record="tên danh sách")
    pen = Pen(open_canvas(buffer, title=title, author=body_of(view.season)))
    pen.canvas.showOutline()
    pen.canvas.beginForm("background", 0, 0, WIDTH, HEIGHT)
    top = _draw_background(pen, view)
    pen.canvas.endForm()
    for done, line in enumerate(view.lines, start=1):
        _draw_certificate(pen, view, readable(line), top)
        if progress is not None:
            progress(done, len(view.lines))
    pen.canvas.save()
    return buffer.getvalue()


def _draw_background(pen: Pen, view: CertificateList) -> float:
    """All that every certificate of the list shares; returns the top of the recipient's box."""
    if view.decision is None:
        draw_watermark(pen)
    draw_border(pen.canvas)
    state = Line(text=printed(STATE), face=Face.BOLD, size=13)
    motto = Line(text=printed(MOTTO), face=Face.BOLD, size=14)
    top = pen.column(CENTRE, HEAD, (state, motto)) - 1.2 * MM
    pen.rule(CENTRE, top, motto.width)
    title = Line(text=printed("GIẤY CHỨNG NHẬN"), face=Face.BOLD, size=38)
    top = pen.column(CENTRE, top - 4 * MM, (title,), RED)
    top = pen.stack(CENTRE, top - 1.5 * MM, _body(view), RED)
    verb = Line(text=printed("CHỨNG NHẬN"), face=Face.BOLD, size=15)
    top = pen.column(CENTRE, top - 2 * MM, (verb,))
    _draw_signature(pen, view)
    draw_origin(pen, origin_of(view), x=CENTRE, y=INNER + 2 * MM, room=ROOM)
    return top - 3 * MM


def _body(view: CertificateList) -> Stack:
    record = f"tên cơ quan của đợt {view.season.id}"
    text = ink(body_of(view.season).upper(), record=record)
    item = Item(text=text, face=Face.BOLD, size=17, floor=14)
    return fit_stack([item], room=ROOM, box=18 * MM, record=record, place="hai dòng")


def _draw_signature(pen: Pen, view: CertificateList) -> None:
    """Place and date, post, room to sign and stamp, name: bottom right."""
    record = "chức vụ người ký"
    day = Item(
        text=place_and_day(view.season, view.decision), face=Face.ITALIC, size=14, floor=10.5
    )
    posts = [Item(text=post, face=Face.BOLD, size=14, floor=11) for post in posts_of(view.decision)]
    above = fit_stack(
        [day, *posts], room=SIGNER_ROOM, box=26 * MM, record=record, place="chỗ ký tên"
    )
    pen.stack(SIGNER_X, FOOT - 3 * MM, above)
    name = Item(text=signer_of(view.decision), face=Face.BOLD, size=14, floor=10.5)
    fitted = fit_stack(
        [name], room=SIGNER_ROOM, box=12 * MM, record="họ tên người ký", place="chỗ ký tên"
    )
    pen.stack(SIGNER_X, NAME_Y + fitted.height, fitted)


def _draw_certificate(pen: Pen, view: CertificateList, line: CertificateLine, top: float) -> None:
    pen.canvas.doForm("background")
    stack = fit_stack(
        _recipient(view, line),
        room=ROOM,
        box=top - FOOT,
        record=record_of(line),
        place="khung giấy chứng nhận",
    )
    pen.stack(CENTRE, top - (top - FOOT - stack.height) * 0.42, stack)
    _draw_notes(pen, view, line)
    mark = f"recipient-{line.ordinal}"
    pen.canvas.bookmarkPage(mark)
    pen.canvas.addOutlineEntry(
        ink(f"{line.ordinal}. {line.name or line.code}", record=record_of(line)),
        mark,
        level=0,
    )
    pen.canvas.showPage()


def _recipient(view: CertificateList, line: CertificateLine) -> list[Item]:
    """Who receives it and for what; what is not known is left out, a missing name is a blank."""
    record = record_of(line)

    def item(text: str, face: Face, size: float, floor: float, gap: float) -> Item:
        return Item(text=ink(text, record=record), face=face, size=size, floor=floor, gap=gap)

    where = " – ".join(where_of(line))
    people = _labelled((("Người phụ trách: ", line.person), ("Tổ chức chủ trì: ", line.host)))
    standing = _labelled((("Lĩnh vực ", line.field), ("", line.level), ("Xếp loại ", line.grade)))
    return [
        item("Mô hình", Face.REGULAR, 15, 15, 0),
        item(line.name or LONG, Face.BOLD, 20, 16, 2),
        *((item(where, Face.REGULAR, 15, 12, 3),) if where else ()),
        *((item(people, Face.REGULAR, 15, 12, 1),) if people else ()),
        item(achievement_of(view.title), Face.BOLD_ITALIC, 16, 13, 7),
        *((item(standing, Face.ITALIC, 14, 11, 1),) if standing else ()),
    ]


def achievement_of(title: str) -> str:
    """What is certified, made from the list's title: ``Là mô hình "Dân vận khéo" được …``."""
    return f"Là {title[:1].lower()}{title[1:]}"


def _labelled(parts: Iterable[tuple[str, str]]) -> str:
    """What is known of *parts*, each after its label, on one line."""
    return " – ".join(f"{label}{text}" for label, text in parts if text)


def _draw_notes(pen: Pen, view: CertificateList, line: CertificateLine) -> None:
    """Number and date of the decision, register number: bottom left (số vào sổ)."""
    decision = view.decision
    ordinal = count_of(line.ordinal) if decision else SHORT
    day = day_of(decision.signed_on if decision else None)
    for place, text in enumerate(
        (
            f"Quyết định số: {number_of(decision)}",
            f"{day[0].upper()}{day[1:]}",
            f"Số vào sổ: {ordinal}",
            f"Mã số mô hình: {line.code or SHORT}",
        )
    ):
        _draw_note(pen, ink(text, record=record_of(line)), NAME_Y + (3 - place) * 6 * MM, line)


def _draw_note(pen: Pen, text: Ink, y: float, line: CertificateLine) -> None:
    item = Item(text=text, face=Face.REGULAR, size=12.5, floor=8)
    stack = fit_stack(
        [item], room=NOTES_ROOM, box=5.8 * MM, record=record_of(line), place="góc dưới bên trái"
    )
    pen.left(NOTES_X, y, stack.lines[0][1])

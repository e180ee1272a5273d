"""A sheet of paper (trang giấy): the canvas, the pen that writes on it, what every page bears."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from documents.lines import Line, Stack
from documents.typeface import Face, Ink, load_faces, width
from documents.wording import DRAFT, printed

MM = float(mm)
WIDTH, HEIGHT = (float(side) for side in landscape(A4))

BLACK, GREY, PALE = HexColor("#000000"), HexColor("#6E6E6E"), HexColor("#E9E9E9")

DESCENT = 0.22
"""How far a line's baseline stands above its foot, in ems."""

ORIGIN_SIZE = 7.0

rl_config.useA85 = 0  # a text encoding of streams that makes files a quarter larger


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes ink on a canvas; plain ``str`` does not pass the type checker."""

    canvas: Canvas

    def centred(self, x: float, y: float, line: Line, colour: Color = BLACK) -> None:
        self.left(x - line.width / 2, y, line, colour)

    def left(self, x: float, y: float, line: Line, colour: Color = BLACK) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.setFont(line.face, line.size)
        self.canvas.drawString(x, y, line.text)

    def rule(self, x: float, y: float, length: float, *, thickness: float = 0.7) -> None:
        """A horizontal rule centred on *x*."""
        self.canvas.setStrokeColor(BLACK)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(x - length / 2, y, x + length / 2, y)

    def column(self, x: float, top: float, lines: Iterable[Line], colour: Color = BLACK) -> float:
        """Centred lines downwards from *top*; returns where the next one would begin."""
        for line in lines:
            top -= line.height
            self.centred(x, top + line.size * DESCENT, line, colour)
        return top

    def stack(self, x: float, top: float, stack: Stack, colour: Color = BLACK) -> float:
        """A fitted stack downwards from *top*; returns its foot."""
        for gap, line in stack.lines:
            top = self.column(x, top - gap, (line,), colour)
        return top


def open_canvas(buffer: io.BytesIO, *, title: str, author: str) -> Canvas:
    """A canvas for A4 landscape whose bytes depend on what is drawn and on nothing else."""
    load_faces()
    canvas = Canvas(
        buffer,
        pagesize=(WIDTH, HEIGHT),
        pageCompression=1,
        invariant=1,
        lang="vi-VN",
        initialFontName=Face.REGULAR,  # else every page names Helvetica, which is not embedded
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("dvk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def draw_watermark(pen: Pen) -> None:
    """DỰ THẢO across the page, under everything else, until a decision is signed."""
    line = Line(text=printed(DRAFT), face=Face.BOLD, size=120)
    pen.canvas.saveState()
    pen.canvas.translate(WIDTH / 2, HEIGHT / 2)
    pen.canvas.rotate(30)
    pen.centred(0, -0.35 * line.size, line, PALE)
    pen.canvas.restoreState()


def draw_page_number(pen: Pen, number: int, *, x: float, size: float) -> None:
    """The page number (số trang), top centre; none on the first page."""
    if number > 1:
        text = printed(str(number))
        pen.centred(x, HEIGHT - 13 * MM, Line(text=text, face=Face.REGULAR, size=size))


def draw_origin(pen: Pen, text: Ink, *, x: float, y: float, room: float) -> None:
    """The small grey line that ties the paper to the database, made smaller to fit."""
    size = ORIGIN_SIZE * min(1, room / width(text, Face.REGULAR, ORIGIN_SIZE))
    pen.centred(x, y, Line(text=text, face=Face.REGULAR, size=size), GREY)

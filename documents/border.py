"""The border of a certificate (khung giấy chứng nhận): its own drawing, light, the centre plain.

Two wave bands along the edges, no rosette behind the text: a dense pattern under the words takes
an office printer most of a second a page. No emblem: that is the organisation's to supply.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from documents.page import HEIGHT, MM, WIDTH

RED, GOLD, PALE_GOLD = HexColor("#B5121B"), HexColor("#B8892B"), HexColor("#DDBE7A")

OUTER = 9 * MM
BAND = 14 * MM
"""The middle of the wave bands, from the edge of the sheet."""
INNER = 19 * MM
CORNER = 4.4 * MM
WAVE = 6.4 * MM
"""One wave of a band; each side holds a whole number of them."""

Curve = Callable[[float], tuple[float, float]]


def draw_border(canvas: Canvas) -> None:
    """The whole border of an A4 landscape sheet."""
    for inset, thickness, colour in (
        (OUTER, 2.0, RED),
        (OUTER + 1.3 * MM, 0.5, GOLD),
        (INNER - 1.1 * MM, 0.5, GOLD),
        (INNER, 0.9, RED),
    ):
        _frame(canvas, inset, thickness, colour)
    for curve, waves in _bands():
        _smooth(canvas, curve, parts=waves * 4, closed=False, thickness=0.35, colour=GOLD)
    for x in (BAND, WIDTH - BAND):
        for y in (BAND, HEIGHT - BAND):
            _flower(canvas, x, y)


def _frame(canvas: Canvas, inset: float, thickness: float, colour: Color) -> None:
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(thickness)
    canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)


def _bands() -> Iterator[tuple[Curve, int]]:
    """Six interwoven waves along each of the four sides, between the corner flowers."""
    start = BAND + CORNER
    for phase in range(6):
        turn = math.pi * phase / 6
        for y in (BAND, HEIGHT - BAND):
            length = WIDTH - 2 * start
            waves = round(length / WAVE)
            yield _wave(start, y, length, waves, turn, upright=False), waves
        for x in (BAND, WIDTH - BAND):
            length = HEIGHT - 2 * start
            waves = round(length / WAVE)
            yield _wave(start, x, length, waves, turn, upright=True), waves


def _wave(
    start: float, middle: float, length: float, waves: int, turn: float, *, upright: bool
) -> Curve:
    def curve(t: float) -> tuple[float, float]:
        along = start + length * t
        across = middle + 2.1 * MM * math.sin(2 * math.pi * waves * t + turn)
        return (across, along) if upright else (along, across)

    return curve


def _flower(canvas: Canvas, x: float, y: float) -> None:
    """A corner: a spirograph of eight petals around a red dot."""
    for layer in range(4):
        turn = 2 * math.pi * layer / 4

        def petal(t: float, turn: float = turn) -> tuple[float, float]:
            angle = 2 * math.pi * t
            radius = CORNER * (0.66 + 0.3 * math.cos(8 * angle + turn))
            return x + radius * math.cos(angle), y + radius * math.sin(angle)

        _smooth(canvas, petal, parts=64, closed=True, thickness=0.35, colour=GOLD)
    canvas.setFillColor(RED)
    canvas.circle(x, y, 1.1 * MM, stroke=0, fill=1)


def _smooth(
    canvas: Canvas, curve: Curve, *, parts: int, closed: bool, thickness: float, colour: Color
) -> None:
    """*curve* over 0…1 as cubic Béziers, whose tangents are taken numerically."""
    step = 1 / parts
    path = canvas.beginPath()
    path.moveTo(*curve(0))
    for part in range(parts):
        begin, end = part * step, (part + 1) * step
        (x0, y0), (dx0, dy0) = curve(begin), _tangent(curve, begin)
        (x1, y1), (dx1, dy1) = curve(end), _tangent(curve, end)
        third = step / 3
        path.curveTo(x0 + dx0 * third, y0 + dy0 * third, x1 - dx1 * third, y1 - dy1 * third, x1, y1)
    if closed:
        path.close()
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(thickness)
    canvas.drawPath(path)


def _tangent(curve: Curve, t: float) -> tuple[float, float]:
    tiny = 1e-5
    (x0, y0), (x1, y1) = curve(t - tiny), curve(t + tiny)
    return (x1 - x0) / (2 * tiny), (y1 - y0) / (2 * tiny)

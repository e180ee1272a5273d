"""The head and the foot of an official paper: bodies, motto, signature (thể thức văn bản)."""

from __future__ import annotations

from documents.layouts import Layout
from documents.lines import Line, wrap
from documents.page import HEIGHT, MM, WIDTH, Pen
from documents.typeface import Face, Ink, ink
from documents.wording import MOTTO, STATE, body_of, posts_of, printed, signer_of
from registry.decision import Decision
from registry.season import Season

RULE_GAP = 1.2 * MM


def text_width(layout: Layout) -> float:
    """The width between the margins. Unit: points."""
    return WIDTH - (layout.left + layout.right) * MM


def draw_letterhead(pen: Pen, season: Season, layout: Layout) -> float:
    """The issuing bodies on the left, Quốc hiệu and Tiêu ngữ on the right; returns the foot."""
    x, top = layout.left * MM, HEIGHT - layout.top * MM
    whole = text_width(layout)
    left_width = whole * layout.body_column
    centre = x + left_width / 2
    body = wrap(_capitals(body_of(season), season), Face.BOLD, layout.body, left_width - 2 * MM)
    foot = pen.column(centre, top, _superior(season, layout, left_width - 2 * MM))
    foot = pen.column(centre, foot, body) - RULE_GAP
    pen.rule(centre, foot, body[-1].width * layout.body_rule)
    return min(foot, _draw_motto(pen, layout, x + left_width + (whole - left_width) / 2, top))


def signature_height(decision: Decision | None, layout: Layout) -> float:
    """How much room the signature block takes. Unit: points."""
    above, name = _signature(decision, layout)
    return sum(line.height for line in (*above, *name)) + layout.signing_space * MM


def draw_signature(pen: Pen, decision: Decision | None, layout: Layout, top: float) -> None:
    """Authority, post, room to sign and stamp, name: in the right half (chữ ký)."""
    above, name = _signature(decision, layout)
    centre = layout.left * MM + text_width(layout) * 0.75
    foot = pen.column(centre, top, above)
    pen.column(centre, foot - layout.signing_space * MM, name)


def _signature(
    decision: Decision | None, layout: Layout
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    room = text_width(layout) / 2
    above = tuple(
        line for post in posts_of(decision) for line in wrap(post, Face.BOLD, layout.text, room)
    )
    return above, wrap(signer_of(decision), Face.BOLD, layout.text, room)


def _draw_motto(pen: Pen, layout: Layout, centre: float, top: float) -> float:
    state = Line(text=printed(STATE), face=Face.BOLD, size=layout.state)
    motto = Line(text=printed(MOTTO), face=Face.BOLD, size=layout.motto)
    foot = pen.column(centre, top, (state, motto)) - RULE_GAP
    pen.rule(centre, foot, motto.width)
    return foot


def _superior(season: Season, layout: Layout, room: float) -> tuple[Line, ...]:
    named = ink(season.superior, record=f"cơ quan chủ quản của đợt {season.id}")
    return wrap(_capitals(named, season), Face.REGULAR, layout.superior, room)


def _capitals(text: Ink, season: Season) -> Ink:
    return ink(text.upper(), record=f"tên cơ quan của đợt {season.id}")

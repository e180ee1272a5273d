"""The standings as a picture: one bar a peer, times rule-engine, on a logarithmic scale. SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from benchmarks.contest import Standing, baseline_of, times_of

LEFT, WIDTH, ROW, TOP, RIGHT = 150, 620, 24, 58, 130
COLOURS = {"row by row": "#8a8f98", "columns": "#2f6db5", "ceiling": "#c9b458"}
FONT = 'font-family="sans-serif" font-size="12"'


def chart(standings: Sequence[Standing], rows: int) -> str:
    """The picture of one contest, as SVG text; equal standings draw equal pictures."""
    base = baseline_of(standings)
    bars = [(one, times) for one in standings if (times := times_of(one, base)) is not None]
    least = math.floor(min((math.log10(times) for _, times in bars), default=0))
    most = math.ceil(max((math.log10(times) for _, times in bars), default=1))
    width, height = LEFT + WIDTH + RIGHT, TOP + ROW * len(bars) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {FONT}>',
        '<rect width="100%" height="100%" fill="white"/>',
        (
            f'<text x="12" y="22" font-size="15">Criteria a second, times rule-engine, '
            f"{rows:,} rows of 25 criteria (logarithmic); wrong: among rows put on edges</text>"
        ),
        *_legend(),
    ]
    for power in range(least, most + 1):
        parts += _line(power, least, most, height)
    for at, (one, times) in enumerate(bars):
        parts += _bar(one, times, TOP + at * ROW, (math.log10(times) - least) / (most - least))
    return "\n".join([*parts, "</svg>", ""])


def _legend() -> list[str]:
    found = []
    for at, (kind, colour) in enumerate(COLOURS.items()):
        x = LEFT + at * 130
        found.append(f'<rect x="{x}" y="32" width="12" height="12" fill="{colour}"/>')
        found.append(f'<text x="{x + 18}" y="42">{kind}</text>')
    return found


def _line(power: int, least: int, most: int, height: int) -> list[str]:
    x = LEFT + WIDTH * (power - least) / (most - least)
    label = f"{10**power:,}" if power >= 0 else f"{10**power:g}"
    return [
        f'<line x1="{x:.1f}" y1="{TOP - 4}" x2="{x:.1f}" y2="{height - 24}" stroke="#ddd"/>',
        f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle" fill="#555">{label}</text>',
    ]


def _bar(one: Standing, times: float, y: int, share: float) -> list[str]:
    length = max(1.0, WIDTH * share)
    wrong = "" if not one.wrong else f", {100 * one.wrong / one.rows:.2g} % wrong"
    said = f"{times:,.0f}×" if times >= 10 else f"{times:.2g}×"
    return [
        f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{escape(one.peer.name)}</text>',
        (
            f'<rect x="{LEFT}" y="{y + 3}" width="{length:.1f}" height="{ROW - 8}" '
            f'fill="{COLOURS[one.peer.kind]}"/>'
        ),
        f'<text x="{LEFT + length + 6:.1f}" y="{y + 15}">{said}{wrong}</text>',
    ]

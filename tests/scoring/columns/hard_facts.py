"""Facts for the hard pack: signs, noughts, gaps, long numbers, many equals."""

import datetime as dt
import random
from decimal import Decimal


def hard_season(seed, entries):
    """So many entries, the same for the same *seed*."""
    drawing = random.Random(seed)
    return {f"Đ{n:03d}": _entry(drawing) for n in range(entries)}


def _entry(drawing):
    def number(low, high, places=0):
        return Decimal(drawing.randint(low * 10**places, high * 10**places)).scaleb(-places)

    marks = tuple(
        drawing.choice((None, Decimal("7.5"), Decimal(-3), Decimal(9)))
        for _ in range(drawing.randint(0, 7))
    )
    held = {
        "a": number(-12, 12),
        "b": number(-6, 6),
        "c": number(-20, 20, 3),
        "lon": number(-(10**14), 10**14, drawing.choice((0, 9))),
        "ro": drawing.choice((True, True, False)),
        "cap": drawing.choice(("xa", "tinh", "huyen")),
        "noi": drawing.choice(("xa", "tinh")),
        "nhom": drawing.choice(("xa", "Đội '3", "Bắc Hồng: 100%", "đội '3")),
        "tu": dt.date(2024, 1, 31) + dt.timedelta(drawing.randint(-3, 3)),
        "den": drawing.choice((dt.date(1931, 2, 28), dt.date(2024, 2, 29), dt.date(2026, 3, 1))),
        "phieu": marks if any(mark is not None for mark in marks) else None,
    }
    return {
        name: value for name, value in held.items() if value is not None and drawing.random() > 0.08
    }

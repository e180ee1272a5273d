"""The barest pack, with whatever a test is about put into it."""

import datetime as dt

from pack_text import pack_text

from scoring.pack import parse_pack

NUMBER = {"type": "decimal", "label": "Số"}
TEXT = {"type": "text", "label": "Chữ"}
MARKS = {"type": "marks", "label": "Phiếu", "ask": "council"}


def bare_pack(**keys):
    """A pack of one grade, everybody ranked by total, with *keys* of the format."""
    told = {
        "id": "tran",
        "version": "1.0.0",
        "title": "Bộ quy tắc trần",
        "basis": [{"document": "Không có"}],
        "effective": {"from": dt.date(2018, 1, 1)},
        "facts": {"a": NUMBER, "b": NUMBER, "chu": TEXT, "phieu": MARKS},
        "grades": [{"id": "dat", "label": "Đạt"}],
        "ranking": {"among": ["dat"], "order": ["total"]},
    }
    return parse_pack({"pack.yaml": pack_text(told | keys)}, name="tran")


def points(text, **keys):
    """One criterion whose points are the expression *text*."""
    return [{"id": "I", "label": "Tiêu chí", "points": text, **keys}]


def derived(**texts):
    """Derived values by name."""
    return {name: {"label": name, "value": text} for name, text in texts.items()}

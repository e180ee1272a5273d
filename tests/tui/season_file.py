"""The season of the examples as a register on disk."""

import datetime as dt
from pathlib import Path

from registry.desk import open_desk

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
PACK = RULES / "dan-van-kheo-minh-hoa"
WORKBOOK = ROOT / "examples" / "hong-linh-2018.xlsx"
OPENED_AT = dt.datetime(2018, 12, 5, 1, 30, tzinfo=dt.UTC)


def desk_at(path):
    """The desk of the register at *path*, where it is always the same morning."""
    return open_desk(path, officer="hà", clock=lambda: OPENED_AT, rules_dir=RULES)


def opened(desk, season="hl-2018", title="Hồng Lĩnh 2018"):
    """*desk* with one season open and nothing in it."""
    desk.open_season(season, title=title, year=2018)
    return desk


def taken_in(desk):
    """*desk* with the workbook taken in."""
    desk.apply_intake(WORKBOOK.read_bytes(), file=WORKBOOK.name, season="hl-2018")
    return desk


def pinned(desk):
    """*desk* with the pack pinned, ready to score."""
    desk.pin_pack("hl-2018", PACK)
    return desk


def scored_season(path):
    """A file at *path* in which the whole season has been scored."""
    desk = pinned(taken_in(opened(desk_at(path))))
    desk.score("hl-2018")
    desk.close()
    return path

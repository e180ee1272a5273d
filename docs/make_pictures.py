"""Draws the README's pictures from a real season: screens as SVG, pages as PNG.

Run by ``python3 run.py pictures`` after a change to a screen or a paper.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
import tempfile
from pathlib import Path

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

import pypdfium2
from textual.pilot import Pilot

from documents.certificate_list import render_list
from documents.certificates import render_certificates
from registry.desk import Desk, open_desk
from registry.rulebook import RULES_DIR
from tui.app import DvkApp

PICTURES = Path(__file__).parent / "pictures"
SEASON = "hl-2018"
NOW = dt.datetime(2018, 12, 10, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
SCREENS = {
    "tong-quan": (),
    "danh-sach": ("f3", "slash", *"duong hoa"),
    "phieu-diem": ("f4", "enter", *["down"] * 6),
    "xep-hang": ("f4", *["down"] * 6),
}


def main() -> None:
    """Make every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = _season(Path(folder) / "so.db")
        for name, keys in SCREENS.items():
            svg = asyncio.run(_screen(desk, keys))
            (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
        _page(render_list(desk.certificate_list(SEASON, "cong-nhan")), "danh-sach-cong-nhan")
        desk.decide(
            SEASON,
            number="05/QĐ-UBND",
            signed_on=dt.date(2018, 12, 20),
            signer_post="CHỦ TỊCH",
            signer_name="Nguyễn Văn A",
        )
        certificates = render_certificates(desk.certificate_list(SEASON, "bieu-duong"))
        _page(certificates, "giay-chung-nhan")


def _season(path: Path) -> Desk:
    """The season of the demo, scored."""
    desk = open_desk(path, officer="thu-ky", clock=lambda: NOW, rules_dir=RULES_DIR)
    desk.open_season(
        SEASON,
        title="Hồng Lĩnh 2018",
        year=2018,
        body="Ủy ban nhân dân thị xã Hồng Lĩnh",
        place="Hồng Lĩnh",
    )
    workbook = RULES_DIR.parent / "examples" / "hong-linh-2018.xlsx"
    desk.apply_intake(workbook.read_bytes(), file=workbook.name, season=SEASON)
    desk.pin_pack(SEASON, RULES_DIR / "dan-van-kheo-minh-hoa")
    desk.score(SEASON)
    return desk


async def _screen(desk: Desk, keys: tuple[str, ...]) -> str:
    """One screen after *keys*, as SVG that fetches nothing from anywhere."""
    app = DvkApp(desk, SEASON)
    async with app.run_test(size=(118, 34)) as pilot:
        await _still(pilot)
        for key in keys:
            await pilot.press("space" if key == " " else key)
            await _still(pilot)
        svg = app.export_screenshot(title="dvk")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    # The exporter numbers its styles at random; the picture would differ each time.
    return re.sub(r"terminal-\d+", "terminal", svg)


async def _still(pilot: Pilot[None]) -> None:
    """Wait until no question to the desk is open and everything is drawn."""
    for _ in range(3):
        await pilot.pause()
        while any(not worker.is_finished for worker in pilot.app.workers):
            await pilot.pause(0.01)
    await pilot.pause()


def _page(pdf: bytes, name: str) -> None:
    """The first page of *pdf* as PNG, 1.100 pixels wide."""
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=1100 / page.get_width()).to_pil()
    image.convert("P", palette=1, colors=64).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()

"""Every screen as text, at the size of an old terminal, a laptop and a big one."""

from pathlib import Path

import pytest
from driving import frame, press, running
from season_file import opened, pinned, taken_in

FRAMES = Path(__file__).parent / "frames"
SIZES = ((80, 24), (120, 40), (160, 50))
SCREENS = {
    "tong-quan": (),
    "danh-sach": ("f3",),
    "danh-sach-tim": ("f3", "slash", *"duong", "enter"),
    "danh-sach-loc": ("f3", "f7"),
    "phieu-diem": ("f4", "enter", "down", "down"),
    "vi-sao": ("f4", "enter", "down", "enter"),
    "xep-hang": ("f4", *["down"] * 7),
    "bi-vuong": ("f4", "f5", "f6"),
    "tro-giup": ("f3", "f1"),
}


@pytest.fixture
def check_frame(request):
    """Compare the screen with its stored frame, or store it when asked to."""

    def check(app, name):
        width, height = app.size
        path = FRAMES / f"{name}-{width}x{height}.txt"
        shown = frame(app)
        if request.config.getoption("--update-frames", default=False):
            path.write_text(shown, encoding="utf-8")
        assert shown == path.read_text(encoding="utf-8"), f"{path.name}: xem lại, --update-frames"

    return check


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screen_looks_as_it_did(desk, check_frame, name, size):
    async with running(desk, size=size) as pilot:
        await press(pilot, *SCREENS[name])
        check_frame(pilot.app, name)


async def test_empty_register_looks_as_it_did(empty_desk, check_frame):
    async with running(empty_desk) as pilot:
        check_frame(pilot.app, "so-trong")


async def test_season_choice_looks_as_it_did(desk, check_frame):
    desk.open_season("hl-2019", title="Hồng Lĩnh 2019", year=2019)
    async with running(desk) as pilot:
        check_frame(pilot.app, "chon-dot")


async def test_season_before_scoring_looks_as_it_did(empty_desk, check_frame):
    pinned(taken_in(opened(empty_desk)))
    async with running(empty_desk) as pilot:
        check_frame(pilot.app, "chua-cham")
        await press(pilot, "f4")
        check_frame(pilot.app, "chua-xep-hang")


async def test_season_without_entries_looks_as_it_did(empty_desk, check_frame):
    opened(empty_desk)
    async with running(empty_desk) as pilot:
        check_frame(pilot.app, "dot-trong")
        await press(pilot, "f3")
        check_frame(pilot.app, "danh-sach-trong")

"""Driving the app without a terminal: wait until it is still, read what is on the screen."""

from contextlib import asynccontextmanager

from tui.app import DvkApp

SMALL = (80, 24)


@asynccontextmanager
async def running(desk, *, season=None, size=SMALL):
    """The app with its first screen ready."""
    app = DvkApp(desk, season)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot):
    """Wait until no question to the desk is open and everything is drawn."""
    for _ in range(3):
        await pilot.pause()
        while any(not worker.is_finished for worker in pilot.app.workers):
            await pilot.pause(0.01)
        await pilot.pause()


async def press(pilot, *keys):
    """Press *keys* one after the other and wait for what they lead to."""
    for key in keys:
        await pilot.press(key)
    await settle(pilot)


def frame(app):
    """What is on the screen, line by line, without the spaces at line ends."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


async def picture(desk, *keys, season=None, size=SMALL):
    """The screen that *keys* lead to, as SVG."""
    async with running(desk, season=season, size=size) as pilot:
        await press(pilot, *keys)
        return pilot.app.export_screenshot()

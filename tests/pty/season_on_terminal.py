"""Runs the app on a register: ``season_on_terminal.py FILE [fault]``."""

import sys
from pathlib import Path

from season_file import desk_at

from tui.app import DvkApp

desk = desk_at(Path(sys.argv[1]))
if "fault" in sys.argv:
    desk.entry_lines = None  # a programmer's mistake, not a person's
app = DvkApp(desk)
app.run()
sys.exit(app.return_code)

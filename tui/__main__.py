"""``dvk``: the commands, and the screens when no command is given."""

from __future__ import annotations

import sys

from tui.commands.run import run


def main() -> None:
    """Run what the command line asks for and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

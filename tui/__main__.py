"""``dvk``: the commands, and the screens when no command is given."""

from __future__ import annotations

import sys


def main() -> None:
    """Run what the command line asks for and leave with its exit code."""
    try:
        # Imported here: Ctrl-C while libraries are read is a person's wish, not a fault.
        from tui.commands.run import run  # noqa: PLC0415

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 2
    sys.exit(code)


if __name__ == "__main__":
    main()

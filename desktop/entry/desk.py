"""Starts the Desk: the command line where a command is named, else the window, painted before the store is loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run `ersthelfer` with `argv` (without the program's name) and return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    from desktop.cli.common.program import is_command
    from desktop.entry.command_line import DESK, run

    if is_command(DESK, given):
        return run(given)
    from desktop.entry.desk_window import run_window  # brings Qt along

    return run_window(given)


if __name__ == "__main__":
    sys.exit(main())

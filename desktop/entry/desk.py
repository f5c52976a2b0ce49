"""Starts the Desk: the command line where a command is named, else the window, painted before the store is loaded."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from desktop.entry.options import window_options


def main(argv: Sequence[str] | None = None) -> int:
    """Run `ersthelfer` with `argv` (without the program's name) and return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = window_options(given)
    if options is None:
        from desktop.entry.command_line import run

        return run(given)
    gc.disable()  # until the first paint: what a start makes stays, and looking through it costs more than the list
    try:
        from desktop.entry.groundwork import lay_ground
        from desktop.entry.load_qt import load_qt

        ground = lay_ground(options)
        load_qt()
        from desktop.entry.desk_window import run_window

        return run_window(ground)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())

"""Where our other programs are: beside this one when packaged, as modules when run from source."""

from __future__ import annotations

import sys
from pathlib import Path

COLLECTOR = "ersthelfer-collector"


def collector_command() -> list[str]:
    """Return the command that starts the collector; it prints its document on standard output.

    From source the collector runs isolated (`-I`: neither the working folder nor PYTHON* variables), because what lies
    in an employee's folders is none of ours to load, and it starts faster. The package must be installed for that.
    """
    if getattr(sys, "frozen", False):
        name = f"{COLLECTOR}.exe" if sys.platform == "win32" else COLLECTOR
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-I", "-m", "desktop.entry.collector"]

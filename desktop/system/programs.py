"""Where our other programs are: beside this one when packaged, as modules when run from source."""

from __future__ import annotations

import sys
from pathlib import Path

COLLECTOR = "ersthelfer-collector"


def collector_command() -> list[str]:
    """Return the command that starts the collector; it prints its document on standard output.

    From source the collector runs isolated (`-I`: no user site, no PYTHON* variables), for speed and because the
    environment of an employee's session is none of ours; the package's place is handed over instead.
    """
    if getattr(sys, "frozen", False):
        name = f"{COLLECTOR}.exe" if sys.platform == "win32" else COLLECTOR
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", "desktop.entry.collector"]

"""The three systems by the names that lists of actions and settings pages use."""

from __future__ import annotations

import sys


def this_platform() -> str:
    """Return windows, macos or linux; whatever is neither of the first two is treated as Linux."""
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")

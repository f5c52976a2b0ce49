"""What the log of Linux says went wrong in the last seven days: sources and counts, never a text."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported


def read_events(_machine: Machine) -> dict[str, object]:
    """Count crashes, power losses, drive errors and the like of the last seven days."""
    raise unsupported("platform")

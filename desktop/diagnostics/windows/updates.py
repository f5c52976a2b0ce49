"""When the system was last brought up to date; nobody is asked over the network for it (Windows)."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported


def read_updates(_machine: Machine) -> dict[str, object]:
    """Read when updates were last installed, and what failed or waits."""
    raise unsupported("platform")

"""Network drives of Linux, asked by their server's port and never by their path."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported


def read_shares(_machine: Machine) -> dict[str, object]:
    """List connected and remembered network drives and whether their servers answer."""
    raise unsupported("platform")

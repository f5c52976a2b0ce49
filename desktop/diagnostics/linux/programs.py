"""What is installed and what starts by itself: names and versions, never arguments or documents (Linux)."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported


def read_software(_machine: Machine) -> dict[str, object]:
    """List the installed programs with their versions."""
    raise unsupported("platform")


def read_startup(_machine: Machine) -> dict[str, object]:
    """List what starts when the machine starts or somebody signs in; names only."""
    raise unsupported("platform")


def read_browsers_office(_machine: Machine) -> dict[str, object]:
    """Read the versions of browsers, office, mail and meeting programs, and which are the standard."""
    raise unsupported("platform")

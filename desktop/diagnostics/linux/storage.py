"""Whether the drives are sound, and whether there is a copy of what lies on them (Linux)."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported


def read_disk_health(_machine: Machine) -> dict[str, object]:
    """Read what the drives say about their own health; serial numbers stay where they are."""
    raise unsupported("platform")


def read_backup(_machine: Machine) -> dict[str, object]:
    """Read which backups are set up and when they last ended well; never where they lie."""
    raise unsupported("platform")


def read_cloud_sync(_machine: Machine) -> dict[str, object]:
    """Read which cloud folders are set up; never whose account it is."""
    raise unsupported("platform")

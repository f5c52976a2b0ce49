"""Which of the three systems a device has: devices name theirs in their own words, checklists know three."""

from __future__ import annotations

SYSTEMS = ("windows", "macos", "linux")
_BEGINNINGS = {"win": "windows", "mac": "macos", "darwin": "macos", "linux": "linux"}


def system_of(platform: str) -> str:
    """Return windows, macos or linux for "win32", "Windows 11 Pro" or "darwin"; nothing for any other."""
    name = platform.casefold()
    return next((system for beginning, system in _BEGINNINGS.items() if name.startswith(beginning)), "")

"""Screens, sound, cameras and what hangs on USB, and devices that do not work (Windows)."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported


def read_displays(_machine: Machine) -> dict[str, object]:
    """Read the screens and graphics adapters; serial numbers stay where they are."""
    raise unsupported("platform")


def read_audio_camera(_machine: Machine) -> dict[str, object]:
    """Read sound devices, whether the sound is off, and whether microphone and camera are allowed."""
    raise unsupported("platform")


def read_usb(_machine: Machine) -> dict[str, object]:
    """List what is plugged in; serial numbers stay where they are."""
    raise unsupported("platform")


def read_devices_bad(_machine: Machine) -> dict[str, object]:
    """List devices that the system calls faulty or has no driver for."""
    raise unsupported("platform")

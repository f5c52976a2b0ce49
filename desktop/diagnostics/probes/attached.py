"""Screens, sound, cameras and what hangs on USB, and devices that do not work."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    boolean,
    integer,
    number,
    probe,
    table,
    text,
    unsupported,
)


@probe(
    "displays",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        table(
            "displays",
            text("name"),
            integer("width_px", "px"),
            integer("height_px", "px"),
            number("refresh_hz", "hz"),
            number("scale_percent", "percent"),
            boolean("is_primary"),
            boolean("is_builtin"),
        ),
        integer("count", "count"),
        table("adapters", text("name"), text("driver"), text("driver_version"), text("driver_date")),
    ),
)
def read_displays(machine: Machine) -> dict[str, object]:
    """Read the screens and graphics adapters; serial numbers stay where they are."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import displays as linux

        return linux.read_displays(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import attached as macos

        return macos.read_displays(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import displays as windows

        return windows.read_displays(machine)
    raise unsupported("platform")


@probe(
    "audio_camera",
    lane=Lane.SLOW,
    deadline=5.0,
    fields=(
        text("output"),
        text("input"),
        boolean("is_muted"),
        number("volume_percent", "percent"),
        boolean("is_microphone_muted"),
        boolean("is_microphone_allowed"),
        boolean("is_camera_allowed"),
        integer("cameras", "count"),
        table("devices", text("name"), text("direction"), text("driver_version")),
    ),
)
def read_audio_camera(machine: Machine) -> dict[str, object]:
    """Read sound devices, whether the sound is off, and whether microphone and camera are allowed."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import sound as linux

        return linux.read_audio_camera(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import attached as macos

        return macos.read_audio_camera(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import sound as windows

        return windows.read_audio_camera(machine)
    raise unsupported("platform")


@probe(
    "usb",
    lane=Lane.SLOW,
    deadline=5.0,
    fields=(
        table("devices", text("vendor_id"), text("product_id"), text("name"), text("class_name"), boolean("is_hub")),
    ),
)
def read_usb(machine: Machine) -> dict[str, object]:
    """List what is plugged in; serial numbers stay where they are."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import devices as linux

        return linux.read_usb(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import attached as macos

        return macos.read_usb(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import attached as windows

        return windows.read_usb(machine)
    raise unsupported("platform")


@probe(
    "devices_bad",
    lane=Lane.SLOW,
    deadline=8.0,
    fields=(
        table("devices", text("name"), text("class_name"), integer("code", "code"), text("problem")),
        integer("count", "count"),
    ),
)
def read_devices_bad(machine: Machine) -> dict[str, object]:
    """List devices that the system calls faulty or has no driver for."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import devices as linux

        return linux.read_devices_bad(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import attached as macos

        return macos.read_devices_bad(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import attached as windows

        return windows.read_devices_bad(machine)
    raise unsupported("platform")

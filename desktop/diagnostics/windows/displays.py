"""The screens and graphics adapters of a Windows PC (wingdi.h, shellscalingapi.h); serial numbers stay there."""

from __future__ import annotations

import ctypes
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, unsupported
from desktop.diagnostics.windows.drivers import DISPLAY, installed_drivers
from desktop.diagnostics.windows.libraries import (
    BOOL,
    DWORD,
    HANDLE,
    HRESULT,
    LONG,
    POINTER,
    WORD,
    Libraries,
    units_text,
)
from desktop.diagnostics.windows.pc import this_pc

CURRENT_SETTINGS, EFFECTIVE_DPI, PER_MONITOR_AWARE_2 = 0xFFFFFFFF, 0, -4
PRIMARY = 1
PLAIN_DPI = 96
ACTIVE_PATHS = 2
TARGET_NAME = 2
INTERNAL = (0x80000000, 6, 11, 13)
"""DISPLAYCONFIG_OUTPUT_TECHNOLOGY of built-in panels: INTERNAL, LVDS, embedded DisplayPort, embedded UDI."""
MOST = 32


class Rectangle(ctypes.Structure):
    """RECT."""

    _fields_ = (("left", LONG), ("top", LONG), ("right", LONG), ("bottom", LONG))


class MonitorInfo(ctypes.Structure):
    """MONITORINFOEXW."""

    _fields_ = (("size", DWORD), ("whole", Rectangle), ("work", Rectangle), ("flags", DWORD), ("device", WORD * 32))


class DeviceMode(ctypes.Structure):
    """DEVMODEW as displays fill it."""

    _fields_ = (
        ("device", WORD * 32), ("spec_version", WORD), ("driver_version", WORD), ("size", WORD), ("extra", WORD),
        ("fields", DWORD), ("x", LONG), ("y", LONG), ("orientation", DWORD), ("fixed_output", DWORD),
        ("colour", WORD), ("duplex", WORD), ("y_resolution", WORD), ("tt_option", WORD), ("collate", WORD),
        ("form", WORD * 32), ("log_pixels", WORD), ("bits", DWORD), ("width", DWORD), ("height", DWORD),
        ("flags", DWORD), ("frequency", DWORD), ("rest", DWORD * 8),
    )  # fmt: skip


class Luid(ctypes.Structure):
    """LUID."""

    _fields_ = (("low", DWORD), ("high", LONG))


class PathInfo(ctypes.Structure):
    """DISPLAYCONFIG_PATH_INFO."""

    _fields_ = (
        ("source_adapter", Luid), ("source", DWORD), ("source_mode", DWORD), ("source_flags", DWORD),
        ("target_adapter", Luid), ("target", DWORD), ("target_mode", DWORD), ("technology", DWORD),
        ("rotation", DWORD), ("scaling", DWORD), ("refresh_numerator", DWORD), ("refresh_denominator", DWORD),
        ("scan_line", DWORD), ("is_available", DWORD), ("target_flags", DWORD), ("flags", DWORD),
    )  # fmt: skip


class ModeInfo(ctypes.Structure):
    """DISPLAYCONFIG_MODE_INFO; only its size matters here."""

    _fields_ = (("type", DWORD), ("id", DWORD), ("adapter", Luid), ("mode", DWORD * 12))


class SourceName(ctypes.Structure):
    """DISPLAYCONFIG_SOURCE_DEVICE_NAME."""

    _fields_ = (("type", DWORD), ("size", DWORD), ("adapter", Luid), ("id", DWORD), ("name", WORD * 32))


class TargetName(ctypes.Structure):
    """DISPLAYCONFIG_TARGET_DEVICE_NAME; the path in it, which has a serial number, is not read."""

    _fields_ = (
        ("type", DWORD), ("size", DWORD), ("adapter", Luid), ("id", DWORD), ("flags", DWORD), ("technology", DWORD),
        ("manufacturer", WORD), ("product", WORD), ("connector", DWORD), ("name", WORD * 64), ("path", WORD * 128),
    )  # fmt: skip


def read_displays(machine: Machine) -> dict[str, object]:
    """Read size, rate and scale of each screen, and the drivers of the graphics adapters."""
    pc = this_pc(machine)
    drivers: list[dict[str, object]] = [
        {
            "name": one.name, "driver": one.provider or None, "driver_version": one.version or None,
            "driver_date": one.date or None,
        }
        for one in installed_drivers(pc.registry, DISPLAY)
    ]  # fmt: skip
    try:
        rows = _screens(pc.libraries)
    except Unanswered:
        if not drivers:
            raise
        rows = []
    if not rows and not drivers:
        raise unsupported("no_display")
    return {"displays": rows, "count": len(rows) or None, "adapters": drivers}


def _screens(libraries: Libraries) -> list[dict[str, object]]:
    _count_in_real_pixels(libraries)
    targets = _targets(libraries)
    rows: list[dict[str, object]] = []
    for handle, info in _monitors(libraries):
        device = units_text(info.device)
        target = targets.get(device)
        width, height, rate = _mode(libraries, info)
        rows.append(
            {
                "name": (units_text(target.name) if target else "") or device.strip("\\.") or None,
                "width_px": width,
                "height_px": height,
                "refresh_hz": rate,
                "scale_percent": _scale(libraries, handle),
                "is_primary": bool(info.flags & PRIMARY),
                "is_builtin": target.technology in INTERNAL if target else None,
            }
        )
    return rows


def _count_in_real_pixels(libraries: Libraries) -> None:
    """Ask not to be lied to about sizes and scale, as old programs are; for this thread only."""
    try:
        libraries.find("user32", "SetThreadDpiAwarenessContext", POINTER, POINTER)(PER_MONITOR_AWARE_2)
    except Unanswered:
        return  # before Windows 10 1607


def _monitors(libraries: Libraries) -> list[tuple[int, MonitorInfo]]:
    visit_all = libraries.find("user32", "EnumDisplayMonitors", BOOL, HANDLE, POINTER, POINTER, POINTER)
    ask = libraries.find("user32", "GetMonitorInfoW", BOOL, HANDLE, ctypes.POINTER(MonitorInfo))
    handles: list[int] = []

    def visit(monitor: int | None, _context: int | None, _place: int | None, _data: int | None) -> int:
        handles.append(monitor or 0)
        return int(len(handles) < MOST)

    callback = libraries.prototype(BOOL, HANDLE, HANDLE, POINTER, POINTER)(visit)
    visit_all(None, None, ctypes.cast(callback, POINTER), None)
    found: list[tuple[int, MonitorInfo]] = []
    for handle in handles:
        info = MonitorInfo()
        info.size = ctypes.sizeof(info)
        if ask(handle, ctypes.byref(info)):
            found.append((handle, info))
    return found


def _mode(libraries: Libraries, info: MonitorInfo) -> tuple[int, int, float | None]:
    """Return the size in real pixels and the rate; 0 and 1 Hz stand for "the hardware's default"."""
    ask = libraries.find("user32", "EnumDisplaySettingsW", BOOL, POINTER, DWORD, ctypes.POINTER(DeviceMode))
    mode = DeviceMode()
    mode.size = ctypes.sizeof(mode)
    if ask(info.device, CURRENT_SETTINGS, ctypes.byref(mode)) and mode.width:
        return mode.width, mode.height, float(mode.frequency) if mode.frequency > 1 else None
    return info.whole.right - info.whole.left, info.whole.bottom - info.whole.top, None


def _scale(libraries: Libraries, monitor: int) -> float | None:
    try:
        number = ctypes.POINTER(DWORD)
        ask = libraries.find("shcore", "GetDpiForMonitor", HRESULT, HANDLE, DWORD, number, number)
    except Unanswered:
        return None
    across, down = DWORD(), DWORD()
    code = ask(monitor, EFFECTIVE_DPI, ctypes.byref(across), ctypes.byref(down))
    return round(100 * across.value / PLAIN_DPI, 0) if code == 0 and across.value else None


def _targets(libraries: Libraries) -> dict[str, TargetName]:
    """Return what hangs on each output, by the name of its source; nothing where Windows does not say."""
    try:
        paths = _paths(libraries)
        found: dict[str, TargetName] = {}
        for path in paths:
            source = SourceName(1, ctypes.sizeof(SourceName), path.source_adapter, path.source)
            target = TargetName(TARGET_NAME, ctypes.sizeof(TargetName), path.target_adapter, path.target)
            if _told(libraries, source) and _told(libraries, target):
                found[units_text(source.name)] = target
    except Unanswered:
        return {}
    return found


def _told(libraries: Libraries, question: Any) -> bool:
    ask = libraries.find("user32", "DisplayConfigGetDeviceInfo", LONG, POINTER)
    return ask(ctypes.byref(question)) == 0


def _paths(libraries: Libraries) -> list[PathInfo]:
    number = ctypes.POINTER(DWORD)
    ask_sizes = libraries.find("user32", "GetDisplayConfigBufferSizes", LONG, DWORD, number, number)
    ask = libraries.find("user32", "QueryDisplayConfig", LONG, DWORD, number, POINTER, number, POINTER, POINTER)
    paths, modes = DWORD(), DWORD()
    if ask_sizes(ACTIVE_PATHS, ctypes.byref(paths), ctypes.byref(modes)):
        return []
    found, rest = (PathInfo * max(1, paths.value))(), (ModeInfo * max(1, modes.value))()
    if ask(ACTIVE_PATHS, ctypes.byref(paths), found, ctypes.byref(modes), rest, None):
        return []
    return list(found[: paths.value])

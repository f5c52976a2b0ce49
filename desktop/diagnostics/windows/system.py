"""What a Windows PC is: release, model, processor, promised memory."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, partial, unsupported
from desktop.diagnostics.windows.firmware import serial_number
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.libraries import BOOL, DWORD, QWORD, Libraries
from desktop.diagnostics.windows.pc import this_pc

CURRENT = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
BIOS = r"HKLM\HARDWARE\DESCRIPTION\System\BIOS"
PROCESSOR = r"HKLM\HARDWARE\DESCRIPTION\System\CentralProcessor\0"
ENVIRONMENT = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
FIRST_BUILD_OF_11 = 22000
PLACEHOLDERS = frozenset(
    {"to be filled by o.e.m.", "default string", "system product name", "system manufacturer", "not specified",
     "system version", "not applicable", "oem", "none", "o.e.m."}
)  # fmt: skip
_ROLES = {1: "desktop", 2: "notebook", 3: "desktop", 4: "server", 5: "server", 6: "other", 7: "server", 8: "notebook"}
"""POWER_PLATFORM_ROLE of powrprof: what the maker calls the machine; 8 is a tablet."""


def read_os(machine: Machine) -> dict[str, object]:
    """Read release, build with its update, and edition; without the registry only what Python knows of Windows."""
    pc = this_pc(machine)
    try:
        return _release(pc.registry)
    except PermissionError:
        raise partial("registry", _known_to_python()) from None


def _release(registry: Registry) -> dict[str, object]:
    build = registry.text(CURRENT, "CurrentBuild") or registry.text(CURRENT, "CurrentBuildNumber")
    if build is None:
        raise partial("no_release", _known_to_python())
    update = registry.number(CURRENT, "UBR")
    return {
        "name": product_name(registry.text(CURRENT, "ProductName"), build),
        "version": registry.text(CURRENT, "DisplayVersion") or registry.text(CURRENT, "ReleaseId"),
        "build": build if update is None else f"{build}.{update}",
        "edition": registry.text(CURRENT, "EditionID"),
        "installed_at": registry.number(CURRENT, "InstallDate") or None,
        # The machine's own; the process's environment names that of our process, which may be emulated.
        "architecture": registry.text(ENVIRONMENT, "PROCESSOR_ARCHITECTURE"),
    }


def product_name(name: str | None, build: str) -> str:
    """Return the product's name; Windows 11 still calls itself 10 in the registry, and only the build tells."""
    is_11 = build.isdecimal() and int(build) >= FIRST_BUILD_OF_11
    if name is None:
        return "Windows 11" if is_11 else "Windows"
    return name.replace("Windows 10", "Windows 11", 1) if is_11 else name


def _known_to_python() -> dict[str, object]:
    ask = getattr(sys, "getwindowsversion", None)  # exists on Windows only
    return {"name": "Windows", "build": str(ask().build)} if ask else {"name": "Windows"}


def read_hardware(machine: Machine) -> dict[str, object]:
    """Read maker and model; what a maker left unfilled counts as not known."""
    pc = this_pc(machine)
    values = {name: _filled(value) for name, value in pc.registry.values(BIOS).items()}
    facts: dict[str, object] = {
        "manufacturer": values.get("SystemManufacturer") or values.get("BaseBoardManufacturer"),
        "model": _model(values),
        "bios_version": values.get("BIOSVersion"),
        "bios_date": values.get("BIOSReleaseDate"),
    }
    if not any(facts.values()):
        raise unsupported("no_bios")
    machine.sources.note("psutil")
    serial = _filled(serial_number(pc.libraries))
    return facts | {
        "form": form(pc.libraries),
        "processor": processor_name(machine),
        "cores": _quietly(lambda: psutil.cpu_count(logical=False)),
        "memory_bytes": _installed_memory(pc.libraries) or _quietly(lambda: psutil.virtual_memory().total),
        "serial": serial,
    }


def _quietly(ask: Callable[[], int | None]) -> int | None:
    """Return what psutil says, None where Windows does not let it."""
    try:
        return ask()
    except (OSError, RuntimeError, SystemError):
        return None


def _installed_memory(libraries: Libraries) -> int | None:
    """Return the bytes of the memory modules, more than Windows may use of them."""
    try:
        ask = libraries.find("kernel32", "GetPhysicallyInstalledSystemMemory", BOOL, ctypes.POINTER(QWORD))
    except Unanswered:
        return None
    kibibytes = QWORD()
    return kibibytes.value * 1024 or None if ask(ctypes.byref(kibibytes)) else None


def _filled(value: object) -> str | None:
    text = value.strip(" \0") if isinstance(value, str) else ""
    return None if not text or text.lower() in PLACEHOLDERS else text


def _model(values: dict[str, str | None]) -> str | None:
    """Return the model; Lenovo's product name is an order number, and what people call it stands elsewhere."""
    product, family = values.get("SystemProductName"), values.get("SystemFamily") or values.get("SystemVersion")
    if product and family and (values.get("SystemManufacturer") or "").upper() == "LENOVO":
        return f"{family} ({product})"
    return product or values.get("BaseBoardProduct")


def form(libraries: Libraries) -> str | None:
    """Tell notebook from desktop by the role that the firmware gives the machine; None where nobody says."""
    try:
        ask = libraries.find("powrprof", "PowerDeterminePlatformRoleEx", ctypes.c_int32, DWORD)
    except Unanswered:
        return None
    return _ROLES.get(ask(2))


def processor_name(machine: Machine) -> str | None:
    """Return what the processor's maker calls it."""
    return this_pc(machine).registry.text(PROCESSOR, "ProcessorNameString")


class MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX."""

    _fields_ = (
        ("length", DWORD), ("load", DWORD), ("total", QWORD), ("available", QWORD), ("commit_limit", QWORD),
        ("commit_left", QWORD), ("virtual_total", QWORD), ("virtual_left", QWORD), ("extended_left", QWORD),
    )  # fmt: skip


def commit(machine: Machine) -> dict[str, object]:
    """Return how much memory is promised to programs and how much could be; nothing where Windows does not say."""
    status = MemoryStatus()
    status.length = ctypes.sizeof(status)
    try:
        find = this_pc(machine).libraries.find
        ask = find("kernel32", "GlobalMemoryStatusEx", ctypes.c_int32, ctypes.POINTER(MemoryStatus))
    except Unanswered:
        return {}
    if not ask(ctypes.byref(status)):
        return {}
    return {"committed_bytes": status.commit_limit - status.commit_left, "commit_limit_bytes": status.commit_limit}

"""How a Windows PC stands right now: services, a restart that waits, fast start-up, and what its user may do."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.libraries import BOOL, DWORD, HANDLE, Libraries
from desktop.diagnostics.windows.pc import this_pc

SERVICES = (
    "Spooler", "W32Time", "Dnscache", "Dhcp", "wuauserv", "WlanSvc", "LanmanWorkstation", "Audiosrv", "BITS",
    "WinDefend",
)  # fmt: skip
ALWAYS_ON = frozenset({"Spooler", "Dnscache", "Dhcp", "LanmanWorkstation", "Audiosrv"})
"""Services that Windows keeps running where they start by themselves; the others come and go when needed."""
_VERSION = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion"
RESTART_MARKS = {
    "component_servicing": rf"{_VERSION}\Component Based Servicing\RebootPending",
    "windows_update": rf"{_VERSION}\WindowsUpdate\Auto Update\RebootRequired",
}
SESSION = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager"
REMOTE_SESSION = 0x1000
"""SM_REMOTESESSION of GetSystemMetrics."""
TOKEN_QUERY, TOKEN_ELEVATION_TYPE, ELEVATED, CAN_ELEVATE = 8, 18, 2, 3


def read_services(machine: Machine) -> list[dict[str, object]]:
    """Return the services that a help desk asks about; one that should run and does not is "failed"."""
    machine.sources.note("psutil")
    ask: Callable[[str], Any] = getattr(psutil, "win_service_get")  # noqa: B009 - exists on Windows only
    return [{"name": name, "state": _service_state(ask, name)} for name in SERVICES]


def _service_state(ask: Callable[[str], Any], name: str) -> str:
    try:
        service = ask(name)
        state = str(service.status())
        should_run = name in ALWAYS_ON and state == "stopped" and service.start_type() == "automatic"
    except psutil.NoSuchProcess:
        return "missing"
    except (psutil.Error, OSError):
        return "unknown"
    return "failed" if should_run else state


def restart_reasons(machine: Machine) -> list[str]:
    """Return what waits for a restart, by the marks that updates leave."""
    registry = this_pc(machine).registry
    return [reason for reason, path in RESTART_MARKS.items() if registry.exists(path)]


def has_pending_renames(machine: Machine) -> bool | None:
    """Tell whether files wait to be replaced at the next start: a hint only, because virus scanners do so daily."""
    try:
        return bool(this_pc(machine).registry.value(SESSION, "PendingFileRenameOperations"))
    except (PermissionError, Unanswered):
        return None


def has_fast_startup(machine: Machine) -> bool | None:
    """Tell whether "shut down" keeps the system asleep instead of ending it; None where Windows does not say."""
    try:
        found = this_pc(machine).registry.number(rf"{SESSION}\Power", "HiberbootEnabled")
    except (PermissionError, Unanswered):
        return None
    return None if found is None else bool(found)


def is_remote(machine: Machine) -> bool | None:
    """Tell whether the session is shown on another machine."""
    try:
        ask = this_pc(machine).libraries.find("user32", "GetSystemMetrics", ctypes.c_int32, ctypes.c_int32)
    except Unanswered:
        return None
    return bool(ask(REMOTE_SESSION))


def is_admin(machine: Machine) -> bool | None:
    """Tell whether the user may manage the PC, with a click on "Yes" where Windows asks; None where nobody says."""
    libraries = this_pc(machine).libraries
    try:
        if libraries.find("shell32", "IsUserAnAdmin", BOOL)():
            return True
        return _elevation(libraries) in (ELEVATED, CAN_ELEVATE)
    except Unanswered:
        return None


def _elevation(libraries: Libraries) -> int:
    """Return the TOKEN_ELEVATION_TYPE of our own token."""
    own = libraries.find("kernel32", "GetCurrentProcess", HANDLE)()
    open_token = libraries.find("advapi32", "OpenProcessToken", BOOL, HANDLE, DWORD, ctypes.POINTER(HANDLE))
    ask = libraries.find(
        "advapi32", "GetTokenInformation", BOOL, HANDLE, DWORD, ctypes.POINTER(DWORD), DWORD, ctypes.POINTER(DWORD)
    )
    close = libraries.find("kernel32", "CloseHandle", BOOL, HANDLE)
    token, kind, size = HANDLE(), DWORD(), DWORD()
    if not open_token(own, TOKEN_QUERY, ctypes.byref(token)):
        raise libraries.failed("token")
    try:
        if not ask(token, TOKEN_ELEVATION_TYPE, ctypes.byref(kind), ctypes.sizeof(kind), ctypes.byref(size)):
            raise libraries.failed("token")
    finally:
        close(token)
    return kind.value

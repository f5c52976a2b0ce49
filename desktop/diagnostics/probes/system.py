"""What this machine is: system, model, how long it runs, who sits at it, and our own version."""

from __future__ import annotations

import os
import socket
import sys
import time
from typing import Any

import psutil

from desktop import __version__
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    EVERYWHERE,
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    boolean,
    integer,
    partial,
    probe,
    text,
    unsupported,
)
from desktop.domain.facts import Privacy

DMI = "/sys/class/dmi/id"
_PLACEHOLDERS = frozenset({"", "to be filled by o.e.m.", "default string", "system product name", "not specified"})
_ADMIN_GROUPS = frozenset({"sudo", "wheel", "admin"})


@probe(
    "os",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        text("family"),
        text("name"),
        text("version"),
        text("build"),
        text("edition"),
        integer("installed_at", "unix_s"),
        text("architecture"),
        text("host", privacy=Privacy.INTERNAL, pseudonym="host"),
    ),
)
def read_os(machine: Machine) -> dict[str, object]:
    """Read the operating system's name and version."""
    facts: dict[str, object] = {"family": machine.platform, "host": socket.gethostname()}
    if machine.platform == WINDOWS:
        return facts | _windows_release(machine)
    system = os.uname()
    facts |= {"build": system.release, "architecture": system.machine}
    if machine.platform == MACOS:
        return facts | _macos_version(machine.read("/System/Library/CoreServices/SystemVersion.plist") or "")
    release = parse_os_release(machine.read("/etc/os-release") or machine.read("/usr/lib/os-release") or "")
    return facts | {
        "name": release.get("PRETTY_NAME") or release.get("NAME") or system.sysname,
        "version": release.get("VERSION_ID", ""),
    }


def parse_os_release(content: str) -> dict[str, str]:
    """Read the shell-like assignments of os-release."""
    pairs = (line.split("=", 1) for line in content.splitlines() if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs}


def _windows_release(machine: Machine) -> dict[str, object]:
    from desktop.diagnostics.windows import system as windows

    return windows.read_os(machine)


def _macos_version(content: str) -> dict[str, object]:
    import plistlib  # costs more than the rest of this probe and is needed on macOS only

    version: dict[str, Any] = plistlib.loads(content.encode()) if content else {}
    return {"name": version.get("ProductName", "macOS"), "version": version.get("ProductVersion", "")}


@probe(
    "hardware",
    lane=Lane.FAST,
    deadline=1.0,
    platforms=(LINUX, WINDOWS),
    fields=(text("manufacturer"), text("model"), text("bios_version"), text("bios_date"), text("form")),
)
def read_hardware(machine: Machine) -> dict[str, object]:
    """Read maker and model; what a maker left unfilled counts as not known."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import system as windows

        return windows.read_hardware(machine)
    names = {
        "manufacturer": "sys_vendor", "model": "product_name", "bios_version": "bios_version",
        "bios_date": "bios_date",
    }  # fmt: skip
    facts: dict[str, object] = {name: _dmi(machine, file) for name, file in names.items()}
    if not any(facts.values()):
        raise unsupported("no_dmi")
    return facts | {"form": chassis_form(_dmi(machine, "chassis_type"))}


def _dmi(machine: Machine, name: str) -> str | None:
    content = (machine.read(f"{DMI}/{name}") or "").strip()
    return None if content.lower() in _PLACEHOLDERS else content


def chassis_form(code: str | None) -> str | None:
    """Turn SMBIOS' chassis type (DSP0134 section 7.4.1) into notebook, desktop or other."""
    if not code or not code.isdigit():
        return None
    number = int(code)
    if number in (8, 9, 10, 14, 30, 31, 32):
        return "notebook"
    return "desktop" if number in (3, 4, 5, 6, 7, 13, 15, 16, 24, 35, 36) else "other"


@probe(
    "uptime",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(integer("restarted_at", "unix_s"), integer("uptime_s", "s"), boolean("has_fast_startup")),
)
def read_uptime(machine: Machine) -> dict[str, object]:
    """Read when the machine was last restarted; on Windows "shut down" does not count as that."""
    content = machine.read("/proc/uptime") if machine.platform == LINUX else None
    seconds = float(content.split()[0]) if content else time.time() - psutil.boot_time()
    facts: dict[str, object] = {"uptime_s": int(seconds), "restarted_at": int(time.time() - seconds)}
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import state as windows

        facts["has_fast_startup"] = windows.has_fast_startup(machine)
    return facts


@probe(
    "sessions",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        text("user", privacy=Privacy.PERSONAL, pseudonym="user"),
        boolean("is_admin"),
        boolean("is_remote"),
        integer("other_users", "count"),
    ),
)
def read_sessions(machine: Machine) -> dict[str, object]:
    """Read who sits here and what they may do; other people are only counted."""
    user = psutil.Process().username()
    facts: dict[str, object] = {"user": user.rpartition("\\")[2]} | _rights(machine)
    try:
        facts["other_users"] = len({one.name for one in psutil.users()} - {user})
    except (OSError, RuntimeError, psutil.Error):
        raise partial("no_user_list", facts) from None
    return facts


def _rights(machine: Machine) -> dict[str, object]:
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import state as windows

        return {"is_remote": windows.is_remote(machine), "is_admin": windows.is_admin(machine)}
    return {"is_remote": "SSH_CONNECTION" in os.environ, "is_admin": _is_unix_admin()}


def _is_unix_admin() -> bool:
    import grp  # does not exist on Windows

    if os.geteuid() == 0:
        return True
    mine = set(os.getgroups())
    return any(one.gr_gid in mine for one in grp.getgrall() if one.gr_name in _ADMIN_GROUPS)


@probe(
    "app",
    lane=Lane.FAST,
    deadline=1.0,
    platforms=EVERYWHERE,
    fields=(text("version"), text("python"), boolean("is_packaged")),
)
def read_app(_: Machine) -> dict[str, object]:
    """Read our own version."""
    return {
        "version": __version__,
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "is_packaged": bool(getattr(sys, "frozen", False)),
    }

"""What this machine is: system, model, how long it runs, who sits at it, and our own version."""

from __future__ import annotations

import os
import socket
import sys
import time

import psutil

from desktop import __version__
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    EVERYWHERE,
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    Unanswered,
    boolean,
    integer,
    partial,
    probe,
    text,
    unsupported,
)
from desktop.diagnostics.support import days_left, supported_until
from desktop.domain.facts import Privacy

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
        text("supported_until"),
        integer("support_days_left", "d"),
    ),
)
def read_os(machine: Machine) -> dict[str, object]:
    """Read the operating system's name and version, and until when it gets security updates."""
    facts = _release(machine)
    version, build, edition = (str(facts.get(one) or "") for one in ("version", "build", "edition"))
    distribution = machine.once(_os_release).get("ID", "") if machine.platform == LINUX else ""
    until = supported_until(machine.platform, distribution=distribution, version=version, build=build, edition=edition)
    return facts | {"supported_until": until, "support_days_left": days_left(until, time.time())}


def _release(machine: Machine) -> dict[str, object]:
    facts: dict[str, object] = {"family": machine.platform, "host": socket.gethostname()}
    if machine.platform == WINDOWS:
        return _windows_release(machine, facts)
    system = os.uname()
    facts |= {"build": system.release, "architecture": system.machine}
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import system as macos

        return macos.read_os(machine, facts)
    release = machine.once(_os_release)
    return facts | {
        "name": release.get("PRETTY_NAME") or release.get("NAME") or system.sysname,
        "version": release.get("VERSION_ID", ""),
    }


def _os_release(machine: Machine) -> dict[str, str]:
    return parse_os_release(machine.read("/etc/os-release") or machine.read("/usr/lib/os-release") or "")


def parse_os_release(content: str) -> dict[str, str]:
    """Read the shell-like assignments of os-release."""
    pairs = (line.split("=", 1) for line in content.splitlines() if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs}


def _windows_release(machine: Machine, facts: dict[str, object]) -> dict[str, object]:
    from desktop.diagnostics.windows import system as windows

    try:
        return facts | windows.read_os(machine)
    except Unanswered as answer:
        raise partial(answer.reason, facts | answer.facts) from None


@probe(
    "hardware",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        text("manufacturer"),
        text("model"),
        text("name"),
        text("bios_version"),
        text("bios_date"),
        text("form"),
        text("processor"),
        integer("cores", "count"),
        integer("memory_bytes", "bytes"),
        text("serial", privacy=Privacy.INTERNAL, pseudonym="serial"),
    ),
)
def read_hardware(machine: Machine) -> dict[str, object]:
    """Read maker and model; what a maker left unfilled counts as not known."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import system as windows

        return windows.read_hardware(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import system as macos

        return macos.read_hardware(machine)
    from desktop.diagnostics.linux import pc as linux

    facts = linux.read_hardware(machine)
    if not any(facts.values()):
        raise unsupported("no_dmi")
    return facts


@probe(
    "uptime",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(integer("restarted_at", "unix_s"), integer("uptime_s", "s"), boolean("has_fast_startup")),
)
def read_uptime(machine: Machine) -> dict[str, object]:
    """Read when the machine was last restarted; on Windows "shut down" does not count as that."""
    content = machine.read("/proc/uptime") if machine.platform == LINUX else None
    if not content:
        machine.sources.note("psutil")
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
        text("kind"),
    ),
)
def read_sessions(machine: Machine) -> dict[str, object]:
    """Read who sits here and what they may do; other people are only counted."""
    machine.sources.note("psutil")
    user = psutil.Process().username().rpartition("\\")[2]  # Windows puts the domain before it, and here not
    facts: dict[str, object] = {"user": user} | _rights(machine)
    try:
        others = {one.name.casefold() for one in psutil.users()} - {user.casefold()}
    except (OSError, RuntimeError, psutil.Error):
        raise partial("no_user_list", facts) from None
    return facts | {"other_users": _others(machine, len(others)), "kind": _session_kind(machine)}


def _others(machine: Machine, listed: int) -> int | None:
    """Ask logind where the old list of users names nobody: newer systems keep none (psutil's API documentation)."""
    if listed or machine.platform != LINUX or not machine.exists("/run/systemd/system"):
        return listed
    from desktop.diagnostics.linux import pc as linux

    return linux.other_people(machine)


def _session_kind(machine: Machine) -> str | None:
    """Return how the screen is driven: x11, wayland or tty."""
    kind = os.environ.get("XDG_SESSION_TYPE", "") if machine.platform == LINUX else ""
    return kind if kind in ("x11", "wayland", "tty") else None


def _rights(machine: Machine) -> dict[str, object]:
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import state as windows

        return {"is_remote": windows.is_remote(machine), "is_admin": windows.is_admin(machine)}
    is_remote = "SSH_CONNECTION" in os.environ
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import system as macos

        return {"is_remote": is_remote, "is_admin": macos.is_admin()}
    return {"is_remote": is_remote, "is_admin": _is_unix_admin()}


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

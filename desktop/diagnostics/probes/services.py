"""Services that failed, and whether the system waits for a restart."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    boolean,
    denied,
    integer,
    probe,
    table,
    text,
    texts,
    unsupported,
)


@probe(
    "services",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(table("services", text("name"), text("state")), integer("failed", "count")),
)
def read_services(machine: Machine) -> dict[str, object]:
    """List failed units (Linux), or the state of the few services that a help desk asks about (Windows, macOS)."""
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import services as macos

        return macos.read_services(machine)
    rows = _windows_services() if machine.platform == WINDOWS else _failed_units(machine)
    return {"services": rows, "failed": sum(row["state"] == "failed" for row in rows)}


def _failed_units(machine: Machine) -> list[dict[str, object]]:
    path = machine.tool("systemctl")
    if path is None or not machine.exists("/run/systemd/system"):
        raise unsupported("no_systemd")
    output = machine.run(path, "--failed", "--plain", "--no-legend", "--no-pager", deadline=1.5)
    if output is None:
        raise denied("systemctl")
    return [{"name": line.split()[0], "state": "failed"} for line in output.splitlines() if line.strip()]


def _windows_services() -> list[dict[str, object]]:
    from desktop.diagnostics.windows import state as windows

    return windows.read_services()


@probe(
    "pending_reboot",
    lane=Lane.FAST,
    deadline=1.0,
    platforms=(LINUX, WINDOWS),
    fields=(boolean("is_pending"), texts("reasons"), boolean("has_pending_renames")),
)
def read_pending_reboot(machine: Machine) -> dict[str, object]:
    """Tell whether an update waits for a restart; distributions without the marker file have no answer."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import state as windows

        marks = windows.restart_reasons(machine)
        renames = windows.has_pending_renames(machine)
        return {"is_pending": bool(marks), "reasons": marks, "has_pending_renames": renames}
    reasons = _linux_reasons(machine)
    return {"is_pending": bool(reasons), "reasons": reasons}


def _linux_reasons(machine: Machine) -> list[str]:
    if machine.exists("/run/reboot-required"):
        packages = (machine.read("/run/reboot-required.pkgs") or "").split()
        return sorted(set(packages)) or ["reboot-required"]
    if not machine.exists("/etc/debian_version"):
        raise unsupported("no_marker")
    return []

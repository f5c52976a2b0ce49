"""Services that failed, and whether the system waits for a restart."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    boolean,
    integer,
    probe,
    table,
    text,
    texts,
)


@probe(
    "services",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(table("services", text("name"), text("state")), integer("failed", "count")),
)
def read_services(machine: Machine) -> dict[str, object]:
    """Read the state of the few services that a help desk asks about, and on Linux of every unit that failed."""
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import services as macos

        return macos.read_services(machine)
    rows = _windows_services(machine) if machine.platform == WINDOWS else _linux_services(machine)
    return {"services": rows, "failed": sum(row["state"] == "failed" for row in rows)}


def _linux_services(machine: Machine) -> list[dict[str, object]]:
    from desktop.diagnostics.linux import services as linux

    return linux.read_services(machine)


def _windows_services(machine: Machine) -> list[dict[str, object]]:
    from desktop.diagnostics.windows import state as windows

    return windows.read_services(machine)


@probe(
    "pending_reboot",
    lane=Lane.FAST,
    deadline=1.0,
    platforms=(LINUX, WINDOWS),
    fields=(boolean("is_pending"), texts("reasons"), boolean("has_pending_renames")),
)
def read_pending_reboot(machine: Machine) -> dict[str, object]:
    """Tell whether an update waits for a restart; distributions without a mark or a tool have no answer."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import state as windows

        marks = windows.restart_reasons(machine)
        renames = windows.has_pending_renames(machine)
        return {"is_pending": bool(marks), "reasons": marks, "has_pending_renames": renames}
    from desktop.diagnostics.linux import services as linux

    reasons = linux.restart_reasons(machine)
    return {"is_pending": bool(reasons), "reasons": reasons}

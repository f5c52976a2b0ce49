"""What the system's log says went wrong in the last seven days: sources and counts, never a message's text."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import LINUX, MACOS, WINDOWS, Lane, integer, probe, table, text, unsupported


@probe(
    "events",
    lane=Lane.SLOW,
    deadline=8.0,
    fields=(
        integer("days", "d"),
        table(
            "events",
            text("kind"),
            text("source"),
            integer("code", "code"),
            integer("count", "count"),
            integer("last_at", "unix_s"),
        ),
        integer("system_crashes", "count"),
        integer("power_losses", "count"),
        integer("disk_errors", "count"),
        table("app_crashes", text("app"), text("version"), integer("count", "count"), integer("last_at", "unix_s")),
    ),
)
def read_events(machine: Machine) -> dict[str, object]:
    """Count crashes, power losses, drive errors and the like of the last seven days."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import events as linux

        return linux.read_events(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import events as macos

        return macos.read_events(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import events as windows

        return windows.read_events(machine)
    raise unsupported("platform")

"""When the system was last brought up to date; nobody is asked over the network for it."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import LINUX, MACOS, WINDOWS, Lane, boolean, integer, probe, text, unsupported


@probe(
    "updates",
    lane=Lane.SLOW,
    deadline=10.0,
    fields=(
        integer("last_success_at", "unix_s"),
        integer("days_since", "d"),
        integer("failed", "count"),
        integer("waiting", "count"),
        text("last_title"),
        boolean("is_automatic"),
    ),
)
def read_updates(machine: Machine) -> dict[str, object]:
    """Read when updates were last installed, and what failed or waits."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import updates as linux

        return linux.read_updates(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import updates as macos

        return macos.read_updates(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import updates as windows

        return windows.read_updates(machine)
    raise unsupported("platform")

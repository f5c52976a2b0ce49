"""What is installed and what starts by itself: names and versions, never arguments or documents."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import LINUX, MACOS, WINDOWS, Lane, boolean, integer, probe, table, text, unsupported


@probe(
    "software",
    lane=Lane.SLOW,
    deadline=4.0,
    fields=(
        table("programs", text("name"), text("version"), text("publisher"), text("source"), text("installed_on")),
        integer("total", "count"),
    ),
)
def read_software(machine: Machine) -> dict[str, object]:
    """List the installed programs with their versions."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import programs as linux

        return linux.read_software(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import programs as macos

        return macos.read_software(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import programs as windows

        return windows.read_software(machine)
    raise unsupported("platform")


@probe(
    "startup",
    lane=Lane.SLOW,
    deadline=4.0,
    fields=(table("items", text("name"), text("kind"), text("scope"), boolean("is_enabled")),),
)
def read_startup(machine: Machine) -> dict[str, object]:
    """List what starts when the machine starts or somebody signs in; names only."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import startup as linux

        return linux.read_startup(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import programs as macos

        return macos.read_startup(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import startup as windows

        return windows.read_startup(machine)
    raise unsupported("platform")


@probe(
    "browsers_office",
    lane=Lane.SLOW,
    deadline=4.0,
    fields=(table("programs", text("role"), text("name"), text("version"), text("channel"), boolean("is_default")),),
)
def read_browsers_office(machine: Machine) -> dict[str, object]:
    """Read the versions of browsers, office, mail and meeting programs, and which are the standard."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import programs as linux

        return linux.read_browsers_office(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import programs as macos

        return macos.read_browsers_office(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import programs as windows

        return windows.read_browsers_office(machine)
    raise unsupported("platform")

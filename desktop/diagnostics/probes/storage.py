"""Whether the drives are sound, and whether there is a copy of what lies on them."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    boolean,
    integer,
    number,
    probe,
    table,
    text,
    unsupported,
)


@probe(
    "disk_health",
    lane=Lane.SLOW,
    deadline=8.0,
    fields=(
        table(
            "disks",
            text("name"),
            text("model"),
            text("kind"),
            text("bus"),
            integer("size_bytes", "bytes"),
            text("health"),
            integer("reallocated", "count"),
            integer("pending", "count"),
            integer("uncorrectable", "count"),
            number("worn_percent", "percent"),
            number("temperature_celsius", "celsius"),
        ),
    ),
)
def read_disk_health(machine: Machine) -> dict[str, object]:
    """Read what the drives say about their own health; serial numbers stay where they are."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import disk_health as linux

        return linux.read_disk_health(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import storage as macos

        return macos.read_disk_health(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import storage as windows

        return windows.read_disk_health(machine)
    raise unsupported("platform")


@probe(
    "backup",
    lane=Lane.SLOW,
    deadline=5.0,
    fields=(
        table("backups", text("kind"), integer("last_success_at", "unix_s"), integer("days_since", "d")),
        integer("newest_days", "d"),
    ),
)
def read_backup(machine: Machine) -> dict[str, object]:
    """Read which backups are set up and when they last ended well; never where they lie."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import backups as linux

        return linux.read_backup(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import storage as macos

        return macos.read_backup(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import storage as windows

        return windows.read_backup(machine)
    raise unsupported("platform")


@probe(
    "cloud_sync",
    lane=Lane.SLOW,
    deadline=3.0,
    fields=(
        table("folders", text("kind"), boolean("is_business"), boolean("is_running"), integer("free_bytes", "bytes")),
    ),
)
def read_cloud_sync(machine: Machine) -> dict[str, object]:
    """Read which cloud folders are set up; never whose account it is."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import cloud_folders as linux

        return linux.read_cloud_sync(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import storage as macos

        return macos.read_cloud_sync(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import storage as windows

        return windows.read_cloud_sync(machine)
    raise unsupported("platform")

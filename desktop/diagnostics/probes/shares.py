"""Drives of other machines, asked by their server's port and never by their path: a dead one would hang us."""

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
from desktop.domain.facts import Privacy


@probe(
    "shares",
    lane=Lane.NETWORK,
    deadline=3.0,
    fields=(
        table(
            "shares",
            text("mount"),
            text("host", privacy=Privacy.INTERNAL, pseudonym="host"),
            text("share", privacy=Privacy.INTERNAL, pseudonym="share"),
            text("protocol"),
            boolean("is_connected"),
            boolean("is_reachable"),
            number("connect_ms", "ms"),
        ),
        integer("unreachable", "count"),
    ),
)
def read_shares(machine: Machine) -> dict[str, object]:
    """List connected and remembered network drives and whether their servers answer."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import shares as linux

        return linux.read_shares(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import shares as macos

        return macos.read_shares(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import shares as windows

        return windows.read_shares(machine)
    raise unsupported("platform")

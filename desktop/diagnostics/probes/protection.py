"""Whether the machine protects itself and its user: virus scanner, firewall, encryption, sign-in."""

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
    unsupported,
)
from desktop.domain.facts import Privacy


@probe(
    "security",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        boolean("is_antivirus_on"),
        boolean("is_antivirus_current"),
        texts("antivirus"),
        boolean("is_firewall_on"),
        texts("firewall"),
        boolean("is_integrity_on"),
    ),
)
def read_security(machine: Machine) -> dict[str, object]:
    """Read whether virus scanner and firewall are on and current."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import protection as linux

        return linux.read_security(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import protection as macos

        return macos.read_security(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import protection as windows

        return windows.read_security(machine)
    raise unsupported("platform")


@probe(
    "encryption",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        boolean("is_system_encrypted"),
        text("method"),
        table("volumes", text("mount"), boolean("is_encrypted")),
    ),
)
def read_encryption(machine: Machine) -> dict[str, object]:
    """Read whether the system volume is encrypted; never a key or who may unlock it."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import protection as linux

        return linux.read_encryption(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import protection as macos

        return macos.read_encryption(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import encryption as windows

        return windows.read_encryption(machine)
    raise unsupported("platform")


@probe(
    "join",
    lane=Lane.SLOW,
    deadline=5.0,
    fields=(
        text("kind"),
        boolean("is_domain_joined"),
        boolean("is_cloud_joined"),
        boolean("has_cloud_token"),
        boolean("is_device_healthy"),
        boolean("is_managed"),
        text("domain", privacy=Privacy.INTERNAL, pseudonym="domain"),
    ),
)
def read_join(machine: Machine) -> dict[str, object]:
    """Read which directory or management the machine belongs to; never who is signed in."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import joining as linux

        return linux.read_join(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import protection as macos

        return macos.read_join(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import membership as windows

        return windows.read_join(machine)
    raise unsupported("platform")


@probe(
    "accounts",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        text("kind"),
        integer("password_age_days", "d"),
        integer("expires_in_days", "d"),
        boolean("never_expires"),
        boolean("is_expired"),
    ),
)
def read_accounts(machine: Machine) -> dict[str, object]:
    """Read in how many days the own password runs out; nothing about anybody else."""
    # The systems are loaded when asked: the collector pays for one of them only.
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import protection as linux

        return linux.read_accounts(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import protection as macos

        return macos.read_accounts(machine)
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import membership as windows

        return windows.read_accounts(machine)
    raise unsupported("platform")

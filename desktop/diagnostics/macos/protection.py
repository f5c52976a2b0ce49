"""Whether the machine protects itself and its user: virus scanner, firewall, encryption, sign-in (macOS)."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported


def read_security(_machine: Machine) -> dict[str, object]:
    """Read whether virus scanner and firewall are on and current."""
    raise unsupported("platform")


def read_encryption(_machine: Machine) -> dict[str, object]:
    """Read whether the system volume is encrypted; never a key or who may unlock it."""
    raise unsupported("platform")


def read_join(_machine: Machine) -> dict[str, object]:
    """Read which directory or management the machine belongs to; never who is signed in."""
    raise unsupported("platform")


def read_accounts(_machine: Machine) -> dict[str, object]:
    """Read in how many days the own password runs out; nothing about anybody else."""
    raise unsupported("platform")

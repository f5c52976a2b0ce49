"""Which of a few programs run, by the kernel's short names of processes; nothing else of a process is read."""

from __future__ import annotations

from collections.abc import Collection

from desktop.diagnostics.machine import Machine

NAME_LENGTH = 15
"""Characters that the kernel keeps of a name (TASK_COMM_LEN without its end)."""


def running(machine: Machine, names: Collection[str]) -> frozenset[str]:
    """Return those of the names that run; longer names than the kernel keeps are compared by their beginning."""
    wanted = {one[:NAME_LENGTH]: one for one in names}
    found = (machine.word(f"/proc/{one}/comm") for one in machine.entries("/proc") if one.isdigit())
    return frozenset(wanted[one] for one in found if one in wanted)

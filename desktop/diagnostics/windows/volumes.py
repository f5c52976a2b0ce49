"""Space on the fixed drives of a Windows PC. Other letters are told apart and never touched: a dead share hangs."""

from __future__ import annotations

import ctypes

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.windows.libraries import (
    BOOL,
    DWORD,
    POINTER,
    QWORD,
    WORD,
    Libraries,
    encoded,
    units_text,
)
from desktop.diagnostics.windows.pc import this_pc

FIXED, REMOTE = 3, 4
READ_ONLY_VOLUME = 0x80000


def read_disks(machine: Machine) -> dict[str, object]:
    """Measure the free space that this user may fill on each fixed drive, and count the network drives."""
    pc = this_pc(machine)
    kinds = drive_kinds(pc.libraries)
    system = pc.environment.get("SYSTEMDRIVE", "C:").upper() + "\\"
    rows = [_volume(pc.libraries, letter, system) for letter, kind in kinds.items() if kind == FIXED]
    return {
        "volumes": [row for row in rows if row],
        "network_mounts": sum(kind == REMOTE for kind in kinds.values()),
    }


def drive_kinds(libraries: Libraries) -> dict[str, int]:
    r"""Return the drives ("C:\") and their kinds; GetDriveTypeW knows them without asking the drive."""
    letters = libraries.find("kernel32", "GetLogicalDrives", DWORD)()
    if not letters:
        raise libraries.failed("drives")
    kind_of = libraries.find("kernel32", "GetDriveTypeW", DWORD, POINTER)
    roots = [f"{chr(65 + place)}:\\" for place in range(26) if letters >> place & 1]
    return {root: kind_of(encoded(root)) for root in roots}


def _volume(libraries: Libraries, root: str, system: str) -> dict[str, object] | None:
    space = free_space(libraries, root)
    if space is None or space[1] == 0:
        return None  # locked by BitLocker, or an empty card reader
    free, total = space
    filesystem, is_read_only = _format(libraries, root)
    return {
        "mount": root,
        "filesystem": filesystem,
        "total_bytes": total,
        "free_bytes": free,
        "free_percent": round(100 * free / total, 1),
        "is_system": root == system,
        "is_read_only": is_read_only,
    }


def free_space(libraries: Libraries, folder: str) -> tuple[int, int] | None:
    """Return the free and all bytes that this user has where `folder` lies; None where the drive does not say."""
    numbers = ctypes.POINTER(QWORD)
    ask = libraries.find("kernel32", "GetDiskFreeSpaceExW", BOOL, POINTER, numbers, numbers, numbers)
    free, total, all_free = QWORD(), QWORD(), QWORD()
    is_known = ask(encoded(folder), ctypes.byref(free), ctypes.byref(total), ctypes.byref(all_free))
    return (free.value, total.value) if is_known else None


def _format(libraries: Libraries, root: str) -> tuple[str | None, bool | None]:
    """Return the file system and whether it is read-only; the volume's name is not asked for."""
    name, flags = (WORD * 261)(), DWORD()
    ask = libraries.find(
        "kernel32", "GetVolumeInformationW", BOOL, POINTER, POINTER, DWORD, POINTER, POINTER, ctypes.POINTER(DWORD),
        POINTER, DWORD,
    )  # fmt: skip
    if not ask(encoded(root), None, 0, None, None, ctypes.byref(flags), name, len(name)):
        return None, None
    return units_text(name).lower(), bool(flags.value & READ_ONLY_VOLUME)

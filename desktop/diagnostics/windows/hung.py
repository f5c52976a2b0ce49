"""Windows on the screen that no longer answer: which program they belong to, never what their title says."""

from __future__ import annotations

import ctypes

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.libraries import BOOL, DWORD, HANDLE, POINTER
from desktop.diagnostics.windows.pc import this_pc


def hung_pids(machine: Machine) -> list[int] | None:
    """Return the processes whose visible windows take no input; None where the session cannot be asked.

    Windows calls a window hung when it has taken nothing for five seconds (IsHungAppWindow).
    """
    libraries = this_pc(machine).libraries
    try:
        is_hung = libraries.find("user32", "IsHungAppWindow", BOOL, HANDLE)
        is_visible = libraries.find("user32", "IsWindowVisible", BOOL, HANDLE)
        owner_of = libraries.find("user32", "GetWindowThreadProcessId", DWORD, HANDLE, ctypes.POINTER(DWORD))
        visit_all = libraries.find("user32", "EnumWindows", BOOL, POINTER, POINTER)
    except Unanswered:
        return None
    found: list[int] = []

    def visit(window: int | None, _: int | None) -> int:
        pid = DWORD()
        if is_visible(window) and is_hung(window) and owner_of(window, ctypes.byref(pid)):
            found.append(pid.value)
        return 1

    callback = libraries.prototype(BOOL, HANDLE, POINTER)(visit)
    is_done = visit_all(ctypes.cast(callback, POINTER), None)
    return sorted(set(found)) if is_done else None

"""Lets the tools that we start end with us, whatever ends us: Windows itself sees to it (job objects, winnt.h)."""

from __future__ import annotations

import ctypes

from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.libraries import BOOL, DWORD, HANDLE, POINTER, QWORD, Libraries

KILL_ON_CLOSE = 0x2000
EXTENDED_LIMITS = 9
"""JobObjectExtendedLimitInformation."""


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", QWORD), ("job_time", QWORD), ("flags", DWORD), ("smallest_set", POINTER),
        ("largest_set", POINTER), ("processes", DWORD), ("affinity", POINTER), ("priority", DWORD),
        ("scheduling", DWORD), ("io", QWORD * 6), ("process_memory", POINTER), ("job_memory", POINTER),
        ("peak_process_memory", POINTER), ("peak_job_memory", POINTER),
    )  # fmt: skip


def hold_tools(libraries: Libraries) -> bool:
    """Put our own process into a job that ends all its processes when the last handle to it, ours, is closed.

    Children are in the job from their start. Returns whether Windows agreed; without it, killing us would leave
    PowerShell behind until it is done.
    """
    try:
        make = libraries.find("kernel32", "CreateJobObjectW", HANDLE, POINTER, POINTER)
        limit = libraries.find("kernel32", "SetInformationJobObject", BOOL, HANDLE, DWORD, POINTER, DWORD)
        join = libraries.find("kernel32", "AssignProcessToJobObject", BOOL, HANDLE, HANDLE)
        own = libraries.find("kernel32", "GetCurrentProcess", HANDLE)
    except Unanswered:
        return False
    job = make(None, None)
    limits = ExtendedLimits(flags=KILL_ON_CLOSE)
    if not job or not limit(job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)):
        return False
    return bool(join(job, own()))

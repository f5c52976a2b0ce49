"""The few COM objects that are asked: made, asked through their tables, and let go again."""

from __future__ import annotations

import ctypes
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from desktop.diagnostics.windows.devices import Guid
from desktop.diagnostics.windows.libraries import DWORD, HRESULT, POINTER, Libraries, refusal, wide

APARTMENT_THREADED, IN_PROCESS = 2, 1
"""The Explorer's objects want an apartment; for Core Audio's it is the same."""
ALREADY_OTHERWISE = 0x80010106
"""RPC_E_CHANGED_MODE: the thread has been set up otherwise, which does as well."""
_RELEASE = 2


@contextmanager
def apartment(libraries: Libraries) -> Generator[None]:
    """Let this thread use COM for a while."""
    begin = libraries.find("ole32", "CoInitializeEx", HRESULT, POINTER, DWORD)
    end = libraries.find("ole32", "CoUninitialize", None)
    code = begin(None, APARTMENT_THREADED) & 0xFFFFFFFF
    if code >= 0x80000000 and code != ALREADY_OTHERWISE:
        raise refusal(code, "com")
    try:
        yield
    finally:
        if code < 0x80000000:
            end()


def created(libraries: Libraries, kind: Guid, interface: Guid) -> int:
    """Make an object of a class; answers `unsupported` where this Windows has none of it."""
    guids = ctypes.POINTER(Guid)
    make = libraries.find("ole32", "CoCreateInstance", HRESULT, guids, POINTER, DWORD, guids, ctypes.POINTER(POINTER))
    found = POINTER()
    code = make(ctypes.byref(kind), None, IN_PROCESS, ctypes.byref(interface), ctypes.byref(found))
    return obtained(code, found)


def obtained(code: int, found: Any) -> int:
    """Return the object that a call has written to `found`, or raise what its result means."""
    if code & 0x80000000 or not found.value:
        raise refusal(code or 0x80004005, "com")
    return found.value


@contextmanager
def held(libraries: Libraries, this: int) -> Generator[int]:
    """Use an object and let it go."""
    try:
        yield this
    finally:
        libraries.method(this, _RELEASE)()


def freed_text(libraries: Libraries, address: int | None) -> str:
    """Return a text that COM allotted, and give its memory back."""
    text = wide(address)
    libraries.find("ole32", "CoTaskMemFree", None, POINTER)(address)
    return text

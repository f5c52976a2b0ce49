"""System libraries of Windows through ctypes, loaded from its system folder only; texts in its 16-bit units.

Structures use the fixed widths below, so that their layouts are the same wherever they are tested.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from desktop.domain.wizard.doing import Deed
from desktop.domain.wizard.events import Try

DWORD, WORD, QWORD = ctypes.c_uint32, ctypes.c_uint16, ctypes.c_uint64
BOOL, LONG, HRESULT = ctypes.c_int32, ctypes.c_int32, ctypes.c_int32
HANDLE = TEXT = POINTER = ctypes.c_void_p
"""Pointer-sized: a handle, the address of a text, any address."""
SYSTEM32 = "C:\\Windows\\System32\\"
_SEARCH_SYSTEM32 = 0x800  # LOAD_LIBRARY_SEARCH_SYSTEM32: never a library that lies beside somebody's files


def function(library: str, name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a function of a system library. Raises OSError where this Windows has none of it."""
    load = getattr(ctypes, "WinDLL", None)
    if load is None:
        raise OSError("not on Windows")
    try:
        found = getattr(load(library, use_last_error=True, winmode=_SEARCH_SYSTEM32), name)
    except AttributeError as error:
        raise OSError(f"{library} has no {name}") from error
    found.restype, found.argtypes = result, arguments
    return found


def method(this: int, place: int, *arguments: Any) -> Callable[..., int]:
    """Return a method of a COM object by its place in the table that its first word points to."""
    table = ctypes.cast(this, ctypes.POINTER(POINTER))[0]
    address = ctypes.cast(table, ctypes.POINTER(POINTER))[place]
    prototype = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
    bound = prototype(HRESULT, POINTER, *arguments)(address)
    return lambda *values: bound(this, *values)


def last_error() -> int:
    """Return the error that this thread's last call left."""
    read = getattr(ctypes, "get_last_error", None)
    return read() if read is not None else 0


def units(text: str) -> Any:
    """Return a text as Windows reads it, in 16-bit units; whoever passes its address on has to hold it."""
    encoded = text.encode("utf-16-le") + b"\0\0"
    return (WORD * (len(encoded) // 2)).from_buffer_copy(encoded)


def text_of(held: Any) -> str:
    """Return the text in an array of units, up to its zero."""
    return bytes(held).decode("utf-16-le", errors="replace").split("\0", 1)[0]


def text_at(address: int | None, most: int = 1024) -> str:
    """Return the text at an address, up to its zero or `most` units."""
    if not address:
        return ""
    found = ctypes.cast(address, ctypes.POINTER(WORD))
    kept: list[int] = []
    while len(kept) < most and found[len(kept)]:
        kept.append(found[len(kept)])
    return b"".join(one.to_bytes(2, "little") for one in kept).decode("utf-16-le", errors="replace")


def com_deed(name: str, code: int) -> Deed:
    """Return what an HRESULT means: negative ones are faults, 1 says that it was so already."""
    return deed(name, min(code, 0))


def deed(name: str, code: int) -> Deed:
    """Return what the result of a call means: 0 is done, anything else is Windows' number for the fault."""
    number = code & 0xFFFFFFFF
    return Deed(Try.DONE if not number else Try.FAILED, f"{name}: " + ("ok" if not number else f"error {number:#x}"))

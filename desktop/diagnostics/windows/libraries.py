"""System libraries through ctypes: widths as Windows has them, texts in its 16-bit units, and errors as answers.

Structures use the fixed widths below: ctypes' own names of Windows types and `c_wchar` differ from system to system,
and with these the layouts can be checked anywhere.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from desktop.diagnostics.probe import Unanswered, denied, unsupported

BYTE, WORD, DWORD, QWORD = ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32, ctypes.c_uint64
LONG, BOOL, HRESULT = ctypes.c_int32, ctypes.c_int32, ctypes.c_int32
HANDLE = TEXT = POINTER = ctypes.c_void_p
"""Pointer-sized: a handle, the address of a text, any address."""
INVALID_HANDLE = ctypes.c_void_p(-1).value
ACCESS_DENIED, MORE_DATA, INSUFFICIENT_BUFFER, NO_MORE_ITEMS = 5, 234, 122, 259
E_ACCESSDENIED = 0x80070005
MAX_TEXT = 4096
"""Units of a text that are read; a longer one is cut."""


class Libraries:
    """Finds functions: `load` gives what `prototype` turns into a function, `last_error` the thread's last error."""

    __slots__ = ("_found", "_last_error", "_load", "note", "prototype")

    def __init__(
        self, load: Callable[[str, str], Any], prototype: Callable[..., Any], last_error: Callable[[], int]
    ) -> None:
        self._load = load
        self.prototype = prototype
        self._last_error = last_error
        self.note: Callable[[str], None] = lambda _: None
        """Told which library is asked."""
        self._found: dict[str, Callable[..., Any]] = {}

    def find(self, library: str, name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
        """Return a function with the given types; answers `unsupported` where this Windows has none of the name."""
        self.note(library)
        if name not in self._found:
            try:
                self._found[name] = self.prototype(result, *arguments)(self._load(library, name))
            except (AttributeError, OSError, KeyError):
                raise unsupported(f"no_{library}") from None
        return self._found[name]

    def method(self, this: Any, place: int, *arguments: Any) -> Callable[..., int]:
        """Return a method of a COM object by its place in the table that its first word points to."""
        table = ctypes.cast(this, ctypes.POINTER(POINTER))[0]
        address = ctypes.cast(table, ctypes.POINTER(POINTER))[place]
        bound = self.prototype(HRESULT, POINTER, *arguments)(address)
        return lambda *values: bound(this, *values)

    def failed(self, reason: str) -> Unanswered:
        """Return the answer for a call that failed and left its error with the thread."""
        return refusal(self._last_error(), reason)

    def last_error(self) -> int:
        """Return the error that the thread's last call left."""
        return self._last_error()


def system_libraries() -> Libraries:
    """Return Windows' own libraries, from its system folder only."""
    open_library, prototype = getattr(ctypes, "WinDLL"), getattr(ctypes, "WINFUNCTYPE")  # noqa: B009
    last_error: Callable[[], int] = getattr(ctypes, "get_last_error")  # noqa: B009 - these exist on Windows only
    only_system_folder = 0x800  # LOAD_LIBRARY_SEARCH_SYSTEM32

    def load(library: str, name: str) -> Any:
        file = library if "." in library else f"{library}.dll"
        return name, open_library(file, winmode=only_system_folder, use_last_error=True)

    def with_error(*types: Any) -> Any:
        return prototype(*types, use_last_error=True)

    return Libraries(load, with_error, last_error)


def refusal(code: int, reason: str) -> Unanswered:
    """Return the answer that stands for an error code or a failed HRESULT; the code is kept for technicians."""
    number = code & 0xFFFFFFFF
    if number in (ACCESS_DENIED, E_ACCESSDENIED):
        return denied(reason)
    return unsupported(f"{reason}:{number:#x}" if number > 0xFFFF else f"{reason}:{number}")


def check(code: int, reason: str) -> None:
    """Let 0 pass; raise what any other error code means."""
    if code:
        raise refusal(code, reason)


def wide(address: int | None) -> str:
    """Return the text at an address, up to its zero."""
    if not address:
        return ""
    units = bytearray()
    while len(units) < 2 * MAX_TEXT:
        unit = ctypes.string_at(address + len(units), 2)
        if unit == b"\0\0":
            break
        units += unit
    return units.decode("utf-16-le", "replace")


def units_text(units: Any) -> str:
    """Return the text in an array of 16-bit units, up to its zero."""
    content = bytes(units)
    end = next((place for place in range(0, len(content), 2) if content[place : place + 2] == b"\0\0"), len(content))
    return content[:end].decode("utf-16-le", "replace")


def encoded(text: str) -> ctypes.Array[ctypes.c_char]:
    """Return a text as Windows takes it; hand it over where an address is wanted and keep it meanwhile."""
    return ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")


def rows_of(content: Any, kind: Any, count: int) -> list[Any]:
    """Return the first structures in a piece of memory, as many as are said to be there and fit."""
    most = ctypes.sizeof(content) // ctypes.sizeof(kind)
    return list((kind * min(count, most)).from_buffer(content))


def buffer_of(size: int) -> ctypes.Array[ctypes.c_char]:
    """Return an empty, writable piece of memory."""
    return ctypes.create_string_buffer(size)

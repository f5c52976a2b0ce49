"""Single values of the kernel by sysctlbyname(3); None where there is no such value, or no such call."""

from __future__ import annotations

MAX_VALUE = 4096
"""Bytes; every value that is asked for is far shorter."""


def word(name: str) -> str | None:
    """Return a word or name such as "hw.model"."""
    found = _value(name)
    return found.partition(b"\0")[0].decode("utf-8", "replace").strip() or None if found else None


def integer(name: str) -> int | None:
    """Return a number of 4 or 8 bytes such as "hw.memsize"."""
    found = _value(name)
    return int.from_bytes(found, "little") if found and len(found) in (4, 8) else None


def _value(name: str) -> bytes | None:
    import ctypes  # needed on macOS only

    try:
        ask = ctypes.CDLL(None).sysctlbyname
    except (OSError, AttributeError, TypeError):
        return None
    ask.argtypes = (
        ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t), ctypes.c_void_p, ctypes.c_size_t,
    )  # fmt: skip
    ask.restype = ctypes.c_int
    size = ctypes.c_size_t(0)
    if ask(name.encode(), None, ctypes.byref(size), None, 0) != 0 or not 0 < size.value <= MAX_VALUE:
        return None
    room = ctypes.create_string_buffer(size.value)
    if ask(name.encode(), room, ctypes.byref(size), None, 0) != 0:
        return None
    return room.raw[: size.value]

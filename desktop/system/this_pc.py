"""What this PC and its signed-in user are called, asked of the system and never of the network."""

from __future__ import annotations

import getpass
import os
import platform
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThisPc:
    """Names for the Desk: host, sign-in name, the user's full name where the system knows it, and the platform."""

    host: str
    user: str
    full_name: str
    platform: str


def describe_pc() -> ThisPc:
    """Return the names of this PC and its user; an unknown user is an empty text."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a user id without an account, as in some containers
        user = ""
    return ThisPc(platform.node() or "PC", user, _full_name() or user, sys.platform)


def _full_name() -> str:
    if sys.platform == "win32":
        return _windows_name()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except KeyError:
        return ""


def _windows_name() -> str:
    import ctypes

    display_name = 3  # EXTENDED_NAME_FORMAT.NameDisplay of secext.h
    size = ctypes.c_ulong(256)
    buffer = ctypes.create_unicode_buffer(size.value)
    library = getattr(ctypes, "windll").secur32  # noqa: B009 - the attribute exists on Windows only
    return buffer.value if library.GetUserNameExW(display_name, buffer, ctypes.byref(size)) else ""

"""A Windows PC made of recorded answers: a stand-in for `winreg` and system libraries that fill real structures.

Functions are handed over as C function pointers with the caller's own types, so that everything passes through ctypes
as it does on Windows: widths, pointers and handles of 64 bits.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.libraries import DWORD, HANDLE, Libraries
from desktop.diagnostics.windows.pc import Pc, open_pc

HIGH_HANDLE = 0x7FF6_1234_5678
"""A handle above 4 GiB: one that is cut to 32 bits is no longer this one."""


class Memory:
    """What Windows would have allotted: texts and structures that stay where they are."""

    def __init__(self) -> None:
        self._kept: list[Any] = []

    def text(self, text: str | None) -> int | None:
        """Return the address of a text in 16-bit units; None for none."""
        if text is None:
            return None
        return self.put(ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0"))

    def put(self, content: Any) -> int:
        """Keep a structure or buffer and return its address."""
        self._kept.append(content)
        return ctypes.addressof(content)

    def keep(self, content: Any) -> Any:
        """Keep something that has no address, such as a function."""
        self._kept.append(content)
        return content


def set_units(target: Any, text: str) -> None:
    """Write a text with its zero into an array of 16-bit units."""
    content = text.encode("utf-16-le") + b"\0\0"
    ctypes.memmove(target, content, min(len(content), ctypes.sizeof(target)))


def write_text(address: int | None, text: str) -> None:
    """Write a text with its zero to an address that a caller gave."""
    content = text.encode("utf-16-le") + b"\0\0"
    ctypes.memmove(address or 0, content, len(content))


def read_text(address: int | None) -> str:
    """Read the text that a caller hands over."""
    units = bytearray()
    while ctypes.string_at((address or 0) + len(units), 2) != b"\0\0":
        units += ctypes.string_at((address or 0) + len(units), 2)
    return units.decode("utf-16-le")


class FakeLibraries:
    """System libraries from a table of functions; `error` is what the thread's last error is."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self.functions = dict(functions)
        self.error = 0
        self.asked: set[tuple[str, str]] = set()
        self.libraries = Libraries(self._load, ctypes.CFUNCTYPE, lambda: self.error)

    def _load(self, library: str, name: str) -> Any:
        self.asked.add((library, name))
        return self.functions[name]


class Answering:
    """Libraries in which all functions answer alike: with a refusal, a fault, or a success that says nothing."""

    def __init__(self, *, code: int, is_success: bool) -> None:
        self._code = code
        self._is_success = is_success
        self._kept: list[Any] = []
        self.libraries = Libraries(lambda _library, name: name, self._prototype, lambda: code)

    def _prototype(self, result: Any, *arguments: Any) -> Any:
        made = ctypes.CFUNCTYPE(result, *arguments)

        def bind(target: Any) -> Any:
            if not isinstance(target, str):
                return made(target)  # a callback of ours, or a method by its address
            function = made(lambda *_: self._answer(target, result))
            self._kept.append(function)
            return function

        return bind

    def _answer(self, name: str, result: Any) -> int | None:
        if result is None:
            return None
        if name in RETURNS_FACT:
            return 0
        if result is HANDLE:
            return HIGH_HANDLE if self._is_success else None
        if self._is_success:
            return int(result is not DWORD and name not in RETURNS_CODE)
        if name in RETURNS_HRESULT:
            return ctypes.c_int32(self._code | 0x80070000).value
        return self._code if result is DWORD or name in RETURNS_CODE else 0


RETURNS_HRESULT = frozenset(
    {"CoInitializeEx", "CoCreateInstance", "PSGetPropertyKeyFromName", "SHCreateItemFromParsingName",
     "WscGetSecurityProviderHealth", "GetDpiForMonitor"}
)  # fmt: skip
RETURNS_CODE = frozenset(
    {"GetDisplayConfigBufferSizes", "QueryDisplayConfig", "DisplayConfigGetDeviceInfo", *RETURNS_HRESULT}
)
"""Functions whose result is 0 for success although its width is that of a BOOL."""
RETURNS_FACT = frozenset(
    {"GetLogicalDrives", "GetDriveTypeW", "IsUserAnAdmin", "GetSystemMetrics", "PowerDeterminePlatformRoleEx"}
)
"""Functions that cannot fail and answer with the fact itself."""


class _Key:
    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> _Key:
        return self

    def __exit__(self, *_: object) -> None:
        return


class FakeWinreg:
    """The module `winreg` over a table: paths with their hive, and values by name. Names have no case, as there."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = "HKLM", "HKCU"
    KEY_READ, KEY_WOW64_64KEY = 0x20019, 0x100

    def __init__(
        self, keys: Mapping[str, Mapping[str, object]], *, denied: tuple[str, ...] = (), fault: OSError | None = None
    ) -> None:
        self._keys: dict[str, Mapping[str, object]] = {}
        self._names: dict[str, str] = {}
        self._denied = tuple(one.lower() for one in denied)
        self._fault = fault
        for path, values in keys.items():
            parts = path.split("\\")
            for length in range(1, len(parts) + 1):
                parent = "\\".join(parts[:length])
                self._keys.setdefault(parent.lower(), {})
                self._names.setdefault(parent.lower(), parts[length - 1])
            self._keys[path.lower()] = values

    def OpenKeyEx(self, hive: str, path: str, reserved: int, access: int) -> _Key:
        """Open a key."""
        assert (reserved, access) == (0, self.KEY_READ | self.KEY_WOW64_64KEY)
        full = f"{hive}\\{path}".lower()
        if self._fault is not None:
            raise self._fault
        if any(full.startswith(one) for one in self._denied):
            raise PermissionError(13, "Zugriff verweigert")
        if full not in self._keys:
            raise FileNotFoundError(2, "Das System kann die angegebene Datei nicht finden")
        return _Key(full)

    def QueryValueEx(self, key: _Key, name: str) -> tuple[object, int]:
        """Read a value."""
        found = {one.lower(): value for one, value in self._keys[key.path].items()}
        if name.lower() not in found:
            raise FileNotFoundError(2, "Das System kann die angegebene Datei nicht finden")
        return found[name.lower()], 1

    def EnumValue(self, key: _Key, index: int) -> tuple[str, object, int]:
        """Return a value by its place."""
        values = list(self._keys[key.path].items())
        if index >= len(values):
            raise OSError(22, "Es sind keine Daten mehr verfügbar")
        return (*values[index], 1)

    def EnumKey(self, key: _Key, index: int) -> str:
        """Return the name of a key below by its place."""
        below = [one for one in self._keys if one.rpartition("\\")[0] == key.path]
        if index >= len(below):
            raise OSError(22, "Es sind keine Daten mehr verfügbar")
        return self._names[below[index]]


def stand_in(folder: Path, name: str, output: str | bytes, *, code: int = 0, hangs: bool = False) -> None:
    """Put a program of that name into the system folder which prints what was recorded, and may then hang."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    recorded = file.with_suffix(".recorded")
    recorded.write_bytes(output if isinstance(output, bytes) else output.encode())
    wait = "exec sleep 60" if hangs else f"exit {code}"
    file.write_text(f"#!/bin/sh\necho once >> '{file}.started'\ncat '{recorded}'\n{wait}\n")
    file.chmod(0o755)


def windows_machine(
    *,
    winreg: FakeWinreg | None = None,
    libraries: Libraries | None = None,
    system_folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    **options: Any,
) -> Machine:
    """Return a machine that is the recorded PC."""
    pc = Pc(
        Registry(winreg or FakeWinreg({})),
        libraries or FakeLibraries({}).libraries,
        system_folder=os.fspath(system_folder or "/nonexistent"),
        environment=environment if environment is not None else {"SYSTEMDRIVE": "C:"},
    )
    return Machine(platform="win32", window=0.0, made={open_pc: pc}, **options)

"""A Mac that is none: its tools are small shell scripts, its files lie in a folder, its kernel is a dictionary.

The recordings are written by hand from documented formats and published examples; no Mac was at hand. Serial numbers,
names and addresses are invented.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import time
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.diagnostics.machine import Machine

HOME = "/Users/sabine"
WRITTEN = int(time.time()) - 86400
"""When all files of a recording were written, so that what they tell of the last days is the same in each test."""
Partition = namedtuple("Partition", "device mountpoint fstype opts")
Usage = namedtuple("Usage", "total used free percent")
Battery = namedtuple("Battery", "percent secsleft power_plugged")
Nic = namedtuple("Nic", "isup duplex speed mtu flags")
Address = namedtuple("Address", "family address netmask broadcast ptp")


@dataclass(frozen=True, slots=True)
class Recording:
    """What one Mac says: output by tool and arguments, files by path, the kernel's values, and what psutil sees."""

    tools: Mapping[tuple[str, str], str]
    files: Mapping[str, bytes]
    kernel: Mapping[str, str | int]
    partitions: tuple[Partition, ...]
    usage: Mapping[str, Usage]
    nics: Mapping[str, Nic]
    addresses: Mapping[str, tuple[Address, ...]]
    battery: Battery | None = None
    paths: tuple[str, ...] = field(default=())

    def names(self) -> list[str]:
        """Return the tools by name."""
        return sorted({tool for tool, _ in self.tools})


class PatientMachine(Machine):
    """Waits long for tools on a busy computer, and hardly at all for the one that never answers."""

    def __init__(self, *, never: str = "", **options: Any) -> None:
        super().__init__(platform="darwin", window=0.0, **options)
        self._never = never
        self.asked: set[str] = set()
        self.granted = 0.0

    def path(self, path: str) -> str:
        """Return where a path of the recording lies, and note who is asked."""
        self.asked.add(path)
        return super().path(path)

    def tool(self, name: str) -> str | None:
        """Return where a tool of the recording lies, and note who is asked."""
        self.asked.add(name)
        return super().tool(name)

    def run(self, path: str, *arguments: str, deadline: float, accepted: tuple[int, ...] = (0,)) -> str | None:
        """Run a tool with a deadline of the test's own; `granted` sums up those that the probe would allow."""
        self.granted += deadline
        patience = 0.02 if Path(path).name == self._never else deadline + 30
        return super().run(path, *arguments, deadline=patience, accepted=accepted)


class Kernel:
    """The C library with the one call that is asked of it."""

    def __init__(self, values: Mapping[str, str | int]) -> None:
        self.sysctlbyname = _Sysctl(values)


class _Sysctl:
    argtypes: object = None
    restype: object = None

    def __init__(self, values: Mapping[str, str | int]) -> None:
        self._values = values

    def __call__(self, name: bytes, room: Any, size: Any, _new: object, _length: int) -> int:
        found = self._values.get(name.decode())
        if found is None:
            return -1
        data = (
            found.to_bytes(8 if found > 1 << 31 else 4, "little") if isinstance(found, int) else found.encode() + b"\0"
        )
        if room is not None:
            ctypes.memmove(room, data, len(data))
        size._obj.value = len(data)
        return 0


def set_up(recording: Recording, root: Path, monkeypatch: pytest.MonkeyPatch, *, never: str = "") -> PatientMachine:
    """Lay the recording out and return the machine; psutil and the C library tell of it until the test ends."""
    folder = root / "tools"
    folder.mkdir(parents=True)
    for name in recording.names():
        path = root / name.lstrip("/") if name.startswith("/") else folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_tool(path, {args: out for (tool, args), out in recording.tools.items() if tool == name})
    for name, content in recording.files.items():
        file = root / name.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (WRITTEN, WRITTEN))
    for name in recording.paths:
        (root / name.lstrip("/")).mkdir(parents=True, exist_ok=True)
    _become(recording, monkeypatch)
    return PatientMachine(root=str(root), tool_folders=(str(folder),), never=never)


def _become(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    def usage(place: str) -> Usage:
        found = next((one for name, one in recording.usage.items() if place.endswith(name)), None)
        if found is None:
            raise FileNotFoundError(place)
        return found

    replaced: dict[str, Callable[..., object]] = {
        "disk_partitions": lambda **_: list(recording.partitions),
        "disk_usage": usage,
        "net_if_stats": lambda: dict(recording.nics),
        "net_if_addrs": lambda: {name: list(one) for name, one in recording.addresses.items()},
        "sensors_battery": lambda: recording.battery,
    }
    for name, call in replaced.items():
        monkeypatch.setattr(psutil, name, call)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: Kernel(recording.kernel))
    monkeypatch.setenv("HOME", HOME)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "CUPS_SERVER"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def _write_tool(path: Path, outputs: Mapping[str, str]) -> None:
    """Write a script that prints the recording of its arguments; it complains about any others, as the real ones do."""
    lines = ["#!/bin/sh", 'case "$*" in']
    for number, (arguments, output) in enumerate(outputs.items()):
        data = path.with_name(f".{path.name}.{number}")
        data.write_bytes(output.encode("utf-8", "surrogateescape"))
        lines.append(f"{shlex.quote(arguments)}) exec cat {shlex.quote(str(data))};;")
    path.write_text("\n".join([*lines, "esac", "echo unknown >&2", "exit 64", ""]))
    path.chmod(0o755)

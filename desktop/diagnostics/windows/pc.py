"""A Windows PC as readers see it: registry, libraries, its own tools and the environment, all replaceable in a test."""

from __future__ import annotations

import os
from collections.abc import Mapping

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.libraries import Libraries, system_libraries

TICKS_PER_SECOND = 10_000_000
EPOCH = 11_644_473_600
"""Seconds between 1601, from which Windows counts file times, and 1970."""


class Pc:
    """What readers may ask. `environment` has its names in capitals, as os.environ has them on Windows."""

    __slots__ = ("environment", "libraries", "registry", "system_folder")

    def __init__(
        self, registry: Registry, libraries: Libraries, *, system_folder: str, environment: Mapping[str, str]
    ) -> None:
        self.registry = registry
        self.libraries = libraries
        self.system_folder = system_folder
        self.environment = environment

    def tool(self, *parts: str) -> str | None:
        """Return the absolute path of one of Windows' own tools, None where it is not installed."""
        path = os.path.join(self.system_folder, *parts)  # noqa: PTH118 - pathlib is too dear here
        return path if os.access(path, os.F_OK) else None


def this_pc(machine: Machine) -> Pc:
    """Return the PC that the collector runs on, the same for all probes of a run."""
    pc = machine.once(open_pc)
    pc.registry.note = pc.libraries.note = machine.sources.note
    return pc


def open_pc(_machine: Machine) -> Pc:
    """Open registry and libraries; answers `unsupported` where this is no Windows."""
    try:
        import winreg  # exists on Windows only
    except ImportError:
        raise unsupported("no_windows") from None
    root = os.environ.get("SYSTEMROOT", r"C:\Windows")
    return Pc(
        Registry(winreg),
        system_libraries(),
        system_folder=os.path.join(root, "System32"),  # noqa: PTH118 - pathlib is too dear here
        environment=os.environ,
    )


def unix_time(file_time: int) -> int | None:
    """Turn a file time (units of 100 ns since 1601) into seconds since 1970; None for "never"."""
    seconds = file_time // TICKS_PER_SECOND - EPOCH
    return seconds if 0 < seconds < 1 << 34 else None
